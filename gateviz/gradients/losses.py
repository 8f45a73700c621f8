"""The loss, and its derivative by the output of the run: the part of the gradient that autograd computes."""

import inspect
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import InputError, ShapeError, as_given
from gateviz.recording.recorder import Run

Loss = Callable[..., Tensor]

_NO_GRADIENT = (
    "the loss does not depend on the output in a way that autograd can follow: compute it from its argument, without "
    "detach, item or a comparison."
)


def result_dtype(run: Run) -> torch.dtype:
    """The dtype in which gradients are returned: the module's, float32 for one of half precision."""
    return run.layers[0].signals["hidden_state"].dtype


def output_gradient(run: Run, loss: Loss) -> tuple[float, Tensor]:
    """The loss, and its gradient by the output: (time, batch, feature), on the CPU, in the dtype of the signals."""
    if not callable(loss) or isinstance(loss, type):
        raise InputError(
            f"the loss is {as_given(loss)}: give a function from the output to one number, such as torch.sum."
        )
    with torch.inference_mode(False), torch.enable_grad():
        rows = run.output.detach().requires_grad_()
        output = run.layout.as_output(rows.clone())  # a copy may be changed in place, as the module's own may
        value = _value(loss, output)
        try:
            (gradient,) = torch.autograd.grad(value.reshape(()), rows, allow_unused=True)
        except RuntimeError as problem:  # autograd's own refusal, such as a tensor that was changed in place
            raise InputError(
                "the loss cannot be differentiated by autograd: give one on which backward() runs."
            ) from problem
    if gradient is None:
        raise InputError(_NO_GRADIENT)
    return float(value.detach()), run.layout.dense(gradient).to("cpu", result_dtype(run))


def _value(loss: Loss, output: Tensor | PackedSequence) -> Tensor:
    """The loss of the output, checked to be one number that autograd can differentiate."""
    try:
        value = loss(output)
    except TypeError as problem:
        if _takes_one_argument(loss):
            raise
        raise InputError(
            "the loss cannot be called with the output alone: give a function of one argument, such as "
            "lambda output: criterion(output, target)."
        ) from problem
    _check_scalar(value)
    return value


def _takes_one_argument(loss: Loss) -> bool:
    try:
        inspect.signature(loss.forward if isinstance(loss, nn.Module) else loss).bind("output")
    except TypeError:
        return False
    except ValueError:  # a function without a signature, such as torch.sum
        return True
    return True


def _check_scalar(value: object) -> None:
    if not isinstance(value, Tensor) or value.is_nested or value.layout != torch.strided:
        kind = "nested or sparse Tensor" if isinstance(value, Tensor) else type(value).__name__
        raise ShapeError(f"the loss is a {kind}: return a dense Tensor with one number, such as output.sum().")
    if value.numel() != 1:
        raise ShapeError(f"the loss has shape {tuple(value.shape)}: return one number, such as output.sum().")
    if value.is_complex() or value.is_meta:
        kind = "lies on the meta device, without a value" if value.is_meta else f"has dtype {value.dtype}"
        raise ShapeError(f"the loss {kind}: return one real number, such as output.sum().")
    if not value.requires_grad:
        raise InputError(_NO_GRADIENT)
