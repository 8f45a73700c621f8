"""An exported page opened from the disk, with no network at all: it steps, and its numbers are the trace's."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import gateviz
from gateviz import cli
from gateviz.figures.palette import DARK, LIGHT
from gateviz.figures.places import state_limit
from gateviz.i18n import translator
from gateviz.pretrained.files import load_pretrained
from gateviz.results.answers import expected_next
from gateviz.results.trace import CELLS, Trace
from gateviz.viewer.packing.picture import SHOWN
from tests.browser.app_page import ARTEFACTS
from tests.browser.exported_page import OpenFile
from tests.browser.map_colours import colour_of, drawn
from tests.browser.tabs import Tab

TEXT = "</script><img src=x onerror=alert(1)> said the Time Traveller."
# A script and a handler that somebody brought in: each is stopped and told of.
BREAK_IN = """() => {
    const stopped = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => stopped.push(effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
    window.stopped = stopped;
}"""


@cache
def trace_of(cell: str) -> Trace:
    return gateviz.load_pretrained("timemachine", cell).trace(TEXT)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What `gateviz export` writes, in each language."""
    folder = tmp_path_factory.mktemp("exported")
    files = {language: folder / f"{language}.html" for language in translator.languages()}
    for language, file in files.items():
        assert cli.main(["export", "--text", TEXT, "--lang", language, "--out", str(file)]) == 0
    return files


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_steps_with_the_keys_and_every_number_and_colour_is_the_traces(
    open_file: OpenFile, exported: dict[str, Path], scheme: str
) -> None:
    file = open_file(exported["en"], "?rows=unit&unit=7&diagram=unit", color_scheme=scheme)
    draw = np.random.default_rng(len(scheme))
    file.page.keyboard.press("Home")
    step = 0
    for _ in range(3):
        moves = int(draw.integers(1, 12))
        for _ in range(moves):
            file.page.keyboard.press("ArrowRight")
        step += moves
        assert file.step == step
        for cell in CELLS:
            layer = trace_of(cell).layer(0)
            for signal in SHOWN[cell]:
                unit, value = file.number(cell, signal)
                assert value == pytest.approx(layer[signal][0, step, unit], rel=1e-4, abs=1e-6)
                limit = state_limit(layer[signal]) if signal == "cell_state" else 1.0
                place = int(draw.integers(len(TEXT))), int(draw.integers(layer[signal].shape[2]))
                colour = colour_of(LIGHT if scheme == "light" else DARK, signal, layer[signal][0][place], limit)
                assert drawn(file, cell, signal, *place) == pytest.approx(colour, abs=8)
    file.page.keyboard.press("End")
    assert file.step == len(TEXT) - 1


def test_what_each_expected_stands_beside_what_came(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    file.viewer.locator("[data-token='40']").click()
    for cell in CELLS:
        model = gateviz.load_pretrained("timemachine", cell)
        expected = expected_next(model.logits(TEXT), model.outputs, TEXT)
        rows = file.page.locator(f"[data-panel={cell}] [data-guess] .guess-value")
        values = [float(row.get_attribute("data-value") or "nan") for row in rows.all()]
        assert values == pytest.approx(list(expected.probabilities[40]), rel=1e-4)
    ARTEFACTS.mkdir(exist_ok=True)
    file.page.screenshot(path=ARTEFACTS / "exported-1440-light.png", full_page=True)


def test_a_sentence_that_is_not_in_the_file_is_read_as_the_library_reads_it(
    open_file: OpenFile, exported: dict[str, Path]
) -> None:
    file = open_file(exported["en"])
    typed = "He did not know; nobody did. ☃"
    file.page.locator(".st-key-sentence input").fill(typed)
    file.page.keyboard.press("Enter")
    file.page.locator(f"[data-gateviz=viewer][data-text='{typed}']").wait_for()
    expect(file.page.locator("#notice")).to_have_text(
        translator.load("en")("notice.unknown_one", count=1, characters="☃")
    )
    for step in (0, 11, len(typed) - 1):
        file.go(step=step, unit=200)
        for cell in CELLS:
            layer = gateviz.load_pretrained("timemachine", cell).trace(typed).layer(0)
            for signal in SHOWN[cell]:
                unit, value = file.number(cell, signal)
                assert value == pytest.approx(layer[signal][0, step, unit], rel=2e-4, abs=2e-5)
    file.page.locator("[data-example='0']").click()  # the file's own sentence
    file.page.locator(f"[data-gateviz=viewer][data-text={json.dumps(TEXT)}]").wait_for()


def test_a_file_holds_a_gate_writes_on_and_takes_the_text_over(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"], "?hold=gru.update_gate@5-:1&unit=3&diagram=unit", reduced_motion="reduce")
    model = gateviz.load_pretrained("timemachine", "gru")
    steps = range(5, len(TEXT))
    held = gateviz.run_with(
        model.recurrent, model.embed(model.encode(TEXT)), [gateviz.Clamp("update_gate", 1.0, steps=steps)]
    )
    expect(file.page.locator("[data-held='gru.update_gate']")).to_have_attribute("data-held-value", "1")
    for step in (4, 5, 30):
        file.go(step=step, unit=3)
        value = file.number("gru", "hidden_state")[1]
        assert value == pytest.approx(held.layer(0)["hidden_state"][0, step, 3], rel=2e-4, abs=2e-5)
    file.page.locator("[data-write=button]").click()
    expect(file.page.locator(".write-strip")).to_have_attribute("data-phase", "ended")
    file.page.locator("[data-take-over=lstm]").click()
    stream = gateviz.generate(load_pretrained("timemachine", "lstm"), TEXT, temperature=0.8, max_steps=60)
    written = "".join(token.text for token in stream)
    expect(file.page.locator(".st-key-sentence input")).to_have_value(TEXT + written.replace("\n", " "))


def cut_off(whole: Path, folder: Path, mark: str) -> Path:
    """The page as it is where its download broke off 20 KB after a mark."""
    text, cut = whole.read_text(encoding="utf-8"), folder / "cut.html"
    cut.write_text(text[: text.rindex(mark) + 20_000], encoding="utf-8")
    return cut


def test_a_file_whose_numbers_were_cut_off_says_so_in_one_sentence(
    take: Callable[..., Tab], exported: dict[str, Path], tmp_path: Path
) -> None:
    page = take(offline=True).page
    page.goto(cut_off(exported["en"], tmp_path, 'id="picture"').as_uri())
    expect(page.locator("#notice")).to_have_text(translator.load("en")("alone.no_picture"))


def test_a_file_whose_weights_were_cut_off_shows_its_picture_and_says_what_it_cannot_do(
    open_file: OpenFile, exported: dict[str, Path], tmp_path: Path
) -> None:
    say = translator.load("en")
    file = open_file(cut_off(exported["en"], tmp_path, ".safetensors"))
    before = file.view()
    file.page.locator(".st-key-sentence input").fill("Another one.")
    file.page.keyboard.press("Enter")
    expect(file.page.locator("#notice")).to_have_text(say("alone.cut", cell="GRU"))
    assert file.view() == before


def test_a_click_on_a_heatmap_goes_there_in_all_of_them(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"], "?rows=unit")
    place = file.page.locator("[data-map=update_gate]")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    file.page.mouse.click(box["x"] + (20.5 / len(TEXT)) * box["width"], box["y"] + (99.5 / 256) * box["height"])
    assert file.step == 20
    assert file.number("lstm", "forget_gate")[0] == 99
    for cell in CELLS:
        plot = file.page.locator(f"[data-maps={cell}] [data-map]").first.bounding_box()
        cursor = file.page.locator(f"[data-maps={cell}] .map-cursor-bracket").bounding_box()
        assert plot
        assert cursor
        middle = cursor["x"] + cursor["width"] / 2 - plot["x"]
        assert middle == pytest.approx(20.5 * plot["width"] / len(TEXT), abs=2.5)


def test_a_hostile_sentence_is_shown_as_it_was_typed(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"])
    tokens = file.viewer.locator(".tokens [data-token]").all_inner_texts()
    assert "".join(tokens).replace("␣", " ") == TEXT
    assert file.page.locator("img").count() == 0


def test_the_policy_of_the_file_stops_a_script_that_got_in(open_file: OpenFile, exported: dict[str, Path]) -> None:
    """The net under the net: were a text taken for markup after all, it would not run."""
    file = open_file(exported["en"])
    file.page.evaluate(BREAK_IN)
    file.page.wait_for_function(
        "() => ['script-src-elem', 'script-src-attr'].every((part) => window.stopped.includes(part))"
    )
    assert file.page.evaluate("window.ran") is None
    assert all("Content Security Policy" in text for text in file.complaints)
    file.complaints.clear()


def test_a_file_speaks_the_language_that_it_was_made_in(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["zh"], locale="en-US")
    assert file.page.locator("html").get_attribute("lang") == "zh"
    assert file.page.locator("footer").inner_text().startswith(translator.load("zh")("export.keys"))
    assert re.search("[\u4e00-\u9fff]", file.viewer.locator(".place").inner_text())


def test_a_question_mark_lists_the_keys_of_the_file(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["zh"], locale="en-US")
    file.page.keyboard.press("?")
    dialog = file.page.locator("dialog.keys")
    words = translator.load("zh")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(words("lesson.key_step"))
    expect(dialog).not_to_contain_text(words("lesson.key_cards"))
    file.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_link_into_the_file_opens_at_its_step_and_unit(open_file: OpenFile, exported: dict[str, Path]) -> None:
    file = open_file(exported["en"], "?step=12&unit=34&diagram=unit")
    assert file.step == 12
    assert file.number("rnn", "hidden_state")[0] == 34


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_one_architecture_fits_and_nothing_overflows(
    open_file: OpenFile, exported: dict[str, Path], scheme: str
) -> None:
    file = open_file(exported["zh"], width=390, height=844, color_scheme=scheme)
    assert file.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert file.page.locator("[data-maps]:visible").count() == 1
    file.page.locator("[data-option=cell-gru]").click()
    assert file.page.locator("[data-maps]:visible").get_attribute("data-maps") == "gru"
    file.page.locator("[data-action=on]").click()
    ARTEFACTS.mkdir(exist_ok=True)
    file.page.screenshot(path=ARTEFACTS / f"exported-390-{scheme}-zh.png")
