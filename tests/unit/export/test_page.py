"""One file holds the picture, the engine and the weights, whatever view is exported."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

import gateviz
from gateviz.export.page import html_of
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.pretrained.browser_files import find_file
from gateviz.pretrained.examples import EXAMPLES
from gateviz.results.trace import CELLS
from tests.packed import unpack
from tests.page_reader import Reader
from tests.refusals import refusal

VIEW = View("timemachine", ("gru",), "ab")


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": "no"}, {"task": None}, {"cells": ()}, {"cells": ("mlp",)}, {"text": ""}, {"text": None}, {"text": [1]},
        {"layer": 1}, {"direction": "up"}, {"direction": "reverse"}, {"language": "tlh"}, {"language": None},
        {"training_step": 3}, {"training_step": "0"},
    ],
    ids=str,
)  # fmt: skip
def test_a_view_of_what_is_not_there_is_one_sentence(wrong: dict[str, Any]) -> None:
    refusal(html_of, replace(VIEW, **wrong))


def test_a_page_needs_a_view_and_shows_the_training_step_that_it_names() -> None:
    refusal(html_of, None)
    refusal(html_of, "timemachine")
    steps = gateviz.load_timelapse("timemachine", "gru")
    first, last = (html_of(replace(VIEW, training_step=step)) for step in (steps[0][0], steps[-1][0]))
    said = load("en")("viewer.snapshot", units=256, step="0", steps=f"{steps[-1][0]:,}")
    captions = [unpack(base64.b64decode(Reader(page).texts["picture"]))[0]["captions"]["gru"] for page in (first, last)]
    assert captions[0] == said
    assert captions[1] != said


def test_the_models_that_the_picture_names_are_in_the_page_as_they_ship() -> None:
    found = Reader(html_of(View("hometown", ("rnn", "gru"), "I grew up in Japan.")))
    header, _ = unpack(base64.b64decode(found.texts["picture"]))
    names = [f"{name}.{kind}" for name in header["models"].values() for kind in ("json", "safetensors")]
    assert list(header["models"]) == ["rnn", "gru"]
    assert sorted(found.models) == sorted(names)
    assert all(base64.b64decode(found.models[name]) == find_file(name) for name in names)


def test_the_page_knows_its_sentence_the_examples_and_how_long_a_sentence_may_be() -> None:
    page = json.loads(Reader(html_of(View("weibo", CELLS, "好", language="zh"))).texts["page"])
    assert page["examples"][:2] == ["好", EXAMPLES["weibo"]]
    assert (page["limit"], page["cells"], page["language"]) == (600, ["rnn", "lstm", "gru"], "zh")
    assert list(page["texts"]) == ["zh"]


@pytest.mark.parametrize(
    ("task", "text", "megabytes"),
    [("hometown", EXAMPLES["hometown"], 0.6), ("timemachine", EXAMPLES["timemachine"], 4.0)],
)
def test_a_page_is_small_enough_to_mail(task: str, text: str, megabytes: float) -> None:
    assert len(html_of(View(task, CELLS, text)).encode()) < megabytes * 1e6
