from typing import Any

import numpy as np

from gateviz.figures.matrices import norm_map, share_map

TITLES: Any = {"earlier_title": "früher", "later_title": "später"}


def test_norms_are_coloured_by_their_power_of_ten_and_zeros_stay_empty() -> None:
    norms = np.array([[1.0, np.nan], [1e-3, 1.0]])
    norms[0, 1] = 0.0
    heat = norm_map(norms, norm_title="norm", **TITLES).data[0]
    np.testing.assert_allclose(heat.z, np.array([[0, np.nan], [-3, 0]]))
    np.testing.assert_array_equal(heat.customdata, norms)


def test_shares_keep_the_whole_scale_whatever_their_values() -> None:
    heat = share_map(np.full((2, 2), 0.5), share_title="share", **TITLES).data[0]
    assert (heat.zmin, heat.zmax) == (0, 1)


def test_the_first_step_is_at_the_top_left_and_the_words_are_the_callers() -> None:
    layout = share_map(np.zeros((2, 2)), share_title="Anteil", **TITLES).layout
    assert layout.yaxis.autorange == "reversed"
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("früher", "später")
