"""The style sheets of the page around the viewer. main.py runs anew for each visitor and would read them each time."""

from functools import cache
from pathlib import Path


@cache
def page_style() -> str:
    """All of them, one after another."""
    names = ("page", "controls", "icons", "shell", "lecture", "figures", "hood", "train")
    own = [(Path(__file__).parents[1] / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return "".join(own)
