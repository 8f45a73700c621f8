import numpy as np
import pytest

import gateviz
from gateviz import list_pretrained
from gateviz.app.computed.hood import parameters
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of
from gateviz.results.trace import CELLS
from gateviz.textbook.conventions import form

CARDS = [card for card in list_pretrained() if card.cell == "lstm"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.task)
def test_the_counts_are_the_models_and_the_formula_gives_them(card: gateviz.pretrained.cards.ModelCard) -> None:
    view = View(card.task, CELLS, example_of(card.task))
    for one in parameters.of_cells(view):
        model = gateviz.load_pretrained(card.task, one["cell"])
        assert sum(part["count"] for part in one["whole"]) == sum(weight.numel() for weight in model.parameters())
        gates, units, width = len(one["gates"]), one["units"], one["width"]
        assert one["count"] == gates * (units * width + units * units + 2 * units)
        layers = card.config.num_layers * card.config.num_directions
        if layers == 1:
            assert one["count"] == sum(weight.numel() for weight in model.recurrent.parameters())


def test_a_gru_has_three_quarters_of_an_lstm_and_an_rnn_a_quarter() -> None:
    counts = {one["cell"]: one["count"] for one in parameters.of_cells(View("hometown", CELLS, "I grew up in France."))}
    assert counts["gru"] * 4 == counts["lstm"] * 3
    assert counts["rnn"] * 4 == counts["lstm"]


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_only_the_gru_candidates_two_biases_are_not_one(direction: gateviz.results.trace.Direction) -> None:
    for one in parameters.of_cells(View("weibo", CELLS, example_of("weibo"), direction=direction)):
        for gate in one["gates"]:
            is_apart = (one["cell"], gate["signal"]) == ("gru", "candidate")
            assert (gate["moved"] > 1e-3) == is_apart
            assert is_apart or gate["moved"] < 1e-5


def test_the_radius_is_that_of_powers_of_the_matrix() -> None:
    """Gelfand: the k-th root of the norm of the k-th power."""
    view = View("hometown", CELLS, "I grew up in France.")
    for one in parameters.of_cells(view):
        for gate in one["gates"]:
            matrix = parameters.matrix(view, one["cell"], "recurrent", gate["signal"]).astype(float)
            power = np.linalg.matrix_power(matrix / gate["radius"], 400)
            assert np.linalg.norm(power, 2) ** (1 / 400) == pytest.approx(1, abs=0.01)


def test_a_matrix_is_the_gates_rows() -> None:
    view = View("hometown", CELLS, "I grew up in France.")
    recurrent = gateviz.load_pretrained("hometown", "gru").recurrent
    units = recurrent.hidden_size
    assert list(form("gru", "pytorch").gates)[1] == "update_gate"
    rows = slice(units, 2 * units)
    found = parameters.matrix(view, "gru", "inputs", "update_gate")
    np.testing.assert_array_equal(found, recurrent.state_dict()["weight_ih_l0"].numpy()[rows])
