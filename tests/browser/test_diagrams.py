"""What the diagrams say: means of gates, sizes of states, how many units are open; and how they are drawn."""

from itertools import pairwise
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.figures.palette import LIGHT
from gateviz.results.trace import CELLS
from tests.browser.app_page import Visit
from tests.browser.expected import layer
from tests.browser.map_colours import colour_of

SAID = {
    "en": {"shut": "{} shut", "half": "{} half", "open": "{} open"},
    "zh": {"shut": "{} 关", "half": "{} 半开", "open": "{} 开"},
}
GATES = {"lstm": ("forget_gate", "input_gate", "output_gate"), "gru": ("update_gate", "reset_gate")}
# The colours of a valve's lanes, from shut to open: red, green and blue.
LANES = """valve => [...valve.querySelectorAll(".lane")].filter(({ style }) => style.visibility !== "hidden")
    .map(({ style }) => style.fill.match(/\\d+/g).map(Number))"""
ENDS = """wires => wires.map((wire) => {
    const { left, right, top, bottom, height } = wire.getBoundingClientRect();
    return { left, right, top, bottom, height };
})"""
BOXES = """nodes => nodes.map((node) => ({ text: node.textContent, x: node.getBoundingClientRect().x }))"""
# The size on the screen of every text that is shown.
LETTERS = """drawings => drawings.filter((drawing) => drawing.clientWidth).flatMap((drawing) =>
    [...drawing.querySelectorAll("text, tspan")].filter((text) => text.textContent)
        .map((text) => parseFloat(getComputedStyle(text).fontSize))
        .map((size) => size * drawing.clientWidth / drawing.viewBox.baseVal.width))"""
STOP = "root => root.getAnimations({ subtree: true }).forEach((animation) => animation.cancel())"
# Press keys and count the lights that run along the wires.
STEP_AND_COUNT = """(root, keys) => {
    root.classList.remove("rapid");
    for (const key of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return root.getAnimations({ subtree: true }).filter(({ effect }) => effect.target.matches(".pulse")).length;
}"""


def test_the_diagrams_show_means_of_gates_and_root_mean_squares_of_states(look: Visit) -> None:
    app = look()
    gate, state = (layer("lstm")[name][0, app.step] for name in ("forget_gate", "cell_state"))
    assert app.number("svg [data-cell=lstm][data-signal=forget_gate]") == pytest.approx(gate.mean(), rel=1e-4)
    rms = np.sqrt(np.square(state).mean())
    assert app.number("svg [data-cell=lstm][data-signal=cell_state]") == pytest.approx(rms, rel=1e-4)


def counts_of(gate: np.ndarray) -> dict[str, str]:
    shut, open_ = int((gate < 0.1).sum()), int((gate > 0.9).sum())
    return {"shut": str(shut), "half": str(gate.size - shut - open_), "open": str(open_)}


def test_a_valve_of_all_units_has_a_lane_for_each_and_counts_how_many_are_open(visit: Visit) -> None:
    text = "The jokes are not funny, but the two leads are wonderful."
    app = visit(f"/?task=sentiment&text={quote(text)}")
    app.page.keyboard.press("ArrowLeft")
    for cell in ("lstm", "gru"):
        signals = gateviz.load_pretrained("sentiment", cell).trace(text).layer(0)
        for gate in GATES[cell]:
            values = np.sort(signals[gate][0, app.step])
            valve = app.page.locator(f"svg[data-cell={cell}] [data-valve={gate}]").first
            assert {name: valve.get_attribute(f"data-{name}") for name in ("shut", "half", "open")} == counts_of(values)
            lanes = valve.evaluate(LANES)
            assert len(lanes) == 32
            for colour, value in zip(lanes, values[1::2], strict=True):  # 64 units, so that each lane stands for two
                assert colour == pytest.approx(colour_of(LIGHT, gate, value, 1.0)[:3], abs=4)


@pytest.mark.parametrize("language", SAID)
def test_a_line_over_the_belt_says_how_many_units_keep(visit: Visit, language: str) -> None:
    app = visit(f"/?lang={language}")
    for cell, gate in (("lstm", "forget_gate"), ("gru", "update_gate")):
        found = counts_of(layer(cell)[gate][0, app.step])
        said = " · ".join(SAID[language][name].format(found[name]) for name in ("shut", "half", "open"))
        expect(app.page.locator(f"[data-counts={gate}]")).to_contain_text(said)
    app.choose_unit(3)
    expect(app.page.locator("[data-counts=forget_gate]")).to_be_empty()
    expect(app.page.locator("[data-valve=forget_gate]")).to_have_attribute("data-open", "")


def test_every_wire_has_an_arrowhead_and_a_colour_from_the_scales(look: Visit) -> None:
    app = look()
    for cell in CELLS:
        flows = app.page.locator(f"svg[data-cell={cell}] .flow")
        heads = app.page.locator(f"svg[data-cell={cell}] .flow .head")
        assert heads.count() == flows.count() > 5
        assert all(
            path.startswith("M") for path in heads.evaluate_all("heads => heads.map((head) => head.getAttribute('d'))")
        )
    coloured = "[...root.querySelectorAll('.flow')].filter((flow) => flow.querySelector('.wire').style.stroke).length"
    assert app.viewer.evaluate(f"root => {coloured}") >= 20, "of all units too"


def test_the_recurrence_of_a_plain_rnn_runs_from_h_through_u_to_the_sum_and_through_tanh(look: Visit) -> None:
    app = look("/?cells=rnn")
    wires = app.page.locator("svg[data-cell=rnn] .flow .casing").evaluate_all(ENDS)
    boxes = {
        box["text"]: box for box in app.page.locator("svg[data-cell=rnn] .node").evaluate_all(BOXES) if box["text"]
    }
    belt = [wire for wire in wires if wire["height"] < 1]
    order = [boxes["U"]["x"], boxes["tanh"]["x"]]
    assert order == sorted(order)
    assert len(belt) == 4, "h to U, U to the sum, the sum to tanh, tanh to h"
    assert all(one["right"] < other["left"] for one, other in pairwise(sorted(belt, key=lambda wire: wire["left"])))
    assert max(wire["bottom"] for wire in belt) - min(wire["top"] for wire in belt) < 1, "nothing goes around"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768), (390, 844)])
def test_no_letter_of_a_diagram_is_smaller_than_eleven_px(look: Visit, width: int, height: int) -> None:
    app = look(width=width, height=height)
    sizes = app.page.locator("svg.cell").evaluate_all(LETTERS)
    assert min(sizes) >= 10.99
    box = app.page.locator("svg[data-cell=lstm]").bounding_box()
    assert box
    assert 144 <= box["height"] <= 252


def test_a_pulse_runs_along_the_wires_when_one_steps_but_not_under_a_held_key(look: Visit) -> None:
    app = look("/?step=10")
    assert app.viewer.evaluate(STEP_AND_COUNT, ["ArrowRight"]) > 20
    app.page.wait_for_function("() => document.getAnimations().length === 0")
    assert app.viewer.evaluate(STEP_AND_COUNT, ["ArrowRight"] * 4) < 100, "one pulse, not four"
    app.page.emulate_media(reduced_motion="reduce")
    app.viewer.evaluate(STOP)
    assert app.viewer.evaluate(STEP_AND_COUNT, ["ArrowLeft"]) == 0


def test_the_architectures_can_be_chosen(visit: Visit) -> None:
    app = visit()
    app.page.locator(".st-key-cells button", has_text="RNN").click()
    expect(app.viewer.locator("svg[data-cell]")).to_have_count(2)
    expect(app.page.locator("[data-maps=rnn]")).to_have_count(0)
