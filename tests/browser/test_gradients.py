"""The second page: the numbers on it equal the library's, and the sentence comes along."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.gradients.furthest import furthest_gradient
from gateviz.i18n.translator import load
from gateviz.models.untrained import UntrainedSettings, draw
from gateviz.results.statistics import curve_half_life
from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit
from tests.browser.expected import EXAMPLE
from tests.browser.traffic import Traffic


def check_page(app: App, text: str, step: int) -> None:
    for cell in CELLS:
        network = gateviz.load_pretrained("timemachine", cell).double()
        flow = gateviz.gradient_flow(network.recurrent, *network.loss_at(text, step))
        half_life = app.number(f"[data-half-life=trained][data-signal=hidden_state][data-cell={cell}]")
        assert half_life == pytest.approx(curve_half_life(flow.norm("hidden_state")[0, : step + 1]).steps, rel=1e-6)
        for left, norm in ((10, 11), (20, 21)):
            if step >= left:
                norms = flow.norm("hidden_state")[0, : step + 1]
                shown = app.number(f"[data-left='{left}'][data-signal=hidden_state][data-cell={cell}]")
                assert shown == pytest.approx(norms[-norm] / norms[-1], rel=1e-6)
        tokens = app.page.locator(f"[data-panel={cell}] [data-token]")
        saliency = tokens.evaluate_all("(all) => all.map((token) => Number(token.dataset.value))")
        assert saliency == pytest.approx(list(flow.norm("inputs")[0]), rel=1e-6)


def test_the_second_page_shows_the_same_sentence_computed_and_a_click_moves_the_loss(visit: Visit) -> None:
    app = visit()
    text = "He said not a word."
    app.type(text)
    app.to_gradients()
    expect(app.page.locator(".st-key-sentence input")).to_have_value(text)
    expect(app.strips).to_have_attribute("data-loss-step", str(len(text) - 1))
    check_page(app, text, len(text) - 1)
    expect(app.strips.locator("[data-curve]")).to_have_count(4)
    app.picture("gradients-1440-light")
    app.page.locator("[data-panel=lstm] [data-token='9']").click()
    expect(app.strips).to_have_attribute("data-loss-step", "9")
    check_page(app, text, 9)
    app.page.get_by_role("link", name="Step through").click()
    app.wait_for_text(text)
    assert app.steps == len(text)


def test_what_one_points_at_is_computed_in_the_browser_and_a_click_leaves_the_loss_there(visit: Visit) -> None:
    app = visit("/gradients")
    app.strips.locator(".line").hover()  # the weights are fetched when a pointer comes near
    app.page.locator("[data-gateviz=saliency][data-follows]").wait_for()
    traffic = Traffic(app.page)
    for step in (40, 12):
        app.page.locator(f"[data-panel=gru] [data-token='{step}']").hover()
        expect(app.strips).to_have_attribute("data-loss-step", str(step))
        check_page(app, EXAMPLE, step)
    assert traffic.total == 0, "nothing came from the server"
    app.page.locator(".st-key-sentence").hover()
    expect(app.strips).to_have_attribute("data-loss-step", str(len(EXAMPLE) - 1))
    app.page.locator("[data-panel=lstm] [data-token='30']").click()
    app.wait_for_address("loss=31")
    app.page.keyboard.press("ArrowLeft")
    expect(app.strips).to_have_attribute("data-loss-step", "29")
    app.wait_for_address("loss=30")
    app.page.locator(".st-key-sentence").hover()
    check_page(app, EXAMPLE, 29)
    expect(app.strips.locator(".line")).to_contain_text("gradient is left")


def test_on_a_phone_the_three_stand_one_above_the_other(look: Visit) -> None:
    app = look("/gradients", width=390, height=844)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    boxes = [app.page.locator(f"[data-panel={cell}]").bounding_box() for cell in CELLS]
    assert all(above and below and above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    app.picture("gradients-390-light")


def test_the_lab_follows_a_slider_and_its_numbers_are_the_librarys(visit: Visit) -> None:
    app = visit("/gradients?part=lab&lab=steps:60,units:16,seeds:1,radius:9")
    lab = app.page.locator("[data-gateviz=lab]")
    expect(lab.locator(".lab-left-out")).to_be_visible()
    traffic = Traffic(app.page)
    slider = lab.locator("[data-setting=forget]")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    app.wait_for_address("forget%3A1")
    lab.and_(app.page.locator("[data-measured*='forget:1']")).wait_for()
    assert traffic.total == 0, "nothing came from the server"
    settings: dict[str, Any] = {"steps": 60, "hidden_size": 16, "spectral_radius": 2.0}
    for cell in CELLS:
        own: dict[str, Any] = {"forget_bias": 1.0} if cell == "lstm" else {}
        drawn = draw(UntrainedSettings(cell, **settings, **own))
        expected = furthest_gradient(drawn.module, drawn.inputs).hidden_state[0]
        assert app.number(f"[data-gateviz=lab] [data-left={cell}]") == pytest.approx(expected, abs=0.01)
    app.picture("lab-1440-light")
    lab.get_by_role("button", name=load("en")("lab_presets.identity")).click()
    expect(lab.locator("[data-option=relu]")).to_have_attribute("aria-pressed", "true")


def test_where_a_gradient_explodes_nan_is_shown_as_what_it_is_and_a_remedy_is_a_switch(visit: Visit) -> None:
    app = visit("/gradients?part=clipping")
    part = app.page.locator("[data-gateviz=clipping]")
    part.and_(app.page.locator("[data-trained=begins]")).wait_for()
    part.get_by_role("button", name=load("en")("clipping_presets.nan")).click()
    part.and_(app.page.locator("[data-trained*=relu]")).wait_for()
    expect(part.locator("[data-number='free.last']")).to_have_text("NaN")
    expect(part.locator("[data-number='clipped.applied']")).to_have_text("1.00")
    app.wait_for_address("activation%3Arelu")
    part.get_by_role("button", name=load("en")("clipping_remedies.orthogonal")).click()
    part.and_(app.page.locator("[data-trained*=orthogonal]")).wait_for()
    assert float(part.locator("[data-number='free.norm']").get_attribute("data-value") or "nan") < 10
    app.picture("clipping-1440-light")
