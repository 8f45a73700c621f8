"""The browser's side: one viewer, whose parts are joined here, for the app's component and an offline page alike."""

from functools import cache
from importlib.resources import files

_PARTS = (
    "payload.js", "colours.js", "numbers.js", "elements.js", "tokens.js", "transport.js", "pen.js", "cells.js",
    "deeds.js",
    "guesses.js", "curves.js", "maps.js", "panel.js", "options.js", "picture.js", "viewer.js",
)  # fmt: skip


@cache
def javascript() -> str:
    """One ES module: its default export mounts the viewer. The parts share a scope, so none needs a bundler."""
    return "\n".join(_read(part) for part in _PARTS)


@cache
def gradients_javascript() -> str:
    """One ES module for the tokens of the Gradients page, coloured by dL/dx."""
    return "\n".join(_read(part) for part in ("colours.js", "numbers.js", "elements.js", "saliency.js"))


@cache
def stylesheet() -> str:
    """The viewer's style sheet; it stays inside the component's shadow root."""
    return _read("viewer.css")


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
