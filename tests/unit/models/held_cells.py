"""The oracle of readings under holds: the equations in loops of NumPy, in which a signal is set where it is held."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gateviz.models.encoder_decoder import END
from gateviz.models.holds import Hold
from gateviz.models.sequence_model import SequenceModel

Array = NDArray[np.float64]
Place = tuple[int, str]
Signals = dict[Place, dict[str, Array]]
"""(layer, direction) -> signal -> (time, unit)."""
Setter = Callable[[Place, str, int, Array], Array]
"""(place, signal, step, its values (unit,)) -> its values with what is held."""


def signals_of(
    model: SequenceModel, text: str, holds: Sequence[Hold], belong: Sequence[int | None], other: str
) -> tuple[Signals, list[Array]]:
    """Every signal and the scores after each step. `belong`: the step of `other` that belongs to each step."""
    setter: Setter = _free
    for hold in holds:
        source = None
        if hold.value == "freeze":
            source = _read(model, text, setter)[0][hold.layer, hold.direction][hold.signal]
        if hold.value == "other":
            source = _read(model, other, _free)[0][hold.layer, hold.direction][hold.signal]
        setter = _with(setter, hold, source, belong)
    return _read(model, text, setter)


def _free(_place: Place, _name: str, _t: int, values: Array) -> Array:
    return values


def _with(before: Setter, hold: Hold, source: Array | None, belong: Sequence[int | None]) -> Setter:
    def setter(place: Place, name: str, t: int, values: Array) -> Array:
        values = before(place, name, t, values)
        is_here = place == (hold.layer, hold.direction) and name == hold.signal
        if not is_here or t < hold.first or (hold.last is not None and t > hold.last):
            return values
        put: Any = hold.value
        if source is not None:
            at = hold.first if hold.value == "freeze" else belong[t]
            if at is None:
                return values
            put = source[at] if hold.unit is None else source[at, hold.unit]
        values = values.copy()
        values[slice(None) if hold.unit is None else hold.unit] = put
        return values

    return setter


def _read(model: SequenceModel, text: str, setter: Setter) -> tuple[Signals, list[Array]]:
    inputs = model.embed(model.encode(text))[0].numpy()  # (time, width)
    if model.config.answers == "text":
        return _read_and_write(model, inputs, setter)
    signals, output, _ = _run(model.recurrent, inputs, {}, setter)
    beginnings = range(1, len(inputs) + 1)
    if model.config.bidirectional:  # each beginning of the text is read by itself
        return signals, [_head(model, _run(model.recurrent, inputs[:read], {}, setter)[1]) for read in beginnings]
    return signals, [_head(model, output[:read]) for read in beginnings]


def _read_and_write(model: Any, inputs: Array, setter: Setter) -> tuple[Signals, list[Array]]:
    typed = len(inputs)
    encoder, _, state = _run(model.recurrent, inputs, {}, setter)
    table = model.written.weight.detach().numpy()

    def later(place: Place, name: str, t: int, values: Array) -> Array:
        return setter(place, name, typed + t, values)

    written, scores, end = [len(model.labels) - 1], [], len(model.labels) - 1
    while True:
        decoder, output, _ = _run(model.decoder, table[written], state, later)
        scores.append(_head(model, output))
        best = int(scores[-1].argmax())
        if model.labels[best] == END or len(written) == 33:
            break
        written.append(best)
    first = []
    for t in range(typed):
        reached = {
            place: {name: values[t] for name, values in found.items() if name.endswith("_state")}
            for place, found in encoder.items()
        }
        first.append(_head(model, _run(model.decoder, table[[end]], reached, later)[1]))
    both = {
        place: {name: np.concatenate((values, decoder[place][name])) for name, values in found.items()}
        for place, found in encoder.items()
    }
    return both, [*first, *scores]


def _head(model: SequenceModel, output: Array) -> Array:
    """The scores after the last of the steps, (outputs,)."""
    config, weight, bias = model.config, model.head.weight.detach().numpy(), model.head.bias.detach().numpy()
    read = output[-1].copy()
    if config.answers == "class" and config.pooling == "mean":
        read = output.mean(axis=0)
    elif config.bidirectional:
        read[config.hidden_size :] = output[0, config.hidden_size :]
    scores: Array = weight @ read + bias
    return scores * config.scale if config.answers == "value" else scores


def _run(
    module: Any, inputs: Array, states: dict[Place, dict[str, Array]], setter: Setter
) -> tuple[Signals, Array, dict[Place, dict[str, Array]]]:
    """Signals, output (time, feature) and last states, from the states before the first step; zeros if not given."""
    found: Signals = {}
    final: dict[Place, dict[str, Array]] = {}
    below = inputs
    for layer in range(module.num_layers):
        sides = []
        for direction, suffix in (("forward", ""), ("reverse", "_reverse"))[: 1 + module.bidirectional]:
            place = (layer, direction)
            weights = [
                getattr(module, f"{kind}_l{layer}{suffix}").detach().numpy()
                for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            ]
            zeros = np.zeros(module.hidden_size)
            state = states.get(place, {"hidden_state": zeros, "cell_state": zeros})
            rows: dict[int, dict[str, Array]] = {}
            for t in range(len(inputs)) if not suffix else reversed(range(len(inputs))):
                from_x, from_h = weights[0] @ below[t] + weights[2], weights[1] @ state["hidden_state"] + weights[3]
                parts = [np.split(sums, len(sums) // module.hidden_size) for sums in (from_x, from_h)]
                hold = partial(_hold, setter, place, t)
                state = rows[t] = _STEPS[type(module).__name__](*parts, state, hold)
            found[place] = {name: np.stack([rows[t][name] for t in range(len(inputs))]) for name in state}
            final[place] = state
            sides.append(found[place]["hidden_state"])
        below = np.concatenate(sides, axis=1)
    return found, below, final


def _hold(setter: Setter, place: Place, t: int, name: str, values: Array) -> Array:
    return setter(place, name, t, values)


def _sigmoid(sums: Array) -> Array:
    return 1 / (1 + np.exp(-sums))


def _rnn(from_x: list[Array], from_h: list[Array], _: dict[str, Array], hold: Any) -> dict[str, Array]:
    sums = hold("preactivation", from_x[0] + from_h[0])
    return {"preactivation": sums, "hidden_state": hold("hidden_state", np.tanh(sums))}


def _lstm(from_x: list[Array], from_h: list[Array], state: dict[str, Array], hold: Any) -> dict[str, Array]:
    i = hold("input_gate", _sigmoid(from_x[0] + from_h[0]))
    f = hold("forget_gate", _sigmoid(from_x[1] + from_h[1]))
    g = hold("candidate", np.tanh(from_x[2] + from_h[2]))
    o = hold("output_gate", _sigmoid(from_x[3] + from_h[3]))
    c = hold("cell_state", f * state["cell_state"] + i * g)
    h = hold("hidden_state", o * np.tanh(c))
    return {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o, "cell_state": c, "hidden_state": h}


def _gru(from_x: list[Array], from_h: list[Array], state: dict[str, Array], hold: Any) -> dict[str, Array]:
    r = hold("reset_gate", _sigmoid(from_x[0] + from_h[0]))
    z = hold("update_gate", _sigmoid(from_x[1] + from_h[1]))
    n = hold("candidate", np.tanh(from_x[2] + r * from_h[2]))
    h = hold("hidden_state", (1 - z) * n + z * state["hidden_state"])
    return {"reset_gate": r, "update_gate": z, "candidate": n, "hidden_state": h}


_STEPS: dict[str, Callable[..., dict[str, Array]]] = {"RNN": _rnn, "LSTM": _lstm, "GRU": _gru}
