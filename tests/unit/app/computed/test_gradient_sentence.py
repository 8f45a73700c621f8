"""The line over the gradients: what is left as far back as the text reaches, and whether the textbook holds."""

import numpy as np
import pytest

from gateviz.app.computed.gradient_sentence import sentence, share_text, wall
from gateviz.app.computed.gradients import Decay
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import load
from gateviz.results.trace import CellName

SAY = load("en")
TOKENS = [Token(text, 0, known=True) for text in ["I", " grew", "<b>", "**"] * 26]
Shown = dict[CellName, Decay]


def falling(half_life: float, steps: int = 31) -> Decay:
    """A gradient that halves every so many steps towards the beginning of the text."""
    norms = 3.0 * 2.0 ** (-np.arange(steps)[::-1] / half_life)
    return Decay(norms, None, norms, 1.0)


def said(decays: Shown, step: int = 30, language: str = "en") -> str:
    return sentence(decays, TOKENS, step, "forward", load(language))


def test_it_tells_what_is_left_the_most_first_and_that_the_textbook_holds() -> None:
    words = said({"rnn": falling(2), "lstm": falling(10), "gru": falling(40)})
    left = SAY("gradients.left_trained", steps=20, shares="GRU 71%, LSTM 25%, RNN 0.1%")
    assert words == left + SAY("gradients.as_textbooks")


def test_where_a_gated_cell_keeps_less_than_the_plain_one_the_textbook_is_refuted() -> None:
    decays: Shown = {"rnn": falling(10), "lstm": falling(5), "gru": falling(20)}
    assert said(decays).endswith(SAY("gradients.against_textbooks", cells="LSTM"))
    both = said(decays | {"gru": falling(4)}, language="zh")
    assert both.endswith(load("zh")("gradients.against_textbooks", cells="LSTM和GRU"))


def test_without_a_plain_and_a_gated_network_nothing_is_held_against_the_textbook() -> None:
    one = said({"lstm": falling(10)})
    assert one == SAY("gradients.left_trained", steps=20, shares="LSTM 25%")
    gated = said({"lstm": falling(10), "gru": falling(10)})
    assert gated.endswith("LSTM 25%, GRU 25%.")


def test_at_the_first_step_and_without_a_gradient_there_is_nothing_to_tell() -> None:
    assert said({"gru": falling(10, 1)}, 0) == SAY("gradients.nothing_before")
    nothing = Decay(np.zeros(31), None, np.zeros(31), 0.0)
    words = said({"rnn": nothing, "gru": falling(20)})
    assert words == SAY("gradients.left_trained", steps=20, shares="GRU 50%, RNN –")


def test_a_reverse_layer_read_the_text_from_its_end() -> None:
    norms = falling(10).hidden_state[::-1]
    words = sentence({"gru": Decay(norms, None, norms, 1.0)}, TOKENS[:31], 30, "reverse", SAY)
    assert words == SAY("gradients.left_trained", steps=20, shares="GRU 25%")


def broken(at: int, share: float, steps: int = 31) -> Decay:
    """A gradient of 1 from the loss back to this step; before it only that share is left."""
    norms = np.where(np.arange(steps) < at, share, 1.0)
    return Decay(np.ones(steps), norms, norms, 1.0)


def stops(share: str, cell: str, gradient: str, place: str) -> str:
    return SAY("gradients.wall", share=share, cell=cell, gradient=gradient, place=place, steps=1)


@pytest.mark.parametrize(("at", "place"), [(13, "“grew” (step 14)"), (14, "step 15"), (15, "step 16")])
def test_where_a_gradient_stops_is_named_and_only_letters_of_a_text_are_told(at: int, place: str) -> None:
    assert said({"lstm": broken(at, 0.05)}).endswith(stops("5.0%", "LSTM", "dL/dc", place))
    assert "stops" not in said({"lstm": broken(at, 0.3)})
    norms = broken(at, 0.05).inputs
    assert "stops" not in said({"rnn": Decay(norms, None, norms, 1.0)}), "in a plain RNN nothing is kept"


def test_the_step_of_the_loss_itself_is_no_wall_and_a_reverse_layer_has_one_where_it_read() -> None:
    assert "stops" not in said({"lstm": broken(30, 0.01)})
    norms = broken(13, 0.05).inputs
    decay = Decay(norms[::-1], None, norms, 1.0)
    words = sentence({"gru": decay}, TOKENS[:31], 30, "reverse", SAY)
    assert words.endswith(stops("5.0%", "GRU", "dL/dh", "“grew” (step 18)"))


def test_a_wall_is_a_few_tokens_wide_without_ends_at_which_little_is_lost() -> None:
    found = wall(np.array([0.01, 0.01, 0.1, 0.9, 1.0, 1.0]))
    assert found is not None
    assert found[:2] == (1, 3)
    assert found[2] == pytest.approx(0.01 / 0.9)
    assert wall(0.6 ** np.arange(20.0)[::-1]) is None, "a slow decay stops nowhere"
    assert wall(np.zeros(5)) is None
    assert wall(np.ones(1)) is None


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.43, "143%"), (0.995, "100%"), (0.1, "10%"), (0.0994, "9.9%"), (0.00123, "0.1%"), (3.2e-7, "3·10⁻⁷"),
     (0.0, "0"), (float("nan"), "–")],
)  # fmt: skip
def test_a_share_is_a_percentage_or_a_power_of_ten(share: float, text: str) -> None:
    assert share_text(share) == text
