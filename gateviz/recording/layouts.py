"""The ways in which torch takes a batch of sequences, read into one: time first, with a mask over the padding.

Tensor (time, feature)              unbatched
Tensor (time, batch, feature)       or (batch, time, feature) if the module is batch_first
PackedSequence                      the longest sequence first inside, the caller's order outside
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from gateviz.errors import ShapeError, as_given
from gateviz.recording.cells import Walk
from gateviz.recording.plain_tensors import oddity
from gateviz.recording.torch_modules import RecurrentModule
from gateviz.results.trace import Array

State = Tensor | tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Layout:
    """How the caller arranged the batch, and the way back."""

    steps: int
    batch: int
    batched: bool
    batch_first: bool
    packed: PackedSequence | None
    mask: Tensor | None  # (time, batch) True where a step is real, on the CPU; None when all are
    one_step: bool = False  # a cell's input, which has no time axis

    @property
    def batch_sizes(self) -> Tensor | None:
        """(time) how many sequences still run at each step, where the batch is packed."""
        return None if self.packed is None else self.packed.batch_sizes

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(batch,) in the caller's order."""
        if self.mask is None:
            return np.full(self.batch, self.steps, dtype=np.int64)
        lengths: NDArray[np.int64] = self.unsort(self.mask.sum(dim=0), dim=0).numpy()
        return lengths

    def walk(self, reverse: bool) -> Walk:
        """The order in which one direction visits the steps."""
        return Walk(reverse, self.mask)

    def unsort(self, tensor: Tensor, dim: int) -> Tensor:
        """From the packed order of the batch to the caller's."""
        order = None if self.packed is None else self.packed.unsorted_indices
        return tensor if order is None else tensor.index_select(dim, order.to(tensor.device))

    def sort(self, tensor: Tensor, dim: int) -> Tensor:
        """From the caller's order of the batch to the packed one."""
        order = None if self.packed is None else self.packed.sorted_indices
        return tensor if order is None else tensor.index_select(dim, order.to(tensor.device))

    def dense(self, rows: Tensor) -> Tensor:
        """What the kernels take or give -> (time, batch, feature), zero in the padding."""
        if self.mask is None:
            return rows
        padded = rows.new_zeros(self.steps, self.batch, rows.shape[-1])  # (time, batch, feature)
        padded[self.mask.to(rows.device)] = rows  # both count the batch within each step
        return padded

    def flat(self, dense: Tensor) -> Tensor:
        """(time, batch, feature) -> what the kernels take or give."""
        return dense if self.mask is None else dense[self.mask.to(dense.device)]

    def as_output(self, rows: Tensor) -> Tensor | PackedSequence:
        """The kernels' output -> the layout of module(inputs)[0]."""
        if self.packed is not None:
            return PackedSequence(rows, *self.packed[1:])
        if self.one_step:
            return rows[0] if self.batched else rows[0, 0]
        if not self.batched:
            return rows.squeeze(1)
        return rows.transpose(0, 1) if self.batch_first else rows

    def to_array(self, dense: Tensor) -> Array:
        """(time, batch, ...) -> numpy (batch, time, ...) in the caller's order, NaN in the padding."""
        if self.mask is not None:
            padded = ~self.mask.to(dense.device).view(*self.mask.shape, *[1] * (dense.dim() - 2))
            dense = dense.masked_fill(padded, float("nan"))
            dense = self.unsort(dense, dim=1)
        return to_numpy(dense.transpose(0, 1))

    def state_to_array(self, state: Tensor) -> Array:
        """(layer and direction, batch, unit) -> numpy, in the caller's order."""
        return to_numpy(self.unsort(state, dim=1))


def to_numpy(tensor: Tensor) -> Array:
    """The tensor on the CPU, in its own dtype; bfloat16, which numpy lacks, as float32."""
    if tensor.requires_grad or tensor.device.type != "cpu":
        tensor = tensor.detach().cpu()
    return cast("Array", (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy())


def read_inputs(module: RecurrentModule, inputs: object) -> tuple[Layout, Tensor]:
    """The layout, and the steps as the kernels take them: (time, batch, feature), or the rows of a PackedSequence.

    Raises:
        ShapeError: The inputs are not what the module takes.
    """
    if isinstance(inputs, PackedSequence):
        return _read_packed(module, inputs)
    if not isinstance(inputs, Tensor):
        raise ShapeError(f"inputs are {as_given(inputs)}: give a torch.Tensor or a PackedSequence.")
    _check_plain("inputs are", inputs)
    one_step = module.steps_once and inputs.dim() < 3
    if inputs.dim() not in ((1, 2, 3) if module.steps_once else (2, 3)):
        raise ShapeError(f"inputs have shape {tuple(inputs.shape)}: give {_expected(module)}.")
    _check_rows(module, inputs)
    rows = inputs.detach()[None] if one_step else inputs.detach()  # with a time axis
    batched = rows.dim() == 3
    if not batched:
        rows = rows.unsqueeze(1)  # (time, 1, feature)
    elif module.batch_first:
        rows = rows.transpose(0, 1)  # (time, batch, feature)
    if rows.shape[0] == 0:
        raise ShapeError(f"inputs of shape {tuple(inputs.shape)} have no steps: give at least one.")
    return Layout(rows.shape[0], rows.shape[1], batched, module.batch_first, None, None, one_step), rows


def _read_packed(module: RecurrentModule, inputs: PackedSequence) -> tuple[Layout, Tensor]:
    rows, sizes = inputs.data, inputs.batch_sizes
    _check_plain("the data of the PackedSequence are", rows)
    if sizes.numel() == 0:
        raise ShapeError("the PackedSequence is empty: give at least one sequence with at least one step.")
    if not _belong_together(inputs):
        raise ShapeError("the parts of the PackedSequence do not fit each other: make it with pack_padded_sequence.")
    _check_rows(module, rows)
    steps, batch = len(sizes), int(sizes[0])
    mask = torch.arange(batch, device="cpu") < sizes[:, None]  # (time, batch)
    return Layout(steps, batch, True, module.batch_first, inputs, mask), rows.detach()


def _belong_together(packed: PackedSequence) -> bool:
    """Whether a PackedSequence is one that torch itself would make: anyone may put together another."""
    rows, sizes, order = packed.data, packed.batch_sizes, packed.sorted_indices
    sizes_fit = sizes.dim() == 1 and int(sizes.sum()) == len(rows) and int(sizes[-1]) > 0
    falling = not (sizes[1:] > sizes[:-1]).any()
    ordered = order is None or order.sort().values.tolist() == list(range(int(sizes[0])))
    return rows.dim() == 2 and sizes_fit and falling and ordered


def read_state(module: RecurrentModule, layout: Layout, state: State | None) -> tuple[Tensor, Tensor | None]:
    """h_0 (layer and direction, batch, state) and an LSTM's c_0, in the packed order; zeros for None.

    Raises:
        ShapeError: The state is not what the module takes.
    """
    layers = module.num_layers * module.num_directions
    sizes = [module.state_size, module.hidden_size] if module.cell == "lstm" else [module.state_size]
    if state is None:
        zeros = [torch.zeros(layers, layout.batch, size, dtype=module.dtype, device=module.device) for size in sizes]
        return zeros[0], zeros[1] if module.cell == "lstm" else None
    parts = [
        _read_part(module, layout, part, (layers, layout.batch, size))
        for part, size in zip(_parts(module, state), sizes, strict=True)
    ]
    return parts[0], parts[1] if module.cell == "lstm" else None


def _parts(module: RecurrentModule, state: object) -> tuple[object, ...]:
    """The given h, and c of an LSTM."""
    if module.cell != "lstm" and isinstance(state, Tensor):
        return (state,)
    if module.cell == "lstm" and isinstance(state, (tuple, list)) and len(state) == 2:
        return tuple(state)
    wanted = "the pair (h, c)" if module.cell == "lstm" else "one tensor"
    given = as_given(state)
    if isinstance(state, (tuple, list)) and not isinstance(state, PackedSequence):
        given = f"a {type(state).__name__} of {len(state)}"
    raise ShapeError(f"initial_state is {given}: give {wanted} to an {module.cell.upper()}.")


def _read_part(module: RecurrentModule, layout: Layout, part: object, wanted: tuple[int, int, int]) -> Tensor:
    if not isinstance(part, Tensor):
        raise ShapeError(f"initial_state holds {as_given(part)}: give a torch.Tensor.")
    _check_plain("initial_state is", part)
    expected = wanted[1:] if module.steps_once else wanted
    if not layout.batched:
        expected = (*expected[:-2], expected[-1])
    if tuple(part.shape) != expected:
        raise ShapeError(f"initial_state has shape {tuple(part.shape)}: give {expected}.")
    if part.dtype != module.dtype or part.device != module.device:
        raise ShapeError(f"initial_state is {_kind(part)}: give {module.dtype} on {module.device}, as the weights are.")
    own = part.detach().clone(memory_format=torch.contiguous_format).view(wanted)  # the caller may change theirs
    return layout.sort(own, dim=1)


def _check_plain(what: str, tensor: Tensor) -> None:
    kind = oddity(tensor)
    if kind is not None:
        instead = "a PackedSequence or a padded tensor" if kind == "nested" else "a plain dense tensor"
        raise ShapeError(f"{what} a {kind} tensor: give {instead}.")


def _check_rows(module: RecurrentModule, rows: Tensor) -> None:
    if rows.shape[-1] != module.input_size:
        raise ShapeError(f"inputs have shape {tuple(rows.shape)}: give {_expected(module)}.")
    if rows.dtype != module.dtype or rows.device != module.device:
        raise ShapeError(f"inputs are {_kind(rows)}: give {module.dtype} on {module.device}, as the weights are.")


def _kind(tensor: Tensor) -> str:
    return f"{tensor.dtype} on {tensor.device}"


def _expected(module: RecurrentModule) -> str:
    size = module.input_size
    axes = f"(batch, time, {size})" if module.batch_first else f"(time, batch, {size})"
    axes = f"({size}), (batch, {size}) or {axes}" if module.steps_once else f"{axes} or (time, {size})"
    return f"{axes}, where {size} is the module's input_size"
