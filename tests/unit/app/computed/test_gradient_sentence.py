"""The line over the gradients: what is left as far back as the text reaches, and whether the textbook holds."""

import numpy as np
import pytest

from gateviz.app.computed.gradient_sentence import DISTANCES, lasting, sentence, share_text
from gateviz.app.computed.gradients import Decay
from gateviz.app.state.session import Weights
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import load
from gateviz.results.trace import CellName

SAY = load("en")
TOKENS = [Token(text, 0, known=True) for text in ["I", " grew", "<b>", "**"] * 26]
Shown = dict[tuple[CellName, Weights], Decay]


def falling(half_life: float, steps: int = 31) -> Decay:
    """A gradient that halves every so many steps towards the beginning of the text."""
    norms = 3.0 * 2.0 ** (-np.arange(steps)[::-1] / half_life)
    return Decay(norms, None, norms, 1.0)


def said(decays: Shown, step: int = 30, language: str = "en") -> str:
    return sentence(decays, TOKENS, step, "forward", load(language))


def test_it_tells_what_is_left_the_most_first_and_that_the_textbook_holds() -> None:
    words = said({("rnn", "trained"): falling(2), ("lstm", "trained"): falling(10), ("gru", "trained"): falling(40)})
    left = SAY("gradients.left_trained", steps=20, shares="GRU 71%, LSTM 25%, RNN 0.1%")
    assert words == left + SAY("gradients.as_textbooks")


def test_where_a_gated_cell_keeps_less_than_the_plain_one_the_textbook_is_refuted() -> None:
    decays: Shown = {("rnn", "trained"): falling(10), ("lstm", "trained"): falling(5), ("gru", "trained"): falling(20)}
    assert said(decays).endswith(SAY("gradients.against_textbooks", cells="LSTM"))
    both = said(decays | {("gru", "trained"): falling(4)}, language="zh")
    assert both.endswith(load("zh")("gradients.against_textbooks", cells="LSTM和GRU"))


def test_without_a_plain_and_a_gated_network_nothing_is_held_against_the_textbook() -> None:
    one = said({("lstm", "trained"): falling(10)})
    assert one == SAY("gradients.left_trained", steps=20, shares="LSTM 25%")
    gated = said({("lstm", "trained"): falling(10), ("gru", "trained"): falling(10)})
    assert gated.endswith("LSTM 25%, GRU 25%.")


def test_the_trained_networks_are_spoken_of_and_the_untrained_ones_only_alone() -> None:
    untrained: Shown = {("gru", "untrained"): falling(10)}
    assert said(untrained) == SAY("gradients.left_untrained", steps=20, shares="GRU 25%")
    assert said({("gru", "trained"): falling(20), **untrained}).endswith("GRU 50%.")


@pytest.mark.parametrize(("step", "back"), [(1, 1), (2, 2), (9, 9), (10, 10), (19, 10), (49, 20), (50, 50), (99, 50)])
def test_it_looks_as_far_back_as_the_text_allows(step: int, back: int) -> None:
    norms = np.linspace(1.0, 2.0, step + 1)
    words = said({("gru", "trained"): Decay(norms, None, norms, 1.0)}, step)
    assert words.startswith(f"{back} step{'s' if back > 1 else ''} before")
    assert f"GRU {norms[step - back] / norms[step]:.0%}" in words


def test_at_the_first_step_and_without_a_gradient_there_is_nothing_to_tell() -> None:
    assert said({("gru", "trained"): falling(10, 1)}, 0) == SAY("gradients.nothing_before")
    nothing = Decay(np.zeros(31), None, np.zeros(31), 0.0)
    words = said({("rnn", "trained"): nothing, ("gru", "trained"): falling(20)})
    assert words == SAY("gradients.left_trained", steps=20, shares="GRU 50%, RNN –")


def test_a_reverse_layer_read_the_text_from_its_end() -> None:
    norms = falling(10).hidden_state[::-1]
    words = sentence({("gru", "trained"): Decay(norms, None, norms, 1.0)}, TOKENS[:31], 30, "reverse", SAY)
    assert words == SAY("gradients.left_trained", steps=20, shares="GRU 25%")


def broken(at: int, share: float, steps: int = 31) -> Decay:
    """A gradient of 1 from the loss back to this step; before it only that share is left."""
    norms = np.where(np.arange(steps) < at, share, 1.0)
    return Decay(np.ones(steps), norms, norms, 1.0)


@pytest.mark.parametrize(("at", "place"), [(13, "“grew” (step 14)"), (14, "step 15"), (15, "step 16")])
def test_a_token_past_which_little_gets_is_named_and_only_letters_of_a_text_are_told(at: int, place: str) -> None:
    found = SAY("gradients.breaks", share="10%", cell="LSTM", gradient="dL/dc", place=place)
    assert said({("lstm", "trained"): broken(at, 0.1)}).endswith(found)
    assert "past" not in said({("lstm", "trained"): broken(at, 0.3)})
    norms = broken(at, 0.1).inputs
    assert "past" not in said({("rnn", "trained"): Decay(norms, None, norms, 1.0)}), "in a plain RNN nothing is kept"


def test_the_step_of_the_loss_itself_is_no_break_and_a_reverse_layer_breaks_where_it_read() -> None:
    assert "past" not in said({("lstm", "trained"): broken(30, 0.01)})
    norms = broken(13, 0.1).inputs
    decay = Decay(norms[::-1], None, norms, 1.0)
    words = sentence({("gru", "trained"): decay}, TOKENS[:31], 30, "reverse", SAY)
    assert words.endswith(SAY("gradients.breaks", share="10%", cell="GRU", gradient="dL/dh", place="“grew” (step 18)"))


def test_beside_a_half_life_stands_what_is_left_and_how_well_it_fits_only_where_it_fits_badly() -> None:
    smooth = lasting(falling(10).hidden_state, SAY)
    assert smooth["steps"] == pytest.approx(10)
    assert smooth["poor"] == ""
    assert [each["text"] for each in smooth["left"]] == ["50%", "25%", "–"]  # type: ignore[attr-defined]
    assert [each["after"] for each in smooth["left"]] == list(DISTANCES)  # type: ignore[attr-defined]
    crooked = lasting(np.array([1.0, 0.01, 1.0, 0.01, 1.0, 0.1]), SAY)
    assert crooked["poor"] == SAY("gradients.poor", quality=f"{crooked['r_squared']:.2f}")


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.43, "143%"), (0.995, "100%"), (0.1, "10%"), (0.0994, "9.9%"), (0.00123, "0.1%"), (3.2e-7, "3·10⁻⁷"),
     (0.0, "0"), (float("nan"), "–")],
)  # fmt: skip
def test_a_share_is_a_percentage_or_a_power_of_ten(share: float, text: str) -> None:
    assert share_text(share) == text
