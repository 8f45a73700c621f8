"""The card of an equation: what stands on it, and the sums that the library computes for it."""

from functools import cache

import numpy as np
from playwright.sync_api import Locator, expect

import gateviz
from gateviz.recording.gate_sums import GateSum
from tests.browser.expected import model

READ = """card => [
    [...card.querySelectorAll(".eq-line")].map((line) => line.innerText),
    [...card.querySelectorAll("[data-value]")].map(({ dataset }) => [dataset.part ?? dataset.signal, dataset.value]),
]"""
SQUASHES = {"tanh": np.tanh, "relu": lambda a: max(a, 0.0), "sigmoid": lambda a: 1 / (1 + np.exp(-a))}


class Card:
    """What stands on the card: exact values by part or signal, and the text of its lines.

    Its sums are there when the weights have come.
    """

    def __init__(self, card: Locator) -> None:
        expect(card.locator(".eq-quiet")).to_have_count(0)
        self.lines, numbers = card.evaluate(READ)
        self.values = {name: float(value) for name, value in numbers}

    def computed(self, line: int) -> float:
        """What the numbers of a line come to, as a reader with a pocket calculator finds it."""
        text = self.lines[line].strip().removeprefix("=").split("=")[0]
        for sign, python in (("−", "-"), ("×", "*"), ("σ", "sigmoid")):
            text = text.replace(sign, python)
        return float(eval(text, {**SQUASHES, "__builtins__": {}}))  # noqa: S307  our own line of numbers


@cache
def sums(cell: str, text: str) -> dict[str, GateSum]:
    """The terms of every gate, by the name of what they become."""
    network = model(cell)
    parts = gateviz.contributions(network.recurrent, network.embed(network.encode(text))).layer(0).sums
    return {"hidden_state" if name == "preactivation" else name: part for name, part in parts.items()}
