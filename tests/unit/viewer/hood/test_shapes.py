"""The shapes that the page tells are those of torch: each layout, each row of h_n, each place of a packed batch."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

import gateviz
from gateviz.app.computed import readings
from gateviz.app.computed.hood import shapes
from gateviz.app.computed.hood.layer import WEIGHTS
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of, examples_of
from gateviz.results.trace import CELLS, CellName

VIEWS = [View(task, CELLS, example_of(task)) for task in ("hometown", "weibo", "tang", "sunspots", "dates")]
IMPORT = 'import { packedPlaces, shownSteps, tensorShapes } from "./hood/tensor_shapes.js";\n'
ASK = IMPORT + "const { module, layouts } = JSON.parse(new TextDecoder().decode(input));\n"
ASK += "console.log(JSON.stringify(layouts.map((layout) => tensorShapes(module, layout))));"


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.task)
@pytest.mark.parametrize("cell", CELLS)
def test_every_tensor_has_the_shape_that_torch_gives_it(
    view: View, cell: CellName, in_node: Callable[..., Any]
) -> None:
    module = shapes.of_module(view, cell)
    given = json.dumps({"module": module, "layouts": ["time_first", "batch_first", "no_batch"]}).encode()
    for layout, found in zip(("time_first", "batch_first", "no_batch"), in_node(ASK, data=given), strict=True):
        told = {each["name"]: tuple(each["shape"]) for each in found}
        kind: Any = type(gateviz.load_pretrained(view.task, cell).recurrent)
        own = kind(module["width"], module["units"], num_layers=module["layers"], batch_first=layout == "batch_first",
                   bidirectional=module["directions"] == 2)  # fmt: skip
        names = ("h_0", "c_0") if cell == "lstm" else ("h_0",)
        states = tuple(torch.zeros(told[name]) for name in names)
        output, last = own(torch.zeros(told["input"]), states if cell == "lstm" else states[0])
        last = last if isinstance(last, tuple) else (last,)
        assert told.pop("input")[0 if layout != "batch_first" else 1] == module["steps"]
        assert told.pop("output") == tuple(output.shape)
        ends = [tuple(state.shape) for state in last]
        assert list(told.values()) == [*[tuple(state.shape) for state in states], *ends]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.task)
@pytest.mark.parametrize("cell", CELLS)
def test_each_row_of_h_n_is_the_state_of_that_layer_and_direction_where_it_ends(view: View, cell: CellName) -> None:
    told = shapes.of_module(view, cell)
    model = gateviz.load_pretrained(view.task, cell)
    with torch.no_grad():
        last = model.recurrent(model.embed(model.encode(view.text)))[1]
    h_n = (last[0] if isinstance(last, tuple) else last)[:, 0].numpy()
    assert len(h_n) == len(told["rows"]) == len(told["weights"])
    for row, number in zip(told["rows"], h_n, strict=True):
        layer = readings.trace(view, cell).layer(row["layer"], "reverse" if row["reverse"] else "forward")
        np.testing.assert_allclose(layer["hidden_state"][0, row["step"]], number, atol=1e-5)
    assert told["off"] < 1e-6
    for weights, (layer_number, suffix) in zip(told["weights"], named(told), strict=True):
        names = [weight["name"] for weight in weights]
        assert names == [f"{kind}_l{layer_number}{suffix}" for kind in WEIGHTS]
        assert [tuple(weight["shape"]) for weight in weights] == [
            tuple(model.recurrent.state_dict()[name].shape) for name in names
        ]


def named(told: dict[str, Any]) -> list[tuple[int, str]]:
    return [(row["layer"], "_reverse" if row["reverse"] else "") for row in told["rows"]]


@pytest.mark.parametrize("task", ["hometown", "weibo", "dates"])
@pytest.mark.parametrize("cell", CELLS)
def test_a_batch_is_packed_as_torch_packs_it(task: str, cell: CellName, in_node: Callable[..., Any]) -> None:
    model = gateviz.load_pretrained(task, cell)
    texts = tuple(dict.fromkeys([*examples_of(gateviz.pretrained.folder.find_card(task, cell)), example_of(task)]))
    told = shapes.batch(View(task, (cell,), texts[0]), cell, texts)
    lengths = [len(model.encode(text)) for text in texts]
    assert [len(one["tokens"]) for one in told["sentences"]] == sorted(lengths, reverse=True)
    assert [lengths[one["index"]] for one in told["sentences"]] == sorted(lengths, reverse=True)
    padded = pad_sequence([torch.tensor(model.encode(text)) + 1 for text in texts], batch_first=True)
    packed = pack_padded_sequence(padded, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    assert told["batch_sizes"] == packed.batch_sizes.tolist()
    script = IMPORT + "const [sizes, lengths] = JSON.parse(new TextDecoder().decode(input));\n"
    script += "console.log(JSON.stringify(packedPlaces(sizes, lengths)));"
    places = in_node(script, data=json.dumps([told["batch_sizes"], sorted(lengths, reverse=True)]).encode())
    for one, row in zip(told["sentences"], places, strict=True):
        assert (packed.data[row] - 1).tolist() == list(model.encode(texts[one["index"]]))
    longest = told["sentences"][0]
    assert longest["off"] < 1e-5
    assert all(one["off"] > 1e-3 for one in told["sentences"] if len(one["tokens"]) < len(longest["tokens"]))


def test_the_drawing_shows_the_first_step_the_last_and_those_around_the_cursor(in_node: Callable[..., Any]) -> None:
    script = IMPORT + "console.log(JSON.stringify([[5, 2, 8], [52, 35, 9], [52, 0, 9], [52, 51, 9]]"
    script += ".map((each) => shownSteps(...each))));"
    few, middle, first, last = in_node(script)
    assert few == [0, 1, 2, 3, 4]
    assert middle == [0, None, 33, 34, 35, 36, 37, None, 51]
    assert first == [0, 1, 2, 3, 4, 5, None, 51]
    assert last == [0, None, 46, 47, 48, 49, 50, 51]
