"""The pieces of a long text over HTTP: the middleware answers for names that a page was given, and for no others."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.computed.piece_names import NAMES, payload
from gateviz.app.server.pieces import Pieces
from gateviz.models.view import View
from gateviz.viewer.packing.pieces import PIECE
from tests.packed import unpack

TEXT = "It was 1895, and the fog came down. " * 10
VIEW = View("timemachine", ("rnn", "gru"), TEXT)


async def streamlit(_: Any, __: Any, send: Any) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from Streamlit"})


def ask(path: str, *, method: str = "GET", kind: str = "http") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": kind, "path": path, "method": method, "headers": []}
    nothing: Any = None
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Pieces(streamlit)(scope, nothing, keep)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(NAMES, "answered", True)
    header, signals = unpack(payload(VIEW, len(TEXT)))
    assert signals == {}
    return str(header["pieces"]["name"])


def test_each_piece_has_the_traces_numbers(name: str) -> None:
    for number in range(3):
        status, headers, body = ask(f"/_gateviz/{name}/{number}")
        assert status == 200
        assert headers["content-length"] == str(len(body))
        assert "immutable" in headers["cache-control"]
        _, signals = unpack(body)
        assert list(signals) == ["rnn", "gru"]
        for cell in ("rnn", "gru"):
            layer = gateviz.load_pretrained("timemachine", cell).trace(TEXT).layer(0)
            for signal, values in signals[cell].items():
                expected = layer[signal][0, number * PIECE : (number + 1) * PIECE]
                np.testing.assert_allclose(values, expected, rtol=2.0**-15, atol=1e-6)


def test_the_sums_come_apart_and_hold_no_signals(name: str) -> None:
    header, signals = unpack(ask(f"/proxy/8501/_gateviz/{name}/sums-2")[2])
    assert signals == {}
    assert {(part["cell"], part["signal"]) for part in header["sums"]["parts"]} == {
        ("rnn", "hidden_state"), ("gru", "reset_gate"), ("gru", "update_gate"), ("gru", "candidate"),
    }  # fmt: skip
    assert len(header["sums"]["rows"]["gru"]) == len(TEXT) - 2 * PIECE


def test_of_a_text_of_any_length_it_tells_what_a_sum_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NAMES, "answered", True)
    short = replace(VIEW, text="Quite so.")
    header, _ = unpack(payload(short, len(short.text)))
    for cell, signal, sum_ in (("rnn", "hidden_state", "preactivation"), ("gru", "update_gate", "update_gate")):
        status, _, body = ask(f"/_gateviz/{header['numbers']}/products-{cell}-{signal}-7")
        assert status == 200
        model = gateviz.load_pretrained("timemachine", cell)
        layer = gateviz.contributions(model.recurrent, model.embed(model.encode(short.text))).layer(0)
        (stretch,) = json.loads(body)["stretches"]
        np.testing.assert_allclose(stretch["recurrent"], layer[sum_].recurrent_weights[7], rtol=1e-5)
        read = [json.loads(body)["inputs"][row] for row in json.loads(body)["rows"]]
        np.testing.assert_allclose(read, layer.inputs[0], rtol=1e-5)


@pytest.mark.parametrize(
    "asked", ["lstm-forget_gate-7", "gru-forget_gate-7", "gru-hidden_state-7", "rnn-preactivation-256"]
)
def test_what_the_picture_does_not_have_has_no_products(name: str, asked: str) -> None:
    assert ask(f"/_gateviz/{name}/products-{asked}")[0] == 404


@pytest.mark.parametrize("piece", ["3", "9999", "sums-3"])
def test_a_piece_beyond_the_end_gets_404(name: str, piece: str) -> None:
    status, headers, body = ask(f"/_gateviz/{name}/{piece}")
    assert (status, body) == (404, b"")
    assert headers["cache-control"] == "no-store", "it may be there later"


def test_an_unknown_name_gets_404() -> None:
    assert ask(f"/_gateviz/{'0' * 64}/0")[0] == 404


@pytest.mark.parametrize("path", ["/", "/_gateviz/", "/_gateviz/abc/0", f"/_gateviz/{'0' * 64}/-1", "/_stcore/health"])
def test_every_other_request_goes_to_streamlit(path: str) -> None:
    assert ask(path)[2] == b"from Streamlit"
    assert ask(f"/_gateviz/{'0' * 64}/0", method="POST")[2] == b"from Streamlit"
    assert ask(f"/_gateviz/{'0' * 64}/0", kind="websocket")[2] == b"from Streamlit"
