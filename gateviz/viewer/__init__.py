"""The browser's side: one viewer, whose parts are joined here, for the app's component and an offline page alike."""

from functools import cache
from importlib.resources import files

_PARTS = (
    "payload.js", "followed.js", "pieces.js", "colours.js", "numbers.js", "elements.js", "tints.js", "tokens.js",
    "overview.js", "typing.js", "transport.js", "pen.js", "cells.js", "strips.js", "sums.js", "equations.js", "card.js",
    "deeds.js", "guesses.js", "answers.js", "curves.js", "heatmaps.js", "ground.js", "mapviews.js", "profiles.js",
    "maps.js", "panel.js", "options.js", "picture.js", "lecture.js", "saving.js", "images.js", "keyhome.js",
    "bookmark.js",
    "viewer.js",
)  # fmt: skip


@cache
def javascript() -> str:
    """One ES module: its default export mounts the viewer. The parts share a scope, so none needs a bundler."""
    return "\n".join(_read(part) for part in _PARTS)


@cache
def gradients_javascript() -> str:
    """One ES module for the tokens of the Gradients page, coloured by dL/dx, and for its figures as files."""
    parts = ("colours.js", "numbers.js", "elements.js", "lecture.js", "saving.js", "gradient_figures.js", "saliency.js")
    return "\n".join(_read(part) for part in parts)


@cache
def lesson_javascript() -> str:
    """One ES module for the lesson panel and the keys of lecture mode, which are on every page."""
    return "\n".join(_read(part) for part in ("numbers.js", "elements.js", "typing.js", "lecture.js", "lesson.js"))


@cache
def lesson_stylesheet() -> str:
    """The style sheet of the lesson panel."""
    return _read("lesson.css")


@cache
def offline_javascript() -> str:
    """The viewer and the shell of an exported page, as one ES module that starts itself."""
    return "\n".join((javascript(), _read("figure_choice.js"), _read("offline.js")))


@cache
def take_away_javascript() -> str:
    """One ES module for the dialog of link, QR code and figures."""
    return "\n".join(_read(part) for part in ("elements.js", "figure_choice.js", "take_away.js"))


@cache
def take_away_stylesheet() -> str:
    """The style sheet of that dialog."""
    return _read("take_away.css")


@cache
def stylesheet() -> str:
    """The viewer's style sheet; it stays inside the component's shadow root."""
    return _read("viewer.css") + _read("wide.css") + _read("lecture.css")


@cache
def offline_stylesheet() -> str:
    """All styles of an exported page."""
    return "\n".join((stylesheet(), _read("overlay.css"), take_away_stylesheet(), _read("offline.css")))


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
