"""How much of each network's gradient is left: as numbers for the Gradients page, and in one computed line.

The line is about the trained networks, or about the untrained ones if only those are shown. It compares the cells with
what textbooks say, that gates carry the gradient further, and says so where the models do otherwise. Where a gated
network lets little of the gradient past one token, it names the token: what was kept has been overwritten there.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from gateviz.app.computed.gradients import Decay
from gateviz.app.computed.lesson_facts import printed
from gateviz.app.state.session import Weights
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.results.statistics import curve_half_life, left_after
from gateviz.results.trace import Array, CellName, Direction

DISTANCES = (10, 20, 50)
"""The steps before the loss at which the page tells what is left."""

POOR = 0.8
"""Where R² is less, a half-life says little, and the page says so."""


BREAK = 0.2
"""A token past which no more than this share of a gradient gets is named."""


def from_loss(norms: Array, step: int, direction: Direction) -> Array:
    """(time,) of a layer's norms up to the step of the loss, in the order in which the layer read.

    The last entry is the step at which the answer was read: a reverse layer ends at the first token.
    """
    read = norms[: step + 1]
    return read if direction == "forward" else read[::-1]


def lasting(curve: Array, say: Translator) -> dict[str, object]:
    """The half-life of a curve, how well it fits where it fits badly, and what is left at each of `DISTANCES`."""
    found = curve_half_life(curve)
    poor = found.r_squared < POOR  # not where there is nothing to fit
    left = [left_after(curve, distance) for distance in DISTANCES]
    return {
        "steps": found.steps if math.isfinite(found.steps) else None,
        "r_squared": found.r_squared if math.isfinite(found.r_squared) else None,
        "poor": say("gradients.poor", quality=f"{found.r_squared:.2f}") if poor else "",
        "left": [
            {"after": distance, "share": None if math.isnan(share) else share, "text": share_text(share)}
            for distance, share in zip(DISTANCES, left, strict=True)
        ],
    }


def share_text(share: float) -> str:
    """A share as it is read: 143%, 12%, 1.2%, 3·10⁻⁷; a dash where there is none."""
    if math.isnan(share):
        return "–"
    if share == 0:
        return "0"
    return printed(share, ".0%" if share >= 0.0995 else ".1%" if share >= 0.0005 else ".0e")


def sentence(
    decays: Mapping[tuple[CellName, Weights], Decay],
    tokens: Sequence[Token],
    step: int,
    direction: Direction,
    say: Translator,
) -> str:
    """What is to be seen in the curves of dL/dh, and of an LSTM's dL/dc. Of the text only letters and digits are told.

    Args:
        decays: of the networks that are shown.
        tokens: (time,) what was read.
        step: of the loss, from 0.
        direction: in which the layer reads.
        say: the language.
    """
    kind: Weights = "trained" if any(weights == "trained" for _, weights in decays) else "untrained"
    shown = {cell: decay for (cell, weights), decay in decays.items() if weights == kind}
    curves = {cell: from_loss(decay.hidden_state, step, direction) for cell, decay in shown.items()}
    reach = min(map(len, curves.values())) - 1
    if reach == 0:
        return say("gradients.nothing_before")
    back = max((distance for distance in DISTANCES if distance <= reach), default=reach)
    shares = {cell: left_after(curve, back) for cell, curve in curves.items()}
    order = sorted(shares, key=lambda cell: -math.inf if math.isnan(shares[cell]) else shares[cell], reverse=True)
    listed = say("words.joint").join(f"{say(f'cell.{cell}')} {share_text(shares[cell])}" for cell in order)
    which = "one" if back == 1 else kind
    key = f"gradients.left_{which}"
    breaks = "".join(_break(cell, decay, tokens, step, direction, say) for cell, decay in shown.items())
    return say(key, steps=back, shares=listed) + _held_against_the_textbook(shares, say) + breaks


def _break(
    cell: CellName, decay: Decay, tokens: Sequence[Token], step: int, direction: Direction, say: Translator
) -> str:
    """The token that lets least of a gated network's gradient past, if that is little; the loss's own token aside."""
    signal = "hidden_state" if decay.cell_state is None else "cell_state"
    norms = decay.hidden_state if decay.cell_state is None else decay.cell_state
    curve = from_loss(norms, step, direction)[:-1]
    passes = np.divide(curve[:-1], curve[1:], out=np.ones(max(0, len(curve) - 1)), where=curve[1:] > 0)
    if cell == "rnn" or not len(passes) or not passes.min() < BREAK:
        return ""
    found = int(passes.argmin()) + 1
    at = found if direction == "forward" else step - found
    word = tokens[at].text.strip()
    place = say("gradients.word", token=word, step=at + 1) if word.isalnum() else say("gradients.bare", step=at + 1)
    share, gradient = share_text(float(passes.min())), say(f"gradient.{signal}")
    return say("gradients.breaks", share=share, cell=say(f"cell.{cell}"), gradient=gradient, place=place)


def _held_against_the_textbook(shares: Mapping[CellName, float], say: Translator) -> str:
    """Whether what has gates kept more than the plain RNN; nothing where there is none of both to compare."""
    if "rnn" not in shares or len(shares) < 2 or any(map(math.isnan, shares.values())):
        return ""
    faster = [cell for cell in shares if shares[cell] < shares["rnn"]]
    if not faster:
        return say("gradients.as_textbooks")
    return say("gradients.against_textbooks", cells=say("gradients.and").join(say(f"cell.{cell}") for cell in faster))
