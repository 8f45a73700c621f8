"""Where the maps lie, and how wide a state's scale is."""

import numpy as np
import pytest

from gateviz.figures.places import geometry, page_geometry, page_map_height, state_limit

NAMES = ("hidden_state", "cell_state", "forget_gate", "candidate")


@pytest.mark.parametrize("units", [1, 50, 512])
def test_no_map_hides_a_unit_or_another_map_or_its_title(units: int) -> None:
    places = geometry(NAMES, units).maps
    assert all(place.height >= units for place in places)
    ends = [0, *(place.top + place.height for place in places)]
    assert all(place.top - end >= 14 for place, end in zip(places, ends, strict=False)), "room for 14 px of type"


@pytest.mark.parametrize(("rows", "height"), [(1, 64), (10, 60), (32, 64), (33, 66), (64, 128), (65, 128), (256, 256)])
def test_on_the_page_a_row_of_few_is_two_whole_px_high_or_more(rows: int, height: int) -> None:
    assert page_map_height(rows) == height
    found = page_geometry(NAMES, rows)
    assert [place.top for place in found.maps] == [15 + index * (15 + height) for index in range(len(NAMES))]
    assert found.height == found.maps[-1].top + height


def test_a_states_limit_is_a_round_number_over_nearly_all_values() -> None:
    values = np.zeros((10, 100))
    values[0, 0] = 90.0
    values[:, 1:11] = 1.2
    assert state_limit(values) == 1.5, "one unit of 90 must not flatten the rest"
    assert state_limit(np.full((2, 2), -250.3)) == 251.0
    assert state_limit(np.array([[0.2, np.nan]])) == 1.0
    assert state_limit(np.zeros((0, 4))) == 1.0
