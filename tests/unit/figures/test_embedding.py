import numpy as np
import pytest

from gateviz.errors import ShapeError
from gateviz.figures.embedding import token_plane

POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])


def test_the_tokens_of_the_text_and_of_the_group_have_their_names() -> None:
    figure = token_plane(POINTS, ["a", "b", "c"], named=[0, 2], group=[2], title="all", group_title="kind")
    every, text, group = figure.data
    assert list(every.text) == ["a", "b", "c"]
    assert (list(text.text), list(group.text)) == (["a"], ["c"])
    assert (group.x[0], group.y[0]) == (4, 5)


def test_there_is_a_name_for_each_point() -> None:
    with pytest.raises(ShapeError, match="3 points and 2 names"):
        token_plane(POINTS, ["a", "b"], named=[], title="")
