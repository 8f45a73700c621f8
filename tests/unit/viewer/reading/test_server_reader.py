"""The server reads under holds for a browser that cannot: over HTTP, with the numbers of `Reading`."""

import base64
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from urllib.error import HTTPError

import numpy as np
import pytest
import uvicorn

import gateviz
from gateviz.app.server.held import LONGEST, HeldReadings
from gateviz.app.server.weights import Weights
from gateviz.i18n.translator import load
from gateviz.models.holds import read_holds
from gateviz.models.readings import Reading
from gateviz.models.sequence_model import SequenceModel
from gateviz.pretrained.browser_files import MOST_BYTES, name_of
from gateviz.pretrained.files import save_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.viewer.packing.answers import pack_answers
from gateviz.viewer.packing.picture import Run, picture
from tests.packed import unpack

SCRIPT = Path(__file__).with_name("server_reader.mjs")
TEXT = "I grew up in France. I speak"
STEP = find_card("hometown", "lstm").timelapse.steps[5]  # type: ignore[union-attr]
HELD = "lstm.forget_gate@4-:0,lstm.cell_state.3@2:freeze"


async def streamlit(_: Any, __: Any, send: Any) -> None:
    """What stands behind."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from Streamlit"})


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server with our middleware."""
    running = uvicorn.Server(
        uvicorn.Config(HeldReadings(Weights(streamlit)), port=0, lifespan="off", log_level="error")
    )
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join()


def ask(server: str, name: str, said: Any, *, method: str = "POST") -> tuple[int, bytes]:
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{server}/{name}", data, method=method)) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def path_of(task: str, cell: str, training_step: int | None = None) -> str:
    return f"below/a/proxy/_gateviz/models/{name_of(find_card(task, cell), training_step)}/read"


def said(**more: Any) -> dict[str, Any]:
    return {"text": TEXT, "layer": 0, "direction": "forward", "language": "en", "holds": HELD, **more}


CASES = {
    "hometown": ("hometown", "lstm", said(), None),
    "as it was along its training": ("hometown", "lstm", said(), STEP),
    "nothing held": ("hometown", "gru", said(holds=""), None),
    "of another sentence": (
        "hometown",
        "gru",
        said(holds="gru.hidden_state@2-:other", other="I grew up in Spain."),
        None,
    ),
    "in Chinese": ("sentiment", "rnn", said(text="not good", holds="rnn.hidden_state.1:0", language="zh"), None),
    "in reverse": ("weibo", "gru", said(text="真倒霉", holds="gru.reverse.update_gate:1", direction="reverse"), None),
    "the layer above": ("tang", "lstm", said(text="白日依山尽", holds="lstm.forget_gate:0", layer=1), None),
    "a decoder": ("dates", "lstm", said(text="May 3, 1999", holds="lstm.forget_gate@12-:0"), None),
}


@pytest.mark.parametrize("name", CASES)
def test_the_numbers_and_answers_are_those_under_the_holds(name: str, server: str) -> None:
    task, cell, request, step = CASES[name]
    model = gateviz.load_pretrained(task, cell) if step is None else dict(gateviz.load_timelapse(task, cell))[step]
    last = gateviz.load_pretrained(task, "gru")
    held = Reading(model, request["text"], lambda: last, read_holds(request["holds"]).holds, request.get("other"))
    status, body = ask(server, path_of(task, cell, step), request)
    assert status == 200, body
    header, signals = unpack(body)
    layer = held.trace.layer(request["layer"], request["direction"])
    for signal, values in signals[cell].items():
        np.testing.assert_allclose(values, layer[signal][0], rtol=2.0**-15, atol=1e-6)
    assert [token["text"] for token in header["tokens"]] == list(held.trace.tokens_of(0))
    assert header["expected"][cell] == json.loads(
        json.dumps(pack_answers(held.answers(load(request["language"]), task)))
    )


MISTAKES: dict[str, tuple[Any, str]] = {
    "no JSON": (b"{", "is no JSON object"),
    "no object": ([1], "is no JSON object"),
    "nothing": ({}, "the text is None"),
    "too much": (b" " * (LONGEST + 1), "has more than 65536 bytes"),
    "an empty text": (said(text=" "), "There is nothing to read"),
    "a text that is too long": (said(text="x" * 2001), "2001"),
    "a text that is none": (said(text=3), "the text is 3"),
    "a layer that is not there": (said(layer=1), "layer is 1: give a whole number from 0 to 0"),
    "a direction that is not there": (said(direction="reverse"), "direction is 'reverse'"),
    "a hold that is none": (said(holds="lstm.forget_gate"), "write it as"),
    "holds that are no text": (said(holds=[HELD]), "write it as"),
    "a hold of a unit that is not there": (said(holds="lstm.forget_gate.32:0"), "names unit 32"),
    "a hold of no sentence": (said(holds="lstm.cell_state:other"), "give the sentence"),
    "another sentence that is none": (said(other=["a"]), "give one text at a time"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_sentence(name: str, server: str) -> None:
    request, sentence = MISTAKES[name]
    status, body = ask(server, path_of("hometown", "lstm"), request)
    assert status == 400
    assert sentence in json.loads(body)["problem"], json.loads(body)["problem"]


def test_the_sentence_is_in_the_language_of_the_page(server: str) -> None:
    _, body = ask(server, path_of("hometown", "lstm"), said(text=" ", language="zh"))
    assert json.loads(body)["problem"] == load("zh")("error.empty")


def test_other_weights_are_not_found_and_other_requests_are_passed_on(server: str) -> None:
    assert ask(server, "_gateviz/models/hometown/lstm/0123456789abcdef/read", said())[0] == 404
    assert ask(server, path_of("hometown", "lstm"), None, method="GET")[1] == b"from Streamlit"
    assert ask(server, "_gateviz/models/../read", said())[1] == b"from Streamlit"


def test_a_model_that_is_too_large_for_a_browser_is_held_by_the_server(
    server: str, node: Callable[..., CompletedProcess[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = gateviz.load_pretrained("hometown", "lstm")
    config = replace(shipped.config, hidden_size=1200)
    model = SequenceModel(config, shipped.tokenizer, shipped.labels, seed=3).eval()
    parameters = sum(tensor.numel() for tensor in model.parameters())
    card = replace(find_card("hometown", "lstm"), task="large", config=config, parameters=parameters, timelapse=None)
    monkeypatch.setenv("GATEVIZ_PRETRAINED", str(tmp_path))
    card = save_pretrained(model, replace(card, precision="float32"), tmp_path)
    assert card.bytes > MOST_BYTES
    plain = Reading(model, TEXT)
    packed = picture(
        {"lstm": Run(plain.trace, plain.answers(), "", model=name_of(card))}, TEXT, plain.tokens, say=load("en")
    )

    def read(holds: str) -> dict[str, Any]:
        data = {"base": server, "picture": base64.b64encode(packed).decode(), "cell": "lstm", "text": TEXT}
        answer = node(str(SCRIPT), data=json.dumps({**data, "holds": holds, "other": None}).encode())
        assert answer.returncode == 0, answer.stderr.decode()
        return dict(json.loads(answer.stdout))

    found, held = read(HELD), Reading(model, TEXT, holds=read_holds(HELD).holds)
    assert found["refused"].startswith("404 for large/lstm/")
    for signal, values in found["signals"].items():
        wanted = held.trace.layer(0)[signal][0]
        np.testing.assert_allclose(np.reshape(values, wanted.shape), wanted, rtol=2.0**-15, atol=1e-6)
    assert found["expected"]["shares"] == pack_answers(held.answers())["shares"]
    assert np.abs(held.trace.output - plain.trace.output).max() > 0.01
    assert "names unit 1200" in read("lstm.forget_gate.1200:0")["problem"]
