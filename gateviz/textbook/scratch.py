"""The three cells in plain NumPy: one sequence forward, and backpropagation through time written out by hand.

    lstm = LSTM(random_weights(4, input_size=3, hidden_size=5, rng=np.random.default_rng(0)))
    h = lstm.forward(x, np.zeros(5), np.zeros(5))    # x is (time, 3), h is (time, 5)
    d = lstm.backward(2 * h)                         # of the loss (h**2).sum(); d["W_x"] is (20, 3), d["x"] (time, 3)

Read it beside the equations; nothing here is fast. How to read a line:

    x_t            (input,)   one step of the sequence x, (time, input)
    h_t, c_t       (hidden,)  the hidden state and, of an LSTM, the cell state; h_before is h_{t-1}
    a_t            (rows,)    the pre-activations, before sigmoid or tanh
    d_name                    dL/d(name), in the shape of `name`
    *  @                      * multiplies unit by unit, @ is a matrix product
    # (hidden,)  h_t = ...    after a line: the shape of its result, then the paper's equation or a remark

The weights have PyTorch's shapes: a gate has `hidden` rows, and the rows of all gates are stacked in PyTorch's order.

    W_x (rows, input)   W_h (rows, hidden)   b_x (rows,)   b_h (rows,)        rows = hidden times the number of gates

`forward` keeps what each step computed, because `backward` needs it. `backward` takes dL/dh_t of every step from the
loss and walks from the last step to the first. What it finds out about h_{t-1} and c_{t-1} at step t, it adds at t - 1.

Weights, sequences, states and gradients may be whole numbers, booleans or floats of any precision. All results are
float64. A wrong shape raises ShapeError.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gateviz.errors import InputError
from gateviz.results.arguments import whole_number
from gateviz.results.arrays import float64_array, real_number
from gateviz.textbook.cell import Cell, Matrix, Weights


def sigmoid(a: ArrayLike) -> Matrix:
    """1 / (1 + e^-a), of any shape. Written as (1 + tanh(a / 2)) / 2, which is the same and cannot overflow."""
    squashed: Matrix = (1 + np.tanh(float64_array(a, "a") / 2)) / 2
    return squashed


class RNN(Cell):
    """A plain recurrent network, Elman 1990: h_t = tanh(W_x x_t + b_x + W_h h_{t-1} + b_h)."""

    gates = 1  # W_x (hidden, input), W_h (hidden, hidden), b_x and b_h (hidden,)

    def forward(self, x: ArrayLike, h: ArrayLike) -> Matrix:
        """Read x (time, input) from the state h (hidden,) on. Returns h_t of every step, (time, hidden)."""
        w, inputs, (h_t,) = self._begin(x, h=h)
        self.steps, states = [], np.zeros((len(inputs), len(h_t)))
        for t, x_t in enumerate(inputs):
            h_before = h_t
            a_t = w["W_x"] @ x_t + w["b_x"] + w["W_h"] @ h_before + w["b_h"]  # (hidden,)
            h_t = np.tanh(a_t)  # (hidden,)  h_t = tanh(a_t)
            self.steps.append((h_t, h_before))
            states[t] = h_t
        return states

    def backward(self, d_h: ArrayLike) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and dL/dx as "x"."""
        w, inputs, direct, d = self._begin_backward(d_h)
        from_later = np.zeros(direct.shape[1])  # (hidden,)  the part of dL/dh_t that comes through h_{t+1}
        for t in reversed(range(len(inputs))):
            h_t, h_before = self.steps[t]
            d_h_t = direct[t] + from_later  # (hidden,)  dL/dh_t, through this step and all later ones
            d_a_t = d_h_t * (1 - h_t**2)  # (hidden,)  tanh' = 1 - tanh^2
            d["W_x"] += np.outer(d_a_t, inputs[t])  # (hidden, input)  a_t has W_x x_t in it
            d["W_h"] += np.outer(d_a_t, h_before)  # (hidden, hidden)  a_t has W_h h_{t-1} in it
            d["b_x"] += d_a_t  # (hidden,)
            d["b_h"] += d_a_t  # (hidden,)
            d["x"][t] = w["W_x"].T @ d_a_t  # (input,)
            from_later = w["W_h"].T @ d_a_t  # (hidden,)  every step back multiplies by W_h^T
        return d


class LSTM(Cell):
    """Long short-term memory, Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000.

    i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)    g = tanh(a_g)    a = W_x x_t + b_x + W_h h_{t-1} + b_h
    c_t = f * c_{t-1} + i * g                             h_t = o * tanh(c_t)
    """

    gates = 4  # W_x (4 hidden, input), W_h (4 hidden, hidden), b_x and b_h (4 hidden,): i, f, g, o

    def forward(self, x: ArrayLike, h: ArrayLike, c: ArrayLike) -> Matrix:
        """Read x (time, input) from the states h and c (hidden,) on. Returns h_t of every step, (time, hidden)."""
        w, inputs, (h_t, c_t) = self._begin(x, h=h, c=c)
        self.steps, states = [], np.zeros((len(inputs), len(h_t)))
        for t, x_t in enumerate(inputs):
            h_before, c_before = h_t, c_t
            a_t = w["W_x"] @ x_t + w["b_x"] + w["W_h"] @ h_before + w["b_h"]  # (4 hidden,)
            a_i, a_f, a_g, a_o = np.split(a_t, 4)  # (hidden,) each
            i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)  # (hidden,) each, in [0, 1]
            g = np.tanh(a_g)  # (hidden,)  the candidate, in [-1, 1]
            c_t = f * c_before + i * g  # (hidden,)  keep some of the old cell, write some of the candidate
            h_t = o * np.tanh(c_t)  # (hidden,)  show some of the cell
            self.steps.append((i, f, g, o, c_t, c_before, h_before))
            states[t] = h_t
        return states

    def backward(self, d_h: ArrayLike) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and dL/dx as "x"."""
        w, inputs, direct, d = self._begin_backward(d_h)
        h_from_later, c_from_later = np.zeros(direct.shape[1]), np.zeros(direct.shape[1])  # (hidden,) each
        for t in reversed(range(len(inputs))):
            i, f, g, o, c_t, c_before, h_before = self.steps[t]
            d_h_t = direct[t] + h_from_later  # (hidden,)  dL/dh_t, through this step and all later ones
            d_c_t = d_h_t * o * (1 - np.tanh(c_t) ** 2) + c_from_later  # (hidden,)  h_t = o * tanh(c_t)
            d_a_i = d_c_t * g * i * (1 - i)  # (hidden,)  c_t has i * g in it; sigmoid' = i * (1 - i)
            d_a_f = d_c_t * c_before * f * (1 - f)  # (hidden,)  c_t has f * c_{t-1} in it
            d_a_g = d_c_t * i * (1 - g**2)  # (hidden,)  c_t has i * g in it; tanh' = 1 - g^2
            d_a_o = d_h_t * np.tanh(c_t) * o * (1 - o)  # (hidden,)  h_t = o * tanh(c_t)
            d_a_t = np.concatenate([d_a_i, d_a_f, d_a_g, d_a_o])  # (4 hidden,)
            d["W_x"] += np.outer(d_a_t, inputs[t])  # (4 hidden, input)
            d["W_h"] += np.outer(d_a_t, h_before)  # (4 hidden, hidden)
            d["b_x"] += d_a_t  # (4 hidden,)
            d["b_h"] += d_a_t  # (4 hidden,)
            d["x"][t] = w["W_x"].T @ d_a_t  # (input,)
            h_from_later = w["W_h"].T @ d_a_t  # (hidden,)  the long way back, through W_h^T
            c_from_later = d_c_t * f  # (hidden,)  the short way back: no matrix, only the forget gate
        return d


class GRU(Cell):
    """The gated recurrent unit, Cho et al. 2014, with r after the matrix product, as PyTorch has it.

    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)         n = tanh(x_n + r * h_n)
    h_t = (1 - z) * n + z * h_{t-1}                       z = 1 keeps the old state

    x_r, x_z and x_n are the three blocks of W_x x_t + b_x; h_r, h_z and h_n those of W_h h_{t-1} + b_h.
    """

    gates = 3  # W_x (3 hidden, input), W_h (3 hidden, hidden), b_x and b_h (3 hidden,): r, z, n

    def forward(self, x: ArrayLike, h: ArrayLike) -> Matrix:
        """Read x (time, input) from the state h (hidden,) on. Returns h_t of every step, (time, hidden)."""
        w, inputs, (h_t,) = self._begin(x, h=h)
        self.steps, states = [], np.zeros((len(inputs), len(h_t)))
        for t, x_t in enumerate(inputs):
            h_before = h_t
            x_r, x_z, x_n = np.split(w["W_x"] @ x_t + w["b_x"], 3)  # (hidden,) each
            h_r, h_z, h_n = np.split(w["W_h"] @ h_before + w["b_h"], 3)  # (hidden,) each
            r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)  # (hidden,) each, in [0, 1]
            n = np.tanh(x_n + r * h_n)  # (hidden,)  the candidate; r decides how much of the old state it sees
            h_t = (1 - z) * n + z * h_before  # (hidden,)  z decides how much of the old state stays
            self.steps.append((r, z, n, h_n, h_before))
            states[t] = h_t
        return states

    def backward(self, d_h: ArrayLike) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and dL/dx as "x"."""
        w, inputs, direct, d = self._begin_backward(d_h)
        from_later = np.zeros(direct.shape[1])  # (hidden,)  the part of dL/dh_t that comes through h_{t+1}
        for t in reversed(range(len(inputs))):
            r, z, n, h_n, h_before = self.steps[t]
            d_h_t = direct[t] + from_later  # (hidden,)  dL/dh_t, through this step and all later ones
            d_a_n = d_h_t * (1 - z) * (1 - n**2)  # (hidden,)  h_t has (1 - z) * n in it; tanh' = 1 - n^2
            d_a_z = d_h_t * (h_before - n) * z * (1 - z)  # (hidden,)  dh_t/dz = h_{t-1} - n; sigmoid' = z * (1 - z)
            d_a_r = d_a_n * h_n * r * (1 - r)  # (hidden,)  the candidate has r * h_n in it
            d_from_x = np.concatenate([d_a_r, d_a_z, d_a_n])  # (3 hidden,)  of W_x x_t + b_x
            d_from_h = np.concatenate([d_a_r, d_a_z, d_a_n * r])  # (3 hidden,)  of W_h h_{t-1} + b_h
            d["W_x"] += np.outer(d_from_x, inputs[t])  # (3 hidden, input)
            d["W_h"] += np.outer(d_from_h, h_before)  # (3 hidden, hidden)
            d["b_x"] += d_from_x  # (3 hidden,)
            d["b_h"] += d_from_h  # (3 hidden,)
            d["x"][t] = w["W_x"].T @ d_from_x  # (input,)
            from_later = w["W_h"].T @ d_from_h + d_h_t * z  # (hidden,)  through W_h^T, and straight through z
        return d


def clip(gradients: Mapping[str, ArrayLike], limit: float) -> Weights:
    """Gradient clipping, Pascanu et al. 2013: one factor shortens all gradients until their common norm is `limit`.

    Args:
        gradients: Arrays of any shape, by name.
        limit: What the L2 norm of all gradients together may be at most. Shorter ones stay as they are.

    Raises:
        InputError: The gradients are not a dictionary of arrays, or the limit is not a number of at least 0.
    """
    if not isinstance(gradients, Mapping):
        raise InputError(f"gradients are a {type(gradients).__name__}: give a dictionary of arrays.")
    d = {name: float64_array(gradient, str(name)) for name, gradient in gradients.items()}
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in d.values()))
    factor = min(1.0, real_number(limit, "limit", 0) / (norm + 1e-6))
    return {name: gradient * factor for name, gradient in d.items()}


def random_weights(gates: int, input_size: int, hidden_size: int, rng: np.random.Generator) -> Weights:
    """Weights as PyTorch draws them: uniform between -1 / sqrt(hidden_size) and 1 / sqrt(hidden_size).

    Args:
        gates: 1 for an RNN, 4 for an LSTM, 3 for a GRU.
        input_size: How many numbers x_t has.
        hidden_size: How many units.
        rng: Draws the numbers, such as np.random.default_rng(0).

    Raises:
        InputError: A size is not a whole number of at least 1, or `rng` is not a NumPy generator.
    """
    input_size, hidden = whole_number("input_size", input_size, 1), whole_number("hidden_size", hidden_size, 1)
    rows = whole_number("gates", gates, 1) * hidden
    if not isinstance(rng, np.random.Generator):
        raise InputError(f"rng is a {type(rng).__name__}: give a NumPy generator, such as np.random.default_rng(0).")
    shapes = {"W_x": (rows, input_size), "W_h": (rows, hidden), "b_x": (rows,), "b_h": (rows,)}
    bound = 1 / np.sqrt(hidden)
    return {name: rng.uniform(-bound, bound, shape) for name, shape in shapes.items()}
