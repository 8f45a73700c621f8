"""The names of pieces: a long text gets one, a short text comes whole, and only the latest are remembered."""

import pytest

from gateviz.app.computed import cache
from gateviz.app.computed.piece_names import MOST, NAMES, Names, Place, payload
from gateviz.viewer.packing.pieces import PIECE
from tests.packed import unpack

PLACE: Place = ("timemachine", ("rnn", "gru"), "It was 1895, and the fog came down. " * 10, 0, "forward")


def test_a_short_text_comes_whole_and_so_does_a_long_one_without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    source, cells, text, layer, direction = PLACE
    monkeypatch.setattr(NAMES, "answered", True)
    short = text[: 2 * PIECE]
    assert payload(source, cells, short, layer, direction, "en", len(short)) == cache.payload(
        source, cells, short, layer, direction, "en"
    )
    monkeypatch.setattr(NAMES, "answered", False)
    whole = payload(source, cells, text, layer, direction, "en", len(text))
    assert whole == cache.payload(source, cells, text, layer, direction, "en")
    assert "pieces" not in unpack(whole)[0]


def test_only_the_latest_names_are_remembered() -> None:
    names = Names()
    for number in range(MOST + 2):
        names.put(str(number), PLACE)
        names.get("0")
    assert names.get("0") == PLACE, "it is still asked for"
    assert names.get("1") is None
    assert names.get(str(MOST + 1)) == PLACE
