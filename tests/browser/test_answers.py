"""Models that answer with a class or a number: what stands beside the cell is the library's answer at each step."""

from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import gateviz
from gateviz.app.state.examples import EXAMPLES
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n import translator
from gateviz.results.answers import Answers, Forecast, Verdict, verdicts
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
    rise = np.diff(np.concatenate([[1 / shares.shape[1]], shares[:, winner]])).argmax()
    turned = app.page.locator("[data-panel=lstm] .turn").inner_text()
    assert turned.endswith(model.tokenize(text)[rise].text)
    assert "surprise" not in app.viewer.locator("select[data-option=colour]").inner_text()
    app.picture("intent-1440-light")


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
