"""What a token is: its row, its neighbours, and whether what one expects of them is true of the models."""

import numpy as np
import pytest

import gateviz
from gateviz import list_pretrained
from gateviz.app.computed.hood import embedding
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.pretrained.examples import example_of

TASKS = sorted({card.task for card in list_pretrained()})


@pytest.mark.parametrize("task", TASKS)
def test_the_vector_of_a_token_is_what_the_cell_reads_or_what_w_makes_of_it(task: str) -> None:
    view = View(task, ("gru",), example_of(task))
    found = embedding.of_text(view, "gru")
    model = gateviz.load_pretrained(task, "gru")
    if found["inputs"] == "numbers":
        assert "ids" not in found
        return
    rows = model.embed(found["ids"])[0].numpy()
    vectors = embedding.vectors_of(view, "gru")[found["ids"]]
    if found["inputs"] == "one-hot":
        rows = rows @ model.recurrent.state_dict()["weight_ih_l0"].numpy().T
    np.testing.assert_allclose(vectors, rows, atol=1e-6)
    assert found["off"] == 0
    assert found["size"] == len(model.tokenizer)


def test_the_neighbours_are_those_of_the_largest_cosine() -> None:
    view = View("intent", ("lstm",), "what time is it")
    found = embedding.of_text(view, "lstm")
    weights = gateviz.load_pretrained("intent", "lstm").state_dict()["embedding.weight"].numpy().astype(float)
    own = found["ids"][1]
    cosines = weights @ weights[own] / np.linalg.norm(weights, axis=1) / np.linalg.norm(weights[own])
    cosines[own] = -2
    assert [cosine for _, cosine in found["near"][str(own)]] == pytest.approx(np.sort(cosines)[::-1][:8])
    assert "timezone" in dict(found["near"][str(own)])


def test_the_languages_lie_together_in_intent_and_the_countries_do_not_in_hometown() -> None:
    say = load("en")
    intent = embedding.group_of(View("intent", ("lstm",), "what time is it"), "lstm")
    hometown = embedding.group_of(View("hometown", ("lstm",), "I grew up in France."), "lstm")
    assert intent is not None
    assert hometown is not None
    assert intent["together"]
    assert intent["nearest"] > intent["count"] / 2
    assert (hometown["together"], hometown["count"]) == (False, 12)
    sentence = embedding.sentence(View("hometown", ("lstm",), "I grew up in France."), "lstm", say)
    assert "do not lie together" in sentence
    assert embedding.sentence(View("sentiment", ("lstm",), "good"), "lstm", say) == ""


def test_the_figure_names_the_tokens_of_the_text() -> None:
    figure = embedding.figure(View("intent", ("lstm",), "what time is it"), "lstm", "en")
    assert {"what", "time", "is", "it"} == set(figure.data[1].text)
    assert {"french", "spanish"} < set(figure.data[2].text)
