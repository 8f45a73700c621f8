"""Two languages that no finite memory can know: a^n b^n, which needs a counter, and brackets, which need a stack.

    counted(3)                                                        # "aaabbb."
    brackets(np.random.default_rng(0), length=12, deepest=8)          # "[([])()]([])"

Texts of any length, drawn by seed. Numpy only.
"""

import numpy as np

from gateviz.errors import InputError

COUNTED_SYMBOLS = "ab."
BRACKETS = "()[]"
OPENING = "(["
CLOSING = ")]"
PARTNER = {"(": ")", "[": "]"}


def counted(n: int) -> str:
    """The letter a n times, b n times, and a full stop. The first b decides everything that follows.

    Raises:
        InputError: n below 1.
    """
    if n < 1:
        raise InputError(f"n is {n}: it must be at least 1.")
    return "a" * n + "b" * n + "."


def brackets(generator: np.random.Generator, length: int, deepest: int) -> str:
    """A balanced text of round and square brackets.

    If both an opening and a closing bracket could come next, they are equally likely; so are the two kinds of opening
    brackets. The nesting decides the kind of a closing bracket.

    Args:
        generator: the brackets are drawn from it.
        length: how many brackets, an even number.
        deepest: how many may be open at once.

    Raises:
        InputError: a length that is odd or below 2, or a depth below 1.
    """
    if length < 2 or length % 2 or deepest < 1:
        raise InputError(f"length is {length} and depth {deepest}: give an even length and a depth of at least 1.")
    opens, kinds = generator.integers(0, 2, (2, length)).tolist()
    text: list[str] = []
    pending: list[str] = []
    for place in range(length):
        must_close = len(pending) == min(deepest, length - place)
        if not pending or (opens[place] and not must_close):
            text.append(OPENING[kinds[place]])
            pending.append(PARTNER[text[-1]])
        else:
            text.append(pending.pop())
    return "".join(text)


def decided(text: str) -> list[tuple[int, str]]:
    """The position of each closing bracket of `text`, from 0, and the kind that the nesting requires there.

    A closing bracket for which none is open is left out.
    """
    places: list[tuple[int, str]] = []
    pending: list[str] = []
    for place, symbol in enumerate(text):
        if symbol in PARTNER:
            pending.append(PARTNER[symbol])
        elif symbol in CLOSING and pending:
            places.append((place, pending.pop()))
    return places
