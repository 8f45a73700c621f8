"""Legibility: what it says of gates that stand where they are put."""

from typing import Literal

import numpy as np
import pytest
import torch

from gateviz.data.corpora.hometown import HometownTexts, Story
from gateviz.data.corpora.hometown_wordings import ENGLISH
from gateviz.data.corpora.passages import Passages
from gateviz.data.tokenizing.word_tokenizer import WordTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.gate_biases import set_gate_bias
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.legibility import legibility
from gateviz.results.trace import CellName

WORDS = WordTokenizer.of([*ENGLISH.sentences, "x"], least=1)
STORIES = [
    HometownTexts(ENGLISH, Passages(("x",) * 40, " ")).story(np.random.default_rng(seed), 6) for seed in range(4)
]
KEEPS = {"lstm": "forget_gate", "gru": "update_gate"}


def standing(cell: CellName, **gates: float) -> SequenceModel:
    """A model whose gates stand at the sigmoid of these, whatever it reads."""
    config = ModelConfig(cell, 8, 4, answers="class")
    model = SequenceModel(config, WORDS, tuple(ENGLISH.languages.values()), seed=0)
    rows = {"lstm": ("input_gate", "forget_gate", "candidate", "output_gate"), "gru": ("reset_gate", "update_gate")}
    with torch.no_grad():
        for gate, bias in gates.items():
            start = rows[cell].index(gate) * 8
            for name in ("weight_ih_l0", "weight_hh_l0"):
                model.recurrent.get_parameter(name)[start : start + 8] = 0
            set_gate_bias(model.recurrent, gate, bias)
    return model


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize(("bias", "shuts", "keeps"), [(9.0, 0, 1), (-9.0, 1, 0), (0.0, 0, 0)])
def test_gates_that_never_move_are_open_shut_or_half_open_everywhere(
    cell: Literal["lstm", "gru"], bias: float, shuts: int, keeps: int
) -> None:
    found = legibility(standing(cell, **{KEEPS[cell]: bias}), STORIES)
    assert (found["shuts"], found["keeps"]) == (shuts, keeps)
    assert 0 <= found["ignores"] <= 1
    assert ("waits" in found) == (cell == "lstm")


@pytest.mark.parametrize(("bias", "waits"), [(-9.0, 1), (9.0, 0)])
def test_an_input_gate_that_is_shut_waits(bias: float, waits: int) -> None:
    assert legibility(standing("lstm", input_gate=bias), STORIES)["waits"] == waits


def test_a_gate_that_shuts_at_the_correction_alone_and_lets_nothing_in_at_the_decoy_is_fully_legible() -> None:
    model = standing("gru", update_gate=9.0)
    with torch.no_grad():  # one word, which only the correction has, shuts the gate and lets the candidate in
        model.embedding.weight.zero_()  # type: ignore[union-attr]
        model.embedding.weight[WORDS.entries.index("no"), 0] = 1.0  # type: ignore[union-attr]
        model.recurrent.get_parameter("weight_ih_l0")[8:16, 0] = -20.0
    assert legibility(model, STORIES) == {
        "shuts": 1.0,
        "keeps": 1.0,
        "ignores": pytest.approx(1.0, abs=2e-2),
    }


def test_a_cell_without_gates_is_refused() -> None:
    model = SequenceModel(ModelConfig("rnn", 8, 4, answers="class"), WORDS, ("a", "b"), seed=0)
    with pytest.raises(InputError, match="only an LSTM or GRU has gates that keep, this is an rnn"):
        legibility(model, STORIES)


def test_a_story_is_judged_in_its_own_parts() -> None:
    story = STORIES[0]
    assert isinstance(story, Story)
    short = Story(story.fact, " x", story.decoy, " x", story.correction, story.last)
    assert legibility(standing("lstm", forget_gate=9.0), [short])["keeps"] == 1
