"""What the viewer shows under a hand is what Python computes under the same holds: texts, numbers, answers, endings."""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateviz.i18n import translator
from gateviz.models.holds import Hold, read_holds, write_holds
from gateviz.models.readings import Reading, tokens_of
from gateviz.models.view import View
from gateviz.openings import opening_of
from gateviz.pretrained.browser_files import find_file, name_of
from gateviz.pretrained.examples import example_of
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS, CellName
from gateviz.viewer.packing.answers import pack_answers
from gateviz.viewer.packing.picture import Run, picture
from tests.any_holds import any_holds

SCRIPT = Path(__file__).with_name("held.mjs")
HELD: Mapping[str, tuple[str, ...]] = {
    "hometown": (
        "lstm.forget_gate@4-:0",
        "lstm.forget_gate@35-:1,lstm.input_gate.3@2-9:0.25",
        "lstm.cell_state.12@9-20:freeze,lstm.forget_gate@14-:0.5",
        "lstm.cell_state@30-:other",
        "gru.update_gate@5-:1,gru.hidden_state.7@12-:freeze",
        "rnn.hidden_state.5@3-:0",
        "rnn.hidden_state@20:other,rnn.hidden_state.1@25-:freeze",
    ),
    "agreement": ("lstm.forget_gate@2-:0", "gru.update_gate@1-4:0"),
    "counting": ("lstm.forget_gate:0.9", "lstm.input_gate@6-11:0"),
    "copy": ("lstm.forget_gate@5-24:0",),
    "brackets": ("lstm.forget_gate:0.9",),
    "adding": ("lstm.forget_gate@6-15:0",),
    "sunspots": ("lstm.forget_gate@205-:0",),
    "sentiment": ("lstm.input_gate@3:0", "lstm.reverse.forget_gate@2-:0", "gru.reset_gate:1"),
    "tang": ("lstm.1.forget_gate@8-:0", "lstm.forget_gate@8-:0", "gru.1.hidden_state.9@4-:freeze"),
    "timemachine": ("lstm.forget_gate.17@20-:0",),
    "dates": ("lstm.forget_gate@3-:0", "gru.update_gate@26-:1", "gru.hidden_state@8-:freeze"),
}
OTHER = "I grew up in Japan. Then the door was open and a man came in. We once sailed to Italy. I speak fluent"


def readings_of(task: str, text: str, **held: Any) -> dict[CellName, Reading]:
    last = load_pretrained(task, CELLS[-1])  # how many characters the decoders write
    return {cell: Reading(load_pretrained(task, cell), text, lambda: last, **held) for cell in CELLS}


def packed(task: str, text: str) -> bytes:
    say, readings = translator.load("en"), readings_of(task, text)
    answers = {cell: reading.answers(say, task) for cell, reading in readings.items()}
    runs = {
        cell: Run(reading.trace, answers[cell], "", model=name_of(find_card(task, cell)))
        for cell, reading in readings.items()
    }
    opening = opening_of(View(task, CELLS, text), readings, answers, say)
    return picture(runs, text, tokens_of(list(readings.values())), say=say, opening=opening)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for task in HELD:
        for cell in CELLS:
            for kind in ("json", "safetensors"):
                file = folder / f"{name_of(find_card(task, cell))}.{kind}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(find_file(f"{name_of(find_card(task, cell))}.{kind}") or b"")
    return folder


@pytest.mark.parametrize("task", HELD)
def test_numbers_answers_and_endings_follow_from_what_is_held(
    task: str, node: Callable[..., CompletedProcess[bytes]], files: Path
) -> None:
    text, say = example_of(task), translator.load("en")
    jobs = [{"cell": hold.partition(".")[0], "hold": hold, "other": OTHER} for hold in HELD[task]]
    data = {"picture": base64.b64encode(packed(task, text)).decode(), "files": str(files), "jobs": jobs}
    answer = node(str(SCRIPT), data=json.dumps(data).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    for job, found in zip(jobs, json.loads(answer.stdout), strict=True):
        readings = readings_of(task, text, holds=read_holds(job["hold"]).holds, other=job["other"])
        answers = {cell: reading.answers(say, task) for cell, reading in readings.items()}
        own: Any = job["cell"]
        layer = readings[own].trace.layer(0)
        for name, values in found["signals"].items():
            np.testing.assert_allclose(values, layer[name][0].ravel(), atol=2e-4, err_msg=f"{job['hold']}: {name}")
        wanted = pack_answers(answers[own])
        assert [row[0] for row in found["expected"]["guesses"] if row] == [row[0] for row in wanted["guesses"] if row]
        np.testing.assert_allclose(
            np.array(found["expected"]["probabilities"], float), np.array(wanted["probabilities"], float), atol=2e-4
        )
        ending = opening_of(View(task, CELLS, text), readings, answers, say).endings[own]
        assert (found["ending"]["answer"], found["ending"]["after"]) == (ending.answer, ending.after), job["hold"]


WRITTEN = """import { readHolds, writeHolds } from "./hand/holds.js";
const told = JSON.parse(new TextDecoder().decode(input)).map(readHolds);
console.log(JSON.stringify(told.map(({ holds, leftOut }) => [writeHolds(holds), leftOut])));"""


@settings(max_examples=1, deadline=None, derandomize=True, database=None)
@given(
    lists=st.lists(st.lists(any_holds(), max_size=4), min_size=150, max_size=150),
    texts=st.lists(
        st.text(max_size=30) | st.text("lstmgru.forget_gate@-:0123456789, e", max_size=60), min_size=150, max_size=150
    ),
)
def test_the_browser_writes_and_reads_a_list_as_python_does(
    in_node: Callable[..., Any], lists: list[list[Hold]], texts: list[str]
) -> None:
    asked = [
        *map(write_holds, lists),
        *texts,
        "lstm.forget_gate:7,lstm.cell_state:1e300, ,lstm.forget_gate@9-3:0,lstm.0.forward.forget_gate@07-7:1e0",
        "\x1clstm.cell_state:-0\x85,lstm.cell_state:+.5,\ufefflstm.cell_state:2.,gru.reset_gate:1e999",
        ",".join(f"gru.reset_gate.{unit}:1" for unit in range(40)),
    ]
    told = [[write_holds(found.holds), found.left_out] for found in map(read_holds, asked)]
    assert in_node(WRITTEN, data=json.dumps(asked).encode()) == told
