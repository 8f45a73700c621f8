"""Two languages that a finite memory cannot know: a^n b^n, which needs a counter, and brackets, which need a stack.

    counted(3)                                                        # "aaabbb."
    brackets(np.random.default_rng(0), length=12, deepest=8)          # "[([])()]([])"

Both by seed where anything is drawn, of any length. Numpy only.
"""

import numpy as np

from gateviz.errors import InputError

COUNTED_SYMBOLS = "ab."
BRACKETS = "()[]"
OPENING = "(["
CLOSING = ")]"
PARTNER = {"(": ")", "[": "]"}


def counted(n: int) -> str:
    """N times a, n times b, and the full stop that ends them. From the first b on, everything that follows is decided.

    Raises:
        InputError: n below 1.
    """
    if n < 1:
        raise InputError(f"n must be at least 1, got {n}")
    return "a" * n + "b" * n + "."


def brackets(generator: np.random.Generator, length: int, deepest: int) -> str:
    """A balanced text of round and square brackets.

    Wherever both could stand, an opening and a closing one are as likely, and so are the two kinds that may open; the
    kind that closes is decided by the nesting.

    Args:
        generator: what is drawn from.
        length: how many brackets, an even number.
        deepest: at most so many are open at once.

    Raises:
        InputError: a length that is odd or below 2, or a depth below 1.
    """
    if length < 2 or length % 2 or deepest < 1:
        raise InputError(f"brackets need an even length and a depth of at least 1, got {length} and {deepest}")
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
    """Each place of `text` where a closing bracket stands, 0-based, and the kind that the nesting asks for there.

    Places where nothing is open to be closed, in a text that is not balanced, are left out.
    """
    places: list[tuple[int, str]] = []
    pending: list[str] = []
    for place, symbol in enumerate(text):
        if symbol in PARTNER:
            pending.append(PARTNER[symbol])
        elif symbol in CLOSING and pending:
            places.append((place, pending.pop()))
    return places
