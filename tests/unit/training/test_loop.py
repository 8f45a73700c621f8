"""train(), against torch's own losses and a loop written out."""

import dataclasses
import math
from collections.abc import Iterator
from itertools import islice

import pytest
import torch
from torch import nn
from torch.nn import functional

from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import InputError
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CELLS, CellName
from gateviz.training.loop import IGNORED, Batch, TrainPlan, TrainStep, train
from gateviz.training.scoring import bits_per_token
from gateviz.training.streams import streams

TEXT = "the time traveller for so it will be convenient to speak of him " * 8
VOCABULARY = CharacterTokenizer.of(TEXT)
IDS = VOCABULARY.encode(TEXT)
PLAN = TrainPlan(
    steps=30,
    batch_size=4,
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
    return SequenceModel(ModelConfig(cell, hidden_size=16, embedding_size=8), VOCABULARY, seed=0)


def trained(model: SequenceModel, plan: TrainPlan = PLAN, seed: int = 0, *, score: bool = False) -> Iterator[TrainStep]:
    generator = torch.Generator().manual_seed(seed)
    unknown = VOCABULARY.unknown
    batches = streams(IDS, batch_size=plan.batch_size, window=16, unknown=unknown, generator=generator)
    return train(
        model, batches, plan, generator=generator, evaluate=(lambda: bits_per_token(model, IDS)) if score else None
    )


@pytest.mark.parametrize("cell", CELLS)
def test_thirty_steps_make_a_repeated_sentence_less_surprising(cell: CellName) -> None:
    model = small(cell)
    before = bits_per_token(model, IDS)
    steps = list(trained(model, score=True))
    assert [step.step for step in steps] == list(range(1, 31))
    assert [step.step for step in steps if step.held_out is not None] == [10, 20, 30]
    assert steps[-1].held_out == bits_per_token(model, IDS)
    assert steps[-1].held_out < before - 0.5
    assert steps[0].loss == pytest.approx(math.log2(len(VOCABULARY.characters)), abs=1.0)
    assert steps[0].unit == "bits"


def test_the_same_seed_gives_the_same_weights_whatever_the_global_generator_does() -> None:
    models = (small(), small(), small())
    for model, seed in zip(models, (7, 7, 8), strict=True):
        torch.rand(seed)
        before = torch.get_rng_state()
        list(trained(model, seed=seed))
        assert torch.equal(torch.get_rng_state(), before)
    once, again, other = (model.state_dict()["recurrent.weight_hh_l0"] for model in models)
    assert torch.equal(once, again)
    assert not torch.equal(once, other)


def test_leaving_the_loop_leaves_the_model_as_the_last_step_made_it() -> None:
    model, full = small(), small()
    steps = list(islice(trained(model), 5))
    for _, step in zip(steps, trained(full), strict=False):
        assert step.step <= 5
    assert torch.equal(model.head.weight, full.head.weight)


def test_the_unknowns_embedding_learns_from_the_tokens_that_were_hidden() -> None:
    unknown = VOCABULARY.unknown
    model, never = small(), small()
    assert model.embedding is not None
    assert never.embedding is not None
    start = model.embedding.weight[unknown].clone()
    list(trained(model))
    list(trained(never, dataclasses.replace(PLAN, unknown_share=0.0)))
    assert not torch.equal(model.embedding.weight[unknown], start)
    assert torch.equal(never.embedding.weight[unknown], start)


def test_the_gradient_norm_is_told_before_clipping() -> None:
    assert next(trained(small(), dataclasses.replace(PLAN, clip=1e-9))).gradient_norm > 1e-3


def one_step(model: SequenceModel, batch: Batch) -> TrainStep:
    plan = TrainPlan(steps=1, batch_size=2, learning_rate=1e-2, warmup=1, clip=1e9, evaluations=1)
    return next(train(model, iter([batch]), plan, generator=torch.Generator()))


def test_steps_at_which_nothing_is_asked_count_for_nothing() -> None:
    model = small()
    ids = torch.tensor([VOCABULARY.encode("the "), VOCABULARY.encode("time")])
    targets = ids.masked_fill(torch.arange(4) < 2, IGNORED)
    with torch.no_grad():
        scores = model(ids)[0][:, 2:]
    expected = functional.cross_entropy(scores.flatten(0, 1), ids[:, 2:].flatten()).item() / math.log(2)
    assert one_step(model, Batch(ids, targets)).loss == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_a_class_is_learned_from_the_text_and_not_from_its_padding(cell: CellName, bidirectional: bool) -> None:
    config = ModelConfig(cell, 6, 5, bidirectional=bidirectional, answers="class")
    model = SequenceModel(config, VOCABULARY, ("no", "yes"), seed=1)
    texts, classes = ["the time", "he", "travel"], torch.tensor([1, 0, 1])
    ids = [torch.tensor(VOCABULARY.encode(text)) for text in texts]
    with torch.no_grad():
        scores = torch.cat([model(one[None])[0] for one in ids])
    batch = Batch(nn.utils.rnn.pad_sequence(ids, batch_first=True), classes, torch.tensor([8, 2, 6]))
    expected = functional.cross_entropy(scores, classes).item() / math.log(2)
    assert one_step(model, batch).loss == pytest.approx(expected, rel=1e-5)


def test_a_value_is_learned_in_the_models_own_scale_where_it_is_asked_for() -> None:
    config = ModelConfig("gru", 6, 5, answers="value", scale=10.0)
    model = SequenceModel(config, VOCABULARY, ("height",), seed=1)
    ids = torch.tensor([VOCABULARY.encode("the time")])
    targets = torch.full((1, 8), math.nan)
    targets[0, 5], targets[0, 7] = 12.0, -3.0
    with torch.no_grad():
        values = model(ids)[0][0, [5, 7], 0]
    expected = (((values - torch.tensor([12.0, -3.0])) / 10.0) ** 2).mean().item()
    step = one_step(model, Batch(ids, targets))
    assert step.loss == pytest.approx(expected, rel=1e-5)
    assert step.unit == "squared error"


def test_batches_that_end_before_the_plan_are_said_to_be_too_few() -> None:
    ids = torch.tensor([IDS[:8]])
    steps = train(small(), iter([Batch(ids, ids)]), PLAN, generator=torch.Generator())
    next(steps)
    with pytest.raises(InputError, match="batches for 1 steps: the plan has 30"):
        next(steps)


@pytest.mark.parametrize("cell", CELLS)
def test_products_in_bfloat16_leave_the_weights_in_float32_and_teach_nearly_the_same(cell: CellName) -> None:
    exact, rough = small(cell), small(cell)
    plan = dataclasses.replace(PLAN, dropout_in=0.0, dropout_out=0.0, unknown_share=0.0)
    wanted = [step.loss for step in trained(exact, plan)]
    losses = [step.loss for step in trained(rough, dataclasses.replace(plan, precision="bfloat16"))]
    assert losses != wanted
    assert losses == pytest.approx(wanted, abs=0.05)
    assert {parameter.dtype for parameter in rough.parameters()} == {torch.float32}
