"""What a lesson can say of one network: its signals, what its units did, what it expected, how far its gradients reach.

Each is `quantity(network, name, unit, step)`; without a step the mean over the steps, without a unit what the page
shows of all of them. Counts are integers at a step. The thresholds: see unit_counts.js, the line under each cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from gateviz.app.computed import cache
from gateviz.app.computed.lesson_files import LessonError, Scene
from gateviz.results.answers import Expectation, Verdict
from gateviz.results.statistics import curve_half_life, half_life
from gateviz.results.trace import Array, CellName, Direction, LayerTrace

Value = float | str

OPEN, SHUT = 0.9, 0.1
GATES = ("forget_gate", "input_gate", "output_gate", "update_gate", "reset_gate")
_KEEPS: Mapping[CellName, str] = {"lstm": "forget_gate", "gru": "update_gate"}
_OPENED = {"wrote": "input_gate", "read": "output_gate"}
_SHUT = {"forgot": "forget_gate", "renewed": "update_gate", "reset": "reset_gate"}


@dataclass(frozen=True)
class Network:
    """One architecture of a card's scene, one layer and direction of it, trained or as PyTorch would start it."""

    scene: Scene
    cell: CellName
    layer: int
    direction: Direction
    language: str
    """Of the names of classes."""
    weights: cache.Weights = "trained"

    def trace(self, text: str | None = None) -> LayerTrace:
        """Its signals on the scene's sentence, or on another."""
        whole = cache.trace(self.scene.task, self.cell, text or self.scene.text)
        return whole.layer(self.layer, self.direction)

    @property
    def gate_that_keeps(self) -> Array:
        """(batch, time, unit) of the LSTM's forget gate or the GRU's update gate."""
        if self.cell not in _KEEPS:
            raise LessonError(f"no gate of an {self.cell} keeps")
        return self.trace()[_KEEPS[self.cell]]

    @property
    def expected(self) -> Expectation:
        """What it expected after each step, of a network that answers with the next token."""
        found = self._answers
        if not isinstance(found, Expectation):
            raise LessonError(f"{self.scene.task} does not answer with the next token")
        return found

    @property
    def verdict(self) -> Verdict:
        """What it thinks of the text up to each step, of a network that answers with a class."""
        found = self._answers
        if not isinstance(found, Verdict):
            raise LessonError(f"{self.scene.task} does not answer with a class")
        return found

    @property
    def _answers(self) -> object:
        return cache.answers(self.scene.task, self.cell, self.scene.text, self.language)

    @property
    def decay(self) -> cache.Decay:
        """Its gradients, of the loss at the scene's step."""
        scene = self.scene
        return cache.decay(scene.task, self.cell, scene.text, scene.step, self.weights, 0.0, self.layer, self.direction)


def quantity(network: Network, name: str, unit: int | None, step: int | None) -> Value:
    """A named quantity, or a signal as the page shows it."""
    if name in _NAMED:
        return _NAMED[name](network, unit, step)
    if name == "kept":
        return _count(network.gate_that_keeps[0] > OPEN, step)
    if name in _OPENED:
        return _count(network.trace()[_OPENED[name]][0] > OPEN, step)
    if name in _SHUT:
        return _count(network.trace()[_SHUT[name]][0] < SHUT, step)
    values = network.trace()[name][0]  # (time, unit), or a sentence that lists the signals
    if step is not None and unit is None and name not in GATES:
        return float(np.sqrt(np.square(values[step]).mean()))
    chosen = values if step is None else values[step : step + 1]
    return float(chosen.mean() if unit is None else chosen[:, unit].mean())


def _units(network: Network, _unit: int | None, _step: int | None) -> Value:
    return int(network.trace()["hidden_state"].shape[2])


def _turned(network: Network, _unit: int | None, step: int | None) -> Value:
    """Units whose hidden state has another sign than one step before."""
    state = network.trace()["hidden_state"][0]
    return _count(state[1:] * state[:-1] < 0, None if step is None else step - 1)


def _half_life(network: Network, unit: int | None, _step: int | None) -> Value:
    """Of a unit's state, by the gate that keeps; without a unit, the median of all."""
    lives = half_life(network.gate_that_keeps)
    return float(np.median(lives) if unit is None else lives[unit])


def _guess(network: Network, _unit: int | None, step: int | None) -> Value:
    """What it thought likeliest to come next; at the last step where none is named."""
    return network.expected.guesses[-1 if step is None else step][0]


def _guess_probability(network: Network, _unit: int | None, step: int | None) -> Value:
    return _mean_or(network.expected.probabilities[:, 0], step)


def _probability(network: Network, _unit: int | None, step: int | None) -> Value:
    """Of what came next."""
    return _mean_or(network.expected.probability, step)


def _surprise(network: Network, _unit: int | None, step: int | None) -> Value:
    """By what came next, in bits."""
    return _mean_or(network.expected.surprise, step)


def _difference(network: Network, _unit: int | None, step: int | None) -> Value:
    """How far the state is from where the card's other sentence brings it, relative to the state's own length."""
    one, other = (network.trace(text)["hidden_state"][0] for text in (None, network.scene.other))
    return _mean_or(np.linalg.norm(one - other, axis=1) / np.linalg.norm(one, axis=1), step)


def _gradient(network: Network, _unit: int | None, step: int | None) -> Value:
    """Norm of dL/dh at a step, relative to that at the step of the loss."""
    norms = network.decay.hidden_state
    return _mean_or(norms / norms[network.scene.step], step)


def _gradient_half_life(network: Network, _unit: int | None, _step: int | None) -> Value:
    return curve_half_life(network.decay.hidden_state).steps


def _verdict(network: Network, _unit: int | None, step: int | None) -> Value:
    """The class that it holds likeliest, in the reader's language; after the last step where none is named."""
    found = network.verdict
    return found.classes[int(found.probabilities[-1 if step is None else step].argmax())]


def _chance(network: Network, unit: int | None, step: int | None) -> Value:
    """The probability of a class, which is given by its number; of the likeliest where none is."""
    shares = network.verdict.probabilities
    return _mean_or(shares.max(axis=1) if unit is None else shares[:, unit], step)


def _metric(network: Network, _unit: int | None, _step: int | None) -> Value:
    """The model's figure on held-out data, from its card."""
    return cache.card(network.scene.task, network.cell).metric.value


_NAMED: Mapping[str, Callable[[Network, int | None, int | None], Value]] = {
    "units": _units,
    "turned": _turned,
    "half_life": _half_life,
    "guess": _guess,
    "guess_probability": _guess_probability,
    "probability": _probability,
    "surprise": _surprise,
    "difference": _difference,
    "gradient": _gradient,
    "gradient_half_life": _gradient_half_life,
    "verdict": _verdict,
    "chance": _chance,
    "metric": _metric,
}


def _count(what: Array, step: int | None) -> float:
    """How many units, of (time, unit) that are true or false: at a step, or on average over the steps."""
    each = what.sum(axis=1)
    return float(each.mean()) if step is None else int(each[step])


def _mean_or(each: Array, step: int | None) -> float:
    return float(np.nanmean(each) if step is None else each[step])
