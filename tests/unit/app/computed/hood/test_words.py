"""What is left of each word, on the models that ship: France is in the state until Spain takes its place."""

import numpy as np
import pytest

from gateviz import load_pretrained
from gateviz.app.computed.hood import words
from gateviz.gradients.sources import left_out, shares_of
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of
from gateviz.results.trace import CELLS

VIEW = View("hometown", CELLS, example_of("hometown"))
TOKENS = load_pretrained("hometown", "lstm").tokenize(VIEW.text)
SPELLED = [token.text.strip() for token in TOKENS]


def test_france_is_in_the_lstms_state_until_spain_takes_its_place() -> None:
    shares = shares_of(words.of_cells(VIEW)["lstm.left_out"].astype(float))
    france, spain = SPELLED.index("France"), SPELLED.index("Spain")
    before, end = SPELLED.index("No"), len(SPELLED) - 1
    assert shares[before - 1].argmax() == france
    assert shares[end].argmax() == spain
    assert shares[end, france] < 0.02


def test_the_pairs_are_the_librarys_and_nothing_is_in_a_state_before_it_is_read() -> None:
    model = load_pretrained("hometown", "gru")
    found = words.of_cells(VIEW)["gru.left_out"]
    np.testing.assert_allclose(found, left_out(model.recurrent, model.embed(model.encode(VIEW.text))[0]))
    assert np.abs(np.triu(found, 1)).max() < 1e-12
    figure = words.figure(VIEW, "gru", "left_out", TOKENS, load("en"))
    heat = figure.data[0]
    assert np.isnan(np.triu(heat.z, 1)[np.triu_indices(len(TOKENS), 1)]).all()
    np.testing.assert_allclose(np.nansum(heat.z, axis=1), 1)


@pytest.mark.parametrize("task", ["weibo", "tang", "dates", "timemachine-equal"])
def test_every_task_is_read_in_all_its_layers_and_directions(task: str) -> None:
    for layer, direction in ((0, "forward"), (1, "forward"), (0, "reverse")):
        config = load_pretrained(task, "gru").config
        if layer < config.num_layers and (direction == "forward" or config.bidirectional):
            found = words.of_cells(View(task, CELLS, example_of(task), layer, direction))  # type: ignore[arg-type]
            assert len({pairs.shape for pairs in found.values()}) == 1
            for pairs in found.values():
                assert len(pairs) == len(pairs.T) <= words.MOST
                assert np.isfinite(pairs).all()
                assert pairs[-1].sum() > 0


def test_of_a_long_text_the_first_tokens_are_read() -> None:
    found = words.of_cells(View("counting", CELLS, "a" * 50 + "b" * 50))
    assert found["rnn.gradient"].shape == (words.MOST, words.MOST)
