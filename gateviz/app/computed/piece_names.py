"""The names of the pieces of long texts: which text a name stands for, and what the page is given instead of the text.

A long text reaches the browser in pieces over HTTP (`gateviz.app.server.pieces`). The page gets a head with a name, and
asks for the pieces by that name. The name is a hash of the numbers, so a browser may keep what it got. This file
remembers which model and text each name stands for.
"""

from collections import OrderedDict
from threading import Lock

from gateviz.app.computed import cache
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.packing.pieces import comes_in_pieces

Place = tuple[str, tuple[CellName, ...], str, int, Direction]
"""Source, cells, text, layer and direction, as the caches take them."""

MOST = 4096
"""So many names are remembered, each with its text: 20 MB at most."""


class Names:
    """What the names of pieces stand for. Only the names that were used last are kept."""

    def __init__(self) -> None:
        self.answered = False
        """Whether a server answers for pieces. If not, every picture is sent whole."""
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._lock = Lock()

    def put(self, name: str, place: Place) -> None:
        """Remember what the name stands for."""
        with self._lock:
            self._places[name] = place
            self._places.move_to_end(name)
            while len(self._places) > MOST:
                self._places.popitem(last=False)

    def get(self, name: str) -> Place | None:
        """What the name stands for; None if it is not remembered."""
        with self._lock:
            if name in self._places:
                self._places.move_to_end(name)
            return self._places.get(name)


NAMES = Names()


def payload(
    source: str, cells: tuple[CellName, ...], text: str, layer: int, direction: Direction, language: str, steps: int
) -> bytes:
    """What the viewer is mounted on: the whole picture, or the head of a long one."""
    if not (NAMES.answered and comes_in_pieces(steps)):
        return cache.payload(source, cells, text, layer, direction, language)
    name, data = cache.head(source, cells, text, layer, direction, language)
    NAMES.put(name, (source, cells, text, layer, direction))
    return data
