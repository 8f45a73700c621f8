"""Other models than the shipped ones: more layers, several tasks, a cell missing, none at all, a damaged one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import streamlit

import gateviz
from gateviz.data.corpora.sources import DataSource
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.i18n.bilingual import Bilingual
from gateviz.i18n.translator import load
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard, Sample, Score
from gateviz.pretrained.files import save_pretrained
from gateviz.pretrained.folder import VARIABLE
from gateviz.results.trace import CELLS, CellName
from tests.app.visitor import Visitor, numbers
from tests.packed import unpack

WORDS = load("en")
TEXT = "the time machine"
SIZES: dict[CellName, int] = {"rnn": 6, "lstm": 7, "gru": 8}

Shelf = Callable[..., None]


def put(folder: Path, task: str, cell: CellName, num_layers: int) -> None:
    config = ModelConfig(cell, SIZES[cell], embedding_size=4, num_layers=num_layers)
    model = SequenceModel(config, CharacterTokenizer.of(TEXT), seed=3)
    score = Score("model", "bits per character", 2.0, "the last tenth")
    card = ModelCard(
        task=task, config=config, tokens="characters", vocabulary=model.outputs, labels=(),
        data=DataSource("a.txt", "A Book", "An Author", "public domain", "a library"), recipe={}, seed=3, steps=0,
        seconds=0.0, machine="this one", metric=score, baselines=(score,), details={}, sample=Sample(("the",), (), 2.0),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        good_for=Bilingual("tests", "测试"), fails_at=Bilingual("words", "词"),
    )  # fmt: skip
    save_pretrained(model, card, folder)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A function that puts models on an empty shelf: shelf("book", cells=("gru",), num_layers=2)."""

    def add(task: str, cells: tuple[CellName, ...] = CELLS, num_layers: int = 1) -> None:
        for cell in cells:
            put(tmp_path, task, cell, num_layers)

    monkeypatch.setenv(VARIABLE, str(tmp_path))
    streamlit.cache_resource.clear()  # what is cached is kept for the whole process
    yield add
    streamlit.cache_resource.clear()


def check_layer(visitor: Visitor, layer: int, task: str = "book") -> None:
    """Viewer and heatmaps show that layer of the task's trio."""
    visitor.assert_no_stack_trace()
    header, signals = unpack(visitor.viewer_bytes)
    assert header["units"] == SIZES
    for cell in CELLS:
        expected = gateviz.load_pretrained(task, cell).trace(TEXT).layer(layer)
        for name, values in signals[cell].items():
            np.testing.assert_allclose(values, expected[name][0], rtol=2.0**-16, atol=1e-5)
        hidden = next(m for m in visitor.figures[f"heatmaps_{cell}"]["data"] if m["name"] == "hidden_state")
        shown = numbers(hidden["z"]) / hidden["zmax"]
        np.testing.assert_allclose(shown, expected["hidden_state"][0].T, atol=0.5 / hidden["zmax"] + 1e-5)


def test_a_model_of_one_layer_has_no_choice_of_layers(shelf: Shelf) -> None:
    shelf("book")
    visitor = Visitor({"text": TEXT})
    check_layer(visitor, 0)
    assert "layer" not in [control.key for control in visitor.at.segmented_control]


def test_the_layers_of_a_deeper_model_can_be_chosen_counted_from_one(shelf: Shelf) -> None:
    shelf("book", num_layers=2)
    visitor = Visitor({"text": TEXT})
    control = visitor.at.segmented_control(key="layer")
    assert (control.label, control.options) == (WORDS("control.layer"), ["1", "2"])
    check_layer(visitor, 0)
    below = visitor.figures
    check_layer(visitor.choose("layer", 1), 1)
    assert visitor.figures != below
    assert visitor.address["layer"] == "1"
    check_layer(visitor.choose("layer", 0), 0)
    assert visitor.figures == below


def test_the_gradients_are_of_the_layer_that_is_chosen(shelf: Shelf) -> None:
    shelf("book", num_layers=2)
    visitor = Visitor({"text": TEXT, "cells": "gru"}).go_to("gradients")
    model = gateviz.load_pretrained("book", "gru").clone().double()
    flow = gateviz.gradient_flow(model.recurrent, *model.loss_at(TEXT, -1))
    for layer in (1, 0):
        visitor.choose("layer", layer)
        (line,) = visitor.figures["gradient_curves"]["data"]
        np.testing.assert_allclose(numbers(line["y"]), flow.norm("hidden_state", layer)[0], rtol=1e-9)


def test_a_link_opens_the_layer_that_it_names(shelf: Shelf) -> None:
    shelf("book", num_layers=3)
    visitor = Visitor({"text": TEXT, "layer": "2"})
    check_layer(visitor, 2)
    assert visitor.at.segmented_control(key="layer").value == 2


def test_of_a_layer_that_is_not_there_the_nearest_is_shown_and_one_sentence(shelf: Shelf) -> None:
    shelf("book", num_layers=2)
    visitor = Visitor({"text": TEXT, "layer": "2"})
    check_layer(visitor, 1)
    assert visitor.notices == [WORDS("notice.link")]
    check_layer(visitor.choose("layer", 0), 0)


def test_another_model_with_fewer_layers_is_no_fault_of_a_link(shelf: Shelf) -> None:
    shelf("book", num_layers=2)
    shelf("flat")
    visitor = Visitor({"task": "book", "text": TEXT, "layer": "1"})
    visitor.at.selectbox(key="task").set_value("flat").run()
    check_layer(visitor, 0, task="flat")
    assert visitor.notices == []


def test_another_task_is_shown_with_the_same_sentence(shelf: Shelf) -> None:
    shelf("book")
    shelf("a-book")
    visitor = Visitor({"text": TEXT})
    assert visitor.at.selectbox(key="task").options == ["a-book", "book"]
    assert visitor.address["task"] == "a-book"
    visitor.at.selectbox(key="task").set_value("book").run()
    visitor.assert_no_stack_trace()
    assert (visitor.address["task"], visitor.viewer["text"]) == ("book", TEXT)
    check_layer(visitor, 0)


def test_a_task_shows_the_architectures_that_it_has(shelf: Shelf) -> None:
    shelf("book", cells=("rnn", "gru"))
    for link in ({}, {"cells": "lstm"}, {"cells": "lstm,gru"}):
        visitor = Visitor({"text": TEXT, **link})
        visitor.assert_no_stack_trace()
        assert "lstm" not in visitor.viewer["cells"]
        assert visitor.viewer["cells"][-1] == "gru"
        visitor.go_to("gradients").assert_no_stack_trace()
        assert "lstm" not in {network["cell"] for network in visitor.strips["networks"]}


@pytest.mark.usefixtures("shelf")
def test_a_shelf_without_models_is_one_sentence() -> None:
    visitor = Visitor()
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.no_models")]


@pytest.mark.parametrize("file", ["model.safetensors", "card.json"])
def test_a_damaged_model_is_one_sentence_and_the_others_can_still_be_chosen(
    shelf: Shelf, tmp_path: Path, file: str
) -> None:
    shelf("a-book", cells=("gru",))
    shelf("book")
    (tmp_path / "a-book" / "gru" / file).write_bytes(b"{}")
    visitor = Visitor({"text": TEXT})
    visitor.assert_no_stack_trace()
    assert len(visitor.notices) == 1
    assert "\n" not in visitor.notices[0]
    assert visitor.at.selectbox(key="task").options == ["a-book", "book"]


def test_what_nobody_foresaw_is_one_sentence_too(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf("book")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret details")

    monkeypatch.setattr("gateviz.models.sequence_model.SequenceModel.trace", fail)
    visitor = Visitor({"text": TEXT})
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.unexpected")]
    monkeypatch.undo()
