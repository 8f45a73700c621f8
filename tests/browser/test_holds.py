"""A hand on the valves: what it holds is what run_with computes; it is undone, listed, linked and ready to try."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import gateviz
from gateviz.models.held_clamps import clamps_of
from gateviz.models.holds import read_holds
from gateviz.pretrained.examples import example_of
from gateviz.results.trace import LayerTrace
from tests.browser.app_page import App, Visit
from tests.browser.tabs import Tab

TEXT = example_of("hometown")
HOMETOWN = "/?task=hometown"


def held(app: App) -> Locator:
    return app.viewer.locator("[data-held]")


def valve(app: App, cell: str, signal: str) -> Locator:
    return app.viewer.locator(f"svg[data-cell={cell}] [data-valve={signal}]").first


def middle(valve: Locator) -> tuple[float, float]:
    box = valve.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def ending(app: App, cell: str = "lstm") -> Locator:
    return app.viewer.locator(f"[data-ending={cell}] strong")


def run_under(cell: str, holds: str) -> LayerTrace:
    """What run_with computes under these holds, the first layer."""
    model = gateviz.load_pretrained("hometown", cell)
    own = [hold for hold in read_holds(holds).holds if hold.cell == cell]
    embedded = model.embed(model.encode(TEXT))
    return gateviz.run_with(model.recurrent, embedded, list(clamps_of(model, TEXT, own))).layer(0)


def random_holds(seed: int) -> str:
    """Some holds of every kind, in any cell."""
    rng = np.random.default_rng(seed)
    kinds: list[tuple[str, str]] = [
        ("lstm", "forget_gate"), ("lstm", "input_gate"), ("lstm", "cell_state"), ("lstm", "candidate"),
        ("gru", "update_gate"), ("gru", "reset_gate"), ("gru", "hidden_state"), ("rnn", "hidden_state"),
    ]  # fmt: skip
    found = []
    for cell, signal in kinds:
        unit = rng.choice(["", f".{rng.integers(32)}"])
        first = int(rng.integers(1, 40))
        steps = rng.choice(["", f"@{first}-", f"@{first}", f"@{first}-{first + 9}"])
        value = "freeze" if signal.endswith("_state") and rng.integers(2) else f"{rng.random():.2f}"
        found.append(f"{cell}.{signal}{unit}{steps}:{value}")
    return ",".join(found)


@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_under_the_holds_of_a_link_are_those_of_run_with(visit: Visit, seed: int) -> None:
    holds = random_holds(seed)
    app = visit(f"{HOMETOWN}&hold={quote(holds)}&diagram=unit&unit=5&step=44")
    expect(held(app)).to_have_count(8)
    runs = {cell: run_under(cell, holds) for cell in ("rnn", "lstm", "gru")}
    for step, unit in ((44, 5), (44, 21), (9, 30)):
        app.go(step=step, unit=unit)
        for cell, layer in runs.items():
            names = [name for name in layer.signals if name != "preactivation"]
            for name in names:
                for shown in app.viewer.locator(f".curve-value[data-cell={cell}][data-signal={name}]").all():
                    expect(shown).to_have_attribute("data-unit", str(unit))
                    value = float(shown.get_attribute("data-value") or "nan")
                    assert value == pytest.approx(float(layer[name][0, step, unit]), abs=2e-4), (holds, name)


def test_a_drag_shuts_a_gate_and_the_answer_is_gone_until_it_is_undone(visit: Visit) -> None:
    app = visit(HOMETOWN)
    f, page = valve(app, "lstm", "forget_gate"), app.page
    expect(f).to_have_attribute("role", "slider")
    x, y = middle(f)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 30, steps=4)
    page.mouse.move(x, y + 200, steps=4)
    expect(held(app)).to_have_attribute("data-held-value", "0")
    expect(f).to_have_attribute("aria-valuenow", "0.00")
    expect(app.viewer.locator(".card")).to_be_hidden()
    layer = run_under("lstm", f"lstm.forget_gate@{app.step}-:0")
    shown = app.viewer.locator("svg[data-cell=lstm] .number[data-signal=cell_state]")
    wanted = float(np.sqrt(np.square(layer["cell_state"][0, app.step]).mean()))
    expect(ending(app)).not_to_have_text("Spanish")
    assert float(shown.get_attribute("data-value") or "nan") == pytest.approx(wanted, rel=1e-3)
    page.mouse.up()
    expect(app.viewer.locator(".card")).to_be_hidden()  # a drag is no click
    expect(app.viewer.locator("[data-ending=lstm] .ending-was")).to_have_text("Spanish 1.00")
    expect(app.viewer.locator(".class-bar.ghost").first).to_be_attached()
    expect(app.viewer.locator(".happened")).to_contain_text("instead of Spanish 1.00")
    bar = app.viewer.locator(".hold-bar")
    bar.locator("[data-option=hold-always]").click()
    expect(held(app)).to_contain_text("always")
    page.wait_for_url(lambda url: "lstm.forget_gate%3A0" in url)
    app.picture("held-1440-light")
    page.keyboard.press("Control+z")
    expect(held(app)).to_contain_text("from step 36 on")
    page.keyboard.press("Control+z")
    expect(held(app)).to_have_count(0)
    expect(ending(app)).to_have_text("Spanish")
    expect(app.viewer.locator(".ghost")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(held(app)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(held(app)).to_have_count(0)
    page.wait_for_url(lambda url: "hold=" not in url)


def test_keys_and_typing_hold_a_gate_of_one_unit(visit: Visit) -> None:
    app = visit(f"{HOMETOWN}&diagram=unit&unit=7&step=20")
    z = valve(app, "gru", "update_gate")
    z.focus()
    app.page.keyboard.press("Home")
    expect(held(app)).to_have_attribute("data-held-value", "0")
    expect(held(app)).to_have_attribute("data-unit", "7")
    app.page.keyboard.press("ArrowUp")
    app.page.keyboard.press("PageUp")
    expect(held(app)).to_have_attribute("data-held-value", "0.3")
    assert app.step == 20, "the keys are the valve's"
    app.page.keyboard.type("0.625")
    app.page.keyboard.press("Enter")
    expect(held(app)).to_have_attribute("data-held-value", "0.625")
    layer = run_under("gru", "gru.update_gate.7@20-:0.625")
    shown = app.viewer.locator(".curve-value[data-cell=gru][data-signal=hidden_state]")
    assert float(shown.get_attribute("data-value") or "nan") == pytest.approx(
        float(layer["hidden_state"][0, 20, 7]), abs=2e-4
    )
    z.focus()
    app.page.keyboard.type("1")
    app.viewer.locator(".panel-title").first.click()  # a press elsewhere ends it as Enter does
    expect(held(app)).to_have_attribute("data-held-value", "1")
    expect(app.viewer.locator(".hold-bar")).to_be_hidden()
    held(app).get_by_role("button", name="Let go").click()
    expect(held(app)).to_have_count(0)


def touch(app: App, points: list[tuple[float, float]]) -> None:
    """A finger goes down at the first point, over the others, and up."""
    session: Any = app.page.context.new_cdp_session(app.page)
    for kind, (x, y) in zip(["touchStart", *["touchMove"] * (len(points) - 1)], points, strict=True):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_holds_a_gate_on_a_phone_and_the_page_does_not_scroll(visit: Visit) -> None:
    app = visit(f"{HOMETOWN}&cells=lstm", width=390, height=844, has_touch=True)
    x, y = middle(valve(app, "lstm", "input_gate"))
    touch(app, [(x, y + by) for by in (0, -15, -40, -80, -160)])
    expect(held(app)).to_have_attribute("data-held-value", "1")
    assert middle(valve(app, "lstm", "input_gate")) == pytest.approx((x, y)), "nothing has moved"
    app.picture("held-390-light")
    valve(app, "lstm", "input_gate").tap()
    expect(app.viewer.locator(".card.pinned")).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(app.viewer.locator(".card")).to_be_hidden()
    expect(held(app)).to_have_count(1)  # Escape closes the card first


def test_what_can_be_tried_does_what_it_says_and_maps_show_the_difference(visit: Visit) -> None:
    app = visit(HOMETOWN)
    tries = app.viewer.locator("[data-try]")
    expect(tries).to_have_text(["it forgets France", "it cannot forget France", "Italy fools it"])
    tries.nth(1).click()
    expect(ending(app)).to_have_text("French")
    expect(app.viewer.locator(".happened")).to_have_text(
        "The LSTM says at the end French 1.00 instead of Spanish 1.00."
    )
    expect(tries).to_have_count(0)
    canvas = app.map("lstm", "forget_gate").locator("canvas")
    pixels = "canvas => canvas.toDataURL()"
    looks = {}
    for look in ("before", "difference", "after"):
        app.viewer.locator(f".hold-look [data-option=look-{look}]").click()
        expect(app.viewer.locator(f".hold-look [data-option=look-{look}]")).to_have_attribute("aria-pressed", "true")
        looks[look] = canvas.evaluate(pixels)
    assert len(set(looks.values())) == 3
    held(app).locator(".hold-away").click()
    expect(tries).to_have_count(3)
    expect(ending(app)).to_have_text("Spanish")
    assert canvas.evaluate(pixels) == looks["before"]


def test_a_state_is_frozen_and_a_unit_silenced_in_its_card(visit: Visit) -> None:
    app = visit(f"{HOMETOWN}&cells=lstm&diagram=unit&unit=3&step=12")
    app.viewer.locator("svg[data-cell=lstm] [data-node=hidden_state]").last.click()
    card = app.viewer.locator(".card.pinned")
    card.locator("[data-hold=silence]").click()
    expect(held(app)).to_have_attribute("data-held-value", "0")
    expect(card.locator("[data-hold=copy]")).to_be_hidden()  # there is no second sentence
    app.page.keyboard.press("Escape")
    app.viewer.locator("svg[data-cell=lstm] [data-node=cell_state]").last.click()
    card.locator("[data-hold=freeze]").click()
    expect(held(app)).to_have_count(2)
    layer = run_under("lstm", "lstm.hidden_state.3@12-:0,lstm.cell_state.3@12-:freeze")
    app.go(step=30)
    shown = app.viewer.locator(".curve-value[data-cell=lstm][data-signal=cell_state]")
    assert float(shown.get_attribute("data-value") or "nan") == pytest.approx(
        float(layer["cell_state"][0, 12, 3]), abs=2e-4
    )


def test_where_the_weights_do_not_come_the_valve_follows_and_one_sentence_says_so(
    take: Callable[..., Tab], server: str
) -> None:
    tab = take()
    app = App(tab.page, server).open(HOMETOWN)
    app.page.route("**/_gateviz/models/**", lambda route: route.abort())  # the server does not read in its place either
    f = valve(app, "lstm", "forget_gate")
    f.focus()
    app.page.keyboard.press("Home")
    expect(f).to_have_attribute("aria-valuenow", "0.00")
    expect(app.viewer.locator(".hold-problem")).to_contain_text("could not be loaded")
    expect(ending(app)).to_have_text("Spanish")
    app.page.unroute("**/_gateviz/models/**")
    app.page.keyboard.press("End")
    expect(ending(app)).to_have_text("French")  # with the weights come the numbers
    expect(app.viewer.locator(".hold-problem")).to_be_hidden()
    assert all("ERR_FAILED" in complaint for complaint in tab.complaints)
    tab.complaints.clear()
