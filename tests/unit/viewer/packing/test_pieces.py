"""A long text in pieces: put together they are the picture, in Python and in the real pieces.js."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n import translator
from gateviz.results.answers import Verdict, expected_next
from gateviz.results.trace import CELLS, CellName, Direction
from gateviz.viewer.packing import pieces
from gateviz.viewer.packing.picture import Run, picture, signals_of
from gateviz.viewer.packing.pieces import PIECE
from tests.packed import unpack

STEPS = 2 * PIECE + 41
TEXT = "abcd" * (STEPS // 4) + "a"
TOKENS = tuple(Token(letter, place, known=True) for place, letter in enumerate(TEXT))
MODULES: dict[str, Any] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
UNITS = 5


def runs_of(direction: Direction = "forward", **options: Any) -> dict[CellName, Run]:
    """Readings by small networks of large weights, some of whose gates are shut."""
    runs: dict[CellName, Run] = {}
    for cell in CELLS:
        torch.manual_seed(CELLS.index(cell))
        module = MODULES[cell](4, UNITS, batch_first=True, bidirectional=direction == "reverse", **options)
        with torch.no_grad():
            for parameter in module.parameters():
                parameter.mul_(4)
        inputs = torch.eye(4)[["abcd".index(letter) for letter in TEXT]][None]
        expected = expected_next(np.zeros((STEPS, 4)), "abcd", TEXT)
        runs[cell] = Run(gateviz.record(module, inputs), expected, "5 units")
    return runs


def signals_in(runs: dict[CellName, Run], direction: Direction = "forward") -> dict[CellName, Any]:
    return {cell: signals_of(run.trace, 0, direction) for cell, run in runs.items()}


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_pieces_side_by_side_are_the_picture_to_the_bit(direction: Direction) -> None:
    runs = runs_of(direction)
    header, whole = unpack(picture(runs, TEXT, TOKENS, direction=direction, say=translator.load("en")))
    name, data = pieces.head(runs, TEXT, TOKENS, direction=direction, say=translator.load("en"))
    head, none = unpack(data)
    signals = signals_in(runs, direction)
    found = [unpack(pieces.piece(signals, k))[1] for k in range(pieces.count(signals))]
    assert [len(one["rnn"]["hidden_state"]) for one in found] == [PIECE, PIECE, 41]
    for cell, named in whole.items():
        for signal, values in named.items():
            np.testing.assert_array_equal(np.concatenate([one[cell][signal] for one in found]), values)
    assert none == {}
    assert head["pieces"]["name"] == name == header["numbers"]
    shapes = {cell: dict.fromkeys(named, UNITS) for cell, named in whole.items()}
    assert head["pieces"]["signals"] == shapes
    alike = header.keys() - {"arrays"}
    assert {key: head[key] for key in alike} == {key: header[key] for key in alike}


def test_a_head_has_the_name_of_its_numbers_in_any_language_and_another_one_for_others() -> None:
    runs = runs_of()
    names = [pieces.head(runs, TEXT, TOKENS, say=translator.load(language))[0] for language in ("en", "zh")]
    assert names[0] == names[1]
    fewer = {cell: runs[cell] for cell in ("rnn", "lstm")}
    assert pieces.head(fewer, TEXT, TOKENS, say=translator.load("en"))[0] != names[0]  # type: ignore[arg-type]


def test_where_nothing_can_surprise_the_head_tells_how_large_the_state_is() -> None:
    runs = runs_of()
    verdict = Verdict(("no", "yes"), np.tile([0.25, 0.75], (STEPS, 1)))
    asked = {cell: Run(run.trace, verdict, run.caption) for cell, run in runs.items()}
    heights = unpack(pieces.head(asked, TEXT, TOKENS, say=translator.load("en"))[1])[0]["heights"]
    for cell, run in runs.items():
        size = np.sqrt((run.trace.layer(0)["hidden_state"][0] ** 2).mean(axis=1))
        np.testing.assert_allclose(heights[cell], np.minimum(1, size), atol=0.00051)
    assert "heights" not in unpack(pieces.head(runs, TEXT, TOKENS, say=translator.load("en"))[1])[0]


IN_NODE = """
import { readFileSync } from "node:fs";
import { readPicture } from "./picture/pieces.js";
const folder = process.argv.at(-1);
const asked = [];
const failing = new Set(["2"]);
const fetchPiece = async (path) => {
  const name = path.split("/").at(-1);
  asked.push(path);
  await new Promise((go) => setTimeout(go, 5));
  if (failing.delete(name)) throw new Error("the server is away");
  return new Uint8Array(readFileSync(`${folder}/${name}`));
};
const read = (name) => readPicture(new Uint8Array(readFileSync(`${folder}/${name}`)), fetchPiece);
const [head, all] = await Promise.all(["head", "whole"].map(read));
const steps = head.header.tokens.length;
const arrays = ({ signals }) => Object.values(signals).flatMap((named) => Object.values(named));
const bits = (picture) => arrays(picture).map((values) => Array.from(new Uint32Array(values.buffer)).join());
const found = { before: head.has(0, 0), missing: arrays(head).every((values) => values.every(Number.isNaN)) };
const came = [];
head.came = (first, last) => came.push([first, last]);
head.look(200, 180, 339);
await head.get(180, 339);
found.first = asked.slice(0, 2);
found.there = [head.has(180, 339), head.has(159, 160), head.spans().length];
await head.get(0, steps - 1);
found.spans = head.spans().sort((one, other) => one[0] - other[0]);
found.same = String(bits(head)) === String(bits(all));
found.came = came.slice(0, 3).sort((one, other) => one[0] - other[0]);
found.wholeAnswers = [all.has(0, steps - 1), all.spans()];
head.leave();
console.log(JSON.stringify(found));
process.exit(0);
"""


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_browser_asks_for_what_is_looked_at_first_and_has_the_same_numbers_in_the_end(
    tmp_path: Path, direction: Direction, in_node: Callable[..., Any]
) -> None:
    runs, english = runs_of(direction), translator.load("en")
    signals = signals_in(runs, direction)
    name, head = pieces.head(runs, TEXT, TOKENS, direction=direction, say=english)
    (tmp_path / "head").write_bytes(head)
    (tmp_path / "whole").write_bytes(picture(runs, TEXT, TOKENS, direction=direction, say=english))
    for k in range(pieces.count(signals)):
        (tmp_path / str(k)).write_bytes(pieces.piece(signals, k))
    found = in_node(IN_NODE, str(tmp_path))
    assert (found["before"], found["missing"]) == (False, True), "before it has come a number is none"
    assert found["first"] == [f"{name}/1", f"{name}/2"], "where the cursor is comes first"
    assert found["there"] == [True, False, 2], "also what could not be had at once"
    assert found["spans"] == [[0, PIECE], [PIECE, 2 * PIECE], [2 * PIECE, STEPS]]
    assert found["came"] == [[0, PIECE - 1], [PIECE, 2 * PIECE - 1], [2 * PIECE, STEPS - 1]]
    assert found["same"] is True
    assert found["wholeAnswers"] == [True, [[0, STEPS]]]
