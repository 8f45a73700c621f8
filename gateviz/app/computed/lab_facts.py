"""What the lab of the Gradients page measures, computed by the library: for the lessons that speak of it."""

from dataclasses import replace

import numpy as np

from gateviz.app.computed.kept import kept
from gateviz.results.trace import CellName

SEEDS = 5
"""As the lab opens: viewer/js/lab/settings.js."""


@kept
def left(settings: str, cell: CellName) -> float:
    """What is left of the gradient at the first step, the median of the seeds.

    Args:
        settings: as the address says them: "forget:3,radius:1.2".
        cell: which architecture.
    """
    from gateviz.gradients.furthest import furthest_gradient  # noqa: PLC0415
    from gateviz.models.untrained import UntrainedSettings, draw  # noqa: PLC0415

    said = dict(part.split(":") for part in settings.split(",") if part)
    own = {"rnn": {}, "lstm": {"forget": "forget_bias"}, "gru": {"update": "update_bias"}}[cell]
    names = {"radius": "spectral_radius", **own}
    given = {names[name]: float(value) for name, value in said.items() if name in names}
    asked = UntrainedSettings(cell, **given)  # type: ignore[arg-type]
    drawn = [draw(replace(asked, seed=seed)) for seed in range(SEEDS)]
    logs = [furthest_gradient(each.module, each.inputs).hidden_state[0] for each in drawn]
    return float(10 ** np.median(logs))
