"""The decay curves: the norms as they are, on a log axis, and what has underflowed is marked."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateviz.figures.gradients import MARKERS, Curve, gradient_curves
from gateviz.figures.heatmaps import plain
from gateviz.figures.palette import DARK, LIGHT
from gateviz.results.trace import CELLS

TEXT = "The Time <b>&"


def drawn(*curves: Curve, text: str = TEXT) -> go.Figure:
    return gradient_curves(
        curves,
        ticks=[plain(character) for character in text],
        step_title="step",
        norm_title="norm",
        underflow="gone",
        palette=DARK,
    )


def decay(cell: str, steps: int = len(TEXT), rate: float = 10.0) -> Curve:
    assert cell in CELLS
    return Curve(cell.upper(), cell, rate ** np.arange(-steps, 0, dtype=np.float64))


def test_a_line_is_its_norms_step_by_step_in_the_colour_of_its_cell() -> None:
    curves = [decay(cell, rate=2.0 + index) for index, cell in enumerate(CELLS)]
    figure = drawn(*curves)
    assert [line.name for line in figure.data] == [curve.label for curve in curves]
    for line, curve in zip(figure.data, curves, strict=True):
        np.testing.assert_array_equal(line.x, np.arange(len(TEXT)))
        np.testing.assert_array_equal(line.y, curve.norms)
        assert line.line.color == line.marker.color == DARK.cell[curve.cell]


def test_an_underflowed_norm_is_a_gap_with_a_triangle_at_the_foot_of_the_figure() -> None:
    gone = Curve("RNN", "rnn", np.array([0.0, 0.0, 1e-300, 1e-5, 1.0]))
    line, triangles = drawn(gone, text="abcde").data
    np.testing.assert_array_equal(np.isnan(line.y), [True, True, False, False, False])
    np.testing.assert_array_equal(line.y[2:], gone.norms[2:])
    assert (triangles.name, triangles.marker.symbol) == ("RNN: gone", "triangle-down")
    np.testing.assert_array_equal(triangles.x, [0, 1])
    np.testing.assert_allclose(triangles.y, 1e-300, rtol=1e-6)


def test_the_triangles_of_one_curve_stand_at_the_smallest_norm_of_all() -> None:
    figure = drawn(Curve("a", "rnn", np.array([0.0, 1.0])), Curve("b", "lstm", np.array([1e-8, 1.0])), text="ab")
    assert len(figure.data) == 3
    np.testing.assert_allclose(figure.data[2].y, [1e-8])


def test_a_curve_that_has_wholly_underflowed_is_still_shown() -> None:
    line, triangles = drawn(Curve("a", "rnn", np.zeros(3)), text="abc").data
    assert np.isnan(line.y).all()
    assert len(triangles.x) == 3
    assert (np.asarray(triangles.y) > 0).all(), "a log axis has no zero"


def test_a_curve_without_zeros_has_no_triangles() -> None:
    assert [line.marker.symbol for line in drawn(decay("gru")).data] == [MARKERS["gru"]]


def test_the_norms_stand_on_a_log_axis_under_the_titles_that_were_given() -> None:
    layout = drawn(decay("lstm")).layout
    assert (layout.yaxis.type, layout.yaxis.title.text) == ("log", "norm")
    assert (layout.xaxis.type, layout.xaxis.title.text) == (None, "step")


@settings(deadline=None, max_examples=40)
@given(span=st.floats(0.5, 320))
def test_the_log_axis_has_some_ten_lines_whatever_it_spans(span: float) -> None:
    norms = np.logspace(-min(span, 300), 0, 20)
    every = drawn(Curve("a", "gru", norms), text=20 * "x").layout.yaxis.dtick
    assert every == int(every) >= 1
    assert -np.log10(norms[0]) / every <= 10


def test_the_kinds_of_curves_differ_by_more_than_colour() -> None:
    norms = np.ones(3)
    figure = drawn(
        Curve("h", "lstm", norms),
        Curve("c", "lstm", norms, is_cell_state=True),
        Curve("untrained", "lstm", norms, is_untrained=True),
        Curve("other", "gru", norms),
    )
    looks = [(line.line.dash, line.line.width, line.marker.symbol) for line in figure.data]
    assert len(set(looks)) == 4


def test_the_ticks_are_the_characters_as_they_were_given_with_no_markup_left() -> None:
    axis = drawn(decay("rnn")).layout.xaxis
    assert list(axis.ticktext) == ["T", "h", "e", " ", "T", "i", "m", "e", " ", "&lt;", "b", "&gt;", "&amp;"]
    assert list(axis.tickvals) == list(range(len(TEXT)))


@pytest.mark.parametrize("steps", [1, 80, 81, 600])
def test_a_long_text_has_fewer_ticks_and_no_markers(steps: int) -> None:
    text = "".join(chr(0x4E00 + step) for step in range(steps))
    figure = drawn(decay("rnn", steps, rate=1.01), text=text)
    axis = figure.layout.xaxis
    assert [text[step] for step in axis.tickvals] == list(axis.ticktext)
    assert len(axis.tickvals) <= 80
    assert figure.data[0].mode == ("lines+markers" if steps <= 80 else "lines")


def test_the_axis_spans_the_whole_text_though_the_curves_end_at_the_loss() -> None:
    layout = drawn(decay("rnn", steps=3)).layout
    low, high = layout.xaxis.range
    assert low < 0
    assert high > len(TEXT) - 1


def test_without_a_palette_the_colours_are_those_of_the_light_page() -> None:
    figure = gradient_curves([decay("gru", steps=3)], ticks="abc", step_title="", norm_title="", underflow="")
    assert figure.data[0].line.color == LIGHT.cell["gru"]


def test_words_that_would_run_into_each_other_are_turned_and_have_room_below() -> None:
    def layout(ticks: list[str]) -> go.Layout:
        return gradient_curves(
            [decay("gru", 2)], ticks=ticks, step_title="step", norm_title="norm", underflow="gone", palette=DARK
        ).layout

    straight, turned = layout(["travelled"] * 5), layout(["travelled"] * 50)
    assert (straight.xaxis.tickangle, turned.xaxis.tickangle) == (0, -60)
    assert turned.margin.b - straight.margin.b == turned.height - straight.height > 0
    assert layout(["a"] * 80).xaxis.tickangle == 0, "letters have room"
