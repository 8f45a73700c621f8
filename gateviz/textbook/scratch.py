"""The three cells in plain NumPy: one sequence forward, and backpropagation through time written out by hand.

Written to be read beside the equations; nothing here is fast. `x` is (time, input), `h` and `c` are (hidden,) vectors,
`*` multiplies unit by unit, `@` is a matrix product, and `d_name` stands for dL/d(name). The weights have PyTorch's
shapes and gate order, with the rows of the gates stacked on top of each other.

    forward    keeps what every step computed, because the way back needs it
    backward   takes dL/dh_t of every step and walks from the last step to the first; what it has found out about
               h_{t-1} (and c_{t-1}) at step t is carried on to step t - 1
"""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]  # (hidden,)
Matrix = NDArray[np.float64]  # (row, column)
Weights = dict[str, Matrix]


def sigmoid(a: Matrix) -> Matrix:
    """1 / (1 + e^-a), which is (1 + tanh(a / 2)) / 2 and then cannot overflow."""
    squashed: Matrix = (1 + np.tanh(a / 2)) / 2
    return squashed


def clip(gradients: Weights, limit: float) -> Weights:
    """Shorten all gradients by the same factor, so that their common length is at most `limit`."""
    length = np.sqrt(sum((gradient**2).sum() for gradient in gradients.values()))
    factor = min(1.0, limit / (length + 1e-6))
    return {name: gradient * factor for name, gradient in gradients.items()}


def random_weights(gates: int, input_size: int, hidden_size: int, rng: np.random.Generator) -> Weights:
    """Small random weights, drawn as PyTorch draws them."""
    bound = 1 / np.sqrt(hidden_size)
    rows = gates * hidden_size
    shapes = {"W_x": (rows, input_size), "W_h": (rows, hidden_size), "b_x": (rows,), "b_h": (rows,)}
    return {name: rng.uniform(-bound, bound, shape) for name, shape in shapes.items()}


class RNN:
    """h_t = tanh(W_x x_t + b_x + W_h h_{t-1} + b_h)."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights  # W_x (hidden, input), W_h (hidden, hidden), b_x (hidden), b_h (hidden)

    def forward(self, x: Matrix, h: Vector) -> Matrix:
        """Read the sequence from the state h on; h_t of every step: (time, hidden)."""
        w = self.weights
        self.x, self.before, states = x, [], []
        for x_t in x:
            self.before.append(h)
            h = np.tanh(w["W_x"] @ x_t + w["b_x"] + w["W_h"] @ h + w["b_h"])  # (hidden,)
            states.append(h)
        self.states = np.array(states)
        return self.states

    def backward(self, d_h: Matrix) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and "x"."""
        w = self.weights
        d = {name: np.zeros_like(weight) for name, weight in {**w, "x": self.x}.items()}
        from_later = np.zeros(d_h.shape[1])
        for t in reversed(range(len(self.x))):
            total = d_h[t] + from_later  # dL/dh_t: by the loss at t, and by way of h_{t+1}
            d_a = total * (1 - self.states[t] ** 2)  # tanh' = 1 - tanh^2
            d["W_x"] += np.outer(d_a, self.x[t])
            d["W_h"] += np.outer(d_a, self.before[t])
            d["b_x"] += d_a
            d["b_h"] += d_a
            d["x"][t] = w["W_x"].T @ d_a
            from_later = w["W_h"].T @ d_a
        return d


class LSTM:
    """c_t = f * c_{t-1} + i * g and h_t = o * tanh(c_t), where each of i, f, g, o sees x_t and h_{t-1}."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights  # W_x (4 hidden, input), W_h (4 hidden, hidden), b_x, b_h (4 hidden): i, f, g, o

    def forward(self, x: Matrix, h: Vector, c: Vector) -> Matrix:
        """Read the sequence from the states h and c on; h_t of every step: (time, hidden)."""
        w = self.weights
        self.x, self.steps, states = x, [], []
        for x_t in x:
            a = w["W_x"] @ x_t + w["b_x"] + w["W_h"] @ h + w["b_h"]  # (4 hidden,)
            a_i, a_f, a_g, a_o = np.split(a, 4)
            i, f, g, o = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g), sigmoid(a_o)
            c_before, h_before = c, h
            c = f * c_before + i * g  # keep some of the old, write some of the new
            h = o * np.tanh(c)
            self.steps.append((i, f, g, o, c, c_before, h_before))
            states.append(h)
        return np.array(states)

    def backward(self, d_h: Matrix) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and "x"."""
        w = self.weights
        d = {name: np.zeros_like(weight) for name, weight in {**w, "x": self.x}.items()}
        h_from_later, c_from_later = np.zeros(d_h.shape[1]), np.zeros(d_h.shape[1])
        for t in reversed(range(len(self.x))):
            i, f, g, o, c, c_before, h_before = self.steps[t]
            total_h = d_h[t] + h_from_later
            total_c = total_h * o * (1 - np.tanh(c) ** 2) + c_from_later
            d_i, d_f, d_g, d_o = total_c * g, total_c * c_before, total_c * i, total_h * np.tanh(c)
            d_a = np.concatenate([d_i * i * (1 - i), d_f * f * (1 - f), d_g * (1 - g**2), d_o * o * (1 - o)])
            d["W_x"] += np.outer(d_a, self.x[t])
            d["W_h"] += np.outer(d_a, h_before)
            d["b_x"] += d_a
            d["b_h"] += d_a
            d["x"][t] = w["W_x"].T @ d_a
            h_from_later = w["W_h"].T @ d_a
            c_from_later = total_c * f  # the short way back: no matrix, only the forget gate
        return d


class GRU:
    """h_t = (1 - z) * n + z * h_{t-1}: z = 1 keeps the old state. r decides how much of it the candidate n sees."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights  # W_x (3 hidden, input), W_h (3 hidden, hidden), b_x, b_h (3 hidden): r, z, n

    def forward(self, x: Matrix, h: Vector) -> Matrix:
        """Read the sequence from the state h on; h_t of every step: (time, hidden)."""
        w = self.weights
        self.x, self.steps, states = x, [], []
        for x_t in x:
            from_x, from_h = w["W_x"] @ x_t + w["b_x"], w["W_h"] @ h + w["b_h"]  # (3 hidden,)
            (x_r, x_z, x_n), (h_r, h_z, h_n) = np.split(from_x, 3), np.split(from_h, 3)
            r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
            n = np.tanh(x_n + r * h_n)
            h_before = h
            h = (1 - z) * n + z * h_before
            self.steps.append((r, z, n, h_n, h_before))
            states.append(h)
        return np.array(states)

    def backward(self, d_h: Matrix) -> Weights:
        """From the loss's own dL/dh_t, (time, hidden), to dL/d(weight) of every weight, and "x"."""
        w = self.weights
        d = {name: np.zeros_like(weight) for name, weight in {**w, "x": self.x}.items()}
        from_later = np.zeros(d_h.shape[1])
        for t in reversed(range(len(self.x))):
            r, z, n, h_n, h_before = self.steps[t]
            total = d_h[t] + from_later
            d_n = total * (1 - z) * (1 - n**2)  # dL/d(pre-activation) from here on
            d_z = total * (h_before - n) * z * (1 - z)
            d_r = d_n * h_n * r * (1 - r)
            d_x_side = np.concatenate([d_r, d_z, d_n])
            d_h_side = np.concatenate([d_r, d_z, d_n * r])  # r stands between h_n and the candidate
            d["W_x"] += np.outer(d_x_side, self.x[t])
            d["W_h"] += np.outer(d_h_side, h_before)
            d["b_x"] += d_x_side
            d["b_h"] += d_h_side
            d["x"][t] = w["W_x"].T @ d_x_side
            from_later = w["W_h"].T @ d_h_side + total * z
        return d
