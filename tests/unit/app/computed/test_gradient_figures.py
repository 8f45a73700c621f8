"""What the Gradients page draws: curves of every state, half-lives counted from the loss, the words on what L is."""

import json
from dataclasses import replace

import numpy as np
import pytest

from gateviz.app.computed import gradient_figures, gradients
from gateviz.app.computed.gradient_figures import Decays
from gateviz.app.computed.gradients import Decay
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.folder import find_card

SAY = load("en")
NORMS = np.array([0.125, 0.25, 0.5, 1.0])
TOKENS = tuple(Token(character, number, known=character != "?") for number, character in enumerate("abc?"))
DECAYS: Decays = {
    ("lstm", "trained"): Decay(NORMS, 2 * NORMS, NORMS, 1.0),
    ("gru", "untrained"): Decay(4 * NORMS, None, NORMS, 1.0),
}


def test_every_state_of_every_network_is_a_curve_with_a_label_of_its_own() -> None:
    curves = gradient_figures.curves(DECAYS, None, SAY)
    assert [(curve.cell, curve.is_cell_state, curve.is_untrained) for curve in curves] == [
        ("lstm", False, False),
        ("lstm", True, False),
        ("gru", False, True),
    ]
    assert len({curve.label for curve in curves}) == 3
    assert SAY("gradients.untrained") in curves[2].label


def test_networks_of_one_kind_are_not_told_apart_by_it() -> None:
    curves = gradient_figures.curves({("lstm", "trained"): DECAYS["lstm", "trained"]}, None, SAY)
    assert not any(SAY("gradients.trained") in curve.label for curve in curves)


def test_a_relative_curve_is_one_at_the_step_of_the_loss_and_one_that_underflowed_stays_zero() -> None:
    for curve in gradient_figures.curves(DECAYS, 3, SAY):
        np.testing.assert_array_equal(curve.norms, NORMS)
    nothing: Decays = {("rnn", "trained"): Decay(np.zeros(4), None, np.zeros(4), 0.0)}
    np.testing.assert_array_equal(gradient_figures.curves(nothing, 3, SAY)[0].norms, np.zeros(4))


@pytest.mark.parametrize(("direction", "expected"), [("forward", 1.0), ("reverse", None)])
def test_a_half_life_is_counted_from_where_the_answer_is_read(direction: str, expected: float | None) -> None:
    strips = gradient_figures.strips(DECAYS, TOKENS, 3, direction, SAY)  # type: ignore[arg-type]
    lives = [life["steps"] for network in strips["networks"] for life in network["half_lives"]]
    assert lives == [expected] * 3, "a reverse layer ends at the first token: seen from there this curve grows"
    json.dumps(strips, allow_nan=False)


def test_what_is_saved_has_six_digits_and_nothing_that_json_cannot_hold() -> None:
    decays: Decays = {("rnn", "trained"): Decay(np.array([1 / 3, np.nan, np.inf]), None, np.zeros(3), 0.0)}
    saved = gradient_figures.saved(gradient_figures.curves(decays, None, SAY), "norm", "timemachine", SAY)
    assert saved["curves"][0]["norms"] == [0.333333, None, None]
    assert saved["titles"]["task"] == SAY("task.timemachine")
    json.dumps(saved, allow_nan=False)


CARD = find_card("timemachine", "lstm")


def card(answers: str, vocabulary: tuple[str, ...] = ("a", "b")) -> ModelCard:
    config = replace(CARD.config)
    object.__setattr__(config, "answers", answers)
    return replace(CARD, config=config, vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("answers", "vocabulary", "step", "words"),
    [("next", ("a", "b"), 0, "caption"), ("next", ("a", "b"), 3, "caption_guess"),
     ("next", ("a", "b"), 2, "caption_guess"), ("class", ("a", "b"), 1, "caption_class"),
     ("text", ("a", "b"), 1, "caption_text"), ("value", ("a", "b"), 1, "caption_value"),
     ("value", ("a",), 1, "caption_series"), ("value", ("a",), 3, "caption_value")],
)  # fmt: skip
def test_the_words_on_the_loss_depend_on_the_answers_and_on_what_follows(
    answers: str, vocabulary: tuple[str, ...], step: int, words: str
) -> None:
    assert gradient_figures.loss_caption(card(answers, vocabulary), TOKENS, step) == words
    assert SAY.has(f"gradients.{words}")


def test_the_forget_bias_is_of_untrained_lstms_alone() -> None:
    view = View("timemachine", ("lstm", "gru"), "He said so.")
    for cell, weights in (("lstm", "trained"), ("gru", "untrained"), ("gru", "trained")):
        one = gradients.decay(view, cell, step=4, weights=weights, forget_bias=0.0)  # type: ignore[arg-type]
        assert gradients.decay(view, cell, step=4, weights=weights, forget_bias=3.0) is one  # type: ignore[arg-type]
    one = gradients.decay(view, "lstm", step=4, weights="untrained", forget_bias=0.0)
    other = gradients.decay(view, "lstm", step=4, weights="untrained", forget_bias=3.0)
    assert not np.allclose(one.hidden_state[:-1], other.hidden_state[:-1])
    assert len(one.hidden_state) == 5
    assert one.inputs.shape == (len(view.text),)
    assert not one.inputs[5:].any()
