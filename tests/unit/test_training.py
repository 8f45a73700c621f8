"""train() and the held-out figure, against torch's own cross-entropy."""

import dataclasses
import math
from collections.abc import Iterator
from itertools import islice

import pytest
import torch
from torch.nn import functional

from gateviz import training
from gateviz.data.vocabulary import Vocabulary
from gateviz.errors import InputError
from gateviz.models import ModelConfig, SequenceModel
from gateviz.trace import CELLS, CellName
from gateviz.training import TrainPlan, bits_per_character, train

TEXT = "the time traveller for so it will be convenient to speak of him " * 8
VOCABULARY = Vocabulary.of(TEXT)
PLAN = TrainPlan(
    steps=30,
    batch_size=4,
    window=16,
    learning_rate=1e-2,
    warmup=3,
    dropout_in=0.1,
    dropout_out=0.1,
    clip=1.0,
    unknown_share=0.05,
    evaluations=3,
)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Models this small lose on several threads, badly on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def small(cell: CellName = "gru") -> SequenceModel:
    return SequenceModel(ModelConfig(cell, embedding_size=8, hidden_size=16), VOCABULARY, seed=0)


@pytest.mark.parametrize("cell", CELLS)
def test_thirty_steps_make_a_repeated_sentence_less_surprising(cell: CellName) -> None:
    model, ids = small(cell), VOCABULARY.encode(TEXT)
    before = bits_per_character(model, ids)
    steps = list(train(model, ids, PLAN, seed=0, held_out=ids))
    assert [step.step for step in steps] == list(range(1, 31))
    assert [step.step for step in steps if step.held_out is not None] == [10, 20, 30]
    assert steps[-1].held_out == bits_per_character(model, ids)
    assert steps[-1].held_out < before - 0.5
    assert steps[0].loss == pytest.approx(math.log2(len(VOCABULARY.characters)), abs=1.0)


def test_the_same_seed_gives_the_same_weights_whatever_the_global_generator_does() -> None:
    ids, models = VOCABULARY.encode(TEXT), (small(), small(), small())
    for model, seed in zip(models, (7, 7, 8), strict=True):
        torch.rand(seed)
        before = torch.get_rng_state()
        list(train(model, ids, PLAN, seed=seed))
        assert torch.equal(torch.get_rng_state(), before)
    once, again, other = (model.state_dict()["recurrent.weight_hh_l0"] for model in models)
    assert torch.equal(once, again)
    assert not torch.equal(once, other)


def test_leaving_the_loop_leaves_the_model_as_the_last_step_made_it() -> None:
    ids, model, full = VOCABULARY.encode(TEXT), small(), small()
    steps = list(islice(train(model, ids, PLAN, seed=0), 5))
    for _, step in zip(steps, train(full, ids, PLAN, seed=0), strict=False):
        assert step.step <= 5
    assert torch.equal(model.head.weight, full.head.weight)


def test_the_figure_is_the_cross_entropy_of_one_pass_in_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    model, ids = small("lstm"), torch.tensor(VOCABULARY.encode(TEXT[:50]))
    with torch.no_grad():
        scores = model.head(model.recurrent(model.embedding(ids[None, :-1]))[0])[0]
    expected = functional.cross_entropy(scores, ids[1:]).item() / math.log(2)
    assert bits_per_character(model, ids.tolist()) == pytest.approx(expected, rel=1e-6)
    monkeypatch.setattr(training, "EVALUATION_WINDOW", 7)  # the state is carried over the seams
    assert bits_per_character(model, ids.tolist()) == pytest.approx(expected, rel=1e-6)


def test_an_unknown_character_is_read_but_never_scored() -> None:
    model = small()
    with torch.no_grad():
        scores = model(torch.tensor([model.encode("th☃")]))[0][0]  # (3, outputs)
        surprise = functional.cross_entropy(scores[[0, 2]], torch.tensor(model.encode("he")))
    assert bits_per_character(model, model.encode("th☃e")) == pytest.approx(surprise.item() / math.log(2), rel=1e-6)


def test_the_unknowns_embedding_learns_from_the_characters_that_were_hidden() -> None:
    ids, unknown = VOCABULARY.encode(TEXT), VOCABULARY.unknown
    model, never = small(), small()
    start = model.embedding.weight[unknown].clone()
    list(train(model, ids, PLAN, seed=0))
    list(train(never, ids, dataclasses.replace(PLAN, unknown_share=0.0), seed=0))
    assert not torch.equal(model.embedding.weight[unknown], start)
    assert torch.equal(never.embedding.weight[unknown], start)


def test_the_gradient_norm_is_told_before_clipping() -> None:
    plan = dataclasses.replace(PLAN, clip=1e-9)
    assert next(train(small(), VOCABULARY.encode(TEXT), plan, seed=0)).gradient_norm > 1e-3


def test_a_text_too_short_for_a_window_in_every_stream_is_refused_with_what_is_needed() -> None:
    with pytest.raises(InputError, match="at least 65 characters, got 64"):
        next(train(small(), [0] * 64, PLAN, seed=0))


@pytest.mark.parametrize("text", ["", "t", "t☃☃"])
def test_a_text_with_nothing_to_score_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="known character"):
        bits_per_character(small(), VOCABULARY.encode(text))
