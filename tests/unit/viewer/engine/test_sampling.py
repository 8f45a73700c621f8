"""The engine's random numbers are PyTorch's: the same seed writes the same text, in the browser and in the library."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

import gateviz
from gateviz import Clamp, list_pretrained, load_pretrained
from gateviz.models.generation import Sampling
from gateviz.models.initialisation import generator_of
from gateviz.results.trace import CELLS, CellName

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

DRAWN = """
import { createGenerator } from "./engine/sampling.js";
const random = createGenerator(Number(process.argv[1]));
console.log(JSON.stringify(Array.from({ length: 1000 }, random)));
"""


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_seed_writes_the_same_text(name: str, engine: Engine) -> None:
    """The library as it ships, for a while; in double precision all along, on any machine: see decision 16."""
    model = load_pretrained(*name.split("/"))
    prompt = "".join(token.text for token in model.tokenize(max(model_texts(name), key=len))[:5])
    written = engine(name, *(["generate", prompt, {**way, "maxSteps": 60}] for way in WAYS))
    shipped = list(gateviz.generate(model, prompt, max_steps=20))
    assert [text for text, *_ in written[0][:20]] == [token.text for token in shipped]
    double = model.double()
    for way, found in zip(WAYS, written, strict=True):
        options = {"top_k" if key == "topK" else key: value for key, value in way.items()}
        tokens = list(gateviz.generate(double, prompt, max_steps=60, **options))
        assert [(text, id_) for text, id_, _ in found] == [(token.text, token.id) for token in tokens]
        assert [share for *_, share in found] == pytest.approx([token.probability for token in tokens], abs=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_held_stays_held_while_a_text_is_written(cell: CellName, engine: Engine) -> None:
    """Each token is drawn from what the model answers when it reads the text so far with the same clamp."""
    model = load_pretrained("timemachine", cell).double()
    prompt, start, seed = "The Time Traveller", 10, 4
    held = {"signal": "hidden_state", "value": 0.25, "units": [3, 7, 11, 200]}
    (found,) = engine(f"timemachine/{cell}", ["held", prompt, held, start, {"seed": seed, "maxSteps": 12}])
    random, sampling = generator_of(seed), Sampling()
    text = prompt
    for written in [*found["texts"][len(prompt) :], None]:
        inputs = model.embed(model.encode(text))
        clamp = Clamp("hidden_state", 0.25, units=[3, 7, 11, 200], steps=list(range(start, len(text))))
        trace = gateviz.run_with(model.recurrent, inputs, [clamp])
        with torch.no_grad():
            scores = model.head(torch.from_numpy(trace.output[0, -1]))
        if written is None:
            assert found["scores"] == pytest.approx(scores.numpy(), abs=1e-8)
            for name, values in found["last"][0]["signals"].items():
                assert values == pytest.approx(trace.layer(0)[name][0, -1], abs=1e-8)
            break
        assert written == model.outputs[int(sampling.draw(scores[None], random))]
        text += written
    assert len(text) == len(prompt) + 12


def model_texts(name: str) -> tuple[str, ...]:
    """The held-out texts of a model's card."""
    return next(card.sample.texts for card in list_pretrained() if f"{card.task}/{card.cell}" == name)


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 2**53 - 1])
def test_the_generator_is_torchs(seed: int, in_node: Callable[..., Any]) -> None:
    """The first thousand doubles: enough for the state to be renewed three times."""
    found = in_node(DRAWN, str(seed))
    assert found == torch.rand(1000, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)).tolist()
