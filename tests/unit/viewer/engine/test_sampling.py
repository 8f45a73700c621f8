"""The engine's random numbers are PyTorch's: the same seed writes the same text, in the browser and in the library."""

from collections.abc import Callable
from typing import Any

import pytest

import gateviz
from gateviz import list_pretrained, load_pretrained
from gateviz.models.initialisation import MAX_SEED

Engine = Callable[..., list[Any]]
WRITERS = [f"{card.task}/{card.cell}" for card in list_pretrained() if card.config.answers == "next"]
WAYS: list[dict[str, Any]] = [
    {"seed": 0},
    {"seed": 1, "temperature": 0.8, "topK": 5},
    {"seed": 2**32 + 7, "temperature": 1.7},
    {"temperature": 0},
    {"seed": 3, "topK": 1},
    {"seed": 5, "temperature": 1e-3, "topK": 10_000},
]


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_seed_writes_the_same_text(name: str, engine: Engine) -> None:
    model = load_pretrained(*name.split("/"))
    prompt = "".join(token.text for token in model.tokenize(max(model_texts(name), key=len))[:5])
    for way, found in zip(WAYS, engine(name, *(["generate", prompt, {**way, "maxSteps": 60}] for way in WAYS)), strict=True):
        options = {"top_k" if key == "topK" else key: value for key, value in way.items()}
        tokens = list(gateviz.generate(model, prompt, max_steps=60, **options))
        assert [(text, id_) for text, id_, _ in found] == [(token.text, token.id) for token in tokens]
        assert [share for *_, share in found] == pytest.approx([token.probability for token in tokens], abs=1e-3)


def model_texts(name: str) -> tuple[str, ...]:
    """The held-out texts of a model's card."""
    return next(card.sample.texts for card in list_pretrained() if f"{card.task}/{card.cell}" == name)
