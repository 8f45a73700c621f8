"""Other models than the shipped ones: more layers, several tasks, a cell missing, none at all, a damaged one."""

from pathlib import Path

import numpy as np
import pytest

import gateviz
from gateviz.i18n.translator import load
from gateviz.results.trace import CELLS
from tests.app.small_models import SIZES, TEXT, PutModels
from tests.app.visitor import Visitor, numbers
from tests.packed import unpack

WORDS = load("en")


def check_layer(visitor: Visitor, layer: int, task: str = "book") -> None:
    """Viewer and heatmaps show that layer of the task's trio."""
    visitor.assert_no_stack_trace()
    header, signals = unpack(visitor.viewer_bytes)
    assert header["units"] == SIZES
    for cell in CELLS:
        expected = gateviz.load_pretrained(task, cell).trace(TEXT).layer(layer)
        for name, values in signals[cell].items():
            np.testing.assert_allclose(values, expected[name][0], rtol=2.0**-16, atol=1e-5)
        state = next(m for m in visitor.heatmaps[cell]["data"] if m["name"].endswith("_state"))
        shown = numbers(state["z"]) / state["zmax"] * header["limits"][state["name"]]
        rows = expected[state["name"]][0].T[header["orders"][cell]["few"]]
        np.testing.assert_allclose(shown, rows, atol=0.5 * header["limits"][state["name"]] / state["zmax"] + 1e-5)


def test_a_model_of_one_layer_has_no_choice_of_layers(put_models: PutModels) -> None:
    put_models("book")
    visitor = Visitor({"text": TEXT})
    check_layer(visitor, 0)
    assert "layer" not in [control.key for control in visitor.at.segmented_control]


def test_the_layers_of_a_deeper_model_can_be_chosen_counted_from_one(put_models: PutModels) -> None:
    put_models("book", num_layers=2)
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


def test_the_gradients_are_of_the_layer_that_is_chosen(put_models: PutModels) -> None:
    put_models("book", num_layers=2)
    visitor = Visitor({"text": TEXT, "cells": "gru"}).go_to("gradients")
    model = gateviz.load_pretrained("book", "gru").clone().double()
    flow = gateviz.gradient_flow(model.recurrent, *model.loss_at(TEXT, -1))
    for layer in (1, 0):
        visitor.choose("layer", layer)
        (network,) = visitor.strips["networks"]
        np.testing.assert_allclose(network["states"][0]["norms"], flow.norm("hidden_state", layer)[0], rtol=1e-9)


def test_a_link_opens_the_layer_that_it_names(put_models: PutModels) -> None:
    put_models("book", num_layers=3)
    visitor = Visitor({"text": TEXT, "layer": "2"})
    check_layer(visitor, 2)
    assert visitor.at.segmented_control(key="layer").value == 2


def test_of_a_layer_that_is_not_there_the_nearest_is_shown_and_one_sentence(put_models: PutModels) -> None:
    put_models("book", num_layers=2)
    visitor = Visitor({"text": TEXT, "layer": "2"})
    check_layer(visitor, 1)
    assert visitor.notices == [WORDS("notice.link")]
    check_layer(visitor.choose("layer", 0), 0)


def test_another_model_with_fewer_layers_is_no_fault_of_a_link(put_models: PutModels) -> None:
    put_models("book", num_layers=2)
    put_models("flat")
    visitor = Visitor({"task": "book", "text": TEXT, "layer": "1"})
    visitor.at.selectbox(key="task").set_value("flat").run()
    check_layer(visitor, 0, task="flat")
    assert visitor.notices == []


def test_another_task_is_shown_with_the_same_sentence(put_models: PutModels) -> None:
    put_models("book")
    put_models("a-book")
    visitor = Visitor({"text": TEXT})
    assert visitor.at.selectbox(key="task").options == ["a-book", "book"]
    assert visitor.address["task"] == "a-book"
    visitor.at.selectbox(key="task").set_value("book").run()
    visitor.assert_no_stack_trace()
    assert (visitor.address["task"], visitor.viewer["text"]) == ("book", TEXT)
    check_layer(visitor, 0)


def test_a_task_shows_the_architectures_that_it_has(put_models: PutModels) -> None:
    put_models("book", cells=("rnn", "gru"))
    for link in ({}, {"cells": "lstm"}, {"cells": "lstm,gru"}):
        visitor = Visitor({"text": TEXT, **link})
        visitor.assert_no_stack_trace()
        assert "lstm" not in visitor.viewer["cells"]
        assert visitor.viewer["cells"][-1] == "gru"
        visitor.go_to("gradients").assert_no_stack_trace()
        assert "lstm" not in {network["cell"] for network in visitor.strips["networks"]}


@pytest.mark.usefixtures("put_models")
def test_a_folder_without_models_is_one_sentence() -> None:
    visitor = Visitor()
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.no_models")]


@pytest.mark.parametrize("file", ["model.safetensors", "card.json"])
def test_a_damaged_model_is_one_sentence_and_the_others_can_still_be_chosen(
    put_models: PutModels, tmp_path: Path, file: str
) -> None:
    put_models("a-book", cells=("gru",))
    put_models("book")
    (tmp_path / "a-book" / "gru" / file).write_bytes(b"{}")
    visitor = Visitor({"text": TEXT})
    visitor.assert_no_stack_trace()
    assert len(visitor.notices) == 1
    assert "\n" not in visitor.notices[0]
    assert visitor.at.selectbox(key="task").options == ["a-book", "book"]


def test_what_nobody_foresaw_is_one_sentence_too(put_models: PutModels, monkeypatch: pytest.MonkeyPatch) -> None:
    put_models("book")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret details")

    monkeypatch.setattr("gateviz.models.sequence_model.SequenceModel.trace", fail)
    visitor = Visitor({"text": TEXT})
    visitor.assert_no_stack_trace()
    assert visitor.notices == [WORDS("error.unexpected")]
    monkeypatch.undo()
