"""What a torch recurrent module is made of: its options and its weights, or a sentence on why it cannot be read."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from gateviz.errors import UnsupportedModuleError
from gateviz.recording.cells import CellWeights
from gateviz.recording.overrides import CELL_OF
from gateviz.recording.plain_tensors import oddity
from gateviz.recording.weights_in_use import WEIGHTS, weights_in_use
from gateviz.results.signals import SUMMED
from gateviz.results.trace import CellName

ACCEPTED = "torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU (or one of their cells)"
_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


@dataclass(frozen=True)
class RecurrentModule:
    """The options and weights of one nn.RNN, nn.LSTM or nn.GRU, or of a cell, which is one layer that steps once."""

    cell: CellName
    nonlinearity: str
    input_size: int
    hidden_size: int
    state_size: int  # of h: proj_size where there is a projection, else hidden_size
    num_layers: int
    num_directions: int
    batch_first: bool
    steps_once: bool  # an RNNCell, LSTMCell or GRUCell
    weights: tuple[tuple[CellWeights, ...], ...]  # [layer][direction]

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights, and so of everything that the module computes."""
        return self.weights[0][0].w_hh.dtype

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.weights[0][0].w_hh.device

    @property
    def kernel(self) -> str:
        """The name of torch's fused kernel: rnn_tanh, rnn_relu, lstm or gru."""
        return f"rnn_{self.nonlinearity}" if self.cell == "rnn" else self.cell


def read_module(module: nn.Module) -> RecurrentModule:
    """The module's options, and its weights as the next forward in evaluation mode would use them, detached.

    Raises:
        UnsupportedModuleError: The module is not recurrent, or its weights cannot be read or are out of date.
    """
    kind = next((kind for kind in CELL_OF if isinstance(module, kind)), None)
    if kind is None or not isinstance(module, (nn.RNNBase, nn.RNNCellBase)):
        raise UnsupportedModuleError(_refusal(module))
    weights = weights_in_use(module)
    read = RecurrentModule(
        cell=CELL_OF[kind],
        nonlinearity=weights[0][0].nonlinearity,
        input_size=module.input_size,
        hidden_size=module.hidden_size,
        state_size=getattr(module, "proj_size", 0) or module.hidden_size,
        num_layers=len(weights),
        num_directions=len(weights[0]),
        batch_first=isinstance(module, nn.RNNBase) and module.batch_first,
        steps_once=isinstance(module, nn.RNNCellBase),
        weights=weights,
    )
    _check_weights(module, read)
    return read


def _check_weights(module: nn.Module, read: RecurrentModule) -> None:
    """Refuse weights that torch's kernels do not take: without numbers, or of another shape, dtype or device."""
    if read.weights[0][0].w_hh.is_meta:
        raise UnsupportedModuleError(
            f"{_name(module)} lies on the meta device, without numbers: load its weights first."
        )
    dtype, device = read.dtype, read.device
    if dtype not in _DTYPES:
        raise UnsupportedModuleError(f"the weights of this {_name(module)} are {dtype}: give float32 or float64.")
    rows, state = len(SUMMED[read.cell]) * read.hidden_size, read.state_size
    for index, layer in enumerate(read.weights):
        width = state * read.num_directions if index else read.input_size
        shapes = ((rows, width), (rows, state), (rows,), (rows,), (state, read.hidden_size))
        for weights in layer:
            for name, weight, shape in zip(WEIGHTS, weights.tensors, shapes, strict=True):
                fault = None if weight is None else _fault(weight, shape, dtype, device)
                if fault is not None:
                    raise UnsupportedModuleError(f"{name} in layer {index} of this {_name(module)} is {fault}.")


def _fault(weight: Tensor, shape: tuple[int, ...], dtype: torch.dtype, device: torch.device) -> str | None:
    """What is wrong with a weight, and what to give instead; None if nothing is."""
    kind = oddity(weight)
    if kind is not None:
        return f"a {kind} tensor: give a plain dense one"
    if weight.shape == shape and weight.dtype == dtype and weight.device == device:
        return None
    return f"{tuple(weight.shape)} of {weight.dtype} on {weight.device}: give {shape} of {dtype} on {device}"


def _refusal(module: object) -> str:
    given = _name(module)
    if isinstance(module, torch.jit.ScriptModule):
        return f"{given} is a scripted module, whose gates cannot be read: give the {ACCEPTED} that was scripted."
    if "quantiz" in type(module).__module__ or "torchao" in type(module).__module__:
        return f"{given} is a quantised module, whose weights are packed: give the {ACCEPTED} that was quantised."
    if isinstance(module, nn.Module):
        found = [name for name, part in module.named_modules() if name and isinstance(part, tuple(CELL_OF))]
        if found:
            return f"{given} is not itself recurrent: give its {ACCEPTED}, such as the one named {found[0]!r}."
    if isinstance(module, type):
        return f"{module.__name__} is a class: give an instance of {ACCEPTED}."
    return f"{given} is not a module that gateviz reads: give a {ACCEPTED}."


def _name(module: object) -> str:
    return type(module).__name__
