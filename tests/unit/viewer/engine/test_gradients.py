"""Backpropagation through time in the browser: dL/dh, dL/dc and dL/dx of a loss at any step are `gradient_flow`'s."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gateviz import list_pretrained, load_pretrained

Engine = Callable[..., list[Any]]
MODELS = [f"{card.task}/{card.cell}" for card in list_pretrained()]


@pytest.mark.parametrize("name", MODELS)
def test_every_gradient_is_the_librarys(name: str, engine: Engine, random_text: Callable[..., str]) -> None:
    """Relative to the largest number of the signal at that step."""
    model = load_pretrained(*name.split("/")).double()
    text = random_text(model.tokenizer, 5, tokens=20)
    last = len(model.trace(text).tokens or ()) - 1
    steps = (0, 7, last - 1, last)
    for step, found in zip(steps, engine(name, *(["gradients", text, step] for step in steps)), strict=True):
        flow = model.gradients(text, step)
        assert found["loss"] == pytest.approx(flow.loss, rel=1e-8, abs=1e-12)
        check(found["inputs"], flow.inputs[0])
        assert flow.inputs.any()
        assert len(found["layers"]) == len(flow.layers)
        for ours, theirs in zip(found["layers"], flow.layers, strict=True):
            assert ours["direction"] == theirs.direction
            for signal in theirs.signals:
                check(ours[signal], theirs[signal][0])


def check(ours: Any, theirs: Any) -> None:
    """(time * unit) against (time, unit)."""
    largest = np.abs(theirs).max(axis=-1, keepdims=True)  # (time, 1)
    assert (np.abs(ours.reshape(theirs.shape) - theirs) <= 1e-8 * largest + 1e-290).all()
