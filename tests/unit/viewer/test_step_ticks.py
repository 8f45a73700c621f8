"""The maps that the viewer draws have their step numbers where Plotly's figures have theirs."""

from collections.abc import Callable
from typing import Any

from gateviz.figures import palette
from gateviz.figures.heatmaps import _step_axis

SIZES = [1, 2, 3, 11, 12, 13, 24, 25, 59, 60, 61, 68, 119, 120, 121, 159, 160]
IN_NODE = """
import { stepTicks } from "./maps/step_ticks.js";
console.log(JSON.stringify(JSON.parse(Buffer.from(input)).map((steps) => stepTicks(steps))));
"""


def test_both_axes_number_the_same_steps(in_node: Callable[..., Any]) -> None:
    found = in_node(IN_NODE, data=str(SIZES).encode())
    assert found == [_step_axis(steps, palette.LIGHT)["tickvals"] for steps in SIZES]
