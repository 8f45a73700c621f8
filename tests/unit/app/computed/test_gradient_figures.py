"""What the Gradients page draws on a sentence: bands, maps and paths of the library, and words on what L is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.app.computed import gradient_figures, gradient_paths
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import load
from gateviz.models.view import View
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.folder import find_card
from gateviz.results.trace import CELLS

SAY = load("en")
TOKENS = tuple(Token(character, number, known=character != "?") for number, character in enumerate("abc?"))
TEXT = "I grew up in France. No, I grew up in Spain. I speak fluent"
VIEW = View("hometown", CELLS, TEXT)
BOTH_WAYS = View("sentiment", ("lstm",), "The film is not good.")


def double(view: View, cell: str) -> Any:
    return gateviz.load_pretrained(view.task, cell).clone().double()


def packed(view: View, step: int, kind: str = "one_step") -> dict[str, Any]:
    tokens = gateviz.load_pretrained(view.task, view.cells[0]).tokenize(view.text)
    return gradient_figures.packed(view, tokens, step, kind, SAY, relative=True)  # type: ignore[arg-type]


def test_with_a_loss_at_every_step_the_bands_add_up_to_the_whole_gradient() -> None:
    model = double(VIEW, "lstm")
    steps = len(model.tokenize(TEXT))
    losses = [model.loss_at(TEXT, step) for step in range(steps)]
    whole = gateviz.gradient_flow(
        model.recurrent, losses[0].inputs, lambda output: sum(one.loss(output) for one in losses)
    )
    found = gradient_paths.bands(VIEW, "lstm")
    np.testing.assert_allclose(found.shares.sum(axis=1), whole.norm("hidden_state")[0], rtol=1e-9)
    covered = [step for first, last in found.spans for step in range(first, last + 1)]
    assert covered == list(range(steps))
    for (first, last), band in zip(found.spans, found.shares.T, strict=True):
        assert not band[last + 1 :].any(), "no loss sends a gradient to later steps"
        assert band[first : last + 1].any()


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_paths_end_at_the_loss_and_are_the_librarys(direction: Any) -> None:
    view, step = replace(BOTH_WAYS, direction=direction), 3
    model = double(view, "lstm")
    inputs = model.loss_at(view.text, step).inputs
    row = step if direction == "forward" else 0
    path = gateviz.path_norms(model.recurrent, inputs, direction=direction)
    found = gradient_paths.paths(view, "lstm", step)
    np.testing.assert_allclose(found.total, path.total[0, row], rtol=1e-12)
    assert found.direct is not None
    np.testing.assert_allclose(found.direct, path.direct[0, row], rtol=1e-12)


def test_an_rnn_has_no_direct_path_and_of_a_gated_cell_is_said_how_far_it_misleads() -> None:
    found = packed(VIEW, 15, "paths")["paths"]
    assert found["rnn"]["line"] == SAY("gradients.no_direct_path")
    for cell in ("lstm", "gru"):
        parts = found[cell]["parts"]
        ratio = parts["direct"][5] / parts["total"][5]
        factor = max(ratio, 1 / ratio)
        assert (f"{factor:.1f} times" in found[cell]["line"]) == (gradient_figures.MISLEADS < factor < 100)
        assert parts["rest"][15] is None, "at the loss itself there is no rest"


def test_the_map_of_jacobian_norms_is_the_librarys() -> None:
    tokens = double(VIEW, "gru").tokenize(TEXT)
    figure = gradient_figures.figures(VIEW, tokens, "jacobians", SAY)["gru"]
    model = double(VIEW, "gru")
    norms = gateviz.jacobian_norms(model.recurrent, model.loss_at(TEXT, -1).inputs)[0]
    np.testing.assert_allclose(np.asarray(figure.data[0].customdata, dtype=float), norms, rtol=1e-12)


@pytest.mark.parametrize(
    ("view", "kind", "why"),
    [
        (View("dates", ("lstm",), "1 May"), "jacobians", "not_of_two"),
        (BOTH_WAYS, "every_step", "not_both_ways"),
        (View("timemachine", ("lstm",), "x" * 68), "paths", "too_large"),
        (VIEW, "every_step", None),
        (View("dates", ("lstm",), "1 May"), "one_step", None),
    ],
)
def test_what_a_model_does_not_have_is_said(view: View, kind: Any, why: str | None) -> None:
    found = gradient_paths.why_not(view, kind, 68)
    assert found == why


def test_the_browser_finds_other_losses_with_the_weights_that_are_shown_but_not_those_of_decoders() -> None:
    models = packed(VIEW, 3)["models"]
    assert set(models) == set(CELLS)
    assert models["gru"].startswith("hometown/gru/")
    assert packed(View("dates", ("lstm",), "1 May"), 2)["models"] == {}


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
