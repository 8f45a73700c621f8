"""A link as a QR code: drawn here, by segno (docs/decisions/0006), so that no link is sent to a service."""

from itertools import groupby
from typing import NamedTuple

MOST_BYTES = 1200
"""The longest link that gets a code. Its code has 117 modules a side; a finer one cannot be read off a projector."""


class Code(NamedTuple):
    """A QR code without its quiet zone."""

    modules: int
    """How many modules (squares) a side has."""
    path: str
    """The dark modules, as the `d` of an SVG path; a module is a unit square."""


def code_of(link: str) -> Code | None:
    """The code of a link; None if the link is too long (MOST_BYTES) or empty."""
    import segno  # noqa: PLC0415  it takes 30 ms, and few ask for a code

    data = link.encode("utf-8", "replace")
    if not 0 < len(data) <= MOST_BYTES:
        return None
    rows = segno.make(data, error="l", mode="byte", micro=False).matrix
    return Code(len(rows), "".join(_runs(y, row) for y, row in enumerate(rows)))


def _runs(y: int, row: bytearray) -> str:
    """The dark stretches of a row as rectangles."""
    path, x = "", 0
    for dark, stretch in groupby(row):
        length = len(list(stretch))
        if dark:
            path += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return path
