"""The unit that knows what is quoted: found where a unit is made to know it, and chance where none does."""

import numpy as np
import pytest
import torch

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.quotation import QuotationUnit

TEXT = 'he said "yes yes yes" and she said "no" and then "perhaps one day" he left and all was well again '


def model() -> SequenceModel:
    return SequenceModel(ModelConfig("rnn", 6, 5), CharacterTokenizer.of(TEXT), seed=3)


def knowing(unit: int) -> SequenceModel:
    """A model whose one unit turns its sign at every quotation mark, for its state is kept by a strong weight."""
    made = SequenceModel(ModelConfig("lstm", 6, 5), CharacterTokenizer.of(TEXT), seed=3)
    assert made.embedding is not None
    with torch.no_grad():
        for parameter in made.recurrent.parameters():
            parameter.mul_(0.1)
        made.embedding.weight.zero_()
        mark = made.tokenizer.encode('"')[0]
        made.embedding.weight[mark, 0] = 1.0
        size, (w_in, w_state, bias, _) = 6, list(made.recurrent.parameters())
        i, f, g = unit, size + unit, 2 * size + unit
        w_in[[i, f, g]] = 0.0
        w_state[[i, f, g]] = 0.0
        bias[i], bias[f], bias[g] = -8.0, 8.0, 0.0  # shut, and kept
        w_in[i, 0], w_in[f, 0] = 16.0, -16.0  # at a mark: written anew
        w_state[g, unit], bias[g] = -8.0, 3.0  # the opposite of what it was
    return made


def test_a_unit_that_turns_at_every_mark_is_found_and_is_nearly_always_right() -> None:
    unit = QuotationUnit.found(knowing(4), TEXT)
    assert unit.unit == 4
    assert unit.accuracy(knowing(4), [TEXT, 'and "so on" it went']) > 0.95


def test_what_it_says_is_the_mean_of_the_shares_that_are_told_right() -> None:
    made, unit = model(), QuotationUnit(2, 0.0, above=False)
    states = made.trace('a "yes" n').layer(0)["hidden_state"][0][:, 2]
    quoted = np.array([False, False, True, True, True, True, False, False, False])
    expected = ((states <= 0)[quoted].mean() + (states > 0)[~quoted].mean()) / 2
    assert unit.accuracy(made, ['a "yes" n']) == pytest.approx(expected)
