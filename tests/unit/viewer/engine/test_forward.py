"""The engine reads a text as the library does: over all models that ship, every signal and answer is the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import gateviz
from gateviz import Clamp, list_pretrained, load_pretrained
from gateviz.models.config import Pooling
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.files import save_pretrained
from gateviz.pretrained.folder import find_card, pretrained_folder
from gateviz.results.signals import SIGNALS
from gateviz.results.trace import CELLS, CellName, Trace

Engine = Callable[..., list[Any]]
MODELS = [f"{card.task}/{card.cell}" for card in list_pretrained()]
CHAOTIC = "tang/rnn"
"""In its two layers any rounding grows from step to step: in single precision the library's to 3e-4 at step 60."""


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
    model = load_pretrained(*name.split("/")).double()
    texts = [random_text(model.tokenizer, seed, tokens) for seed, tokens in ((0, 1), (1, 6), (2, 60))]
    for text, found in zip(texts, engine(name, *(["read", text] for text in texts)), strict=True):
        trace = model.trace(text)
        assert tuple(found["tokens"]) == trace.tokens
        within = 1e-6 if name == CHAOTIC else 1e-8
        check_signals(found["layers"], trace, within)
        np.testing.assert_allclose(np.stack(found["answers"]), model.logits(text), rtol=within, atol=within)


@pytest.mark.parametrize("card", list_pretrained(), ids=lambda card: f"{card.task}/{card.cell}")
def test_in_single_precision_the_library_rounds_a_little_otherwise(card: ModelCard, engine: Engine) -> None:
    model = load_pretrained(card.task, card.cell)
    text = "".join(token.text for token in model.tokenize(max(card.sample.texts, key=len))[:60])
    (found,) = engine(f"{card.task}/{card.cell}", ["read", text])
    within = 1e-3 if f"{card.task}/{card.cell}" == CHAOTIC else 1e-5
    check_signals(found["layers"], model.trace(text), within)


@pytest.mark.parametrize("name", [name for name in MODELS if not name.startswith("dates/")])
def test_clamps_hold_what_they_hold_in_the_library(name: str, engine: Engine, random_text: Callable[..., str]) -> None:
    """From a given state: random signals of random layers and directions, set, scaled or taken from another run."""
    model = load_pretrained(*name.split("/")).double()
    inputs = model.embed(model.encode(random_text(model.tokenizer, 3, tokens=20)))  # (1, time, width)
    rng = np.random.default_rng(len(name))
    state, sent = random_state(model, rng)
    other = gateviz.record(model.recurrent, torch.randn(inputs.shape, dtype=torch.float64))
    clamps = [random_clamp(model, inputs.shape[1], other, rng) for _ in range(4)]
    for held in ([], clamps[:1], clamps):
        (found,) = engine(
            name, ["run", inputs.numpy().ravel(), {"state": sent, "clamps": [as_sent(one) for one in held]}]
        )
        trace = gateviz.run_with(model.recurrent, inputs, held, state)
        check_signals(found["layers"], trace, within=1e-7)
        finals = trace.final_state if isinstance(trace.final_state, tuple) else (trace.final_state,)
        for name_, final in zip(("hidden_state", "cell_state"), finals, strict=False):
            np.testing.assert_allclose([end[name_] for end in found["final"]], final[:, 0], 1e-7, 1e-7)


@pytest.mark.parametrize("cell", CELLS)
def test_a_decoder_writes_as_many_characters_as_it_is_told(cell: CellName, engine: Engine) -> None:
    model = load_pretrained("dates", cell).double()
    text = "15 March 2021"
    for length, found in zip(
        (0, 14), engine(f"dates/{cell}", *(["read", text, {"length": n}] for n in (0, 14))), strict=True
    ):
        trace = model.trace(text, length)
        assert tuple(found["tokens"]) == trace.tokens
        check_signals(found["layers"], trace, within=1e-10)
        np.testing.assert_allclose(np.stack(found["answers"]), model.logits_of(trace), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("cell", CELLS)
def test_an_encoder_and_its_decoder_are_held_as_in_the_library(cell: CellName, engine: Engine) -> None:
    """The decoder writes under the clamps, as long as it likes or as it is told."""
    model = load_pretrained("dates", cell).double()
    text, rng = "the 3rd of May, 1999", np.random.default_rng(5)
    total = len(text) + 33
    wrote = set()
    for length in (None, 10, None, 12):
        clamps = []
        for _ in range(3):
            size = (1, total, model.config.hidden_size)
            value: Any = [float(rng.uniform()), rng.uniform(-1, 1, size)][rng.integers(2)]
            steps = [None, int(rng.integers(total)), sorted(rng.choice(total, 9, replace=False).tolist())][
                rng.integers(3)
            ]
            units = [None, int(rng.integers(size[2])), rng.choice(size[2], 20).tolist()][rng.integers(3)]
            clamps.append(Clamp(str(rng.choice(SIGNALS[cell])), value, units=units, steps=steps))
        how = {"length": length, "clamps": [as_sent(clamp) for clamp in clamps]}
        (found,) = engine(f"dates/{cell}", ["read", text, how])
        trace = model.trace(text, length, clamps)
        assert tuple(found["tokens"]) == trace.tokens
        wrote.add(trace.tokens)
        check_signals(found["layers"], trace, within=1e-10)
        logits = model.logits_of(trace, clamps)
        np.testing.assert_allclose(np.stack(found["answers"]), logits, rtol=1e-10, atol=1e-10)
    assert len(wrote) == 4, "what is held changes what is written"


def test_what_a_model_cannot_do_is_refused_in_a_sentence(engine: Engine) -> None:
    wrong = {
        "the text is empty: give at least one character": ("hometown/rnn", ["read", ""]),
        "the text is empty: type at least one number": ("adding/rnn", ["read", " "]),
        "step 3 does not exist: there are 3": ("counting/rnn", ["gradients", "aab", 3]),
        "step 1.5 does not exist: there are 3": ("counting/rnn", ["gradients", "aab", 1.5]),
        "step -1 does not exist: there are 3": ("dates/rnn", ["gradients", "1", -1]),
        "a model with a decoder is read": ("dates/rnn", ["read", "1", {"state": [{}]}]),
        "reset_gate is no signal of this cell": ("dates/rnn", ["read", "1", {"clamps": [{"signal": "reset_gate"}]}]),
        "step 34 does not exist": ("dates/rnn", ["read", "1", {"clamps": [{"signal": "hidden_state", "steps": 34}]}]),
        "this model answers with a class: only": ("hometown/rnn", ["generate", "I", {}]),
        "the prompt is empty": ("counting/rnn", ["generate", "", {}]),
    }
    for sentence, (name, call) in wrong.items():
        (answer,) = engine(name, call)
        assert answer["refused"].startswith(sentence)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_a_model_of_any_shape(
    cell: CellName, pooling: Pooling, engine: Engine, random_text: Callable[..., str], tmp_path: Path
) -> None:
    """Three layers in both directions, in single precision: none such ships."""
    shipped = load_pretrained("weibo", cell)
    config = replace(shipped.config, hidden_size=5, embedding_size=3, num_layers=3, pooling=pooling)
    model = SequenceModel(config, shipped.tokenizer, shipped.labels, seed=1)
    parameters = sum(tensor.numel() for tensor in model.parameters())
    card = replace(
        find_card("weibo", cell, pretrained_folder()), config=config, parameters=parameters, precision="float32"
    )
    save_pretrained(model, card, tmp_path)
    text, model = random_text(model.tokenizer, 8, tokens=9), model.double()
    found, back = engine(tmp_path / "weibo" / cell, ["read", text], ["gradients", text, 6])
    check_signals(found["layers"], model.trace(text), within=1e-10)
    np.testing.assert_allclose(np.stack(found["answers"]), model.logits(text), rtol=1e-10, atol=1e-10)
    flow = model.gradients(text, 6)
    for ours, theirs in zip(back["layers"], flow.layers, strict=True):
        np.testing.assert_allclose(ours["hidden_state"].reshape(7, 5), theirs.hidden_state[0], rtol=1e-8, atol=1e-15)
    np.testing.assert_allclose(back["inputs"].reshape(7, 3), flow.inputs[0], rtol=1e-8, atol=1e-15)


@pytest.mark.parametrize("name", ["hometown/lstm", "sunspots/gru", "tang/lstm", "weibo/rnn", "sentiment/gru"])
def test_the_answers_follow_from_what_is_held(name: str, engine: Engine, random_text: Callable[..., str]) -> None:
    """After each beginning of the text: those of a model of two directions, too."""
    model = load_pretrained(*name.split("/")).double()
    text = random_text(model.tokenizer, 4, tokens=8)
    embedded = model.embed(model.encode(text))  # (1, time, width)
    clamp = Clamp("hidden_state", 0.5, units=[0, 3], steps=[2, -1])
    state, sent = random_state(model, np.random.default_rng(0))
    (found,) = engine(name, ["read", text, {"clamps": [as_sent(clamp)], "state": sent}])
    steps = embedded.shape[1]
    for read in range(1, steps + 1):
        held = replace(clamp, steps=[step for step in (2, steps - 1) if step < read])
        trace = gateviz.run_with(model.recurrent, embedded[:, :read], [held], state)
        with torch.no_grad():
            scores = model.scores(torch.from_numpy(trace.output))[0].reshape(-1, len(model.outputs))[-1]
        np.testing.assert_allclose(found["answers"][read - 1], scores, rtol=1e-9, atol=1e-9)


def random_state(model: SequenceModel, rng: np.random.Generator) -> tuple[Any, list[dict[str, Any]]]:
    """The states before the first step, as torch takes them and as the engine does."""
    size = (model.config.num_layers * model.config.num_directions, 1, model.config.hidden_size)
    parts = [rng.uniform(-1, 1, size) for _ in range(1 + (model.cell == "lstm"))]
    names = ("hidden_state", "cell_state")
    sent = [{name: part[row, 0] for name, part in zip(names, parts, strict=False)} for row in range(size[0])]
    tensors = tuple(torch.from_numpy(part) for part in parts)
    return tensors if len(tensors) > 1 else tensors[0], sent


def random_clamp(model: SequenceModel, steps: int, other: Trace, rng: np.random.Generator) -> Clamp:
    """One that sets, scales or copies a signal at some units and steps."""
    units = model.config.hidden_size
    way: Any = (
        {"value": float(rng.uniform(-1, 1))},
        {"scale": float(rng.uniform(0, 2))},
        {"source": other},
    )[rng.integers(3)]
    return Clamp(
        str(rng.choice(SIGNALS[model.cell])),
        layer=int(rng.integers(model.config.num_layers)) - int(rng.integers(2)) * model.config.num_layers,
        direction=("forward", "reverse")[rng.integers(model.config.num_directions)],
        units=(None, [0, -1], int(rng.integers(units)))[rng.integers(3)],
        steps=(None, [3, -2], int(rng.integers(steps)))[rng.integers(3)],
        **way,
    )


def as_sent(clamp: Clamp) -> dict[str, Any]:
    """The clamp as the engine takes it."""
    names = ("signal", "value", "scale", "layer", "direction", "units", "steps")
    given = {name: getattr(clamp, name) for name in names if getattr(clamp, name) is not None}
    if clamp.source is not None:
        given["value"] = clamp.source.layer(clamp.layer, clamp.direction)[clamp.signal].ravel()
    return given
