"""What may be chosen for a training, and what each choice makes of a task's recipe."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from gateviz.errors import InputError, TextError
from gateviz.experiments.settings import LENGTHS, LONGEST_TEXT, OWN_TEXT, Same, Settings, usual
from gateviz.experiments.sizes import sizes
from gateviz.experiments.tasks import data_for, passes, probe_for, recipe_for
from gateviz.models.sequence_model import SequenceModel
from gateviz.recipes.fact_keeping import FactRecipe
from gateviz.recipes.temporal_order import OrderRecipe
from gateviz.results.trace import CELLS

TEXT = "it was the best of times, it was the worst of times; " * 20


def of(task: str) -> Settings:
    return usual(task, TEXT if task == OWN_TEXT else "")


@pytest.mark.parametrize(
    ("name", "value"),
    [("task", "chess"), ("length", 9), ("length", 201), ("units", 0), ("units", 129), ("seed", -1), ("steps", 0),
     ("steps", 4001), ("same", "colours"), ("learning_rate", 0.0), ("clip", -1.0), ("forget_bias", float("nan"))],
)  # fmt: skip
def test_what_cannot_be_trained_with_is_refused_in_one_sentence(name: str, value: Any) -> None:
    with pytest.raises(InputError, match=name):
        replace(of("temporal-order"), **{name: value})


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "error.own_text_length"), ("too short", "error.own_text_length"), ("aaaa" * 300, "error.own_text_same"),
     ("ab" * LONGEST_TEXT, "error.own_text_length")],
)  # fmt: skip
def test_a_text_too_short_too_long_or_of_one_character_is_refused(text: str, code: str) -> None:
    with pytest.raises(TextError) as refused:
        usual(OWN_TEXT, text)
    assert refused.value.code == code


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("same", ["units", "parameters"])
def test_cells_have_equally_many_units_or_parameters(task: str, same: Same) -> None:
    settings = replace(of(task), same=same)
    data = data_for(settings)
    models = [recipe_for(settings, cell).start(cell, data, seed=0).model for cell in CELLS]
    assert models[1].config.hidden_size == settings.units
    if same == "units":
        assert {model.config.hidden_size for model in models} == {settings.units}
    else:
        counts = [sum(each.numel() for part in (m.recurrent, m.head) for each in part.parameters()) for m in models]
        step = max(abs(counts[0] - counts[1]), abs(counts[2] - counts[1]))
        assert step < 0.06 * counts[1] if settings.units > 8 else 0.25 * counts[1]


def test_equal_sizes_are_the_nearest_there_are() -> None:
    found = sizes("parameters", 32, 10, 4)

    def count(kind: Any, units: int) -> int:
        return sum(each.numel() for each in (*kind(10, units).parameters(), *nn.Linear(units, 4).parameters()))

    aim = count(nn.LSTM, 32)
    for kind, units in ((nn.RNN, found["rnn"]), (nn.GRU, found["gru"])):
        away = [abs(count(kind, units + more) - aim) for more in (-1, 0, 1)]
        assert away[1] == min(away)


@pytest.mark.parametrize("task", [task for task in LENGTHS if task != OWN_TEXT])
@pytest.mark.parametrize("bias", [None, 0.0, 2.0])
def test_the_forget_bias_is_the_sum_of_both_and_else_pytorchs_own(task: str, bias: float | None) -> None:
    settings = replace(of(task), forget_bias=bias)
    run = recipe_for(settings, "lstm").start("lstm", data_for(settings), seed=0)
    biases: Any = [getattr(run.model.recurrent, name) for name in ("bias_ih_l0", "bias_hh_l0")]
    total = sum(biases)[settings.units : 2 * settings.units]
    if bias is None:
        assert total.unique().numel() > 2
    else:
        assert torch.equal(total, torch.full_like(total, bias))


def test_what_is_chosen_is_what_is_trained_with() -> None:
    settings = replace(of("temporal-order"), length=30, learning_rate=0.03, clip=10.0, steps=70)
    recipe = recipe_for(settings, "gru")
    assert isinstance(recipe, OrderRecipe)
    assert (recipe.plan.steps, recipe.plan.learning_rate, recipe.plan.clip) == (70, 0.03, 10.0)
    assert recipe.draw(np.random.default_rng(0), 5).inputs.shape == (5, 30)


def test_no_random_word_names_a_country_or_says_where_somebody_grew_up() -> None:
    for task in ("hometown", "hometown-zh"):
        recipe = recipe_for(of(task), "lstm")
        assert isinstance(recipe, FactRecipe)
        books = data_for(of(task))
        said = " ".join(recipe.wordings.sentences).lower()
        for passages in (books.training, books.held_out):
            pieces = set(passages.pieces)
            assert len(pieces) > 100
            names = {name.lower() for pair in recipe.wordings.languages.items() for name in pair}
            assert not pieces & names
            assert not {piece for piece in pieces if f" {piece} " in f" {said} "}


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_every_task_has_a_text_for_its_film_at_every_length(task: str, at: int) -> None:
    settings = replace(of(task), length=LENGTHS[task][at])
    data = data_for(settings)
    model: SequenceModel = recipe_for(settings, "gru").start("gru", data, seed=0).model
    probe = probe_for(settings)
    tokens = model.tokenize(probe.text)
    assert len(tokens) >= 2
    assert all(token.known for token in tokens)
    assert not model.labels or model.config.answers == "value" or probe.answer in model.labels


def test_a_task_is_learnt_at_its_mark() -> None:
    assert passes(of("temporal-order"), 0.99)
    assert not passes(of("temporal-order"), 0.98)
    assert passes(of("adding"), 0.009)
    assert not passes(of("adding"), 0.01)
    assert passes(of("counting"), 15)
    assert not passes(of("counting"), 14)
    assert not passes(of(OWN_TEXT), 0.0)
