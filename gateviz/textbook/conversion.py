"""Weights from one convention into another, and a plain run of any of them to check by.

    pytorch    weight_ih, weight_hh, bias_ih, bias_hh     the gates' rows stacked in the order of the form
    keras      kernel, recurrent_kernel, bias             the gates' columns side by side
    cudnn      kernel, recurrent_kernel, bias             as CuDNNLSTM and CuDNNGRU of Keras 2 store them
    d2l        W_xi, W_hi, b_i, and so on by the symbol of each gate
    cho        W_r, U_r, b_r, and so on by the symbol of each gate
    chung      the same names

Keras stores four variants under the same three names. As Keras itself does, "keras" tells them apart by the bias, with
u units:

    LSTM       (4u,)      keras                           GRU   (2, 3u)   keras                reset_after=True
               (8u,)      cudnn                                 (3u,)     keras_reset_before   reset_after=False
                                                                (6u,)     cudnn

Without a bias it is read as the default, LSTM or GRU with reset_after=True; name another variant to have it read so.
Keras's activations must be tanh and sigmoid: what was trained with "hard_sigmoid" is another network.

Gate order, transposition, the two biases and the sign of z convert exactly: sigmoid(-a) = 1 - sigmoid(a). The place of
r does not: the same weights before and after the matrix product are two different networks.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gateviz.errors import InputError, ShapeError
from gateviz.results.arrays import Axes, float64_array
from gateviz.textbook.cell import Matrix, Vector, Weights
from gateviz.textbook.conventions import FORMS, Form, form
from gateviz.textbook.scratch import sigmoid

Gate = tuple[Matrix, Matrix, Vector, Vector]  # W_x (hidden, input), W_h (hidden, hidden), b_x and b_h (hidden,)

STACKED = {  # where one matrix holds all gates: the names of the input's weights, of the state's, and of the biases
    "rows": ("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
    "columns": ("kernel", "recurrent_kernel", "bias"),
    "cudnn": ("kernel", "recurrent_kernel", "bias"),
}


def convert_weights(
    cell: str, weights: Mapping[str, ArrayLike], source: str, target: str, *, exact: bool = True
) -> Weights:
    """One layer's weights, as `source` stores them, in the names, shapes, order and sign of `target`.

    Args:
        cell: "rnn", "lstm" or "gru".
        weights: Arrays by name; see the top of the file. A torch module's are
            {name.removesuffix("_l0"): w.numpy() for name, w in module.state_dict().items()}. Biases may be left out.
        source: The form they are in: "pytorch", "keras", "keras_reset_before", "cudnn", "d2l", "cho" or "chung".
        target: The form they should have.
        exact: Refuse a conversion that would move r to the other side of the matrix product. With False the weights
            are handed over as they are, to a network whose states differ by about a tenth.

    Returns:
        Arrays of float64 by name. Biases that were left out are zeros.

    Raises:
        SignalError: There is no such form.
        ShapeError: The names or shapes are not those of the form.
        InputError: The conversion is not exact.
    """
    new = form(cell, target)
    old, gates = _read(form(cell, source), weights)
    if exact and old.reset != new.reset:
        raise InputError(
            f"{old.name} applies r {old.reset} the matrix product and {target} {new.reset} it, which no weights can "
            "make equal: convert between forms that agree, or give exact=False for the nearest."
        )
    if old.update != new.update:
        z = gates["update_gate"]
        gates["update_gate"] = (-z[0], -z[1], -z[2], -z[3])  # sigmoid(-a) = 1 - sigmoid(a)
    return _write(new, gates)


def run_form(
    cell: str, weights: Mapping[str, ArrayLike], name: str, x: ArrayLike, h: ArrayLike, c: ArrayLike | None = None
) -> Matrix:
    """One sequence by the form's own equations.

    Args:
        cell: "rnn", "lstm" or "gru".
        weights: Arrays by name, as that form stores them.
        name: The form, as `convert_weights` takes it.
        x: (time, input) the sequence.
        h: (hidden,) the hidden state before the first step.
        c: (hidden,) an LSTM's cell state before the first step; zeros when None.

    Returns:
        h_t of every step, (time, hidden), in float64.

    Raises:
        SignalError: There is no such form.
        ShapeError: Weights, sequence or states do not fit each other.
    """
    chosen, gates = _read(form(cell, name), weights)
    hidden, input_size = next(iter(gates.values()))[0].shape
    sequence, h_t = float64_array(x, "x", ("time", input_size)), float64_array(h, "h", (hidden,))
    c_t = np.zeros(hidden) if c is None else float64_array(c, "c", (hidden,))
    states = np.zeros((len(sequence), hidden))
    for t, x_t in enumerate(sequence):
        sums = {gate: w_x @ x_t + b_x + w_h @ h_t + b_h for gate, (w_x, w_h, b_x, b_h) in gates.items()}
        if cell == "rnn":
            h_t = np.tanh(sums["preactivation"])
        elif cell == "gru":
            h_t = _gru_state(chosen, sums, gates["candidate"], x_t, h_t)
        else:
            i, f, o = (sigmoid(sums[f"{gate}_gate"]) for gate in ("input", "forget", "output"))
            c_t = f * c_t + i * np.tanh(sums["candidate"])
            h_t = o * np.tanh(c_t)
        states[t] = h_t
    return states


def _gru_state(chosen: Form, sums: Mapping[str, Vector], candidate: Gate, x_t: Vector, h: Vector) -> Vector:
    w_x, w_h, b_x, b_h = candidate
    r, z = sigmoid(sums["reset_gate"]), sigmoid(sums["update_gate"])
    from_state = r * (w_h @ h + b_h) if chosen.reset == "after" else w_h @ (r * h) + b_h
    n = np.tanh(w_x @ x_t + b_x + from_state)
    keep = z if chosen.update == "keeps" else 1 - z
    state: Vector = keep * h + (1 - keep) * n
    return state


def _read(chosen: Form, given: Mapping[str, ArrayLike]) -> tuple[Form, dict[str, Gate]]:
    """The form that the weights really are in, and each gate's weights as column-vector matrices with two biases."""
    names = _names(chosen)
    if not isinstance(given, Mapping):
        raise ShapeError(f"weights are a {type(given).__name__}: give a dictionary with {', '.join(names)}.")
    needed = {name for name in names if not name.startswith("b")}  # a network may do without biases
    if not needed <= set(given) <= set(names):
        raise ShapeError(f"weights are named {sorted(map(str, given))}: the {chosen.name} form has {', '.join(names)}.")
    hidden, input_size = _sizes(chosen, given)
    variants = [known for known in FORMS if known.cell == chosen.cell and known.storage in ("columns", "cudnn")]
    variants = variants if chosen.name == "keras" else [chosen]
    shapes = [_shapes(known, hidden, input_size) for known in variants]
    in_turn = sorted(
        given, key=lambda name: name != names[1]
    )  # the state's weights first: they told the number of units
    weights = {name: float64_array(given[name], name, *(known[name] for known in shapes)) for name in in_turn}
    if "bias" in weights:
        chosen = next(
            known for known, shape in zip(variants, shapes, strict=True) if shape["bias"] == weights["bias"].shape
        )
    if chosen.storage == "gates":
        return chosen, {gate: _read_gate(chosen, weights, symbol) for gate, symbol in chosen.gates.items()}
    return chosen, dict(zip(chosen.gates, _split(chosen, weights, hidden, input_size), strict=True))


def _sizes(chosen: Form, given: Mapping[str, ArrayLike]) -> tuple[int, int]:
    """How many units the weights are for, and how many numbers x_t has, by the first two matrices."""
    w_x, w_h = _names(chosen)[:2]
    rows_first = chosen.storage == "rows" or (chosen.storage == "gates" and chosen.vectors == "column")
    side = 1 if rows_first else 0  # the axis that is not the gates'
    return (
        float64_array(given[w_h], w_h, ("row", "column")).shape[side],
        float64_array(given[w_x], w_x, ("row", "column")).shape[side],
    )


def _shapes(chosen: Form, hidden: int, input_size: int) -> dict[str, Axes]:
    """The shape that each weight has in that form."""
    rows = hidden * len(chosen.gates)
    if chosen.storage == "gates":
        w_x = (hidden, input_size) if chosen.vectors == "column" else (input_size, hidden)
        return dict(zip(_names(chosen), [w_x, (hidden, hidden), (hidden,)] * len(chosen.gates), strict=True))
    names = STACKED[chosen.storage]
    if chosen.storage == "rows":
        return dict(zip(names, [(rows, input_size), (rows, hidden), (rows,), (rows,)], strict=True))
    bias = (chosen.biases * rows,) if chosen.biases == 1 or chosen.storage == "cudnn" else (2, rows)
    return dict(zip(names, [(input_size, rows), (hidden, rows), bias], strict=True))


def _split(chosen: Form, weights: Weights, hidden: int, input_size: int) -> list[Gate]:
    """Each gate's part of the matrices that hold all gates."""
    count = len(chosen.gates)
    w_x, w_h, *biases = STACKED[chosen.storage]
    none = np.zeros(count * hidden)
    if chosen.storage == "rows":
        both = [weights.get(name, none) for name in biases]
    else:
        bias = weights.get("bias", np.tile(none, chosen.biases)).reshape(chosen.biases, len(none))
        both = [*bias, none][:2]
    by_axis = 0 if chosen.storage == "rows" else 1
    parts = [np.split(weights[name], count, axis=by_axis) for name in (w_x, w_h)]
    if chosen.storage == "columns":
        parts = [[block.T for block in blocks] for blocks in parts]
    if chosen.storage == "cudnn":  # each block holds the rows of W one after another, whatever shape it is given
        parts[0] = [block.reshape(hidden, input_size) for block in parts[0]]
    return list(zip(*parts, *(np.split(bias, count) for bias in both), strict=True))


def _read_gate(chosen: Form, weights: Weights, symbol: str) -> Gate:
    w_x, w_h, b = _gate_names(chosen, symbol)
    turn = np.transpose if chosen.vectors == "row" else np.asarray
    bias = weights.get(b, np.zeros(len(weights[w_h])))
    return turn(weights[w_x]), turn(weights[w_h]), bias, np.zeros_like(bias)


def _write(chosen: Form, gates: Mapping[str, Gate]) -> Weights:
    ordered = [gates[gate] for gate in chosen.gates]
    if chosen.storage == "gates":
        turn = np.transpose if chosen.vectors == "row" else np.asarray
        written: Weights = {}
        for symbol, (w_x, w_h, b_x, b_h) in zip(chosen.gates.values(), ordered, strict=True):
            written |= dict(zip(_gate_names(chosen, symbol), (turn(w_x), turn(w_h), b_x + b_h), strict=True))
        return written
    inputs, recurrent, *biases = zip(*ordered, strict=True)
    both = np.stack([np.concatenate(parts) for parts in biases])  # (2, rows)
    names = STACKED[chosen.storage]
    if chosen.storage == "rows":
        return dict(zip(names, (np.concatenate(inputs), np.concatenate(recurrent), *both), strict=True))
    if chosen.storage == "cudnn":
        kernel = np.hstack([block.reshape(block.shape[::-1]) for block in inputs])
        return dict(zip(names, (kernel, np.hstack(recurrent), both.reshape(-1)), strict=True))
    bias = both if chosen.biases == 2 else both.sum(axis=0)
    turned = (np.hstack([w.T for w in parts]) for parts in (inputs, recurrent))
    return dict(zip(names, (*turned, bias), strict=True))


def _names(chosen: Form) -> tuple[str, ...]:
    """The names of the weights in that form."""
    if chosen.storage == "gates":
        return tuple(name for symbol in chosen.gates.values() for name in _gate_names(chosen, symbol))
    return STACKED[chosen.storage]


def _gate_names(chosen: Form, symbol: str) -> tuple[str, str, str]:
    """The names of one gate's weights where each gate has its own."""
    if chosen.name == "d2l":
        return f"W_x{symbol}", f"W_h{symbol}", f"b_{symbol}"
    return f"W_{symbol}", f"U_{symbol}", f"b_{symbol}"
