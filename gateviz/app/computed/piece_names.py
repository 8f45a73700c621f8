"""The names of pictures: which view a name stands for, and what the page is given of it at once.

A long text reaches the browser in pieces over HTTP (`gateviz.app.server.pieces`). The page asks for them by the
picture's name. The name is a hash of the numbers, so a browser may keep what it got. This file remembers which view
each name stands for.
"""

from collections import OrderedDict
from threading import Lock

from gateviz.app.computed import pictures
from gateviz.models.view import View
from gateviz.viewer.packing.pieces import comes_in_pieces

MOST = 4096
"""So many names are remembered, each with its text: 20 MB at most."""


class Names:
    """What the names of pieces stand for. Only the names that were used last are kept."""

    def __init__(self) -> None:
        self.answered = False
        """Whether a server answers for pieces. If not, every picture is sent whole."""
        self._views: OrderedDict[str, View] = OrderedDict()
        self._lock = Lock()

    def put(self, name: str, view: View) -> None:
        """Remember what the name stands for."""
        with self._lock:
            self._views[name] = view
            self._views.move_to_end(name)
            while len(self._views) > MOST:
                self._views.popitem(last=False)

    def get(self, name: str) -> View | None:
        """What the name stands for; None if it is not remembered."""
        with self._lock:
            if name in self._views:
                self._views.move_to_end(name)
            return self._views.get(name)


NAMES = Names()


def payload(view: View, steps: int, *, in_pieces: bool = True) -> bytes:
    """What the viewer is mounted on: the whole picture, or the head of a long one if the browser gets pieces."""
    if not (in_pieces and NAMES.answered and comes_in_pieces(steps)):
        return pictures.whole(view)
    name, data = pictures.head(view)
    NAMES.put(name, view)
    return data
