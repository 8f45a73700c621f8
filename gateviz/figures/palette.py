"""The colours of gateviz: figures, viewer and .streamlit/config.toml all use these.

LIGHT and DARK hold colours for a notebook or an export. THEMED holds the placeholders that Streamlit's front end
replaces with the colours of the current theme, so that a figure follows light and dark without asking the server.
"""

from dataclasses import dataclass
from typing import Literal

from gateviz.errors import InputError, as_given

Cell = Literal["rnn", "lstm", "gru"]

CIVIDIS = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173",
    "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838",
)  # fmt: skip


@dataclass(frozen=True)
class Palette:
    """Colours of one theme.

    Attributes:
        gate: Sequential scale for values in [0, 1]: evenly spaced stops from low to high.
        state: Diverging scale for values in [-limit, limit]; the stop in the middle is the colour of the page.
        cell: One colour for each architecture.
        text: The colour of axes and titles.
        grid: The colour of grid lines.
    """

    gate: tuple[str, ...]
    state: tuple[str, ...]
    cell: dict[str, str]
    text: str
    grid: str


LIGHT = Palette(
    gate=CIVIDIS,
    state=("#1f5a9e", "#4393c3", "#92c5de", "#d1e5f0", "#ffffff", "#fddbc7", "#f4a582", "#d6604d", "#a81529"),
    cell={"rnn": "#d55e00", "lstm": "#0072b2", "gru": "#009e73"},
    text="#31333f",
    grid="#e3e5ea",
)

DARK = Palette(
    gate=CIVIDIS,
    state=("#5cb3ff", "#3a8cdb", "#2768a8", "#1a4468", "#11151b", "#5c2620", "#9c3d2d", "#d9553d", "#ff7a5c"),
    cell={"rnn": "#ff8f50", "lstm": "#63b8f5", "gru": "#3fcfa4"},
    text="#e6e8ec",
    grid="#2b313b",
)

# Streamlit's own numbering: categorical 01-10, sequential 11-20, diverging 21-30, text 36, faded text 39.
THEMED = Palette(
    gate=tuple(f"#0000{number}" for number in range(11, 21)),
    state=tuple(f"#0000{number}" for number in range(21, 30)),
    cell={"rnn": "#000001", "lstm": "#000002", "gru": "#000003"},
    text="#000037",
    grid="#000039",
)


SURPRISE = {"light": ("#ffffff", "#c7b2e5", "#6a3d9a"), "dark": ("#11151b", "#4a3b78", "#b89df2")}
"""The scale for bits of surprise, from none to many, by theme. It starts at the page; no other scale has its hue."""


def colorscale(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """Evenly spaced (position, colour) pairs, as Plotly takes them.

    Raises:
        InputError: Fewer than two colours.
    """
    if not isinstance(colours, (tuple, list)) or len(colours) < 2 or not all(isinstance(c, str) for c in colours):
        raise InputError(f"colours are {as_given(colours)}: give two or more, such as ('#ffffff', '#000000').")
    last = len(colours) - 1
    return [(index / last, colour) for index, colour in enumerate(colours)]
