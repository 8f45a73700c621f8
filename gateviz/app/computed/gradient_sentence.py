"""How much of each network's gradient is left, in one computed line for the Gradients page.

It compares the cells with what textbooks say, that gates carry the gradient further, and says so where the models do
otherwise. Where a gated network's gradient runs into a wall, a token that lets little of it past, the line names the
token: what was kept has been overwritten there.
"""

import math
from collections.abc import Mapping, Sequence

from gateviz.app.computed.gradients import Decay
from gateviz.app.computed.lesson_facts import printed
from gateviz.data.tokenizing.tokens import Token
from gateviz.i18n.translator import Translator
from gateviz.results.statistics import left_after
from gateviz.results.trace import Array, CellName, Direction

DISTANCES = (10, 20, 50)
"""The steps before the loss at which the page tells what is left."""
BREAK = 0.1
"""A few tokens past which no more than this share of a gradient gets are a wall."""

WIDE = 4
"""So many tokens at most are a wall; a slow decay is none."""

HARDLY = 0.6
"""At the ends of a wall each token lets less than this share past."""


def from_loss(norms: Array, step: int, direction: Direction) -> Array:
    """(time,) of a layer's norms up to the step of the loss, in the order in which the layer read.

    The last entry is the step at which the answer was read: a reverse layer ends at the first token.
    """
    read = norms[: step + 1]
    return read if direction == "forward" else read[::-1]


def share_text(share: float) -> str:
    """A share as it is read: 143%, 12%, 1.2%, 3·10⁻⁷; a dash where there is none."""
    if math.isnan(share):
        return "–"
    if share == 0:
        return "0"
    return printed(share, ".0%" if share >= 0.0995 else ".1%" if share >= 0.0005 else ".0e")


def sentence(
    decays: Mapping[CellName, Decay],
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
    curves = {cell: from_loss(decay.hidden_state, step, direction) for cell, decay in decays.items()}
    reach = min(map(len, curves.values())) - 1
    if reach == 0:
        return say("gradients.nothing_before")
    back = max((distance for distance in DISTANCES if distance <= reach), default=reach)
    shares = {cell: left_after(curve, back) for cell, curve in curves.items()}
    order = sorted(shares, key=lambda cell: -math.inf if math.isnan(shares[cell]) else shares[cell], reverse=True)
    listed = say("words.joint").join(f"{say(f'cell.{cell}')} {share_text(shares[cell])}" for cell in order)
    key = "gradients.left_one" if back == 1 else "gradients.left_trained"
    walls = "".join(_wall(cell, decay, tokens, step, direction, say) for cell, decay in decays.items())
    return say(key, steps=back, shares=listed) + _held_against_the_textbook(shares, say) + walls


def _wall(
    cell: CellName, decay: Decay, tokens: Sequence[Token], step: int, direction: Direction, say: Translator
) -> str:
    """Where a gated network lets little of the gradient past a few tokens; the loss's own token aside."""
    signal = "hidden_state" if decay.cell_state is None else "cell_state"
    norms = decay.hidden_state if decay.cell_state is None else decay.cell_state
    found = wall(from_loss(norms, step, direction)[:-1])
    if cell == "rnn" or found is None:
        return ""
    first, last, share = found
    at = last if direction == "forward" else step - last
    word = tokens[at].text.strip()
    place = say("gradients.word", token=word, step=at + 1) if word.isalnum() else say("gradients.bare", step=at + 1)
    return say(
        "gradients.wall",
        share=share_text(share),
        cell=say(f"cell.{cell}"),
        gradient=say(f"gradient.{signal}"),
        place=place,
        steps=last - first,
    )


def wall(curve: Array) -> tuple[int, int, float] | None:
    """(first, last, share): of the gradient at entry `last` no more than `BREAK` is left at `first`, a little earlier.

    Of all such stretches of up to `WIDE` entries it is the one that lets least past, without ends at which little is
    lost. None if there is none.

    Args:
        curve: (time,) norms; the last entry is the nearest to the loss.
    """
    stretches = [
        (float(curve[first] / curve[last]), first, last)
        for last in range(1, len(curve))
        for first in range(max(0, last - WIDE), last)
        if curve[last] > 0
    ]
    share, first, last = min(stretches, default=(1.0, 0, 0))
    if not share < BREAK:
        return None
    while last - first > 1 and curve[last - 1] > HARDLY * curve[last]:
        last -= 1
    while last - first > 1 and curve[first] > HARDLY * curve[first + 1]:
        first += 1
    return first, last, float(curve[first] / curve[last])


def _held_against_the_textbook(shares: Mapping[CellName, float], say: Translator) -> str:
    """Whether what has gates kept more than the plain RNN; nothing where there is none of both to compare."""
    if "rnn" not in shares or len(shares) < 2 or any(map(math.isnan, shares.values())):
        return ""
    faster = [cell for cell in shares if shares[cell] < shares["rnn"]]
    if not faster:
        return say("gradients.as_textbooks")
    return say("gradients.against_textbooks", cells=say("gradients.and").join(say(f"cell.{cell}") for cell in faster))
