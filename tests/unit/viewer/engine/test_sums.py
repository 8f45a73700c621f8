"""The sums inside the gates, and their largest products, are the library's: over all models that ship."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from gateviz import list_pretrained, load_pretrained
from gateviz.models.sequence_model import SequenceModel
from gateviz.recording.gate_sums import LayerGateSums

Engine = Callable[..., list[Any]]
MODELS = [f"{card.task}/{card.cell}" for card in list_pretrained()]
LENGTH = 9
"""So many characters a decoder writes."""


@pytest.mark.parametrize("name", MODELS)
def test_every_part_and_product_of_a_sum_is_the_librarys(
    name: str, engine: Engine, random_text: Callable[..., str]
) -> None:
    model = load_pretrained(*name.split("/")).double()
    text, rng = random_text(model.tokenizer, 6, tokens=6), np.random.default_rng(len(name))
    runs = model.contributions(text, LENGTH if model.config.answers == "text" else None)
    places: list[dict[str, Any]] = [
        {"layer": layer, "direction": direction, "length": LENGTH}
        for layer in range(model.config.num_layers)
        for direction in ("forward", "reverse")[: model.config.num_directions]
    ]
    asked = [list(questions(model, [run.layer(p["layer"], p["direction"]) for run in runs], rng)) for p in places]
    calls = [["sums", text, place, [one for one, _ in each]] for place, each in zip(places, asked, strict=True)]
    for found, each in zip(engine(name, *calls), asked, strict=True):
        for answer, (_, expected) in zip(found, each, strict=True):
            check(answer, expected)


def questions(
    model: SequenceModel, layers: list[LayerGateSums], rng: np.random.Generator
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What is asked for and what the library has: each sum at each step, of any unit."""
    start = 0
    for layer in layers:
        for signal, step in product(layer.sums, range(layer.inputs.shape[1])):
            unit = int(rng.integers(model.config.hidden_size))
            parts, products = layer[signal], layer.products(signal, step, unit)
            own_name = "hidden_state" if signal == "preactivation" else signal
            before = layer.states[0, step]
            reset = None if layer.reset is None else float(layer.reset[0, step, unit])
            apart = parts.recurrent_bias
            yield (
                {
                    "which": {"signal": own_name, "step": start + step, "unit": unit},
                    "states": {"before": before if before.any() else None, "reset": reset},
                },
                {
                    "inputs": parts.inputs[0, step, unit],
                    "recurrent": parts.recurrent[0, step, unit],
                    "bias": parts.bias[unit],
                    "recurrentBias": None if apart is None else apart[unit],
                    "total": products.total,
                    "products": {(one.source, one.component): one.product for one in products.products},
                },
            )
        start += layer.inputs.shape[1]


def check(answer: dict[str, Any], expected: dict[str, Any]) -> None:
    ours, theirs = answer.pop("products"), expected.pop("products")
    for part, value in expected.items():
        assert answer[part] == (value if value is None else pytest.approx(value, rel=1e-9, abs=1e-7)), part
    largest = sorted(map(abs, filter(None, theirs.values())), reverse=True)[:5]
    assert [abs(one["product"]) for one in ours] == pytest.approx(largest, rel=1e-9, abs=1e-7)
    for one in ours:
        assert one["product"] == pytest.approx(theirs[one["source"], one["component"]], rel=1e-9, abs=1e-7)
        assert one["factor"] * one["weight"] * one["value"] == pytest.approx(one["product"])
