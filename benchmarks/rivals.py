"""What people do without gateviz: loops over cells, autograd through an unrolled network, jacrev."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

Signals = dict[str, list[Tensor]]


def lstm_loop(module: nn.LSTM, inputs: Tensor) -> Signals:
    """An LSTMCell written out so that it keeps its gates, in a loop over (time, batch, input)."""
    w_ih, w_hh, b_ih, b_hh = (
        getattr(module, f"{name}_l0") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    h = c = inputs.new_zeros(inputs.shape[1], module.hidden_size)
    kept: Signals = {"input_gate": [], "forget_gate": [], "candidate": [], "output_gate": [], "cell_state": []}
    kept["hidden_state"] = []
    for x in inputs:
        gates = nn.functional.linear(x, w_ih, b_ih) + nn.functional.linear(h, w_hh, b_hh)
        i, f, g, o = gates.chunk(4, 1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        h = o * c.tanh()
        for states, value in zip(kept.values(), (i, f, g, o, c, h), strict=True):
            states.append(value)
    return kept


def cell_of(module: nn.RNNBase) -> nn.RNNCellBase:
    """The LSTMCell or GRUCell with the module's weights."""
    kind = nn.LSTMCell if isinstance(module, nn.LSTM) else nn.GRUCell
    cell = kind(module.input_size, module.hidden_size)
    cell.load_state_dict({name.removesuffix("_l0"): weight for name, weight in module.state_dict().items()})
    return cell


def unrolled_gradients(cell: nn.RNNCellBase, inputs: Tensor) -> list[Tensor]:
    """Every dL/dh_t by autograd through a loop over the cell, for the sum of the last hidden state."""
    state, hidden = None, []
    for x in inputs:
        state = cell(x, state)
        h = state[0] if isinstance(state, tuple) else state
        h.retain_grad()
        hidden.append(h)
    torch.autograd.backward(hidden[-1].sum())
    return [torch.zeros_like(h) if h.grad is None else h.grad for h in hidden]


def later_states(cell: nn.RNNCellBase, inputs: Tensor) -> Callable[[Tensor], Tensor]:
    """State (size) -> all states that follow it, (time, size); for jacrev."""
    size = cell.hidden_size

    def run(state: Tensor) -> Tensor:
        states = []
        for x in inputs:
            if isinstance(cell, nn.LSTMCell):
                state = torch.cat(cell(x, (state[:size], state[size:])))
            else:
                state = cell(x, state)
            states.append(state)
        return torch.stack(states)

    return run
