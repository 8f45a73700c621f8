"""A person types a sentence and steps through it; what the screen says is what the library computes."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz.app.state.examples import EXAMPLES
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.answers import expected_next
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.picture import SHOWN
from tests.browser.conftest import App

EXAMPLE = EXAMPLES["timemachine"]

Visit = Callable[..., App]
SIGNS = str.maketrans({"␣": " ", "↵": "\n"})


@cache
def model(cell: str) -> SequenceModel:
    return gateviz.load_pretrained("timemachine", cell)


def check_numbers(app: App, text: str, unit: int) -> None:
    """Every number on the page at its current step equals the library's."""
    step = app.step
    for cell in CELLS:
        trace = model(cell).trace(text)
        for signal in SHOWN[cell]:
            shown = app.number(f".curve [data-cell={cell}][data-signal={signal}][data-unit='{unit}']")
            assert shown == pytest.approx(trace.layer(0)[signal][0, step, unit], rel=1e-4, abs=1e-7)
        expected = expected_next(model(cell).logits_of(trace), model(cell).outputs, tuple(text))
        rows = app.page.locator(f"[data-panel={cell}] [data-guess]")
        assert rows.count() == 5
        tokens = [token.translate(SIGNS) for token in rows.locator(".guess-token").all_inner_texts()]
        assert tokens == list(expected.guesses[step])
        values = [float(v.get_attribute("data-value") or "nan") for v in rows.locator(".guess-value").all()]
        assert values == pytest.approx(list(expected.probabilities[step]), rel=1e-4)
        verdict = app.page.locator(f"[data-panel={cell}] .verdict")
        if step + 1 < len(text):
            assert float(verdict.get_attribute("data-value") or "nan") == pytest.approx(
                expected.probability[step], rel=1e-4
            )
            assert f"{expected.surprise[step]:.1f} bits" in verdict.inner_text()


def check_cursor(app: App) -> None:
    """The cursor over each heatmap stands on the column of the current step."""
    for cell in CELLS:
        plot = app.page.locator(f".st-key-maps_{cell} .heatmaplayer image").first.bounding_box()
        cursor = app.page.locator(f".st-key-maps_{cell} .gateviz-cursor").bounding_box()
        assert plot
        assert cursor
        middle = cursor["x"] + cursor["width"] / 2 - plot["x"]
        assert middle == pytest.approx((app.step + 0.5) * plot["width"] / app.steps, abs=2.5)


def test_the_page_opens_with_a_computed_picture(visit: Visit) -> None:
    app = visit()
    assert "".join(app.tokens()).replace("␣", " ") == EXAMPLE
    assert app.steps == len(EXAMPLE)
    for cell in CELLS:
        assert app.viewer.locator(f"svg[data-cell={cell}]").is_visible()
        assert app.page.locator(f".st-key-maps_{cell} .heatmaplayer image").count() == len(SHOWN[cell])
    check_cursor(app)
    check_numbers(app, EXAMPLE, unit=int(app.viewer.locator(".unit-box").input_value()))
    app.picture("step-through-1440-light")


def test_a_typed_sentence_is_stepped_through_with_the_keyboard(visit: Visit) -> None:
    app = visit()
    text = "Shall I tell you what he said? Never!"
    app.type(text)
    assert (app.step, app.steps) == (0, len(text))
    unit = int(app.viewer.locator(".unit-box").input_value())
    check_numbers(app, text, unit)
    before = app.page.locator(".st-key-maps_lstm .gateviz-cursor").bounding_box()
    for _ in range(7):
        app.page.keyboard.press("ArrowRight")
    app.page.keyboard.press("ArrowLeft")
    assert app.step == 6
    assert app.viewer.locator(".token.current").get_attribute("data-token") == "6"
    assert app.page.locator(".st-key-maps_lstm .gateviz-cursor").bounding_box() != before
    check_numbers(app, text, unit)
    check_cursor(app)
    app.page.keyboard.press("End")
    assert app.step == len(text) - 1
    check_numbers(app, text, unit)
    app.page.keyboard.press("ArrowRight")
    assert app.step == len(text) - 1
    app.page.keyboard.press("Home")
    assert app.step == 0


def test_space_plays_and_pauses_and_the_slider_and_a_token_go_there(visit: Visit) -> None:
    app = visit()
    app.page.keyboard.press("Home")
    app.page.keyboard.press(" ")
    expect(app.viewer).not_to_have_attribute("data-step", "0")
    expect(app.viewer.locator("[data-action=play]")).to_have_attribute("aria-label", "Pause (Space)")
    app.page.keyboard.press(" ")
    stopped = app.step
    app.page.wait_for_timeout(800)
    assert app.step == stopped
    app.viewer.locator("[data-token='11']").click()
    assert app.step == 11
    app.page.keyboard.press("ArrowRight")
    assert app.step == 12
    app.viewer.locator("input[type=range]").fill("3")
    assert app.step == 3


def test_typing_never_steps(visit: Visit) -> None:
    app = visit()
    step = app.step
    box = app.page.locator(".st-key-sentence input")
    box.click()
    for key in ("Home", "ArrowRight", "ArrowRight", "x", " ", "ArrowLeft", "End"):
        box.press(key)
    assert app.step == step


def test_a_click_on_a_heatmap_picks_the_unit_and_the_step(visit: Visit) -> None:
    app = visit()
    plot = app.page.locator(".st-key-maps_gru .heatmaplayer image").first
    box = plot.bounding_box()
    assert box
    step, unit = 5, 200
    app.page.mouse.click(box["x"] + (step + 0.5) * box["width"] / app.steps, box["y"] + unit + 0.5)
    assert app.step == step
    assert app.viewer.locator(".unit-box").input_value() == str(unit)
    check_numbers(app, EXAMPLE, unit)
    shown = app.number(f"svg [data-cell=lstm][data-signal=forget_gate][data-unit='{unit}']")
    assert shown == pytest.approx(model("lstm").trace(EXAMPLE).layer(0)["forget_gate"][0, step, unit], rel=1e-4)


def test_the_diagrams_show_means_of_gates_and_root_mean_squares_of_states(visit: Visit) -> None:
    app = visit()
    trace = model("lstm").trace(EXAMPLE).layer(0)
    gate, state = trace["forget_gate"][0, app.step], trace["cell_state"][0, app.step]
    assert app.number("svg [data-cell=lstm][data-signal=forget_gate]") == pytest.approx(gate.mean(), rel=1e-4)
    rms = np.sqrt(np.square(state).mean())
    assert app.number("svg [data-cell=lstm][data-signal=cell_state]") == pytest.approx(rms, rel=1e-4)


def test_a_sentence_under_each_diagram_counts_what_the_units_did(visit: Visit) -> None:
    app = visit()
    app.page.keyboard.press("ArrowLeft")
    lstm, gru, rnn = (model(cell).trace(EXAMPLE).layer(0) for cell in ("lstm", "gru", "rnn"))
    f, i, o = (lstm[gate][0, app.step] for gate in ("forget_gate", "input_gate", "output_gate"))
    z, r = (gru[gate][0, app.step] for gate in ("update_gate", "reset_gate"))
    before, now = rnn["hidden_state"][0, app.step - 1 : app.step + 1]
    kept, forgot, wrote, read = (f > 0.9).sum(), (f < 0.1).sum(), (i > 0.9).sum(), (o > 0.9).sum()
    assert {cell: app.page.locator(f"[data-unit-counts={cell}]").inner_text() for cell in CELLS} == {
        "rnn": f"{(before * now < 0).sum()} of {len(now)} units changed sign",
        "lstm": f"{kept} kept, {forgot} forgot, {wrote} wrote, {read} read out",
        "gru": f"{(z > 0.9).sum()} kept, {(z < 0.1).sum()} renewed, {(r < 0.1).sum()} reset",
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_gates_that_are_neither_open_nor_shut_it_says_so_and_counts_no_noughts(visit: Visit, language: str) -> None:
    words = {
        "en": ("{} kept", "{} forgot", "{} wrote", "{} read out"),
        "zh": ("保留 {}", "遗忘 {}", "写入 {}", "读出 {}"),
    }
    half, whole = {
        "en": ("the rest half open", "all gates half open"),
        "zh": ("其余的门半开", "所有的门都半开"),
    }[language]
    text = "The jokes are not funny, but the two leads are wonderful."
    app = visit(f"/?task=sentiment&text={quote(text)}&lang={language}")
    layer = gateviz.load_pretrained("sentiment", "lstm").trace(text).layer(0)
    said = set()
    app.page.keyboard.press("Home")
    for step in range(app.steps):
        f, i, o = (layer[gate][0, step] for gate in ("forget_gate", "input_gate", "output_gate"))
        counts = [int(mask.sum()) for mask in (f > 0.9, f < 0.1, i > 0.9, o > 0.9)]
        parts = [word.format(count) for word, count in zip(words[language], counts, strict=True)]
        if max(counts) < 6.4:
            parts = [part for part, count in zip(parts, counts, strict=True) if count]
            parts = [*parts, half] if parts else [whole]
        said.add(len(parts))
        joint = {"en": ", ", "zh": "，"}[language]
        assert app.page.locator("[data-unit-counts=lstm]").inner_text() == joint.join(parts)
        app.page.keyboard.press("ArrowRight")
    assert len(said) > 1


def test_profiles_can_be_sorted(visit: Visit) -> None:
    app = visit()
    profile = app.page.locator(".st-key-maps_rnn .gateviz-profile")
    before = profile.screenshot()
    app.viewer.locator("[data-option=sorted]").click()
    assert profile.screenshot() != before


def test_an_unknown_character_is_shown_by_itself_and_said_so(visit: Visit) -> None:
    app = visit()
    app.type("caf\u00e9 \u4f60\u597d \U0001f600 \u202e.")
    tokens = app.viewer.locator(".token.unknown")
    assert tokens.all_inner_texts() == ["\u00e9", "\u4f60", "\u597d", "\U0001f600", "U+202E"]
    (notice,) = app.notices()
    assert "5 characters" in notice
    assert "\u597d" in notice


def test_what_is_typed_is_never_markup(visit: Visit) -> None:
    app = visit()
    text = '<img src=x onerror="document.title=1"><b>**a** :red[b] $x$</b>'
    app.type(text)
    assert "".join(app.tokens()).replace("␣", " ") == text
    assert app.page.locator("img[src=x]").count() == 0
    assert app.page.title() == "gateviz"


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "nothing to read"), ("   ", "nothing to read"), ("x" * 20_000, "20000 characters"), ("be\u0007ll", "U+0007")],
    ids=["empty", "blanks", "20,000 characters", "a control character"],
)
def test_bad_input_gets_one_sentence_and_the_picture_stays(visit: Visit, text: str, says: str) -> None:
    app = visit()
    before = app.tokens()
    app.type(text)
    (notice,) = app.notices()
    assert says in notice
    assert app.tokens() == before
    app.type("All is well.")
    assert app.notices() == []


def test_a_file_offers_its_sentences(visit: Visit, tmp_path: Path) -> None:
    app = visit()
    path = tmp_path / "sentences.txt"
    path.write_bytes("First, a line.\r\n\r\n\u7b2c\u4e8c\u884c\r\nThe third one.\r\n".encode("gb18030"))
    app.page.locator(".st-key-upload input[type=file]").set_input_files(path)
    app.wait_for_text("First, a line.")
    app.page.locator(".st-key-line [role=combobox], .st-key-line [data-baseweb=select]").first.click()
    app.page.get_by_role("option", name="The third one.").click()
    app.page.wait_for_timeout(300)
    app.settle()
    assert "".join(app.tokens()).replace("␣", " ") == "The third one."


def test_a_bad_file_gets_one_sentence_and_the_picture_stays(visit: Visit, tmp_path: Path) -> None:
    app = visit()
    before = app.tokens()
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    app.page.locator(".st-key-upload input[type=file]").set_input_files(binary)
    expect(app.page.locator(".st-key-upload_notice_error")).to_contain_text("not a text")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(300_000_000)
    app.page.locator(".st-key-upload input[type=file]").set_input_files(huge)
    expect(app.page.locator(".st-key-upload")).to_contain_text("This file is too large: choose one of 1.0MB or less.")
    app.settle()
    assert app.tokens() == before


def test_the_architectures_can_be_chosen(visit: Visit) -> None:
    app = visit()
    app.page.locator(".st-key-cells button", has_text="RNN").click()
    app.page.wait_for_timeout(200)
    app.settle()
    expect(app.viewer.locator("svg[data-cell]")).to_have_count(2)
    assert app.page.locator(".st-key-maps_rnn").count() == 0


def test_a_link_reopens_the_picture_and_a_hostile_one_the_nearest(visit: Visit) -> None:
    app = visit("/?text=Link%20me&cells=lstm,gru&step=4&unit=12")
    assert (app.step, app.steps) == (4, 7)
    assert app.viewer.locator(".unit-box").input_value() == "12"
    assert app.viewer.locator("svg[data-cell]").count() == 2
    app.page.keyboard.press("ArrowRight")
    app.page.wait_for_function("location.search.includes('step=5')")
    again = visit(app.page.url.removeprefix(app.server))
    assert (again.step, again.tokens()) == (5, app.tokens())
    hostile = visit("/?text=ok&task=../../etc&cells=tpu&layer=9&direction=up&step=1e9&unit=-4&lang=xx")
    assert (hostile.step < hostile.steps, hostile.steps) == (True, 2)
    assert hostile.viewer.locator("svg[data-cell]").count() == 3
    assert hostile.notices() == ["Part of the link could not be used; this is the nearest picture."]
    hostile.page.keyboard.press("End")
    hostile.type("fine")
    assert hostile.notices() == []


def test_back_returns_to_the_sentence_and_the_step(visit: Visit) -> None:
    app = visit()
    app.viewer.locator("[data-token='9']").click()
    app.page.wait_for_function("location.search.includes('step=9')")
    app.type("Another one.")
    assert (app.step, app.steps) == (0, 12)
    app.page.go_back()
    app.wait_for_text(EXAMPLE)
    assert app.step == 9
    assert app.page.locator(".st-key-sentence input").input_value() == EXAMPLE


def test_on_a_phone_one_architecture_is_shown_and_nothing_overflows(visit: Visit) -> None:
    app = visit(width=390, height=844, has_touch=True)
    assert app.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    assert app.page.locator(".st-key-maps_lstm").is_visible()
    assert not app.page.locator(".st-key-maps_gru").is_visible()
    app.viewer.locator("[data-option=cell-gru]").tap()
    assert app.page.locator(".st-key-maps_gru").is_visible()
    app.viewer.locator("[data-action=on]").tap()
    app.picture("step-through-390-light")


TIMING = """async () => {
  const host = [...document.querySelectorAll(".st-key-viewer *")].find((element) => element.shadowRoot).shadowRoot;
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const painted = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  });
  press("Home");
  const work = [], paint = [];
  for (let turn = 0; turn < 40; turn++) {
    await painted();
    await new Promise((done) => setTimeout(done, 17 * Math.random())); // a key comes at any time of a frame
    const start = performance.now();
    press("ArrowRight");
    work.push(performance.now() - start);
    await painted();
    paint.push(performance.now() - start);
  }
  return [work, paint, Number(host.querySelector("[data-gateviz=viewer]").dataset.step)];
}"""


def test_a_step_stays_in_the_browser_and_its_time_is_printed(visit: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    """Times are printed and not judged: this machine may be busy. What is judged is that no key is lost or sent."""
    app = visit("/?text=The%20Time%20Traveller%20smiled%20round%20at%20us.%20Then%20he%20went%20away.")
    sent: list[str] = []
    app.page.on("request", lambda request: sent.append(request.url))
    app.page.on("websocket", lambda socket: sent.append(socket.url))
    work, paint, step = app.page.evaluate(TIMING)
    with capsys.disabled():
        print(
            f"\nA step at 256 units and {app.steps} steps, three architectures: "
            f"script {np.median(work):.1f} ms median, {np.quantile(work, 0.95):.1f} p95; "
            f"key to paint {np.median(paint):.1f} ms median, {np.quantile(paint, 0.95):.1f} p95"
        )
    assert step == 40
    assert sent == []
