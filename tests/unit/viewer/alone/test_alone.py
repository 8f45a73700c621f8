"""A page that needs nobody says of a sentence what the library says of it."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateviz.data.tokenizing.typed_text import check_sentence
from gateviz.errors import TextError
from gateviz.export.page import reading_data
from gateviz.export.pictures import Trio, opening_in, packed_picture
from gateviz.i18n.translator import languages, load
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of

SCRIPT = Path(__file__).with_name("answers.mjs")
LIMIT = 30
CHECK = """
import { problemOf } from "./alone/typed_text.js";
const { texts, limit, said } = JSON.parse(new TextDecoder().decode(input));
console.log(JSON.stringify(said.map((text) => problemOf(text, limit, texts))));
"""
KINDS = {"class": "hometown", "number": "adding", "next": "timemachine", "next, asked late": "copy", "text": "dates"}


def texts_of(trio: Trio, language: str) -> Any:
    found: Any = reading_data(trio, (), (load(language),), ())["texts"]
    return found[language]


@given(st.lists(st.text(max_size=40), min_size=200, max_size=200))
@settings(max_examples=1, deadline=None, database=None)
def test_a_typed_text_is_refused_as_the_library_refuses_it(in_node: Callable[..., Any], drawn: list[str]) -> None:
    say = load("en")
    said = [
        *drawn,
        "",
        " ",
        "\x1c\x85",
        "a\x00",
        "\x9fa",
        "é" * LIMIT,
        "é" * (LIMIT + 1),
        "👍" * LIMIT,
        "\ufeff",
        "\u200b",
    ]
    data = {"texts": texts_of(Trio.of("hometown"), "en"), "limit": LIMIT, "said": said}
    for text, problem in zip(said, in_node(CHECK, data=json.dumps(data).encode()), strict=True):
        try:
            check_sentence(text, LIMIT)
        except TextError as error:
            expected = say("alone.empty") if error.code == "error.empty" else say(error.code, **error.values)
            assert problem == expected, repr(text)
        else:
            assert problem is None, repr(text)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_what_each_cell_says_in_the_end_is_what_the_library_says(
    kind: str, language: str, node: Callable[..., CompletedProcess[bytes]]
) -> None:
    """The endings of the opening that Python computes are the oracle; the line names each cell and its answer."""
    trio = Trio.of(KINDS[kind])
    view = View(trio.task, tuple(trio.cards), example_of(trio.task), language=language)
    readings = trio.read(view.text)
    picture = base64.b64encode(packed_picture(view, trio, readings)).decode()
    answer = node(str(SCRIPT), data=json.dumps({"picture": picture, "texts": texts_of(trio, language)}).encode())
    assert answer.returncode == 0, answer.stderr.decode()
    found = json.loads(answer.stdout)["opening"]
    endings = opening_in(view, readings).endings
    words = "".join(part["text"] for part in found["parts"])
    for cell, ending in endings.items():
        ours = found["endings"][cell]
        if kind != "next, asked late":  # of which Python says more
            assert (ours["before"], ours["answer"], ours["after"]) == (ending.before, ending.answer, ending.after)
            assert ours["rule"] == dict(ending.rule)
            assert ours["value"] == (None if ending.value is None else pytest.approx(ending.value, rel=1e-4))
        assert load(language)(f"cell.{cell}") in words
        assert ours["answer"] in words
    state = readings["lstm"].trace.layer(0)["cell_state"][0]
    change = np.abs(np.diff(state, axis=0, prepend=0)).sum(axis=1)
    assert found["step"] == int(change.argmax())
