"""The engine reads a text as the library does: over all models that ship, every signal and answer is the same."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gateviz import list_pretrained, load_pretrained
from gateviz.results.trace import Trace

Engine = Callable[..., list[Any]]
MODELS = [f"{card.task}/{card.cell}" for card in list_pretrained()]


def check_signals(layers: list[Any], trace: Trace, within: float) -> None:
    """Every signal of every layer and direction, relative to numbers above 1."""
    assert [(layer["index"], layer["direction"]) for layer in layers] == [
        (layer.index, layer.direction) for layer in trace.layers
    ]
    for ours, theirs in zip(layers, trace.layers, strict=True):
        assert list(ours["signals"]) == list(theirs.signals)
        for name, values in ours["signals"].items():
            np.testing.assert_allclose(values.reshape(theirs[name][0].shape), theirs[name][0], within, within)


@pytest.mark.parametrize("name", MODELS)
def test_every_signal_and_answer_is_the_librarys(name: str, engine: Engine, random_text: Callable[..., str]) -> None:
    model = load_pretrained(*name.split("/"))
    double = model.clone().double()
    texts = [random_text(model.tokenizer, seed, tokens) for seed, tokens in ((0, 1), (1, 25), (2, 60))]
    for text, found in zip(texts, engine(name, *(["read", text] for text in texts)), strict=True):
        trace = double.trace(text)
        assert tuple(found["tokens"]) == trace.tokens
        check_signals(found["layers"], trace, within=1e-10)
        check_signals(found["layers"], model.trace(text), within=1e-5)
        np.testing.assert_allclose(np.stack(found["answers"]), double.logits(text), rtol=1e-10, atol=1e-10)
