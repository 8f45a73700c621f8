import numpy as np

from gateviz.figures.weights import eigenvalue_plane, weight_map


def test_the_colours_of_a_map_are_symmetric_about_zero() -> None:
    heat = weight_map(np.array([[0.5, -2.0], [1.0, 0.0]]), title="U", row_title="unit", column_title="h").data[0]
    assert (heat.zmin, heat.zmax) == (-2, 2)
    assert (weight_map(np.zeros((2, 3)), title="", row_title="", column_title="").data[0].zmax) == 1


def test_the_outer_circle_has_the_spectral_radius_and_the_solid_one_is_the_unit_circle() -> None:
    values = np.array([1 + 1j, 1 - 1j, 0.5])
    figure = eigenvalue_plane(values, title="", hover="")
    np.testing.assert_array_equal(figure.data[0].x, values.real)
    np.testing.assert_array_equal(figure.data[0].y, values.imag)
    circles = {shape.line.dash: shape.x1 for shape in figure.layout.shapes}
    assert circles == {"solid": 1.0, "dot": float(np.sqrt(2))}
