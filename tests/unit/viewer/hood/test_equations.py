"""The equations of the page Under the hood give the numbers of the trace, in every source's form."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest

from gateviz.app.computed import readings
from gateviz.app.computed.hood import forms, layer, payload
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of
from gateviz.results.trace import CELLS, CellName, LayerTrace
from gateviz.textbook.conventions import form
from gateviz.textbook.conversion import convert_weights, run_form

SCRIPT = Path(__file__).with_name("equations.mjs")
VIEWS = [
    View("hometown", CELLS, example_of("hometown")),
    View("weibo", CELLS, example_of("weibo"), direction="reverse"),
    View("tang", CELLS, "白日依山尽", layer=1),
    View("dates", CELLS, example_of("dates")),
    View("counting", CELLS, "aaabbb."),
    View("sunspots", CELLS, "70.2 55.9 63.6 37.7"),
]
Asked = list[tuple[View, CellName, list[dict[str, int]]]]


def places(view: View, cell: CellName) -> list[dict[str, int]]:
    """Three places at random, and the first and the last step."""
    rng = np.random.default_rng(len(view.text))
    steps, units = readings.trace(view, cell).output.shape[1], payload_header(view, cell)["layer"]["units"]
    chosen = [0, steps - 1, *rng.integers(steps, size=3).tolist()]
    return [{"step": step, "unit": int(rng.integers(units))} for step in chosen]


def payload_header(view: View, cell: CellName) -> dict[str, Any]:
    from gateviz.i18n.translator import load

    return layer.header_of(view, cell, load("en"))


@pytest.fixture(scope="module")
def answers(
    node: Callable[..., CompletedProcess[bytes]],
) -> list[tuple[View, CellName, dict[str, int], dict[str, Any]]]:
    """What the browser's equations give for every view and cell, at some places each."""
    asked: Asked = [(view, cell, places(view, cell)) for view in VIEWS for cell in view.cells]
    jobs = [
        {"payload": base64.b64encode(payload.of_part("equations", payload.Wish(view, cell))).decode(), "places": where}
        for view, cell, where in asked
    ]
    answer = node(str(SCRIPT), data=json.dumps(jobs).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    found = json.loads(answer.stdout)
    return [
        (view, cell, place, one)
        for (view, cell, where), steps in zip(asked, found, strict=True)
        for place, one in zip(where, steps, strict=True)
    ]


def layer_of(view: View, cell: CellName) -> LayerTrace:
    return readings.trace(view, cell).layer(view.layer, view.direction)


def states_before(view: View, cell: CellName, step: int) -> tuple[Any, Any]:
    own = layer_of(view, cell)
    earlier = step + (1 if view.direction == "reverse" else -1)
    hidden = own["hidden_state"][0]
    if not 0 <= earlier < len(hidden):
        return np.zeros(hidden.shape[1]), np.zeros(hidden.shape[1])
    return hidden[earlier], own["cell_state"][0][earlier] if cell == "lstm" else np.zeros(hidden.shape[1])


def test_every_source_gives_the_traces_numbers_or_those_of_its_own_network(answers: list[Any]) -> None:
    compared = 0
    for view, cell, place, found in answers:
        step = place["step"]
        own = layer_of(view, cell)
        for name, each in found["forms"].items():
            source = form(cell, name)
            if source.reset != form(cell, "pytorch").reset:
                expected = own_network(view, cell, name, step)
                np.testing.assert_allclose(each["signals"]["hidden_state"], expected, atol=1e-5)
                continue
            for signal, values in each["signals"].items():
                right = own[signal][0, step]
                right = 1 - right if signal == "update_gate" and source.update == "replaces" else right
                np.testing.assert_allclose(values, right, atol=1e-5, err_msg=f"{view.task} {cell} {name} {signal}")
                compared += 1
    assert compared > 500


def own_network(view: View, cell: CellName, name: str, step: int) -> Any:
    """The state that the source's own network has after the step, from the trace's state before it."""
    arrays = layer.arrays_of(view, cell)
    module, start = stretch_at(view, cell, step)
    weights = {kind: arrays[f"{module}.{kind}"] for kind in layer.WEIGHTS}
    h, _ = states_before(view, cell, step)
    converted = convert_weights(cell, weights, "pytorch", name, exact=False)
    return run_form(cell, converted, name, arrays[f"{module}.inputs"][step - start : step - start + 1], h)[0]


def stretch_at(view: View, cell: CellName, step: int) -> tuple[str, int]:
    stretches = payload_header(view, cell)["layer"]["stretches"]
    found = [one for one in stretches if one["from"] <= step][-1]
    return found["name"], found["from"]


def test_the_lines_that_are_shown_end_in_the_number_and_add_up_to_the_last_digit(answers: list[Any]) -> None:
    added = 0
    for _, cell, place, found in answers:
        for name, each in found["forms"].items():
            for step, lines in zip(form(cell, name).equations, each["lines"], strict=True):
                assert "NaN" not in "".join(lines), step
                if re.fullmatch(r" = (?:[σφ]|tanh)\([^()×]+\)", lines[0]):
                    assert sum(numbers_of(lines[0])) == pytest.approx(numbers_of(lines[1])[0], abs=1e-9)
                    added += 1
            shown = numbers_of(each["lines"][-1][-1])[-1]
            assert shown == pytest.approx(each["signals"]["hidden_state"][place["unit"]], abs=5.1e-5)
    assert added > 200


def numbers_of(line: str) -> list[float]:
    """The numbers of a line; the sign of a summand stands apart from it."""
    return [float(sign.replace("−", "-") + digits) for sign, digits in re.findall(r"([−-]?) ?(\d+\.\d+)", line)]


def test_a_mistake_gives_what_the_network_with_that_mistake_gives(answers: list[Any]) -> None:
    """The sign of z by weights of the other sign, the place of r by d2l's network, the order by rows that are moved."""
    kinds = set()
    for view, cell, place, found in answers:
        step = place["step"]
        arrays = layer.arrays_of(view, cell)
        stretches = payload_header(view, cell)["layer"]["stretches"]
        if len(stretches) > 1 or view.direction == "reverse":
            continue
        weights = {kind: arrays[f"recurrent.{kind}"].astype(float) for kind in layer.WEIGHTS}
        h, c = states_before(view, cell, step)
        x = arrays["recurrent.inputs"]
        for mistake in found["mistakes"]:
            name, wrong = mistaken(cell, mistake["kind"], weights)
            kinds.add((cell, mistake["kind"]))
            np.testing.assert_allclose(
                mistake["here"], run_form(cell, wrong, name, x[step : step + 1], h, c)[0], atol=1e-5
            )
            np.testing.assert_allclose(mistake["whole"], run_form(cell, wrong, name, x, 0 * h)[step], atol=1e-4)
    assert {kind for cell, kind in kinds if cell == "gru"} == {"sign", "place", "order", "transposed", "bias"}


def mistaken(cell: CellName, kind: str, weights: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The form by which that network runs, and its weights."""
    count = len(form(cell, "pytorch").gates)
    blocks = {name: np.split(array, count) for name, array in weights.items()}
    if kind == "sign":
        for parts in blocks.values():
            parts[1] = -parts[1]
    elif kind == "place":
        return "d2l", convert_weights(cell, weights, "pytorch", "d2l", exact=False)
    elif kind == "order":
        stored = list(form(cell, "pytorch").gates)
        read = list(form(cell, "keras" if cell == "gru" else "d2l").gates)
        blocks = {name: [parts[read.index(gate)] for gate in stored] for name, parts in blocks.items()}
    elif kind == "transposed":
        blocks["weight_hh"] = [part.T for part in blocks["weight_hh"]]
    else:
        blocks["bias_hh"] = [0 * part for part in blocks["bias_hh"]]
    return "pytorch", {name: np.concatenate(parts) for name, parts in blocks.items()}


@pytest.mark.parametrize("cell", CELLS)
def test_the_weights_to_take_away_run_in_the_sources_own_form(cell: CellName) -> None:
    view = replace(VIEWS[0], cells=(cell,))
    own, arrays = layer_of(view, cell), layer.arrays_of(view, cell)
    for name in forms.names(cell):
        with np.load(BytesIO(forms.weights_file(view, cell, name))) as file:
            weights = {key.removeprefix("recurrent_l0_"): file[key] for key in file.files}
        states = run_form(cell, weights, name, arrays["recurrent.inputs"], np.zeros(own["hidden_state"].shape[2]))
        if form(cell, name).reset in (None, "after"):
            np.testing.assert_allclose(states, own["hidden_state"][0], atol=1e-4)
        else:
            assert np.abs(states - own["hidden_state"][0]).max() > 0.01
