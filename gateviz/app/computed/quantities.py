"""The quantities of one network that a lesson can name: signals, counts of units, expectations, gradients.

`quantity(network, name, unit, step)` computes each of them. Without a step it is the mean over the steps; without a
unit it is what the page shows of all units. A count at one step is an integer. The thresholds are those of the line
under each cell in the viewer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gateviz.app.computed import lab_facts, models, readings
from gateviz.app.computed.gradients import Decay, decay
from gateviz.app.computed.lesson_files import LessonError, Scene
from gateviz.app.state.session import Weights
from gateviz.models.view import View
from gateviz.results.answers import Expectation, Verdict
from gateviz.results.signals import GATES, KEEPS
from gateviz.results.statistics import curve_half_life, half_life
from gateviz.results.trace import Array, CellName, LayerTrace

Value = float | str

OPEN, SHUT = 0.9, 0.1
_OPENED = {"wrote": "input_gate", "read": "output_gate"}
_SHUT = {"forgot": "forget_gate", "renewed": "update_gate", "reset": "reset_gate"}


@dataclass(frozen=True)
class Network:
    """One architecture of a card's scene, one layer and direction of it, trained or as PyTorch would start it."""

    scene: Scene
    view: View
    """The scene as this architecture alone sees it; its language is that of the names of classes."""
    weights: Weights = "trained"

    @property
    def cell(self) -> CellName:
        """The architecture."""
        return self.view.cells[0]

    def trace(self, text: str | None = None) -> LayerTrace:
        """Its signals on the scene's sentence, or on another."""
        view = replace(self.view, text=text or self.scene.text)
        return readings.trace(view, self.cell).layer(view.layer, view.direction)

    @property
    def gate_that_keeps(self) -> Array:
        """(batch, time, unit) of the LSTM's forget gate or the GRU's update gate."""
        if self.cell not in KEEPS:
            raise LessonError(f"no gate of an {self.cell} keeps")
        return self.trace()[KEEPS[self.cell]]

    @property
    def expected(self) -> Expectation:
        """What a network that answers with the next token expected after each step."""
        found = self._answers
        if not isinstance(found, Expectation):
            raise LessonError(f"{self.scene.task} does not answer with the next token")
        return found

    @property
    def verdict(self) -> Verdict:
        """The probabilities of a network that answers with a class, for the text up to each step."""
        found = self._answers
        if not isinstance(found, Verdict):
            raise LessonError(f"{self.scene.task} does not answer with a class")
        return found

    @property
    def _answers(self) -> object:
        return readings.answers(self.view, self.cell)

    @property
    def decay(self) -> Decay:
        """The gradients of the loss at the scene's step."""
        return decay(self.view, self.cell, step=self.scene.step, weights=self.weights)


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
    """How many units have a hidden state of another sign than one step before."""
    state = network.trace()["hidden_state"][0]
    return _count(state[1:] * state[:-1] < 0, None if step is None else step - 1)


def _half_life(network: Network, unit: int | None, _step: int | None) -> Value:
    """The half-life of a unit's state, by the gate that keeps; without a unit, the median of all units."""
    lives = half_life(network.gate_that_keeps)
    return float(np.median(lives) if unit is None else lives[unit])


def _guess(network: Network, _unit: int | None, step: int | None) -> Value:
    """The token that was likeliest to come next; without a step, after the last one."""
    return network.expected.guesses[-1 if step is None else step][0]


def _guess_probability(network: Network, _unit: int | None, step: int | None) -> Value:
    return _mean_or(network.expected.probabilities[:, 0], step)


def _probability(network: Network, _unit: int | None, step: int | None) -> Value:
    """The probability of the token that came next."""
    return _mean_or(network.expected.probability, step)


def _surprise(network: Network, _unit: int | None, step: int | None) -> Value:
    """The surprise at the token that came next, in bits."""
    return _mean_or(network.expected.surprise, step)


def _difference(network: Network, _unit: int | None, step: int | None) -> Value:
    """The distance of the state from the one after the card's other sentence, relative to the state's own length."""
    one, other = (network.trace(text)["hidden_state"][0] for text in (None, network.scene.other))
    return _mean_or(np.linalg.norm(one - other, axis=1) / np.linalg.norm(one, axis=1), step)


def _gradient(network: Network, _unit: int | None, step: int | None) -> Value:
    """The norm of dL/dh at a step, relative to the norm at the step of the loss."""
    norms = network.decay.hidden_state
    return _mean_or(norms / norms[network.scene.step], step)


def _gradient_half_life(network: Network, _unit: int | None, _step: int | None) -> Value:
    return curve_half_life(network.decay.hidden_state).steps


def _left(network: Network, _unit: int | None, _step: int | None) -> Value:
    """In the lab: what is left at the first step, of the settings that a question asks for, or else of the card's."""
    return lab_facts.left(network.scene.asked or network.scene.settings, network.cell)


def _verdict(network: Network, _unit: int | None, step: int | None) -> Value:
    """The likeliest class, in the reader's language; without a step, after the last one."""
    found = network.verdict
    return found.classes[int(found.probabilities[-1 if step is None else step].argmax())]


def _chance(network: Network, unit: int | None, step: int | None) -> Value:
    """The probability of a class: of the likeliest one, or of the one whose number is given as the unit."""
    shares = network.verdict.probabilities
    return _mean_or(shares.max(axis=1) if unit is None else shares[:, unit], step)


def _metric(network: Network, _unit: int | None, _step: int | None) -> Value:
    """The model's score on held-out data, from its card."""
    return models.card(network.scene.task, network.cell).metric.value


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
    "left": _left,
    "verdict": _verdict,
    "chance": _chance,
    "metric": _metric,
}


def _count(what: Array, step: int | None) -> float:
    """How many units are true, of (time, unit) booleans: at a step, or on average over the steps."""
    each = what.sum(axis=1)
    return float(each.mean()) if step is None else int(each[step])


def _mean_or(each: Array, step: int | None) -> float:
    return float(np.nanmean(each) if step is None else each[step])
