"""Every figure with wrong arguments of every kind, and with what is infinite, missing or empty in right ones."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
import torch

from gateviz import figures
from gateviz.figures.heatmaps import page_maps, plain
from gateviz.figures.palette import colorscale
from gateviz.figures.places import geometry, state_limit
from tests.refusals import refusal

HALVES = np.full((5, 3), 0.5)
CURVES = [figures.Curve("a", "lstm", np.ones(5))]
RIGHT: dict[str, dict[str, Any]] = {
    "gradient_bands": {"bands": HALVES, "labels": list("abc"), "step_title": "t", "norm_title": "n", "total": "sum"},
    "gradient_curves": {"curves": CURVES, "ticks": "abcde", "step_title": "t", "norm_title": "n", "underflow": "gone"},
    "norm_map": {"norms": HALVES, "earlier_title": "s", "later_title": "t", "norm_title": "n"},
    "share_map": {"shares": HALVES, "earlier_title": "s", "later_title": "t", "share_title": "share"},
    "signal_maps": {"signals": {"forget_gate": HALVES, "cell_state": HALVES},
                    "titles": {"forget_gate": "f", "cell_state": "c"}, "limits": {"cell_state": 2.0}},
    "saturation_map": {"gates": {"f": (np.zeros(3), np.ones(3))}, "left_title": "l", "right_title": "r", "unit": "u"},
}  # fmt: skip
NOT_NUMBERS: list[Any] = [
    None,
    "text",
    {"a": 1},
    [[1.0], [1.0, 2.0]],
    [["a"]],
    np.array([[1j]]),
    torch.ones(2, 3, requires_grad=True),
]
NOT_TWO_AXES: list[Any] = [*NOT_NUMBERS, 1.0, np.ones(3), np.ones((1, 5, 3)), np.ones((1, 1, 5, 3))]
NOT_A_TEXT: list[Any] = [None, 3, b"text", ["text"]]
WRONG: dict[str, list[Any]] = {
    "bands": [*NOT_TWO_AXES, np.ones((5, 2))],
    "labels": [None, 3, ["a"], [], ["a", "b", 3], ["a", "b", None]],
    "curves": [None, 3, CURVES[0], [np.ones(5)], [None], ["a"], [figures.Curve("a", "lstm", np.ones(6))]],
    "ticks": [None, 5, "abcd", "", ["a", "b", "c", "d", 5]],
    "norms": [*NOT_TWO_AXES, -HALVES],
    "shares": [*NOT_TWO_AXES, -HALVES, 3 * HALVES],
    "signals": [None, {}, HALVES, {"cell_state": None}, {"cell_state": HALVES[0]}, {"cell_state": HALVES[None]},
                {"cell_state": "text"}, {"cell_state": HALVES, "forget_gate": HALVES[:4]}, {"other": HALVES},
                {3: HALVES}],
    "titles": [None, {}, "text", {"forget_gate": "f"}, {"forget_gate": "f", "cell_state": None}],
    "limits": ["text", 3.0, {"cell_state": 0}, {"cell_state": -1.0}, {"cell_state": "1"}, {"cell_state": np.nan},
               {"cell_state": np.inf}, {"cell_state": None}],
    "gates": [None, {}, HALVES, {"f": HALVES[:, 0]}, {"f": (np.ones(3),)}, {"f": (np.ones(3), np.ones(2))},
              {"f": (HALVES, HALVES)}, {"f": (np.ones(3), None)}, {"f": (-np.ones(3), np.ones(3))},
              {"f": (np.ones(3), 2 * np.ones(3))}, {3: (np.ones(3), np.ones(3))}],
    "palette": [None, "light", {"gate": ()}, figures.Palette],
}  # fmt: skip


def draw(name: str, **changed: Any) -> go.Figure:
    return getattr(figures, name)(**{**RIGHT[name], **changed})


TABLE = [
    pytest.param(name, argument, value, id=f"{name}-{argument}-{number}")
    for name, arguments in RIGHT.items()
    for argument in (*arguments, "palette")
    for number, value in enumerate(WRONG.get(argument, NOT_A_TEXT))
]


@pytest.mark.parametrize(("name", "argument", "value"), TABLE)
def test_a_wrong_argument_is_refused_in_one_sentence(name: str, argument: str, value: Any) -> None:
    refusal(draw, name, **{argument: value})


@pytest.mark.parametrize("name", ["gradient_bands", "norm_map", "share_map"])
def test_a_batch_is_refused_with_the_way_to_one_of_its_sequences(name: str) -> None:
    argument = next(iter(RIGHT[name]))
    assert f"such as {argument}[0]" in refusal(draw, name, **{argument: np.ones((2, 5, 3))})
    assert "such as cell_state[0]" in refusal(draw, "signal_maps", signals={"cell_state": np.ones((2, 5, 3))})


@pytest.mark.parametrize(
    "wrong",
    [("a", "lstm", -np.ones(3)), ("a", "lstm", HALVES), ("a", "lstm", None), ("a", "lstm", "text"),
     ("a", "LSTM", [1.0]), ("a", None, [1.0]), ("a", ["lstm"], [1.0]), (None, "lstm", [1.0]), (3, "lstm", [1.0])],
)  # fmt: skip
def test_a_curve_is_a_label_a_cell_and_norms(wrong: tuple[Any, Any, Any]) -> None:
    refusal(figures.Curve, *wrong)


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("kind", ["list", "float16", "bool", "tensor"])
def test_a_figure_takes_numbers_of_every_kind(name: str, kind: str) -> None:
    def given(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: given(part) for key, part in value.items()}
        if isinstance(value, tuple):
            return tuple(map(given, value))
        if not isinstance(value, np.ndarray):
            return value
        if kind == "tensor":
            return torch.from_numpy(value)
        return value.tolist() if kind == "list" else value.astype(kind)

    assert draw(name, **{argument: given(value) for argument, value in RIGHT[name].items()}).to_json()


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_what_is_infinite_or_missing_is_a_gap(value: float) -> None:
    spoiled = HALVES.copy()
    spoiled[0, 0] = value
    assert np.isnan(draw("gradient_bands", bands=spoiled).data[0].y).tolist() == [True, False, False, False, False]
    assert np.isnan(draw("norm_map", norms=spoiled).data[0].z).sum() == 1
    line = draw("gradient_curves", curves=[figures.Curve("a", "gru", spoiled[:, 0])]).data[0]
    assert np.isnan(line.y).tolist() == [True, False, False, False, False]
    figure = draw("signal_maps", signals={"cell_state": spoiled, "forget_gate": spoiled}, limits=None)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-1, 1), "the limit is that of the finite ones"
    assert page_maps({"cell_state": spoiled}, limits={}).to_dict()["data"]


def test_an_empty_sequence_has_an_empty_figure() -> None:
    assert len(draw("gradient_bands", bands=np.zeros((0, 3))).data[0].y) == 0
    assert draw("norm_map", norms=np.zeros((0, 0))).to_json()
    assert draw("gradient_curves", curves=[], ticks=[]).to_json()
    assert draw("signal_maps", signals={"cell_state": np.zeros((0, 3))}).to_json()


@pytest.mark.parametrize("wrong", [None, 3, "#ffffff", (), ("#ffffff",), ("#ffffff", 3)])
def test_a_colour_scale_has_two_colours_or_more(wrong: Any) -> None:
    refusal(colorscale, wrong)


def test_the_other_functions_refuse_what_they_cannot_use() -> None:
    for value in NOT_A_TEXT:
        refusal(plain, value)
    for value in NOT_NUMBERS:
        refusal(state_limit, value)
    for value in (-1, 1.5, None, "3", True):
        refusal(geometry, ("cell_state",), value)


def test_the_limit_of_states_without_a_finite_one_is_one() -> None:
    assert state_limit(np.array([np.nan, np.inf])) == 1.0
    assert state_limit(np.array([np.nan, np.inf, 1.4])) == 1.5
