"""A network of one's own, which is none of those that ship: a plain RNN with a relu, as a page."""

from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from torch import nn

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n import translator
from gateviz.results.answers import expected_next
from gateviz.viewer.html_page import page
from gateviz.viewer.packing.picture import Run, picture
from tests.browser.app_page import ARTEFACTS
from tests.browser.equation_card import Card
from tests.browser.exported_page import OpenFile

TEXT = "a <b> ab"
LETTERS = "ab<> "


def test_an_equation_without_weights_has_its_letters_and_what_it_gives(open_file: OpenFile, tmp_path: Path) -> None:
    module = nn.RNN(5, 8, batch_first=True, nonlinearity="relu")
    generator = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(0.7 * torch.randn(parameter.shape, generator=generator))
    inputs = torch.eye(5)[[LETTERS.index(letter) for letter in TEXT]][None]
    trace = gateviz.record(module, inputs)
    scores = np.zeros((len(TEXT), len(LETTERS)))
    run = Run(trace, expected_next(scores, LETTERS, TEXT), "8 units")
    packed = picture({"rnn": run}, TEXT, CharacterTokenizer(tuple(LETTERS)).tokenize(TEXT), say=translator.load("en"))
    file = tmp_path / "relu.html"
    file.write_text(page(packed, title="relu"), encoding="utf-8")

    tab = open_file(file).page
    node = tab.locator("svg[data-cell=rnn] [data-node=hidden_state]", has_text="relu")
    expect(node).to_have_count(1)
    node.click()
    tab.keyboard.press("Home")
    states, signs = trace.layer(0)["hidden_state"][0], set()
    for step in range(len(TEXT)):
        for unit in range(8):
            tab.locator(".unit-box").fill(str(unit))
            tab.locator(".unit-box").press("Enter")
            card = Card(tab.locator(".card"))
            assert card.lines[0].startswith("h"), card.lines
            assert "relu(" in card.lines[0]
            assert set(card.values) == {"result"}
            assert card.values["result"] == pytest.approx(states[step, unit], rel=1e-4, abs=1e-6)
            assert len(card.lines) == 2
            assert card.computed(1) == pytest.approx(states[step, unit], rel=1e-4, abs=0.00051)
            signs.add(bool(states[step, unit] > 0))
        tab.locator("[data-action=on]").click() if step < len(TEXT) - 1 else None
    assert signs == {True, False}, "units that are silent, and units that speak"
    assert not tab.locator(".card .products").count()
    assert "h: ±" in tab.locator(".legends").inner_text(), "the scale of its states is told"
    ARTEFACTS.mkdir(exist_ok=True)
    tab.screenshot(path=ARTEFACTS / "own-relu.png")
