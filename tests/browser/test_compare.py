"""A second sentence under the first: by a click, typed, or by a link; what differs is the library's, in every cell."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.figures.palette import LIGHT
from gateviz.i18n.translator import load
from gateviz.models.alignment import aligned_steps
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.answers import verdicts
from gateviz.results.trace import CELLS, Trace
from gateviz.viewer.packing.picture import MAPPED, arrangement_of, limits_of_all, signals_of
from tests.browser.app_page import App, Visit
from tests.browser.axe import faults
from tests.browser.map_colours import colour_of, drawn

FRANCE = EXAMPLES["hometown"]
SPAIN = FRANCE.replace("France", "Spain")
HOMETOWN = "/?" + urlencode({"task": "hometown"})


@cache
def trace(task: str, cell: str, text: str) -> Trace:
    return gateviz.load_pretrained(task, cell).trace(text)


def norms(task: str, cell: str, signal: str, text: str, other: str) -> list[float]:
    """The L2 norm of the difference at each step of the first text, NaN where it has no counterpart."""
    first, second = trace(task, cell, text), trace(task, cell, other)
    steps = aligned_steps(first.tokens_of(0), second.tokens_of(0))
    values, others = (run.layer(0)[signal][0].astype(np.float64) for run in (first, second))
    return [np.nan if at is None else float(np.linalg.norm(values[step] - others[at])) for step, at in enumerate(steps)]


def open_compare(app: App) -> None:
    app.viewer.locator("[data-option=compare]").click()
    expect(app.viewer.locator(".compare-box")).to_be_focused()


def wait_for_second(app: App, text: str) -> None:
    """Until the second sentence stands under the first."""
    second = app.viewer.locator("[data-other-token]")
    app.page.wait_for_function("(text) => new URLSearchParams(location.search).get('other') === text", arg=text)
    expect(second.first).to_be_visible()
    app.let_frames_pass()
    assert "".join(second.all_inner_texts()).replace("␣", " ").strip() == text


def other_step(app: App) -> int:
    """Where the cursor of the second sentence stands."""
    return int(app.viewer.locator("[data-other-token][aria-current]").get_attribute("data-other-token") or -1)


def check_norms(app: App, task: str, text: str, other: str) -> None:
    """The numbers under the chart, at the current step."""
    for cell in CELLS:
        for signal in ("hidden_state", "cell_state") if cell == "lstm" else ("hidden_state",):
            wanted = norms(task, cell, signal, text, other)[app.step]
            shown = app.number(f"[data-difference={signal}][data-cell={cell}]")
            assert shown == pytest.approx(wanted, rel=1e-3, abs=1e-5, nan_ok=True), (cell, signal)


def check_second_answers(app: App, other: str) -> None:
    """In each column, the answers to the second sentence at its own cursor, and at its end."""
    for cell in CELLS:
        model = gateviz.load_pretrained("hometown", cell)
        found = verdicts(model.logits(other), model.outputs)
        rows = app.page.locator(f"[data-panel={cell}] .answer-pair:not(.head)")
        for row in rows.all():
            name = model.outputs.index(row.locator(".answer-name").inner_text())
            share = float(row.locator("[data-answer-of=second]").get_attribute("data-value") or "nan")
            assert share == pytest.approx(found.probabilities[other_step(app), name], rel=1e-3, abs=1e-6)
        ending = app.page.locator(f"[data-panel={cell}] [data-ending-of=second]")
        assert model.outputs[int(found.probabilities[-1].argmax())] in ending.inner_text()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720)])
def test_a_pair_is_one_click_away_and_nothing_is_cut_off(visit: Visit, width: int, height: int) -> None:
    app = visit(HOMETOWN, width, height)
    plotly = app.page.locator("[class*=st-key-maps_lstm]").first
    expect(plotly).to_have_css("visibility", "visible")
    open_compare(app)
    app.viewer.locator("[data-ready-pair='France → Spain']").click()
    wait_for_second(app, SPAIN)
    assert [token.strip() for token in app.viewer.locator(".pair.differs .token").all_inner_texts()] == [
        "France",
        "Spain",
    ]
    sentence = app.viewer.locator(".compared-words")
    expect(sentence).to_contain_text("From France on the two sentences differ.")
    shares = {}
    for cell in CELLS:
        course = norms("hometown", cell, "cell_state" if cell == "lstm" else "hidden_state", FRANCE, SPAIN)
        shares[cell] = course[-1] / max(course)
    said = [float(each.get_attribute("data-value") or "nan") for each in sentence.locator("[data-value]").all()]
    assert said == pytest.approx(sorted(shares.values(), reverse=True), rel=1e-3, abs=1e-6)
    for step in (3, 4, 20, 51):
        app.go(step=step)
        check_norms(app, "hometown", FRANCE, SPAIN)
        check_second_answers(app, SPAIN)
    for part in (".life", "[data-maps=lstm]", "[data-maps=gru]", ".answer-pairs", ".compare-close"):
        for shown in app.viewer.locator(part).all():
            box = shown.bounding_box()
            assert box
            assert box["y"] + box["height"] <= height, part
            assert box["x"] + box["width"] <= width, part
    expect(plotly).to_have_css("visibility", "hidden")
    app.picture(f"compare-{width}-light")
    app.viewer.locator(".compare-close").click()
    expect(app.viewer.locator("[data-other-token]")).to_have_count(0)
    app.page.wait_for_function("() => !location.search.includes('other=')")
    expect(plotly).to_have_css("visibility", "visible")


def check_map(app: App, look: str, values: Any, limit: float) -> None:
    """The colours of the LSTM's forget gates: of the first sentence, of the second, or of the difference."""
    app.viewer.locator(f".compare-look [data-option=look-{look}]").click()
    signals = signals_of(trace("hometown", "lstm", FRANCE))
    rows = arrangement_of(signals).rows
    name = "cell_state" if look == "difference" else "forget_gate"  # a difference has the colours of states
    for step, row in ((4, 0), (10, 7), (35, 20)):
        wanted = colour_of(LIGHT, name, float(values[step, rows[row]]), limit)
        assert drawn(app, "lstm", "forget_gate", step, row) == pytest.approx(wanted, abs=8)


def test_the_maps_show_the_first_the_second_or_the_difference(visit: Visit) -> None:
    app = visit(HOMETOWN + "&" + urlencode({"other": SPAIN, "step": 4, "unit": 7, "diagram": "unit"}))
    wait_for_second(app, SPAIN)
    first, second = (trace("hometown", "lstm", text).layer(0)["forget_gate"][0] for text in (FRANCE, SPAIN))
    assert limits_of_all({"lstm": {"forget_gate": first}}) == {}, "a gate has no limit of its own"
    check_map(app, "after", first, 1.0)
    check_map(app, "before", second, 1.0)
    check_map(app, "difference", first - second, 1.0)
    assert app.page.locator("[data-panel=lstm] .curve").count() > len(MAPPED["lstm"]), "the unit's curves are there too"
    assert app.notices() == [], "the link was understood"
    assert faults(app) == []
    app.page.emulate_media(color_scheme="dark")
    app.settle()
    assert faults(app) == []


def test_a_sentence_is_typed_and_the_keys_move_both_cursors(visit: Visit) -> None:
    text, other = "The jokes are not funny .", "The jokes are funny and not boring ."
    app = visit("/?" + urlencode({"task": "sentiment", "text": text, "step": 1}))
    open_compare(app)
    box = app.viewer.locator(".compare-box")
    say = load("en")
    refused = {" ": say("error.empty"), "a" * 601: say("error.too_long", given=601, limit=600)}
    for typed, why in refused.items():
        box.fill(typed)
        box.press("Enter")
        expect(app.viewer.locator(".compare-problem")).to_have_text(why)
        expect(box).to_have_value(typed)
        expect(app.viewer.locator("[data-other-token]")).to_have_count(0)
    box.fill(other)
    box.press("Enter")
    wait_for_second(app, other)
    expect(app.viewer.locator(".compare-problem")).to_be_hidden()
    expect(app.viewer).to_be_focused()
    steps = aligned_steps(trace("sentiment", "lstm", text).tokens_of(0), trace("sentiment", "lstm", other).tokens_of(0))
    places = []
    for _ in range(app.steps - 1):
        places.append((app.step, other_step(app)))
        app.page.keyboard.press("ArrowRight")
    assert places == [(step, steps[step]) for step in range(1, app.steps)]
    lone = app.viewer.locator(".pair.lone [data-other-token]").first
    lone.click()
    assert other_step(app) == int(lone.get_attribute("data-other-token") or -1)
    assert other_step(app) not in steps, "it stands where the first sentence has no token"
    app.viewer.locator("[data-token='2']").click()
    assert (app.step, other_step(app)) == (2, 2)
    check_norms(app, "sentiment", text, other)


def test_a_hold_is_of_the_first_sentence(visit: Visit) -> None:
    app = visit(HOMETOWN + "&" + urlencode({"other": SPAIN, "hold": "lstm.forget_gate@4-:0", "step": 20}))
    wait_for_second(app, SPAIN)
    expect(app.viewer.locator("[data-held='lstm.forget_gate']")).to_be_visible()
    model = gateviz.load_pretrained("hometown", "lstm")
    clamp = gateviz.Clamp("forget_gate", value=0.0, steps=list(range(4, app.steps)))
    held = gateviz.run_with(model.recurrent, model.embed(model.encode(FRANCE)), [clamp])
    states = held.layer(0)["cell_state"][0, 20] - trace("hometown", "lstm", SPAIN).layer(0)["cell_state"][0, 20]
    size = float(np.linalg.norm(states))
    shown = app.viewer.locator("[data-difference=cell_state][data-cell=lstm]")
    expect(shown).to_have_text(f"{size:.1f}" if size >= 10 else f"{size:.2f}")
    assert app.number("[data-difference=cell_state][data-cell=lstm]") == pytest.approx(size, rel=1e-3)


def test_on_a_phone_the_second_sentence_lies_under_the_thumb(visit: Visit) -> None:
    app = visit(HOMETOWN, 390, 844, has_touch=True)
    app.viewer.locator("[data-option=compare]").tap()
    app.viewer.locator("[data-ready-pair='France → Spain']").tap()
    wait_for_second(app, SPAIN)
    for part in (".compare-box", ".compare-close", ".compare-look", ".tokens"):
        box = app.viewer.locator(part).bounding_box()
        assert box
        assert box["y"] > 844 / 2, part
        assert box["y"] + box["height"] <= 844
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    for part in (".compare-close", ".compare-pairs .option", ".compare-look .option"):
        box = app.viewer.locator(part).first.bounding_box()
        assert box
        assert box["height"] >= 34
    chart = app.viewer.locator(".life")
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_visible()
    app.viewer.locator("[data-option=cell-rnn]").tap()
    expect(chart).to_be_visible()
    app.picture("compare-390-light")
