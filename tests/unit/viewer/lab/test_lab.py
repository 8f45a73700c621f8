"""The lab in the browser draws and measures as the library does: `models/untrained.py`, `gradients/furthest.py`."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import torch

from gateviz.gradients.furthest import furthest_gradient
from gateviz.models.untrained import UntrainedSettings, draw
from gateviz.results.trace import CELLS

SCRIPT = Path(__file__).with_name("lab.mjs")
NAMES = {
    "steps": "steps", "units": "hidden_size", "start": "initialisation", "activation": "nonlinearity",
    "radius": "spectral_radius", "forget": "forget_bias", "update": "update_bias", "seed": "seed",
}  # fmt: skip
ASKED: list[tuple[Any, dict[str, Any]]] = [
    *((cell, {"steps": 60, "units": 24, "seed": 5}) for cell in CELLS),
    *((cell, {"steps": 40, "units": 12, "start": "orthogonal"}) for cell in CELLS),
    *((cell, {"steps": 40, "units": 12, "start": "identity"}) for cell in CELLS),
    *((cell, {"steps": 40, "units": 12, "radius": 1.3}) for cell in CELLS),
    ("rnn", {"steps": 50, "units": 20, "start": "identity", "activation": "relu"}),
    ("rnn", {"steps": 30, "units": 20, "activation": "relu", "radius": 0.9}),
    ("lstm", {"steps": 50, "units": 20, "forget": 2.5}),
    ("gru", {"steps": 50, "units": 20, "update": 3.0}),
    ("lstm", {"steps": 100, "units": 20, "start": "chrono"}),
    ("gru", {"steps": 100, "units": 20, "start": "chrono"}),
    ("rnn", {"steps": 1000, "units": 16}),
]


def test_the_browser_measures_the_curves_of_the_library(node: Callable[..., CompletedProcess[bytes]]) -> None:
    answer = node(str(SCRIPT), data=json.dumps(ASKED).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    for (cell, asked), found in zip(ASKED, json.loads(answer.stdout), strict=True):
        drawn = draw(UntrainedSettings(cell, **{NAMES[name]: value for name, value in asked.items()}))
        expected = furthest_gradient(drawn.module, drawn.inputs)
        where = f"{cell} {asked}"
        np.testing.assert_allclose(found["hidden"][0], expected.hidden_state[0], atol=0.002, err_msg=where)
        # where two losses reach equally far back, the ways between may differ
        np.testing.assert_allclose(found["hidden"], expected.hidden_state, atol=0.15, err_msg=where)
        if expected.cell_state is not None:
            np.testing.assert_allclose(found["cell"], expected.cell_state, atol=0.15, err_msg=where)
        if expected.slope is not None:
            np.testing.assert_allclose(found["slope"], expected.slope[1:].mean(), rtol=1e-6)
            matrix = drawn.module.get_parameter("weight_hh_l0").detach()
            radius = float(torch.linalg.eigvals(matrix).abs().max())
            np.testing.assert_allclose(10 ** found["rate"], radius, rtol=1e-4)
