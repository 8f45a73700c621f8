"""Weights from one convention into another, and a plain run of any of them to check by.

    pytorch    weight_ih, weight_hh, bias_ih, bias_hh         the gates' rows stacked in the order of the form
    keras      kernel, recurrent_kernel, bias                 the gates' columns side by side; a GRU's bias has two rows
    d2l        W_xi, W_hi, b_i, and so on by the symbol of each gate
    chung      W_r, U_r, b_r, and so on by the symbol of each gate

Gate order, transposition, the two biases and the sign of z convert exactly: sigmoid(-a) = 1 - sigmoid(a). The place of
r does not: the same weights before and after the matrix product are two different networks.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gateviz.errors import InputError, ShapeError
from gateviz.textbook.cell import Matrix, Vector, Weights
from gateviz.textbook.conventions import Form, form
from gateviz.textbook.scratch import sigmoid

Gate = tuple[Matrix, Matrix, Vector, Vector]  # W_x (hidden, input), W_h (hidden, hidden), b_x and b_h (hidden)


def convert_weights(
    cell: str, weights: Mapping[str, ArrayLike], source: str, target: str, *, exact: bool = True
) -> Weights:
    """One layer's weights, as `source` stores them, in the names, shapes, order and sign of `target`.

    Args:
        cell: "rnn", "lstm" or "gru".
        weights: Arrays by name; see the top of the file. A torch module's are
            {name.removesuffix("_l0"): w.numpy() for name, w in module.state_dict().items()}.
        source: The form they are in: "pytorch", "keras", "d2l" or "chung".
        target: The form they should have.
        exact: Refuse a conversion that would move r to the other side of the matrix product. With False the weights
            are handed over as they are, to a network whose states differ by about a tenth.
    """
    old, new = form(cell, source), form(cell, target)
    if exact and old.reset != new.reset:
        raise InputError(
            f"{source} applies r {old.reset} the matrix product and {target} {new.reset} it, which no weights can make "
            "equal: convert between forms that agree, or give exact=False for the nearest."
        )
    gates = _read(old, {name: np.asarray(weight, dtype=float) for name, weight in weights.items()})
    if old.update != new.update:
        z = gates["update_gate"]
        gates["update_gate"] = (-z[0], -z[1], -z[2], -z[3])  # sigmoid(-a) = 1 - sigmoid(a)
    return _write(new, gates)


def run_form(
    cell: str, weights: Mapping[str, ArrayLike], name: str, x: Matrix, h: Vector, c: Vector | None = None
) -> Matrix:
    """One sequence by the form's own equations: x (time, input), h and c (hidden,) -> h_t (time, hidden)."""
    chosen = form(cell, name)
    gates = _read(chosen, {key: np.asarray(weight, dtype=float) for key, weight in weights.items()})
    states = []
    for x_t in x:
        sums = {gate: w_x @ x_t + b_x + w_h @ h + b_h for gate, (w_x, w_h, b_x, b_h) in gates.items()}
        if cell == "rnn":
            h = np.tanh(sums["preactivation"])
        elif cell == "gru":
            h = _gru_state(chosen, sums, gates["candidate"], x_t, h)
        else:
            i, f, o = (sigmoid(sums[f"{gate}_gate"]) for gate in ("input", "forget", "output"))
            c = f * (np.zeros_like(h) if c is None else c) + i * np.tanh(sums["candidate"])
            h = o * np.tanh(c)
        states.append(h)
    return np.array(states)


def _gru_state(chosen: Form, sums: Mapping[str, Vector], candidate: Gate, x_t: Vector, h: Vector) -> Vector:
    w_x, w_h, b_x, b_h = candidate
    r, z = sigmoid(sums["reset_gate"]), sigmoid(sums["update_gate"])
    from_state = r * (w_h @ h + b_h) if chosen.reset == "after" else w_h @ (r * h) + b_h
    n = np.tanh(w_x @ x_t + b_x + from_state)
    keep = z if chosen.update == "keeps" else 1 - z
    state: Vector = keep * h + (1 - keep) * n
    return state


def _names(chosen: Form, symbol: str) -> tuple[str, str, str]:
    """The names of one gate's weights where each gate has its own."""
    if chosen.name == "d2l":
        return f"W_x{symbol}", f"W_h{symbol}", f"b_{symbol}"
    return f"W_{symbol}", f"U_{symbol}", f"b_{symbol}"


def _read(chosen: Form, weights: Weights) -> dict[str, Gate]:
    """The weights of each gate as column-vector matrices with two biases."""
    expected = _expected(chosen)
    needed = {name for name in expected if not name.startswith("b")}  # a network may do without biases
    if not needed <= set(weights) <= set(expected):
        raise ShapeError(f"weights are named {sorted(weights)}: the {chosen.name} form has {', '.join(expected)}.")
    if chosen.name in ("d2l", "chung"):
        return {gate: _read_gate(chosen, weights, symbol) for gate, symbol in chosen.gates.items()}
    names = ("weight_ih", "weight_hh") if chosen.name == "pytorch" else ("kernel", "recurrent_kernel")
    w_x, w_h = (weights[name] if chosen.vectors == "column" else weights[name].T for name in names)
    count = len(chosen.gates)
    if chosen.name == "pytorch":
        biases = [weights.get(name, np.zeros(len(w_x))) for name in ("bias_ih", "bias_hh")]
    else:
        bias = weights.get("bias", np.zeros((chosen.biases, len(w_x))))
        biases = [bias[0], bias[1]] if chosen.biases == 2 else [bias.reshape(-1), np.zeros(len(w_x))]
    split = [np.split(part, count) for part in (w_x, w_h, *biases)]
    return {gate: (split[0][k], split[1][k], split[2][k], split[3][k]) for k, gate in enumerate(chosen.gates)}


def _read_gate(chosen: Form, weights: Weights, symbol: str) -> Gate:
    w_x, w_h, b = _names(chosen, symbol)
    turn = np.transpose if chosen.vectors == "row" else np.asarray
    bias = weights.get(b, np.zeros(len(turn(weights[w_x]))))
    return turn(weights[w_x]), turn(weights[w_h]), bias, np.zeros_like(bias)


def _write(chosen: Form, gates: Mapping[str, Gate]) -> Weights:
    ordered = [gates[gate] for gate in chosen.gates]
    if chosen.name in ("d2l", "chung"):
        turn = np.transpose if chosen.vectors == "row" else np.asarray
        written: Weights = {}
        for symbol, (w_x, w_h, b_x, b_h) in zip(chosen.gates.values(), ordered, strict=True):
            written |= dict(zip(_names(chosen, symbol), (turn(w_x), turn(w_h), b_x + b_h), strict=True))
        return written
    w_x, w_h, b_x, b_h = (np.concatenate([gate[part] for gate in ordered]) for part in range(4))
    if chosen.name == "pytorch":
        return {"weight_ih": w_x, "weight_hh": w_h, "bias_ih": b_x, "bias_hh": b_h}
    bias = np.stack([b_x, b_h]) if chosen.biases == 2 else b_x + b_h
    return {"kernel": w_x.T, "recurrent_kernel": w_h.T, "bias": bias}


def _expected(chosen: Form) -> list[str]:
    if chosen.name == "pytorch":
        return ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    if chosen.name == "keras":
        return ["kernel", "recurrent_kernel", "bias"]
    return [name for symbol in chosen.gates.values() for name in _names(chosen, symbol)]
