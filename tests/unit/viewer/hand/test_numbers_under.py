"""What the page shows under any holds is what `Reading` says: of decoders, of any layer and direction."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest

from gateviz.i18n.translator import load
from gateviz.models.holds import write_holds
from gateviz.models.readings import Reading, tokens_of
from gateviz.pretrained.browser_files import find_file, name_of
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS, Direction
from gateviz.viewer.packing.answers import pack_answers
from gateviz.viewer.packing.picture import Run, picture
from tests.any_holds import TEXTS, random_holds

SCRIPT = Path(__file__).with_name("numbers_under.mjs")
SHOWN: dict[str, tuple[int, Direction]] = {
    "dates": (0, "forward"),
    "tang": (1, "forward"),
    "weibo": (0, "reverse"),
    "adding": (0, "forward"),
}
"""The layer and direction of the picture of each task."""


@pytest.mark.parametrize("task", SHOWN)
def test_the_page_shows_what_a_reading_under_the_same_holds_says(
    task: str, node: Callable[..., CompletedProcess[bytes]], tmp_path: Path
) -> None:
    text, other = TEXTS[task]
    layer, direction = SHOWN[task]
    models = {cell: load_pretrained(task, cell).double() for cell in CELLS}
    plain = {cell: Reading(model, text, lambda: models["gru"]) for cell, model in models.items()}
    runs = {
        cell: Run(read.trace, read.answers(), "", model=name_of(find_card(task, cell))) for cell, read in plain.items()
    }
    tokens = tokens_of(list(plain.values()))
    packed = picture(runs, text, tokens, layer=layer, direction=direction, say=load("en"))
    for run in runs.values():
        for kind in ("json", "safetensors"):
            file = tmp_path / f"{run.model}.{kind}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(find_file(f"{run.model}.{kind}") or b"")
    readings = [
        Reading(models[cell], text, plain[cell].beside, random_holds(models[cell], len(tokens), seed), other)
        for seed in range(4)
        for cell in CELLS
    ]
    calls = [[reading.model.cell, write_holds(reading.holds), other] for reading in readings]
    data = {"picture": base64.b64encode(packed).decode(), "files": str(tmp_path), "calls": calls}
    answer = node(str(SCRIPT), data=json.dumps(data).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    for reading, found, call in zip(readings, json.loads(answer.stdout), calls, strict=True):
        assert [token["text"] for token in found["tokens"]] == list(reading.trace.tokens_of(0)), call
        shown = reading.trace.layer(layer, direction)
        for name, values in found["signals"].items():
            wanted = shown[name][0]
            np.testing.assert_allclose(np.reshape(values, wanted.shape), wanted, 1e-6, 1e-6, err_msg=f"{name} {call}")
        wanted_answers = pack_answers(reading.answers())
        key = {"value": "values", "class": "shares"}.get(wanted_answers["kind"], "probabilities")
        np.testing.assert_allclose(found["expected"][key], wanted_answers[key], 2e-5, 1e-9, err_msg=str(call))
