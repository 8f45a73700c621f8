"""The second page: the numbers on it equal the library's, and the sentence comes along."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.app.state.examples import EXAMPLES
from gateviz.results.statistics import curve_half_life
from gateviz.results.trace import CELLS
from tests.browser.conftest import IDLE, App

EXAMPLE = EXAMPLES["timemachine"]

Visit = Callable[..., App]


def check_page(app: App, text: str, step: int) -> None:
    for cell in CELLS:
        network = gateviz.load_pretrained("timemachine", cell).double()
        flow = gateviz.gradient_flow(network.recurrent, *network.loss_at(text, step))
        half_life = app.number(f"[data-half-life=trained][data-signal=hidden_state][data-cell={cell}]")
        assert half_life == pytest.approx(curve_half_life(flow.norm("hidden_state")[0, : step + 1]).steps, rel=1e-6)
        tokens = app.page.locator(f"[data-panel={cell}] [data-token]")
        saliency = [float(token.get_attribute("data-value") or "nan") for token in tokens.all()]
        assert saliency == pytest.approx(list(flow.norm("inputs")[0]), rel=1e-6)


def to_gradients(app: App) -> None:
    app.page.get_by_role("link", name="Gradients").click()
    app.page.locator("[data-gateviz=saliency][data-steps]").wait_for()
    app.page.wait_for_selector(IDLE)


def test_the_second_page_shows_the_same_sentence_computed(visit: Visit) -> None:
    app = visit()
    text = "He said not a word."
    app.type(text)
    to_gradients(app)
    assert app.page.locator(".st-key-sentence input").input_value() == text
    assert app.page.locator("[data-gateviz=saliency]").get_attribute("data-loss-step") == str(len(text) - 1)
    check_page(app, text, len(text) - 1)
    expect(app.page.locator(".st-key-gradient_curves .scatterlayer .trace")).to_have_count(4)
    app.picture("gradients-1440-light")


def test_a_click_on_a_token_moves_the_loss_there(visit: Visit) -> None:
    app = visit()
    to_gradients(app)
    app.page.locator("[data-panel=lstm] [data-token='20']").click()
    expect(app.page.locator("[data-gateviz=saliency]")).to_have_attribute("data-loss-step", "20")
    check_page(app, EXAMPLE, 20)
    to_step_through = app.page.get_by_role("link", name="Step through")
    to_step_through.click()
    app.viewer.wait_for()
    assert app.steps == len(EXAMPLE)


def test_untrained_weights_stand_beside_the_trained_and_the_forget_bias_moves_them(visit: Visit) -> None:
    app = visit()
    to_gradients(app)
    app.page.locator(".st-key-weights button", has_text="Untrained").click()
    selector = "[data-half-life=untrained][data-signal=cell_state][data-cell=lstm]"
    app.page.locator(selector).wait_for()
    expect(app.page.locator(".st-key-gradient_curves .scatterlayer .trace")).to_have_count(8)
    before = app.number(selector)
    slider = app.page.locator(".st-key-forget_bias input")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowRight")
    app.page.wait_for_function(
        "([selector, before]) => [...document.querySelectorAll('.st-key-saliency *')].some(host => "
        "Number(host.shadowRoot?.querySelector(selector)?.dataset.value) > 1.5 * before)",
        arg=[selector, before],
    )
    network = gateviz.load_pretrained("timemachine", "lstm").untrained(seed=0, forget_bias=2.0).double()
    norms = gateviz.gradient_flow(network.recurrent, *network.loss_at(EXAMPLE, -1)).norm("cell_state")[0]
    assert np.isfinite(app.number(selector))
    expect(app.page.locator(".st-key-forget_bias")).to_contain_text("2.00")
    app.page.wait_for_selector(IDLE)
    assert app.number(selector) == pytest.approx(curve_half_life(norms).steps, rel=1e-6)


def test_on_a_phone_the_three_stand_one_above_the_other(visit: Visit) -> None:
    app = visit("/gradients", width=390, height=844)
    app.page.locator("[data-gateviz=saliency][data-steps]").wait_for()
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    for cell in CELLS:
        assert app.page.locator(f"[data-panel={cell}]").is_visible()
    app.picture("gradients-390-light")
