"""What "Write on" writes is what the library writes; its picture is that of the text which each cell has written."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz import Clamp, load_pretrained
from gateviz.i18n import translator
from gateviz.models.poems import acrostic, quatrain
from gateviz.models.readings import Reading, tokens_of
from gateviz.pretrained.browser_files import find_file, name_of
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS
from gateviz.viewer.packing.answers import pack_answers
from gateviz.viewer.packing.picture import Run, picture

SCRIPT = Path(__file__).with_name("writing.mjs")
Write = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def write_on(
    node: Callable[..., CompletedProcess[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., list[dict[str, Any]]]:
    """write_on(task, text, settings, holds=[]) gives what each sheet shows."""
    files = tmp_path_factory.mktemp("files")

    def write(
        task: str, text: str, settings: dict[str, Any], holds: tuple[dict[str, Any], ...] = ()
    ) -> list[dict[str, Any]]:
        readings = {cell: Reading(load_pretrained(task, cell), text) for cell in CELLS}
        names = {cell: name_of(find_card(task, cell)) for cell in CELLS}
        runs = {cell: Run(read.trace, read.answers(), "", model=names[cell]) for cell, read in readings.items()}
        for name in names.values():
            for kind in ("json", "safetensors"):
                (files / name).parent.mkdir(parents=True, exist_ok=True)
                (files / f"{name}.{kind}").write_bytes(find_file(f"{name}.{kind}") or b"")
        packed = picture(runs, text, tokens_of(list(readings.values())), say=translator.load("en"))
        data = {"picture": base64.b64encode(packed).decode(), "files": str(files), "settings": settings, "holds": holds}
        answer = node(str(SCRIPT), data=json.dumps(data).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        return list(json.loads(answer.stdout))

    return write


@pytest.mark.parametrize(
    ("task", "text", "settings"),
    [
        ("timemachine", "The Time Traveller", {"length": 40, "seed": 7, "temperature": 0.9, "topK": 12}),
        ("agreement", "the keys that the teacher wants", {"length": 12, "seed": 3, "temperature": 1.0}),
    ],
)
def test_each_cell_writes_the_text_of_the_library_and_shows_its_own_numbers(
    task: str, text: str, settings: dict[str, Any], write_on: Write
) -> None:
    (sheet,) = write_on(task, text, settings)
    for cell in CELLS:
        model = load_pretrained(task, cell)
        stream = gateviz.generate(
            model, text, settings["temperature"], settings.get("topK"), settings["seed"], settings["length"]
        )
        sampled = list(stream)
        assert sheet["texts"][cell] == stream.text
        given = len(sheet["probabilities"][cell]) - len(sampled)
        shares = [token.probability for token in sampled]
        assert sheet["probabilities"][cell][given:] == pytest.approx(shares, abs=1e-5)
        reading = Reading(model, stream.text)
        steps = len(reading.tokens)
        for name, values in sheet["signals"][cell].items():
            np.testing.assert_allclose(np.reshape(values, (steps, -1)), reading.trace.layer(0)[name][0], atol=2e-5)
        expected = pack_answers(reading.answers())
        shown = sheet["expected"][cell]
        assert shown["guesses"] == [list(row) for row in expected["guesses"]]
        np.testing.assert_allclose(shown["probabilities"], expected["probabilities"], atol=2e-5)
        assert shown["came"][:-1] == pytest.approx(expected["came"][:-1], abs=2e-5)
        assert shown["surprise"][:-1] == pytest.approx(expected["surprise"][:-1], abs=1e-3)
    check_shared_tokens(sheet)


def check_shared_tokens(sheet: dict[str, Any]) -> None:
    """Where the cells wrote different tokens, the shared row has a dot."""
    first, *others = (sheet["expected"][cell]["wrote"][:-1] for cell in CELLS)
    for step, (token, *rest) in enumerate(zip(first, *others, strict=True), start=1):
        assert sheet["tokens"][step]["text"] == (token if set(rest) == {token} else "·")
    assert any(token["text"] == "·" for token in sheet["tokens"])


@pytest.mark.parametrize(
    "settings",
    [
        {"begins": "line", "seed": 2},
        {"begins": "nothing", "form": 7, "seed": 5},
        {"begins": "heads", "heads": "张小王", "form": 5},
        {"begins": "heads", "heads": "春江花月夜海棠红", "form": 7, "seed": 1},
    ],
)
def test_poems_are_those_of_the_library(settings: dict[str, Any], write_on: Write) -> None:
    """A sentence that is a whole quatrain gives its first line."""
    sheets = write_on("tang", "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", settings)
    seed, form = settings.get("seed", 0), settings.get("form", 5)
    for cell in CELLS:
        model = load_pretrained("tang", cell).double()
        first = "白日依山尽，" if settings["begins"] == "line" else ""
        heads = settings.get("heads")
        poems = acrostic(model, heads, form, seed=seed) if heads else (quatrain(model, first, form, seed=seed),)
        for poem, sheet in zip(poems, sheets, strict=True):
            written = poem.prompt + "".join(token.text for token in poem)
            assert sheet["texts"][cell] == written
            assert sheet["written"] == len(sheet["tokens"]) == len(written), "the picture has no step too many"


def test_what_is_held_stays_held_and_what_is_frozen_keeps_its_value(write_on: Write) -> None:
    text = "The Time Traveller"
    hold = {"cell": "lstm", "layer": 0, "direction": "forward", "to": None}
    shut = {**hold, "signal": "forget_gate", "unit": None, "from": 9, "to": 25, "value": 0.0}
    frozen = {**hold, "signal": "cell_state", "unit": 12, "from": 14, "value": "freeze"}
    (sheet,) = write_on("timemachine", text, {"length": 30, "temperature": 0}, (shut, frozen))
    model = load_pretrained("timemachine", "lstm")
    inputs = model.embed(model.encode(sheet["texts"]["lstm"]))
    forget = Clamp("forget_gate", 0.0, steps=list(range(9, 26)))
    kept = gateviz.run_with(model.recurrent, inputs, [forget]).layer(0)["cell_state"][0, 14, 12]
    cell = Clamp("cell_state", float(kept), units=12, steps=list(range(14, len(text) + 30)))
    trace = gateviz.run_with(model.recurrent, inputs, [forget, cell])
    for name, values in sheet["signals"]["lstm"].items():
        np.testing.assert_allclose(np.reshape(values, (len(text) + 30, -1)), trace.layer(0)[name][0], atol=2e-5)
    logits = model.logits_of(trace)
    assert sheet["texts"]["lstm"][len(text) :] == "".join(
        model.outputs[row.argmax()] for row in logits[len(text) - 1 : -1]
    ), "each token is the likeliest of what the held run expects"
    (plain,) = write_on("timemachine", text, {"length": 30, "temperature": 0})
    assert plain["texts"]["gru"] == sheet["texts"]["gru"]
    assert plain["texts"]["lstm"] != sheet["texts"]["lstm"]
