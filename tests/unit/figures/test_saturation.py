import numpy as np

from gateviz.figures.saturation import saturation_map


def test_each_unit_is_a_dot_at_its_two_shares() -> None:
    gates = {"forget": (np.array([0.1, 0.0]), np.array([0.2, 1.0])), "input": (np.zeros(2), np.ones(2))}
    figure = saturation_map(gates, left_title="shut", right_title="open", unit="unit")
    assert [trace.name for trace in figure.data[:2]] == ["forget", "input"]
    np.testing.assert_array_equal(figure.data[0].x, [0.2, 1.0])
    np.testing.assert_array_equal(figure.data[0].y, [0.1, 0.0])
    assert figure.data[0].marker.color != figure.data[1].marker.color
