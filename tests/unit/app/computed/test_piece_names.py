"""The names of pieces: a long text gets one, a short text comes whole, and only the latest are remembered."""

from dataclasses import replace

import pytest

from gateviz.app.computed import pictures
from gateviz.app.computed.piece_names import MOST, NAMES, Names, payload
from gateviz.models.view import View
from gateviz.viewer.packing.pieces import PIECE
from tests.packed import unpack

VIEW = View("timemachine", ("rnn", "gru"), "It was 1895, and the fog came down. " * 10)


def test_a_short_text_comes_whole_and_so_does_a_long_one_without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NAMES, "answered", True)
    short = replace(VIEW, text=VIEW.text[: 2 * PIECE])
    assert payload(short, len(short.text)) == pictures.whole(short)
    assert payload(VIEW, len(VIEW.text), in_pieces=False) == pictures.whole(VIEW), "to whom no piece gets through"
    monkeypatch.setattr(NAMES, "answered", False)
    whole = payload(VIEW, len(VIEW.text))
    assert whole == pictures.whole(VIEW)
    assert "pieces" not in unpack(whole)[0]


def test_only_the_latest_names_are_remembered() -> None:
    names = Names()
    for number in range(MOST + 2):
        names.put(str(number), VIEW)
        names.get("0")
    assert names.get("0") == VIEW, "it is still asked for"
    assert names.get("1") is None
    assert names.get(str(MOST + 1)) == VIEW
