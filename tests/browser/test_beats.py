"""One step in beats: the parts of a cell come in the order in which they are computed, and so do their numbers."""

import pytest
from playwright.sync_api import expect

from gateviz.results.trace import CELLS
from tests.browser.app_page import App, Visit
from tests.browser.expected import layer

BEATS = ("sums", "gates", "candidate", "keep", "write", "read")
# From now on, tell of each beat what the LSTM's caption says, and which numbers and strips are to be seen.
WATCH = """root => {
    const panel = root.querySelector("[data-panel=lstm]");
    const isSeen = (element) => getComputedStyle(element).visibility === "visible";
    const told = (window.gatevizBeats = []);
    new MutationObserver(() => {
        const beat = panel.querySelector(".beat-caption").dataset.beat;
        if (!panel.matches(".beating") || told.at(-1)?.beat === beat) return;
        told.push({
            beat,
            numbers: [...panel.querySelectorAll(".number")].filter(isSeen).map(({ dataset }) => dataset.signal),
            strips: [...panel.querySelectorAll("[data-when=now]")].filter(isSeen).map(({ dataset }) => dataset.strip),
            answers: isSeen(panel.querySelector(".panel-top > :nth-child(2)")),
            step: Number(root.dataset.step),
            text: panel.querySelector(".beat-caption").innerText,
        });
    }).observe(panel.querySelector(".beat-caption"), { attributes: true, attributeFilter: ["data-beat"] });
}"""
COME = {
    "gates": {"forget_gate", "input_gate", "output_gate"},
    "candidate": {"candidate"},
    "write": {"cell_state"},
    "read": {"hidden_state"},
}


def beating(app: App, cell: str = "lstm") -> bool:
    return "beating" in (app.page.locator(f"[data-panel={cell}]").get_attribute("class") or "")


@pytest.mark.parametrize("way", ["button", "key", "wish"])
def test_a_step_is_played_in_beats_and_each_number_comes_with_its_own(visit: Visit, way: str) -> None:
    app = visit("/?step=20")
    app.viewer.evaluate(WATCH)
    if way == "button":
        app.viewer.locator("[data-action=beats]").click()
    elif way == "key":
        app.page.keyboard.press("Shift+ArrowRight")
    else:
        app.go(step=21, beats=True)
    expect(app.page.locator("[data-panel=lstm] .beat-caption")).to_have_attribute("data-beat", "read")
    expect(app.page.locator("[data-panel=lstm]")).not_to_contain_class("beating")
    told = app.page.evaluate("window.gatevizBeats")
    assert [one["beat"] for one in told] == list(BEATS)
    assert {one["step"] for one in told} == {21}
    seen: set[str] = set()
    for one in told:
        seen |= COME.get(one["beat"], set())
        assert set(one["numbers"]) == seen, one
        assert set(one["strips"]) == seen & {"cell_state", "hidden_state"}
        assert not one["answers"], "the answer comes after the last beat"
    app.wait_for_step(21)
    expect(app.viewer.locator("[data-panel=lstm] .panel-top > :nth-child(2)")).to_be_visible()


@pytest.mark.parametrize("key", ["ArrowLeft", "Escape", "End"])
def test_any_key_ends_it_and_the_picture_is_whole(visit: Visit, key: str) -> None:
    app = visit("/?step=20")
    app.page.keyboard.press("Shift+ArrowRight")
    assert all(beating(app, cell) for cell in CELLS), "all three play together"
    app.page.keyboard.press(key)
    assert not any(beating(app, cell) for cell in CELLS)
    app.wait_for_step({"ArrowLeft": 20, "Escape": 21, "End": app.steps - 1}[key])
    assert app.viewer.locator(".cell .later, .cell .done").count() == 0


def test_at_the_end_of_the_text_the_last_step_is_played(visit: Visit) -> None:
    app = visit()
    app.page.keyboard.press("End")
    app.page.keyboard.press("Shift+ArrowRight")
    assert beating(app)
    app.wait_for_step(app.steps - 1)


def said_in_beats(app: App, **wish: object) -> dict[str, str]:
    """What the LSTM's caption says at each beat."""
    app.viewer.evaluate(WATCH)
    app.go(**wish, beats=True)
    expect(app.page.locator("[data-panel=lstm]")).not_to_contain_class("beating")
    return {one["beat"]: one["text"] for one in app.page.evaluate("window.gatevizBeats")}


def test_the_captions_numbers_are_the_traces(visit: Visit) -> None:
    app = visit("/?step=20")
    signals = {name: layer("lstm")[name][0] for name in layer("lstm").signals}
    said = said_in_beats(app, step=21)
    f, c = signals["forget_gate"][21], abs(signals["cell_state"][20])
    assert f"f: {(f < 0.1).sum()} shut · {(f > 0.9).sum()} open" in said["gates"]
    assert f"{round(100 * (f * c).sum() / c.sum())} % stays" in said["keep"]
    said = said_in_beats(app, step=22, unit=7)
    assert f"c = {signals['cell_state'][22, 7]:.2f}".replace("-", "−") in said["write"]
    assert f"f = {signals['forget_gate'][22, 7]:.2f}" in said["gates"]


def test_without_motion_it_plays_too_but_nothing_runs_along_the_wires(look: Visit) -> None:
    app = look("/?step=20", reduced_motion="reduce")
    app.page.keyboard.press("Shift+ArrowRight")
    assert beating(app)
    assert app.viewer.evaluate("root => root.getAnimations({ subtree: true }).length") == 0
    app.page.keyboard.press("Escape")
    assert not beating(app)


def test_a_card_of_a_lesson_plays_its_step_and_one_that_asks_does_so_once_it_is_answered(visit: Visit) -> None:
    app = visit("/?lesson=4.1")
    caption = app.page.locator("[data-panel=lstm] .beat-caption")
    expect(caption).to_have_attribute("data-beat", "read")
    app.page.goto(f"{app.server}/?lesson=1.3")
    app.settle()
    expect(app.page.locator("[data-gateviz=lesson] .choice").first).to_be_visible()
    app.wait_for_step(20)
    assert caption.get_attribute("data-beat") is None, "the answer is hidden"
    app.page.keyboard.press("1")
    app.wait_for_step(21)
    expect(caption).to_have_attribute("data-beat", "read")
