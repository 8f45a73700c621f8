"""Every public function that reads a module, for tests that ask the same of all of them."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

import gateviz

CELLS = (nn.RNNCell, nn.LSTMCell, nn.GRUCell)
LAYERS = (nn.RNN, nn.LSTM, nn.GRU)
EVERY_FUNCTION: dict[str, Callable[..., Any]] = {
    "record": gateviz.record,
    "run_with": lambda module, x: gateviz.run_with(module, x, [gateviz.Clamp("hidden_state", 0.5)]),
    "run_with nothing": lambda module, x: gateviz.run_with(module, x, []),
    "contributions": gateviz.contributions,
    "gradient_flow": lambda module, x: gateviz.gradient_flow(module, x, torch.sum),
    "state_jacobians": gateviz.state_jacobians,
    "jacobian_norms": gateviz.jacobian_norms,
    "gradient_bands": lambda module, x: gateviz.gradient_bands(module, x, torch.sum),
    "path_norms": gateviz.path_norms,
}


def first(result: Any) -> Any:
    """What a layer or a cell gives, without its state."""
    return result[0] if isinstance(result, tuple) else result
