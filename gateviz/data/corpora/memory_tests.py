"""The three classic tests of memory, of any length, drawn by seed: temporal order, adding, copying. Numpy only.

    generator = np.random.default_rng(0)
    ids, answers = temporal_order(generator, count=2, length=12)      # "dXcbaYadbccb" -> XY
    numbers, sums = adding(generator, count=2, length=6)    # 0.53 0.21* 0.94 0.07* 0.36 0.88 -> 0, 0.21, ..., 0.28
    ids, recalled = copying(generator, count=2, symbols=3, gap=4)     # "bad....>bad": b, a and d are to be recalled

Each has a shortest length, below which the question makes no sense. Ids are positions among that task's symbols.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gateviz.errors import InputError

Ids = NDArray[np.int64]
Reals = NDArray[np.float32]

ORDER_SYMBOLS = "abcdXY"
"""Temporal order: four symbols that mean nothing, and the two whose order is asked for."""

ORDERS = ("XX", "XY", "YX", "YY")
"""The answers of temporal order."""

ORDER_SHORTEST = 10
SUM_SHORTEST = 2

MOST_MARKS = 4

Marks = Literal["two", "any"]
"""Which of the numbers to add are marked: two, one in each half, or from none to four, anywhere."""

Places = Literal["test", "wide", "any"]
"""Where the two of X and Y may stand: as in the test of 1997, more widely, or anywhere."""

COPY_SYMBOLS = "abcd"
GAP = "."
RECALL = ">"
COPY_ALPHABET = COPY_SYMBOLS + GAP + RECALL
"""Copying: the symbols to recall, the symbol that fills the gap, and the sign after which they are recalled."""


def temporal_order(
    generator: np.random.Generator, count: int, length: int, *, places: Places = "test"
) -> tuple[Ids, Ids]:
    """Texts of a, b, c, d with an X or Y at two places; the answer is which two they are, in their order.

    Hochreiter and Schmidhuber (1997) put the first into the second tenth of the text, and the other into the sixth. So
    the last four tenths tell nothing, and the answer has to be kept across them.

    Args:
        generator: the texts are drawn from it.
        count: how many texts.
        length: of each.
        places: "test" as in 1997; "wide": the first from the first half, the other from between it and two thirds of
            the length, so that at least the last third tells nothing; "any": two places of the text, the last one
            included.

    Returns:
        ids (count, length) and answers (count,), an index of ORDERS.

    Raises:
        InputError: a length below 10, or below 2 with "any" places.
    """
    least = 2 if places == "any" else ORDER_SHORTEST
    if length < least:
        raise InputError(f"the length is {length}: temporal order needs at least {least}.")
    ids = generator.integers(0, 4, (count, length))
    asked = generator.integers(0, 2, (count, 2))
    rows = np.arange(count)
    if places == "any":
        first, second = np.sort(generator.random((count, length)).argsort(axis=1)[:, :2], axis=1).T
    elif places == "wide":
        first = generator.integers(0, length // 2, count)
        second = generator.integers(first + 1, 2 * length // 3)
    else:
        first, second = (generator.integers(length * n // 10, length * (n + 1) // 10, count) for n in (1, 5))
    ids[rows, first], ids[rows, second] = 4 + asked[:, 0], 4 + asked[:, 1]
    return ids, asked[:, 0] * 2 + asked[:, 1]


def adding(generator: np.random.Generator, count: int, length: int, *, marks: Marks = "two") -> tuple[Reals, Reals]:
    """Numbers from 0 to 1, some of them marked; the answer is the sum of the marked ones so far.

    Args:
        generator: the numbers are drawn from it.
        count: how many texts.
        length: of each.
        marks: "two", one in each half, as in 1997; "any": from none to four of them, anywhere.

    Returns:
        numbers (count, length, 2), each with its mark, 0 or 1; and sums (count, length), after each number.

    Raises:
        InputError: a length below 2.
    """
    if length < SUM_SHORTEST:
        raise InputError(f"the length is {length}: adding needs at least {SUM_SHORTEST}.")
    numbers = np.zeros((count, length, 2), dtype=np.float32)
    numbers[:, :, 0] = generator.random((count, length), dtype=np.float32)
    rows = np.arange(count)
    if marks == "two":
        numbers[rows, generator.integers(0, length // 2, count), 1] = 1
        numbers[rows, generator.integers(length // 2, length, count), 1] = 1
    else:
        many = generator.integers(0, min(length, MOST_MARKS) + 1, count)
        ranks = generator.random((count, length)).argsort(axis=1).argsort(axis=1)  # an order of each text's places
        numbers[:, :, 1] = ranks < many[:, None]
    sums: Reals = (numbers[:, :, 0] * numbers[:, :, 1]).cumsum(axis=1)
    return numbers, sums


def copying(generator: np.random.Generator, count: int, symbols: int, gap: int) -> tuple[Ids, Ids]:
    """Symbols, a gap, the sign that asks for the recall, and the symbols once more.

    Returns:
        ids (count, 2 * symbols + gap + 1), and the last `symbols` of them, which are to be recalled.

    Raises:
        InputError: no symbol, or a negative gap.
    """
    if symbols < 1 or gap < 0:
        raise InputError(
            f"there are {symbols} symbols and a gap of {gap}: copying needs 1 symbol and a gap of 0 or more."
        )
    said = generator.integers(0, len(COPY_SYMBOLS), (count, symbols))
    dots = np.full((count, gap), COPY_ALPHABET.index(GAP))
    sign = np.full((count, 1), COPY_ALPHABET.index(RECALL))
    return np.concatenate([said, dots, sign, said], axis=1), said
