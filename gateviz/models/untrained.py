"""Recurrent modules before any training: drawn by seed, as the papers initialise them, and inputs to run them on.

    start = draw(UntrainedSettings("lstm", forget_bias=1.0, seed=3))
    furthest_gradient(start.module, start.inputs).hidden_state

The browser's lab draws the same numbers (viewer/js/lab/drawn_network.js).
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import torch
from torch import Tensor, nn

from gateviz.errors import InputError, as_given
from gateviz.models.initialisation import generator_of, set_forget_bias, undrawn
from gateviz.results.arguments import finite_number, whole_number
from gateviz.results.trace import CELLS, CellName

Initialisation = Literal["default", "orthogonal", "identity", "chrono"]
Nonlinearity = Literal["tanh", "relu"]

INPUT_SIZE = 16
MOST_STEPS = 1000
MOST_UNITS = 128
KINDS: dict[CellName, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


@dataclass(frozen=True)
class UntrainedSettings:
    """How a module and its inputs are drawn.

    Raises:
        InputError: a value out of its range, or the bias of a gate that the cell does not have.
    """

    cell: CellName
    steps: int = 100
    """From 2 to 1,000."""
    hidden_size: int = 64
    """From 1 to 128."""
    initialisation: Initialisation = "default"
    """"default": all uniform within 1 / sqrt(hidden_size), as PyTorch draws them. The others change that. "orthogonal":
    each recurrent block has orthonormal rows (Saxe and others 2013). "identity": each recurrent block is the identity,
    all biases are 0 (Le, Jaitly and Hinton 2015). "chrono": b_f = log u and b_i = -b_f, in a GRU b_z = log u, with u
    uniform from 1 to steps - 1 (Tallec and Ollivier 2018)."""
    nonlinearity: Nonlinearity = "tanh"
    """Of an RNN."""
    spectral_radius: float | None = None
    """Each recurrent block is scaled to it, above 0 and at most 3; None: as drawn."""
    forget_bias: float | None = None
    """The sum of an LSTM's two forget biases; None: as drawn."""
    update_bias: float | None = None
    """The sum of a GRU's two update biases; None: as drawn. A large one keeps the state."""
    seed: int = 0

    def __post_init__(self) -> None:
        """Check all values."""
        if self.cell not in CELLS:
            raise InputError(f"the cell is {as_given(self.cell)}: choose {', '.join(CELLS)}.")
        whole_number("steps", self.steps, least=2, most=MOST_STEPS)
        whole_number("hidden_size", self.hidden_size, least=1, most=MOST_UNITS)
        for name, kind in (("initialisation", Initialisation), ("nonlinearity", Nonlinearity)):
            if getattr(self, name) not in get_args(kind):
                raise InputError(f"{name} is {as_given(getattr(self, name))}: choose {', '.join(get_args(kind))}.")
        if self.spectral_radius is not None and not 0 < finite_number("spectral_radius", self.spectral_radius) <= 3:
            raise InputError(f"spectral_radius is {self.spectral_radius:g}: give one above 0 and at most 3, or None.")
        for name, cell in (("forget_bias", "lstm"), ("update_bias", "gru")):
            if getattr(self, name) is not None:
                finite_number(name, getattr(self, name))
                if self.cell != cell:
                    raise InputError(f"{name} is given, and the cell is {self.cell!r}: only an {cell!r} has that gate.")


@dataclass(frozen=True)
class Untrained:
    """A drawn module and its inputs, both in float64."""

    module: nn.RNNBase
    inputs: Tensor
    """(time, 1, INPUT_SIZE) standard normal."""


def draw(settings: UntrainedSettings) -> Untrained:
    """Draw the module and its inputs, from the seed alone."""
    generator = generator_of(settings.seed)
    options: dict[str, str] = {"nonlinearity": settings.nonlinearity} if settings.cell == "rnn" else {}
    module = undrawn(KINDS[settings.cell], INPUT_SIZE, settings.hidden_size, **options).double()
    bound = settings.hidden_size**-0.5
    with torch.no_grad():
        for parameter in module.parameters():  # W_ih, W_hh, b_ih, b_hh
            parameter.uniform_(-bound, bound, generator=generator)
        inputs = _normal(settings.steps * INPUT_SIZE, generator).view(settings.steps, 1, INPUT_SIZE)
        _initialise(module, settings, generator)
        if settings.spectral_radius is not None:
            for block in _blocks(module):
                block.mul_(settings.spectral_radius / torch.linalg.eigvals(block).abs().max())
        if settings.forget_bias is not None:
            set_forget_bias(module, settings.forget_bias)
        if settings.update_bias is not None:
            _set_bias(module, 1, torch.full((settings.hidden_size,), settings.update_bias, dtype=torch.float64))
    return Untrained(module, inputs)


def _initialise(module: nn.RNNBase, settings: UntrainedSettings, generator: torch.Generator) -> None:
    size = settings.hidden_size
    if settings.initialisation == "orthogonal":
        for block in _blocks(module):
            block.copy_(_orthonormal(_normal(size * size, generator).view(size, size)))
    elif settings.initialisation == "identity":
        for block in _blocks(module):
            block.copy_(torch.eye(size))
        for bias in _biases(module):
            bias.zero_()
    elif settings.initialisation == "chrono" and settings.cell != "rnn":
        drawn = torch.rand(size, generator=generator, dtype=torch.float64)
        keeps = torch.log(1 + drawn * max(0, settings.steps - 2))
        _set_bias(module, 1, keeps)  # PyTorch's order is i, f, g, o and r, z, n
        if settings.cell == "lstm":
            _set_bias(module, 0, -keeps)


def _blocks(module: nn.RNNBase) -> tuple[Tensor, ...]:
    """The recurrent matrix of each gate, (hidden, hidden); they share the module's memory."""
    recurrent = module.get_parameter("weight_hh_l0")
    return recurrent.chunk(len(recurrent) // module.hidden_size)


def _biases(module: nn.RNNBase) -> tuple[Tensor, Tensor]:
    return module.get_parameter("bias_ih_l0"), module.get_parameter("bias_hh_l0")


def _set_bias(module: nn.RNNBase, gate: int, total: Tensor) -> None:
    """The sum of a gate's two biases: all of it in one, zero in the other."""
    rows = slice(gate * module.hidden_size, (gate + 1) * module.hidden_size)
    first, second = _biases(module)
    first[rows] = total
    second[rows] = 0


def _normal(count: int, generator: torch.Generator) -> Tensor:
    """Standard normal numbers by Box and Muller, one of each pair of uniform ones."""
    first, second = torch.rand(2, count, generator=generator, dtype=torch.float64)
    return torch.sqrt(-2 * torch.log1p(-first)) * torch.cos(2 * math.pi * second)


def _orthonormal(rows: Tensor) -> Tensor:
    """Each row made orthogonal to those above it, and of length 1 (Gram and Schmidt, twice against rounding)."""
    rows = rows.clone()
    for at in range(len(rows)):
        for _ in range(2):
            rows[at] -= rows[:at].T @ (rows[:at] @ rows[at])
        rows[at] /= rows[at].norm()
    return rows
