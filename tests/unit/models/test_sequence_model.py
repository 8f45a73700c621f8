"""SequenceModel, against torch's own modules and cross-entropy."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

import gateviz
from gateviz.data.tokenizing.character_tokenizer import CharacterTokenizer
from gateviz.errors import InputError
from gateviz.models import sequence_model
from gateviz.models.config import ModelConfig
from gateviz.models.sequence_model import SequenceModel
from gateviz.results.trace import CELLS, CellName

VOCABULARY = CharacterTokenizer.of("the time machine")
MODULES: dict[CellName, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
TEXT = "the ☃ time"  # the snowman is unknown

every_cell = pytest.mark.parametrize("cell", CELLS)


def small(cell: CellName = "lstm", seed: int = 3) -> SequenceModel:
    return SequenceModel(ModelConfig(cell, hidden_size=7, embedding_size=5, num_layers=2), VOCABULARY, seed=seed)


@every_cell
def test_the_weights_are_those_that_torch_would_draw_from_that_seed(cell: CellName) -> None:
    model = small(cell, seed=11)
    with torch.random.fork_rng():
        torch.manual_seed(11)
        modules = (
            nn.Embedding(len(VOCABULARY), 5),
            MODULES[cell](5, 7, num_layers=2),
            nn.Linear(7, len(VOCABULARY.characters)),
        )
    theirs = [parameter for module in modules for parameter in module.parameters()]
    for ours, expected in zip(model.parameters(), theirs, strict=True):
        assert torch.equal(ours, expected)


@every_cell
def test_the_recurrent_module_is_torchs_own_and_nothing_of_ours(cell: CellName) -> None:
    model = small(cell)
    assert type(model.recurrent) is MODULES[cell]
    assert (type(model.embedding), type(model.head)) == (nn.Embedding, nn.Linear)


def test_building_and_running_leave_the_global_random_state_alone() -> None:
    before = torch.get_rng_state()
    small().untrained(seed=1).trace(TEXT)
    assert torch.equal(torch.get_rng_state(), before)


@every_cell
def test_logits_are_the_head_on_the_modules_own_output(cell: CellName) -> None:
    model = small(cell)
    assert model.embedding is not None
    with torch.no_grad():
        hidden = model.recurrent(model.embedding.weight[list(model.encode(TEXT))][None])[0]
        expected = functional.linear(hidden, model.head.weight, model.head.bias)[0]
    np.testing.assert_allclose(model.logits(TEXT), expected.numpy(), rtol=1e-5)
    np.testing.assert_allclose(model.logits_of(model.trace(TEXT)), expected.numpy(), rtol=1e-5)
    assert model.logits(TEXT).shape == (len(TEXT), len(model.outputs))
    torch.testing.assert_close(model(torch.tensor([model.encode(TEXT)]))[0][0].detach(), expected)


def test_a_trace_has_every_character_as_typed_and_every_gate_of_it() -> None:
    trace = small().trace("🕰 the\n")
    assert trace.tokens == ("🕰", " ", "t", "h", "e", "\n")
    assert trace.layer(-1)["forget_gate"].shape == (1, 6, 7)


def test_the_unknown_has_an_embedding_of_its_own_and_no_output() -> None:
    model = small()
    assert model.encode("☃") == (len(model.outputs),)
    assert model.outputs == VOCABULARY.characters
    assert not np.allclose(model.logits("☃"), model.logits("t"))


@pytest.mark.parametrize("step", [0, 1, 7, -3])
def test_the_loss_at_a_step_is_the_surprise_at_the_character_that_came_next(step: int) -> None:
    model = small()
    output = model.recurrent(model.embed(model.encode(TEXT)))[0]
    came = model.encode(TEXT)[step + 1]
    expected = -torch.log_softmax(model.head(output[0, step]), dim=-1)[came]
    inputs, loss = model.loss_at(TEXT, step)
    assert torch.equal(inputs, model.embed(model.encode(TEXT)))
    torch.testing.assert_close(loss(output), expected)
    torch.testing.assert_close(loss(output[0]), expected)


@pytest.mark.parametrize("step", [-1, len(TEXT) - 1, 3], ids=["last", "last by number", "before the unknown"])
def test_where_nothing_known_came_the_loss_is_that_of_the_models_first_guess(step: int) -> None:
    model = small()
    output = model.recurrent(model.embed(model.encode(TEXT)))[0]
    expected = -torch.log_softmax(model.head(output[0, step]), dim=-1).max()
    torch.testing.assert_close(model.loss_at(TEXT, step).loss(output), expected)


@pytest.mark.parametrize("step", [10, -11])
def test_a_step_that_the_text_lacks_is_refused_with_those_it_has(step: int) -> None:
    with pytest.raises(InputError, match="from -10 to 9"):
        small().loss_at(TEXT, step)


@every_cell
def test_gradients_in_float64_are_those_of_autograd(cell: CellName) -> None:
    model = small(cell).double()
    inputs, loss = model.loss_at(TEXT, 4)
    flow = gateviz.gradient_flow(model.recurrent, inputs, loss)
    leaf = inputs.clone().requires_grad_()
    loss(model.recurrent(leaf)[0]).backward()  # type: ignore[no-untyped-call]
    assert leaf.grad is not None
    np.testing.assert_allclose(flow.inputs, leaf.grad.numpy(), rtol=1e-10, atol=1e-14)


def classifier(cell: CellName, *, bidirectional: bool = False, **more: Any) -> SequenceModel:
    config = ModelConfig(cell, 7, 5, bidirectional=bidirectional, answers="class", **more)
    return SequenceModel(config, VOCABULARY, ("no", "yes", "perhaps"), seed=2)


@pytest.mark.parametrize("pooling", ["last", "mean"])
@pytest.mark.parametrize("bidirectional", [False, True])
@every_cell
def test_a_classifier_answers_after_each_token_to_the_text_up_to_it(
    cell: CellName, bidirectional: bool, pooling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequence_model, "PREFIXES_AT_ONCE", 4)  # seams change nothing
    model = classifier(cell, bidirectional=bidirectional, pooling=pooling)
    assert model.outputs == ("no", "yes", "perhaps")
    answers = model.logits(TEXT)
    np.testing.assert_allclose(model.logits_of(model.trace(TEXT)), answers, rtol=1e-5)
    for length in range(1, len(TEXT) + 1):
        with torch.no_grad():
            output = model.recurrent(model.embed(model.encode(TEXT[:length])))[0][0]  # (length, feature)
            pooled = output.mean(dim=0) if pooling == "mean" else torch.cat((output[-1, :7], output[0, 7:]))
            expected = functional.linear(pooled, model.head.weight, model.head.bias)
        np.testing.assert_allclose(answers[length - 1], expected.numpy(), rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(model.logits(TEXT[:length])[-1], answers[length - 1], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("pooling", ["last", "mean"])
@pytest.mark.parametrize("bidirectional", [False, True])
@every_cell
def test_the_loss_of_a_classifier_is_the_surprise_at_its_own_answer_there(
    cell: CellName, bidirectional: bool, pooling: str
) -> None:
    model = classifier(cell, bidirectional=bidirectional, pooling=pooling).double()
    inputs, loss = model.loss_at(TEXT, 4)
    assert inputs.shape[1] == (5 if bidirectional else len(TEXT)), "two directions read the text up to the step alone"
    expected = -torch.log_softmax(torch.as_tensor(model.logits(TEXT)[4]), dim=-1).max()
    torch.testing.assert_close(loss(model.recurrent(inputs)[0]), expected)
    torch.testing.assert_close(loss(model.recurrent(inputs)[0][0]), expected)


def test_one_hot_rows_are_read_as_they_are() -> None:
    config = ModelConfig("gru", 7, len(VOCABULARY), inputs="one-hot")
    model = SequenceModel(config, VOCABULARY, seed=2)
    assert model.embedding is None
    assert torch.equal(model.embed(model.encode("t☃"))[0], torch.eye(len(VOCABULARY))[list(model.encode("t☃"))])
    assert model.trace(TEXT).layer(0).hidden_state.shape == (1, len(TEXT), 7)


def test_values_come_in_the_units_of_the_text_whatever_scale_the_model_works_in() -> None:
    config = ModelConfig("gru", 7, 5, answers="value", scale=100.0)
    model = SequenceModel(config, VOCABULARY, ("height",), seed=2)
    plain = SequenceModel(replace(config, scale=1.0), VOCABULARY, ("height",), seed=2)
    np.testing.assert_allclose(model.logits(TEXT), 100 * plain.logits(TEXT), rtol=1e-6)
    output = model.recurrent(model.embed(model.encode(TEXT)))[0]
    torch.testing.assert_close(model.loss_at(TEXT, -1).loss(output), model.head(output[0, -1])[0])


@pytest.mark.parametrize(
    ("change", "labels", "message"),
    [
        ({"answers": "class"}, (), "give distinct names"),
        ({"answers": "class"}, ("a", "a"), "give distinct names"),
        ({}, ("a",), "give distinct names"),
        ({"inputs": "numbers"}, (), "reads characters: it does not go"),
        ({"inputs": "one-hot"}, (), "it must be 10"),
    ],
)
def test_parts_that_do_not_go_together_are_refused(
    change: dict[str, Any], labels: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        SequenceModel(replace(ModelConfig("gru", 7, 5), **change), VOCABULARY, labels, seed=0)


def test_a_clone_can_be_cast_without_changing_the_model() -> None:
    model = small()
    assert model.clone().double().head.weight.dtype == torch.float64
    assert model.head.weight.dtype == torch.float32


@pytest.mark.parametrize("total", [0.0, 1.0, 3.0])
def test_the_forget_bias_is_the_sum_of_both_and_nothing_else_moves(total: float) -> None:
    plain = small().untrained(seed=5)
    shifted = small().untrained(seed=5, forget_bias=total)
    ours, theirs = dict(shifted.named_parameters()), dict(plain.named_parameters())
    for layer in (0, 1):
        both = ours[f"recurrent.bias_ih_l{layer}"] + ours[f"recurrent.bias_hh_l{layer}"]
        assert (both[7:14] == total).all()
        assert torch.equal(ours[f"recurrent.bias_ih_l{layer}"][:7], theirs[f"recurrent.bias_ih_l{layer}"][:7])
        assert torch.equal(ours[f"recurrent.bias_hh_l{layer}"][14:], theirs[f"recurrent.bias_hh_l{layer}"][14:])
    assert all(torch.equal(ours[name], theirs[name]) for name in ours if "bias_" not in name)


def test_an_untrained_model_keeps_shape_vocabulary_and_dtype_and_depends_on_the_seed_alone() -> None:
    model = small().double()
    once, again, other = model.untrained(1), model.untrained(1), model.untrained(2)
    assert once.config == model.config
    assert once.tokenizer is model.tokenizer
    assert once.head.weight.dtype == torch.float64
    assert all(torch.equal(a, b) for a, b in zip(once.parameters(), again.parameters(), strict=True))
    assert not torch.equal(once.head.weight, other.head.weight)


@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_a_cell_without_a_forget_gate_refuses_a_forget_bias(cell: CellName) -> None:
    with pytest.raises(InputError, match="has no forget gate"):
        small(cell).untrained(seed=0, forget_bias=1.0)
