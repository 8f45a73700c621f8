import numpy as np

from gateviz.figures.bands import gradient_bands


def test_the_bands_are_stacked_and_the_line_is_their_sum() -> None:
    bands = np.array([[1.0, -0.25], [0.5, 0.5], [0.0, 2.0]])
    figure = gradient_bands(bands, ["a", "b"], step_title="step", norm_title="norm", total="all")
    assert figure.layout.barmode == "relative"
    assert [trace.name for trace in figure.data] == ["a", "b", "all"]
    np.testing.assert_array_equal(figure.data[0].y, bands[:, 0])
    np.testing.assert_array_equal(figure.data[2].y, [0.75, 1.0, 2.0])


def test_a_single_band_has_a_colour_too() -> None:
    figure = gradient_bands(np.ones((2, 1)), ["a"], step_title="step", norm_title="norm", total="all")
    assert figure.data[0].marker.color
