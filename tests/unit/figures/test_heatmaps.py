"""The heatmaps show the signals as they are, and lie where the geometry says."""

import base64
import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from plotly.io import to_json
from plotly.tools import return_figure_from_figure_or_data

from gateviz.figures.heatmaps import page_maps, plain, signal_maps
from gateviz.figures.palette import DARK
from gateviz.figures.places import geometry, page_geometry
from gateviz.results.signals import GATES

Signals = dict[str, NDArray[np.floating]]
NAMES = ("hidden_state", "cell_state", "forget_gate", "candidate")


def random_signals(steps: int, units: int, names: tuple[str, ...] = NAMES) -> Signals:
    draw = np.random.default_rng(steps * 1000 + units)
    ranges = {"cell_state": (-7, 7), "hidden_state": (-1, 1), "candidate": (-1, 1)}
    return {name: draw.uniform(*ranges.get(name, (0, 1)), (steps, units)).astype(np.float32) for name in names}


def drawn(signals: Signals, **options: Any) -> go.Figure:
    return signal_maps(signals, {name: name for name in signals}, **options)


def drawn_on_the_page(signals: Signals, **options: Any) -> go.Figure:
    """The figure as Plotly reads it: it checks every attribute."""
    return page_maps(signals, **options).checked()


def values_of(heatmap: go.Heatmap) -> NDArray[Any]:
    """The numbers of a map, (unit, time), as the browser's Plotly reads them."""
    kept = heatmap.to_plotly_json()["z"]
    shape = tuple(int(size) for size in kept["shape"].split(", "))
    return np.frombuffer(base64.b64decode(kept["bdata"]), kept["dtype"]).reshape(shape)


@pytest.mark.parametrize(("steps", "units"), [(1, 1), (7, 3), (3, 200)])
def test_each_map_is_its_signal_with_units_downwards_and_time_to_the_right(steps: int, units: int) -> None:
    signals = random_signals(steps, units)
    figure = drawn(signals)
    assert [heatmap.name for heatmap in figure.data] == list(signals)
    for heatmap in figure.data:
        np.testing.assert_array_equal(heatmap.z, signals[heatmap.name].T)
        assert (heatmap.zmin, heatmap.zmax) == ((0, 1) if heatmap.name in GATES else (-heatmap.zmax, heatmap.zmax))
    for axis in (figure.layout.yaxis, figure.layout.yaxis2, figure.layout.yaxis3, figure.layout.yaxis4):
        assert axis.range == (units - 0.5, -0.5), "unit 0 on top"
    assert figure.layout.xaxis.range == (-0.5, steps - 0.5)


def test_gates_are_coloured_sequentially_and_states_divergingly() -> None:
    for heatmap in drawn(random_signals(4, 3), palette=DARK).data:
        scale = DARK.gate if heatmap.name in GATES else DARK.state
        assert tuple(colour for _, colour in heatmap.colorscale) == scale


@settings(deadline=None, max_examples=40)
@given(steps=st.integers(1, 9), units=st.integers(1, 9), limit=st.sampled_from([1.0, 1.5, 8.0]))
def test_a_map_on_the_page_is_within_half_a_quantisation_step(steps: int, units: int, limit: float) -> None:
    signals = random_signals(steps, units)
    figure = drawn_on_the_page(signals, limits={"cell_state": limit, "hidden_state": 1.0, "candidate": 1.0})
    for heatmap in figure.data:
        z = values_of(heatmap)
        assert z.dtype.itemsize == 1
        largest = limit if heatmap.name == "cell_state" else 1.0
        step = largest / heatmap.zmax
        shown = np.clip(signals[heatmap.name].T, -largest, largest)
        assert np.abs(z * step - shown).max() <= step / 2 + 1e-6
        assert heatmap.zmin == (0 if heatmap.name in GATES else -heatmap.zmax)


def test_not_a_number_is_a_gap_in_a_map_and_zero_on_the_page() -> None:
    values = np.array([[0.5, np.nan]], dtype=np.float32)
    signals: Signals = {"hidden_state": values, "forget_gate": values}
    for heatmap in drawn(signals).data:
        assert np.isnan(heatmap.z).tolist() == [[False], [True]]
    for heatmap in drawn_on_the_page(signals).data:
        assert values_of(heatmap)[1, 0] == 0


@pytest.mark.parametrize("units", [1, 50, 96, 97, 256, 512])
@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("on_page", [False, True])
def test_the_axes_lie_at_the_pixels_that_the_geometry_tells(units: int, count: int, on_page: bool) -> None:
    names = ("hidden_state", "cell_state", "forget_gate", "input_gate", "candidate", "output_gate")[:count]
    places = (page_geometry if on_page else geometry)(names, units)
    layout = (drawn_on_the_page if on_page else drawn)(random_signals(3, units, names)).layout
    assert (layout.margin.l, layout.margin.r, layout.height) == (places.left, places.right, places.height)
    plot_height = layout.height - layout.margin.t - layout.margin.b
    for index, place in enumerate(places.maps):
        bottom, top = layout[f"yaxis{index + 1 if index else ''}"].domain
        assert layout.margin.t + (1 - top) * plot_height == pytest.approx(place.top, abs=1e-6)
        assert (top - bottom) * plot_height == pytest.approx(place.height, abs=1e-6)
        assert 0 <= bottom < top <= 1


def test_on_the_page_there_are_maps_and_nothing_else() -> None:
    layout = drawn_on_the_page(random_signals(3, 4)).layout
    assert layout.annotations == ()
    assert not any(layout[axis].visible for axis in layout if axis[1:5] == "axis")
    assert (layout.margin.l, layout.margin.r, layout.margin.t, layout.margin.b) == (0, 0, 0, 0)


def test_streamlit_sends_the_dictionary_as_it_is() -> None:
    figure = page_maps(random_signals(3, 4))
    sent = return_figure_from_figure_or_data(figure, validate_figure=True)
    assert sent is figure.to_dict()
    assert json.loads(to_json(sent, validate=False)) == json.loads(json.dumps(sent))


def test_the_titles_stand_over_their_maps_in_the_same_order() -> None:
    signals = random_signals(2, 5)
    figure = signal_maps(signals, {name: f"<i>x</i> {name}" for name in signals})
    tops = [figure.layout[f"yaxis{index + 1 if index else ''}"].domain[1] for index in range(len(signals))]
    assert [note.text for note in figure.layout.annotations] == [f"<i>x</i> {name}" for name in signals]
    assert [note.y for note in figure.layout.annotations] == pytest.approx(tops)


@pytest.mark.parametrize("steps", [1, 2, 12, 13, 38, 100, 600])
def test_the_step_numbers_count_from_one_and_never_crowd(steps: int) -> None:
    axis = drawn(random_signals(steps, 2)).layout.xaxis
    assert [int(text) for text in axis.ticktext] == [tick + 1 for tick in axis.tickvals]
    assert axis.tickvals[0] == 0
    assert set(axis.tickvals) <= set(range(steps))
    assert len(axis.tickvals) <= 14
    gaps = np.diff(axis.tickvals)
    assert len(gaps) == 0 or gaps.min() * 2 >= gaps.max()


def test_a_limit_that_is_given_is_taken_and_else_that_of_the_values() -> None:
    signals: Signals = {"cell_state": np.full((2, 2), 2.7)}
    assert drawn(signals).data[0].zmax == 3.0
    assert drawn(signals, limits={"cell_state": 5.0}).data[0].zmax == 5.0


@given(st.text(alphabet="<>&;ab/=\"' lt", max_size=30))
def test_what_a_user_typed_keeps_no_markup_and_can_be_read_back(text: str) -> None:
    escaped = plain(text)
    assert not {"<", ">"} & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
