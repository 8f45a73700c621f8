"""Random recurrent modules, and the oracle that they are held against."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.unit import unrolled
from tests.unit.unrolled import Steps, Unrolled


@pytest.fixture(autouse=True)
def _seeded() -> None:
    """Every test draws the same numbers, whichever run before it."""
    torch.manual_seed(0)


@pytest.fixture(scope="session")
def unroll() -> Callable[..., Unrolled]:
    """The function that unrolls a module."""
    return unrolled.unroll


@pytest.fixture(scope="session")
def run_steps() -> Callable[..., Steps]:
    """The function that runs one layer and direction from given states: (module, suffix, inputs, h, c)."""
    return unrolled.run_steps


@dataclass(frozen=True)
class Case:
    """A random module with inputs that suit it."""

    module: Any
    inputs: Any  # as the module takes them
    sequences: list[Tensor]  # the same, one by one: (time, feature)
    initial_state: Any

    def padded(self, output: Any) -> Any:
        """module(inputs)[0] -> (batch, time, feature)."""
        if isinstance(output, nn.utils.rnn.PackedSequence):
            return nn.utils.rnn.pad_packed_sequence(output, batch_first=True)[0]
        if output.dim() == 2:
            return output[None]
        return output if self.module.batch_first else output.transpose(0, 1)


def _random_case(seed: int, dtype: torch.dtype = torch.float64) -> Case:
    """A module of any kind, size and options, drawn by the seed."""
    draw = np.random.default_rng(seed)
    kind = (nn.RNN, nn.LSTM, nn.GRU)[seed % 3]
    hidden, features = int(draw.integers(1, 6)), int(draw.integers(1, 5))
    options: dict[str, Any] = {name: bool(draw.integers(2)) for name in ("bias", "batch_first", "bidirectional")}
    layers = int(draw.integers(1, 5))
    if kind is nn.RNN:
        options["nonlinearity"] = str(draw.choice(["tanh", "relu"]))
    if kind is nn.LSTM and hidden > 1 and draw.integers(2):
        options["proj_size"] = int(draw.integers(1, hidden))
    if layers > 1:
        options["dropout"] = 0.5
    module: Any = kind(features, hidden, layers, **options).to(dtype)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():  # wider than the default, so that the gates open and close
            parameter.copy_(torch.randn(parameter.shape, generator=generator, dtype=torch.float64))
    layout = str(draw.choice(["batched", "unbatched", "packed"]))
    lengths = [int(n) for n in draw.integers(1, 8, size=1 if layout == "unbatched" else draw.integers(1, 5))]
    if layout == "batched":
        lengths = [lengths[0]] * len(lengths)
    sequences = [torch.randn(n, features, generator=generator, dtype=torch.float64).to(dtype) for n in lengths]
    inputs: Any = sequences[0]
    if layout == "batched":
        inputs = torch.stack(sequences, dim=0 if module.batch_first else 1)
    if layout == "packed":
        inputs = nn.utils.rnn.pack_sequence(sequences, enforce_sorted=False)
    state: Any = None
    if draw.integers(2):
        shape = [layers * (1 + module.bidirectional), len(lengths)][: 1 + (layout != "unbatched")]
        sizes = (module.proj_size or hidden, hidden)
        parts = [torch.randn(*shape, n, generator=generator, dtype=torch.float64).to(dtype) for n in sizes]
        state = tuple(parts) if kind is nn.LSTM else parts[0]
    return Case(module, inputs, sequences, state)


@pytest.fixture(scope="session")
def random_case() -> Callable[..., Case]:
    """The function that draws a case by its seed."""
    return _random_case
