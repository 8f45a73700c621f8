"""The loss at one step of a text, as a function of the recurrent module's output, for `gateviz.gradient_flow`."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from torch import Tensor
from torch.nn import functional

from gateviz.models.network import RecurrentNetwork

Loss = Callable[[Tensor], Tensor]
"""From the output of the recurrent module, (1, time, feature) or (time, feature), to a scalar."""


class StepLoss(NamedTuple):
    """A loss at one step, in the order in which `gateviz.gradient_flow` takes its parts after the module."""

    inputs: Tensor
    """(1, time, width) what the recurrent module reads."""
    loss: Loss


def step_loss(model: RecurrentNetwork, encoded: Sequence[Any], step: int) -> StepLoss:
    """The loss of `model` at a step of a text; `SequenceModel.loss_at` says which loss that is.

    Args:
        model: any but one with a decoder.
        encoded: the ids of the text's tokens, or the features of its numbers.
        step: 0-based.
    """
    if model.config.answers == "class":
        read = encoded[: step + 1] if model.config.bidirectional else encoded
        return StepLoss(model.embed(read), _class_loss(model, step))
    following = encoded[step + 1] if step + 1 < len(encoded) else None
    is_value = model.config.answers == "value"
    loss = _value_loss(model, step, following) if is_value else _token_loss(model, step, following)
    return StepLoss(model.embed(encoded), loss)


def guess_loss(model: RecurrentNetwork, step: int) -> Loss:
    """-log p (nats) of the model's own first guess at a step."""
    return _token_loss(model, step, None)


def _token_loss(model: RecurrentNetwork, step: int, following: int | None) -> Loss:
    def loss(output: Tensor) -> Tensor:
        scores = model.head(output[..., step, :]).reshape(-1)  # (outputs,)
        is_known = following is not None and following != model.tokenizer.unknown
        target = scores.new_tensor(following).long() if is_known else scores.argmax()
        return functional.cross_entropy(scores, target)

    return loss


def _class_loss(model: RecurrentNetwork, step: int) -> Loss:
    def loss(output: Tensor) -> Tensor:
        read = output.reshape(1, -1, output.shape[-1])[:, : step + 1]
        scores = model.scores(read)[0]  # (classes,)
        return functional.cross_entropy(scores, scores.argmax())

    return loss


def _value_loss(model: RecurrentNetwork, step: int, following: Sequence[float] | None) -> Loss:
    is_series = len(model.tokenizer) == 1  # with marks, the next number is not what the model answers

    def loss(output: Tensor) -> Tensor:
        value: Tensor = model.head(output[..., step, :]).reshape(())
        if following is None or not is_series:
            return value
        return (value - following[0] / model.config.scale).square() / 2

    return loss
