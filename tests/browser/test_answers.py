"""Models that answer with a class or a number: what stands beside the cell is the library's answer at each step."""

from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n import translator
from gateviz.models.readings import DIFFERENT
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.answers import Answers, Forecast, Verdict, verdicts
from gateviz.results.trace import CELLS
from gateviz.viewer.html_page import page
from gateviz.viewer.packing.picture import Run, picture
from tests.browser.app_page import Visit
from tests.browser.exported_page import File, OpenFile

TEXT = "abcdefgh"


def test_a_classifiers_five_likeliest_classes_and_the_word_that_turned_it(look: Visit) -> None:
    app = look("/?task=intent")
    text = EXAMPLES["intent"]
    model = gateviz.load_pretrained("intent", "lstm")
    shares = verdicts(model.logits(text), model.outputs).probabilities  # (time, classes)
    winner = int(shares[-1].argmax())
    for step in (0, len(shares) // 2, len(shares) - 1):
        app.go(step=step)
        values = app.page.locator("[data-panel=lstm] [data-guess] .guess-value").all()
        shown = [float(value.get_attribute("data-value") or "nan") for value in values]
        assert shown == pytest.approx(sorted(shares[step], reverse=True)[:5], rel=1e-4)
        expect(app.page.locator("[data-panel=lstm] .class-row.hit")).to_have_count(1)
    label = translator.load("en")(f"label.intent.{model.outputs[winner]}")
    assert app.page.locator("[data-panel=lstm] .class-row.hit .class-name").inner_text() == label
    rise = np.abs(np.diff(np.concatenate([[1 / shares.shape[1]], shares[:, winner]]))).argmax()
    turned = app.page.locator("[data-panel=lstm] .turn").inner_text()
    assert turned.endswith(model.tokenize(text)[rise].text)
    assert "surprise" not in app.viewer.locator("select[data-option=colour]").inner_text()
    app.picture("intent-1440-light")


LAPS = """panel => [...panel.querySelectorAll("[data-guess]")].map(row => {
    const boxOf = (part) => row.querySelector(part).getBoundingClientRect();
    return boxOf(".guess-token").right - boxOf(".guess-track").left;
})"""
CUT = "token => token.scrollWidth - token.clientWidth"


def test_no_word_lies_over_its_bar_and_what_came_is_whole(look: Visit) -> None:
    app = look("/?task=agreement")
    for step in range(int(app.viewer.get_attribute("data-steps") or 0) - 1):
        app.go(step=step)
        for cell in CELLS:
            panel = app.page.locator(f"[data-panel={cell}]")
            assert max(panel.evaluate(LAPS)) <= 0
            assert panel.locator(".came .guess-token").evaluate(CUT) <= 0
    assert app.viewer.locator(".legend", has_text="surprise").inner_text().split() == ["surprise", "0", "16", "bits"]


def test_where_nothing_is_asked_nothing_is_guessed_and_nothing_surprises(look: Visit) -> None:
    app, text = look("/?task=copy"), EXAMPLES["copy"]
    words = translator.load("en")
    guess = app.page.locator("[data-panel=lstm] [data-guess='0']")
    app.go(step=text.index(">") - 1)
    expect(guess).to_be_hidden()
    expect(app.page.locator("[data-panel=lstm] .guesses > .caption")).to_have_text(words("viewer.not_asked"))
    app.go(step=text.index(">"))
    expect(guess.locator(".guess-token")).to_have_text(text[0])
    tinted = app.viewer.locator(".token.tinted").evaluate_all("boxes => boxes.map(box => Number(box.dataset.token))")
    assert tinted == list(range(text.index(">") + 1, len(text)))


def test_a_decoder_reads_then_each_writes_its_own_and_a_dot_is_explained(look: Visit) -> None:
    app, text = look("/?task=dates"), EXAMPLES["dates"]
    words = translator.load("en")
    app.go(step=3)
    expect(app.page.locator("[data-panel=gru] .verdict")).to_have_text(words("viewer.still_reads"))
    expect(app.page.locator("[data-panel=gru] .came .guess-token")).to_be_hidden()
    written = {cell: gateviz.load_pretrained("dates", cell).trace(text, 10).tokens or () for cell in CELLS}
    each = list(zip(*written.values(), strict=True))
    different = [step for step in range(len(text) + 1, len(each)) if len(set(each[step])) > 1]
    assert different, "the RNN did not learn the task"
    app.go(step=different[0] - 1)
    for cell in CELLS:
        expect(app.page.locator(f"[data-panel={cell}] .came .guess-token")).to_have_text(written[cell][different[0]])
    assert app.viewer.locator(f"[data-token='{different[0]}']").inner_text() == DIFFERENT
    expect(app.viewer.locator(".difference")).to_have_text(words("viewer.difference", dot=DIFFERENT))
    assert "surprise" not in app.viewer.locator("select[data-option=colour]").inner_text()
    expect(app.viewer.locator(".token.tinted")).to_have_count(0)


def test_three_courses_are_of_one_class_and_a_flat_one_has_no_turn(look: Visit) -> None:
    app = look("/?task=temporal-order-equal")
    words = translator.load("en")
    names = app.page.locator(".guesses > .caption", has_text=words("viewer.over_text", name="")).all_inner_texts()
    assert names == [words("viewer.over_text", name="XY")] * 3
    expect(app.page.locator("[data-panel=rnn] .turn")).to_have_text(words("viewer.flat"))
    expect(app.page.locator("[data-panel=gru] .turn")).not_to_have_text(words("viewer.flat"))


def opened(open_file: OpenFile, folder: Path, expected: Answers) -> File:
    """An exported page of a small network that answers so."""
    torch.manual_seed(0)
    trace = gateviz.record(torch.nn.GRU(3, 8, batch_first=True), torch.randn(1, len(TEXT), 3))
    packed = picture(
        {"gru": Run(trace, expected, "8 units")},
        TEXT,
        CharacterTokenizer(tuple(TEXT)).tokenize(TEXT),
        say=translator.load("en"),
    )
    path = folder / "page.html"
    path.write_text(page(packed, title="A test"), encoding="utf-8")
    return open_file(path)


def test_a_number_stands_beside_the_number_that_came(open_file: OpenFile, tmp_path: Path) -> None:
    values, came = np.linspace(12.25, 19.25, 8), np.array([13.0, 14.5, 15, 16, 17, 18, 19, np.nan])
    file = opened(open_file, tmp_path, Forecast("sunspots", values, came))
    for step in range(8):
        file.go(step=step)
        assert file.value("[data-answer=gru]") == pytest.approx(values[step], rel=1e-4)
        expect(file.page.locator(".came-value")).to_have_text("–" if step == 7 else f"{came[step]:.1f}")


def test_a_number_that_nothing_is_held_against_stands_alone(open_file: OpenFile, tmp_path: Path) -> None:
    file = opened(open_file, tmp_path, Forecast("sum", np.linspace(0, 1, 8), np.full(8, np.nan)))
    expect(file.page.locator("[data-answer=gru]")).to_be_visible()
    expect(file.page.locator(".came-value")).to_have_count(0)


def test_few_classes_keep_their_places(open_file: OpenFile, tmp_path: Path) -> None:
    shares = np.stack([np.linspace(0.1, 0.9, 8), np.linspace(0.9, 0.1, 8)], axis=1)
    file = opened(open_file, tmp_path, Verdict(("good", "bad"), shares))
    for step in (0, 7):
        file.go(step=step)
        assert file.page.locator(".class-name").all_inner_texts() == ["good", "bad"]
        expect(file.page.locator(".class-row.hit")).to_have_text(f"{('bad', 'good')[step // 7]}.90")
