"""A figure that is a dictionary from the beginning.

Plotly makes an object of every attribute of a figure, checks it, and makes a copy of them all when the figure is drawn:
12 ms for the eight heatmaps of a picture, half of what a sentence took. What we build ourselves needs no check.
"""

import base64
from typing import Any

import plotly.graph_objects as go
from numpy.typing import NDArray


class PlainFigure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure whose dictionary is taken as it is: to be drawn, not to be changed.

    Args:
        figure: What `plotly.io.to_json` of a figure holds: "data", and "layout". It has no template.
    """

    def __init__(self, figure: dict[str, Any]) -> None:  # Plotly's own would make the objects
        object.__setattr__(self, "_figure", figure)

    def to_dict(self) -> dict[str, Any]:
        """The dictionary itself; nobody may change it."""
        found: dict[str, Any] = self._figure
        return found

    def checked(self) -> go.Figure:
        """The same as a figure that Plotly has checked, to look into or to change.

        Raises:
            ValueError: Plotly knows an attribute or a value not.
        """
        return go.Figure(self._figure)


def as_base64(array: NDArray[Any]) -> dict[str, str]:
    """A two-dimensional array as Plotly writes it into JSON; it reads it back without asking for each number."""
    rows, columns = array.shape
    numbers = base64.b64encode(array.tobytes()).decode()
    return {"dtype": array.dtype.str[1:], "bdata": numbers, "shape": f"{rows}, {columns}"}
