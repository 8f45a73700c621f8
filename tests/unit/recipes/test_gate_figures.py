"""The figures of a model's gates and gradient, against gates that are put where they stand and curves of our own."""

import numpy as np
import pytest
import torch

from gateviz.models.gate_biases import set_gate_bias
from gateviz.pretrained.files import load_pretrained
from gateviz.pretrained.folder import find_card
from gateviz.recipes.gate_figures import FIT, HALF_LIFE, LEFT, gate_figures
from gateviz.results.trace import CellName

SIDES = ("under 0.1", "over 0.9")
TEXTS = ["abcdaXbcdadcbaYbcdabcdabcda", "aXbYc"]


def test_gates_that_are_open_or_shut_are_counted() -> None:
    model = load_pretrained("temporal-order", "lstm")
    with torch.no_grad():
        for name, parameter in model.recurrent.named_parameters():
            if name.startswith("weight"):
                parameter.zero_()
    for gate, bias in (("input_gate", 9.0), ("forget_gate", -9.0), ("output_gate", 0.0)):
        set_gate_bias(model.recurrent, gate, bias)
    figures = gate_figures(model, TEXTS)
    assert [figures[f"{gate} gate {side}"] for gate in ("input", "forget", "output") for side in SIDES] == [
        *(0, 1),
        *(1, 0),
        *(0, 0),
    ]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_shares_are_of_all_units_and_steps_of_all_texts(cell: CellName) -> None:
    model, gate = load_pretrained("temporal-order", cell), "forget_gate" if cell == "lstm" else "update_gate"
    values = np.concatenate([model.trace(text).layer(0)[gate][0].ravel() for text in TEXTS])
    figures = gate_figures(model, TEXTS)
    assert figures[f"{gate[:6]} gate over 0.9"] == pytest.approx((values > 0.9).mean())
    assert figures[f"{gate[:6]} gate under 0.1"] == pytest.approx((values < 0.1).mean())


def test_what_is_left_of_a_gradient_is_that_of_the_texts_that_are_long_enough() -> None:
    model = load_pretrained("temporal-order", "rnn")
    figures = gate_figures(model, TEXTS)
    norms = model.gradients(TEXTS[0], -1).norm("hidden_state")[0]
    assert figures[LEFT] == pytest.approx(norms[-21] / norms[-1], rel=1e-5)
    assert figures[HALF_LIFE] > 0
    assert 0 <= figures[FIT] <= 1
    assert "gate" not in " ".join(figures), "a plain RNN has none"
    assert LEFT not in gate_figures(model, TEXTS[1:])


@pytest.mark.parametrize(("task", "cell"), [("temporal-order", "gru"), ("adding", "lstm")])
def test_a_card_has_the_figures_of_its_sample(task: str, cell: CellName) -> None:
    card = find_card(task, cell)
    for name, value in gate_figures(load_pretrained(task, cell), card.sample.texts).items():
        assert card.details[name] == pytest.approx(value, rel=5e-3, abs=2e-4), name
