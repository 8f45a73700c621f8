"""What a loss must be: a function of the output, one real number, differentiable; else one sentence says what it is."""

import functools
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

import gateviz
from gateviz.gradients.chains import Chain
from tests.refusals import refusal


class Head(nn.Module):
    """A loss with weights of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 1)

    def forward(self, output: Tensor) -> Tensor:
        loss: Tensor = self.linear(output)[-1].sum()
        return loss


class WithTarget(nn.Module):
    """A criterion, which takes the target too."""

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        return (output - target).square().sum()


def changed_in_place(output: Tensor) -> Tensor:
    grown = output.exp()
    grown_sum = (grown * grown).sum()
    grown.mul_(2)
    return grown_sum


RIGHT: dict[str, Any] = {
    "a function": lambda output: output.sum(),
    "torch's own": torch.sum,
    "a module": Head(),
    "a partial": functools.partial(WithTarget(), target=torch.zeros(())),
    "a default": lambda output, scale=2.0: output.sum() * scale,
    "any arguments": lambda *args, **_: args[0].sum(),
    "one element in any axes": lambda output: output.sum().reshape(1, 1, 1),
    "float64 of a float32 output": lambda output: output.double().sum(),
    "flat": lambda output: 0 * output.sum(),
}

WRONG: dict[str, Any] = {
    "no function": 3,
    "None": None,
    "a text": "sum",
    "a tensor": torch.ones(()),
    "a class": nn.MSELoss,
    "no argument": lambda: torch.ones(()),
    "two arguments": lambda output, target: ((output - target) ** 2).sum(),
    "a criterion": nn.MSELoss(),
    "a criterion of our own": WithTarget(),
    "a keyword of its own": lambda output, *, target: (output - target).sum(),
    "all elements": lambda output: output,
    "no elements": lambda output: output[:0],
    "a float": lambda output: output.sum().item(),
    "an int": lambda _: 1,
    "nothing": lambda _: None,
    "a text returned": lambda _: "loss",
    "a list": lambda output: [output.sum()],
    "an array": lambda output: output.detach().numpy().sum(),
    "complex": lambda output: output.sum() * 1j,
    "whole numbers": lambda output: output.sum().long(),
    "a comparison": lambda output: (output > 0).sum(),
    "detached": lambda output: output.detach().sum(),
    "a constant": lambda _: torch.ones(()),
    "a constant with a gradient": lambda _: torch.ones((), requires_grad=True),
    "without autograd": torch.no_grad()(lambda output: output.sum()),
    "on meta": lambda output: output.sum().to("meta"),
    "sparse": lambda output: output.sum().reshape(1).to_sparse(),
    "nested": lambda output: torch.nested.nested_tensor([output.sum().reshape(1)]),
    "changed in place": changed_in_place,
}
CASES = [pytest.param(kind, id=kind.__name__) for kind in (nn.RNN, nn.LSTM, nn.GRU)]


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("kind", CASES)
def test_a_loss_may_be_any_function_to_one_number(kind: Any, name: str) -> None:
    module, inputs = kind(3, 4), torch.randn(6, 2, 3)
    flow = gateviz.gradient_flow(module, inputs, RIGHT[name])
    x = inputs.clone().requires_grad_()
    value = RIGHT[name](module(x)[0])
    value.backward()
    assert flow.loss == pytest.approx(value.item())
    np.testing.assert_allclose(flow.inputs, x.grad.transpose(0, 1), rtol=1e-4, atol=1e-6)  # type: ignore[union-attr]


@pytest.mark.filterwarnings("ignore:.*nested tensors:UserWarning")
@pytest.mark.parametrize("name", WRONG)
def test_a_loss_that_is_none_gets_one_sentence_everywhere(name: str) -> None:
    module, inputs = nn.GRU(3, 4), torch.randn(6, 2, 3)
    sentences = {
        refusal(gateviz.gradient_flow, module, inputs, WRONG[name]),
        refusal(gateviz.gradient_bands, module, inputs, WRONG[name]),
        refusal(Chain(module, inputs, module, inputs).gradient_flow, WRONG[name]),
    }
    assert len(sentences) == 1
    assert sentences.pop().startswith("the loss ")


@pytest.mark.parametrize("problem", [ZeroDivisionError, RuntimeError, TypeError, KeyError])
def test_what_goes_wrong_within_a_loss_is_shown_as_it_is(problem: type[Exception]) -> None:
    def loss(_: Tensor) -> Tensor:
        raise problem("of the caller")

    with pytest.raises(problem, match="of the caller"):
        gateviz.gradient_flow(nn.GRU(3, 4), torch.randn(6, 2, 3), loss)
