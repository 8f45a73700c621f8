"""The browser multiplies weights and what they weigh: its products are the library's, in the real gate_products.js."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.viewer.packing import products
from gateviz.viewer.packing.products import pack_products

STEPS, UNIT = 6, 2
MULTIPLY = """
import { productsAt } from "./picture/gate_products.js";
const weights = JSON.parse(new TextDecoder().decode(input));
const [step, before, factor] = process.argv.slice(1).map((argument) => JSON.parse(argument));
console.log(JSON.stringify([weights.inputs && weights.inputs.length, productsAt(weights, step, before, factor)]));
"""


def test_every_product_is_the_librarys(in_node: Callable[..., Any]) -> None:
    torch.manual_seed(5)
    tokens = [0, 1, 0, 2, 1, 0]
    layer = gateviz.contributions(nn.GRU(3, 4), torch.randn(3, 3)[tokens][:, None]).layer(0)
    assert layer.reset is not None
    for signal, factors in (("candidate", layer.reset[0, :, UNIT]), ("update_gate", np.ones(STEPS))):
        data = pack_products([(layer[signal], layer.inputs[0])], UNIT)
        for step in range(STEPS):
            before = layer.states[0, step].tolist()
            different, found = in_node(MULTIPLY, str(step), str(before), str(float(factors[step])), data=data)
            expected = layer.products(signal, step, UNIT)
            assert different == 3, "each input is sent once"
            values = {(one["source"], one["component"]): one["product"] for one in found}
            assert values == pytest.approx({one[:2]: one.product for one in expected.products}, rel=1e-4, abs=1e-6)
            sizes = [abs(one["product"]) for one in found]
            assert sizes == sorted(sizes, reverse=True)


def test_a_second_stretch_has_weights_of_its_own(in_node: Callable[..., Any]) -> None:
    layers = [gateviz.contributions(nn.LSTM(3, 4), torch.randn(3, 1, 3)).layer(0) for _ in range(2)]
    data = pack_products([(layer["forget_gate"], layer.inputs[0]) for layer in layers], UNIT)
    for step in range(STEPS):
        half, place = divmod(step, 3)
        _, found = in_node(MULTIPLY, str(step), str(layers[half].states[0, place].tolist()), "1", data=data)
        expected = layers[half].products("forget_gate", place, UNIT).largest(1)[0]
        assert found[0]["product"] == pytest.approx(expected.product, rel=1e-4)


def test_too_many_inputs_are_left_out(in_node: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "MOST", 17)
    layer = gateviz.contributions(nn.LSTM(3, 4), torch.randn(STEPS, 1, 3)).layer(0)
    data = pack_products([(layer["forget_gate"], layer.inputs[0])], UNIT)
    _, found = in_node(MULTIPLY, "2", str(layer.states[0, 2].tolist()), "1", data=data)
    assert {one["source"] for one in found} == {"h"}
