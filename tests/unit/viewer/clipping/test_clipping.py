"""The small training in the browser is torch's: autograd's gradients, clip_grad_norm_ and gradient descent."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gateviz.models.untrained import Untrained, UntrainedSettings, draw

SCRIPT = Path(__file__).with_name("clipping.mjs")
SIZES = {"steps": 20, "units": 6}
ASKED: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
    ("rnn", {"radius": 1.5, "seed": 3}, {"rate": 0.1, "most": None, "updates": 5}),
    ("rnn", {"radius": 1.5, "seed": 3}, {"rate": 0.1, "most": 0.2, "updates": 5}),
    ("rnn", {"radius": 1.4, "activation": "relu", "seed": 4}, {"rate": 0.05, "most": 1.0, "updates": 3}),
    ("rnn", {"start": "orthogonal", "seed": 1}, {"rate": 0.1, "most": 1.0, "updates": 5}),
    ("lstm", {"seed": 2}, {"rate": 0.2, "most": 0.1, "updates": 5}),
    ("gru", {"seed": 2}, {"rate": 0.2, "most": None, "updates": 5}),
]
BROKEN = (
    "rnn",
    {"radius": 2.0, "activation": "relu", "seed": 6, "steps": 60},
    {"rate": 1, "most": None, "updates": 20},
)


def drawn(cell: Any, settings: dict[str, Any]) -> Untrained:
    names = {"radius": "spectral_radius", "activation": "nonlinearity", "start": "initialisation", "seed": "seed"}
    given = {names[name]: value for name, value in settings.items() if name in names}
    return draw(UntrainedSettings(cell, steps=SIZES["steps"], hidden_size=SIZES["units"], **given))


def loss_of(network: Untrained) -> Tensor:
    output = network.module(network.inputs)[0]
    loss: Tensor = (output[-1, 0] - 0.5).square().mean() / 2
    return loss


def trained(network: Untrained, rate: float, most: float | None, updates: int) -> tuple[list[float], list[float]]:
    """The loss before each update and after the last, and the norm of each gradient before it is clipped."""
    parameters = list(network.module.parameters())
    descent = torch.optim.SGD(parameters, lr=rate)
    losses, norms = [], []
    for _ in range(updates):
        descent.zero_grad()
        loss = loss_of(network)
        loss.backward()  # type: ignore[no-untyped-call]
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, torch.inf if most is None else most)))
        losses.append(float(loss.detach()))
        descent.step()
    return [*losses, float(loss_of(network).detach())], norms


def along(network: Untrained) -> list[float]:
    """The loss at five places along the gradient."""
    parameters = list(network.module.parameters())
    gradients = torch.autograd.grad(loss_of(network), parameters)
    norm = torch.sqrt(sum((gradient.square().sum() for gradient in gradients), torch.zeros((), dtype=torch.float64)))
    found = []
    for distance in np.linspace(-0.1, 0.3, 5):
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.sub_(distance / norm * gradient)
            found.append(float(loss_of(network)))
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.add_(distance / norm * gradient)
    return found


def in_browser(node: Callable[..., CompletedProcess[bytes]], asked: Any) -> Any:
    answer = node(str(SCRIPT), data=json.dumps(asked).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    return json.loads(answer.stdout)


def test_losses_norms_and_updates_are_torchs(node: Callable[..., CompletedProcess[bytes]]) -> None:
    asked = [(cell, {**SIZES, **settings}, how) for cell, settings, how in ASKED]
    for (cell, settings, how), found in zip(ASKED, in_browser(node, asked), strict=True):
        losses, norms = trained(drawn(cell, settings), **how)
        np.testing.assert_allclose(np.array(found["losses"], dtype=float), losses, rtol=1e-5, err_msg=f"{cell}")
        np.testing.assert_allclose(np.array(found["norms"], dtype=float), norms, rtol=1e-5, err_msg=f"{cell}")
        np.testing.assert_allclose(found["along"], along(drawn(cell, settings)), rtol=1e-5, err_msg=f"{cell}")
    assert any(max(trained(drawn(cell, settings), **how)[1]) > (how["most"] or 0) > 0 for cell, settings, how in ASKED)


def test_what_is_no_number_any_more_stays_what_it_is(node: Callable[..., CompletedProcess[bytes]]) -> None:
    cell, settings, how = BROKEN
    (found,) = in_browser(node, [(cell, {**SIZES, **settings}, how)])
    assert "NaN" in found["losses"]
