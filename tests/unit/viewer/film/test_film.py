"""The film in the browser: frames that come late or twice, the order of the rows, the places of steps, the words."""

import base64
import json
from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest

from gateviz.experiments.pool import Reason
from gateviz.i18n.translator import load

InNode = Callable[..., Any]

SOURCE = """
import { FilmSource } from "./film/source.js";
const answers = JSON.parse(new TextDecoder().decode(input));
const asked = [];
const seen = [];
globalThis.setTimeout = (call, wait) => { asked.at(-1).wait = wait; Promise.resolve().then(call); return 1; };
globalThis.clearTimeout = () => {};
const source = new FilmSource("trained-1", ({ frames, status }) => seen.push([frames.map((f) => f.step), status.state]),
  async (name, { from, word }) => { asked.push({ from, word: word ?? null }); return answers.shift(); });
source.start("en");
while (answers.length) await new Promise((resolve) => setImmediate(resolve));
await new Promise((resolve) => setImmediate(resolve));
console.log(JSON.stringify({ asked, seen }));
"""


def answer(state: str, first: int, *steps: int) -> dict[str, Any]:
    return {"state": state, "first": first, "header": {}, "frames": [{"step": step, "cells": {}} for step in steps]}


def test_new_frames_are_asked_for_until_the_training_ends(in_node: InNode) -> None:
    answers = [answer("queued", 0), answer("running", 0, 0, 1), None, answer("running", 1, 1, 2), answer("ended", 3, 5)]
    found = in_node(SOURCE, data=json.dumps(answers).encode())
    assert [ask["from"] for ask in found["asked"]] == [0, 0, 2, 2, 3]
    assert found["seen"][-1] == [[0, 1, 2, 5], "ended"], "what came twice is there once"
    assert "wait" not in found["asked"][-1], "what has ended is not asked for again"
    waits = [ask["wait"] for ask in found["asked"][:-1]]
    assert waits[0] == waits[2] > waits[1], "less often while it waits, or when the server does not answer"


def test_a_training_that_the_server_has_forgotten_is_not_asked_for_again(in_node: InNode) -> None:
    found = in_node(SOURCE, data=json.dumps([{"state": "gone", "first": 0, "frames": []}]).encode())
    assert len(found["asked"]) == 1


def test_units_stand_in_the_order_of_their_means(in_node: InNode) -> None:
    values = np.random.default_rng(0).integers(0, 256, (9, 7), dtype=np.uint8)
    script = """
    import { decode, rowOrder } from "./film/frame_maps.js";
    console.log(JSON.stringify(rowOrder(decode(new TextDecoder().decode(input)), 7)));
    """
    order = in_node(script, data=base64.b64encode(values.tobytes()))
    assert order == np.argsort(-values.mean(axis=1), kind="stable").tolist()


def test_a_step_stands_at_its_root_and_the_axis_names_both_ends(in_node: InNode) -> None:
    script = """
    import { axisSteps, createScale, placeOf } from "./film/scales.js";
    const log = createScale([1e-3, 1], { isLog: true });
    console.log(JSON.stringify([placeOf(25, 100), axisSteps(1000), axisSteps(3), log.place(Math.sqrt(1e-3)),
      log.place(0), createScale([null, NaN]).place(1)]));
    """
    quarter, steps, few, middle, foot, nothing = in_node(script)
    assert quarter == 0.5
    assert (steps[0], steps[-1]) == (0, 1000)
    assert few == sorted(set(few))
    assert middle == pytest.approx(0.5)
    assert (foot, nothing) == (0, None)


def part(*, right: bool, turn: tuple[int, float] | None) -> dict[str, Any]:
    return {"maps": {}, "right": right, "turn": turn, "answer": "Spanish" if right else "French"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_line_says_who_is_right_and_where_a_gate_shuts(in_node: InNode, language: str) -> None:
    say = load(language)
    data = {
        "cells": {cell: say(f"cell.{cell}") for cell in ("rnn", "lstm", "gru")},
        "labels": {},
        "texts": say.under("film"),
    }
    header = {"tokens": ["I", " grew", " up"], "right": "Spanish"}
    cells = {
        "rnn": part(right=False, turn=None),
        "lstm": part(right=True, turn=(1, 0.69)),
        "gru": part(right=True, turn=(2, 0.04)),
    }
    status = {"state": "queued", "place": 2, "wait": 75.4}
    script = """
    import { frameLine, statusLine } from "./film/words.js";
    const { frame, film, data, status } = JSON.parse(new TextDecoder().decode(input));
    const other = (state, more) => statusLine({ ...status, state, ...more }, film, data.texts);
    console.log(JSON.stringify([frameLine(frame, film, data), statusLine(status, film, data.texts),
      other("ended", { reason: "died", seconds: 3 }), other("ended", { reason: "failed", problem: "a sentence" })]));
    """
    given = {"frame": {"step": 1500, "cells": cells}, "film": {"header": header}, "data": data, "status": status}
    line, queued, died, failed = in_node(script, data=json.dumps(given).encode())
    assert all(word in line for word in ("1,500", "LSTM", "GRU", "Spanish", "69 %", "grew"))
    assert "4 %" not in line, "under a tenth is called nowhere"
    assert "RNN" not in line
    assert "{" not in line + queued + died
    assert "2" in queued
    assert "1:15" in queued
    assert died == say("film.status_died")
    assert failed == "a sentence"


def test_every_reason_for_an_end_has_words() -> None:
    for reason in get_args(Reason):
        assert load("en").has(f"film.status_{reason}"), reason
