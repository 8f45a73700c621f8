"""The three classic tests of memory, by seed and of any length: temporal order, adding, copying. Numpy only.

    generator = np.random.default_rng(0)
    ids, answers = temporal_order(generator, count=2, length=12)      # "dXcbaYadbccb" -> XY
    numbers, sums = adding(generator, count=2, length=6)              # 0.53 0.21* 0.94 0.07* 0.36 0.88 -> 0.28
    ids, recalled = copying(generator, count=2, symbols=3, gap=4)     # "bad....>bad": b, a and d are to be recalled

Each has a shortest length below which the question cannot be put. Ids are positions in that task's symbols.
"""

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

COPY_SYMBOLS = "abcd"
GAP = "."
RECALL = ">"
COPY_ALPHABET = COPY_SYMBOLS + GAP + RECALL
"""Copying: the symbols to recall, the one that fills the gap, and the sign to recall them at."""


def temporal_order(generator: np.random.Generator, count: int, length: int, *, spread: bool = False) -> tuple[Ids, Ids]:
    """Texts of a, b, c, d in which an X or Y stands at two places; the answer is which two, in their order.

    As Hochreiter and Schmidhuber (1997) place them, in shares of the length: the first in the second tenth, the other
    in the sixth. So the last four tenths tell nothing, and the answer has to be kept across them.

    Args:
        generator: what is drawn from.
        count: how many texts.
        length: of each.
        spread: draw the places more widely, the first from the first half and the other from what lies between it and
            two thirds, so that at least the last third tells nothing.

    Returns:
        ids (count, length) and answers (count,), an index of ORDERS.

    Raises:
        InputError: a length below 10.
    """
    if length < ORDER_SHORTEST:
        raise InputError(f"temporal order needs a length of at least {ORDER_SHORTEST}, got {length}")
    ids = generator.integers(0, 4, (count, length))
    asked = generator.integers(0, 2, (count, 2))
    rows = np.arange(count)
    if spread:
        first = generator.integers(0, length // 2, count)
        second = generator.integers(first + 1, 2 * length // 3)
    else:
        first, second = (generator.integers(length * n // 10, length * (n + 1) // 10, count) for n in (1, 5))
    ids[rows, first], ids[rows, second] = 4 + asked[:, 0], 4 + asked[:, 1]
    return ids, asked[:, 0] * 2 + asked[:, 1]


def adding(generator: np.random.Generator, count: int, length: int) -> tuple[Reals, Reals]:
    """Numbers from 0 to 1, one of them marked in each half; the answer is the sum of the marked two.

    Returns:
        numbers (count, length, 2), each beside its mark, 0 or 1; and sums (count,).

    Raises:
        InputError: a length below 2.
    """
    if length < SUM_SHORTEST:
        raise InputError(f"adding needs a length of at least {SUM_SHORTEST}, got {length}")
    numbers = np.zeros((count, length, 2), dtype=np.float32)
    numbers[:, :, 0] = generator.random((count, length), dtype=np.float32)
    rows = np.arange(count)
    numbers[rows, generator.integers(0, length // 2, count), 1] = 1
    numbers[rows, generator.integers(length // 2, length, count), 1] = 1
    sums: Reals = (numbers[:, :, 0] * numbers[:, :, 1]).sum(axis=1)
    return numbers, sums


def copying(generator: np.random.Generator, count: int, symbols: int, gap: int) -> tuple[Ids, Ids]:
    """Symbols, a gap, the sign to recall, and the symbols once more.

    Returns:
        ids (count, 2 * symbols + gap + 1), and the part of them that is to be recalled, the last `symbols`.

    Raises:
        InputError: no symbol, or a negative gap.
    """
    if symbols < 1 or gap < 0:
        raise InputError(f"copying needs a symbol and a gap of at least 0, got {symbols} and {gap}")
    said = generator.integers(0, len(COPY_SYMBOLS), (count, symbols))
    dots = np.full((count, gap), COPY_ALPHABET.index(GAP))
    sign = np.full((count, 1), COPY_ALPHABET.index(RECALL))
    return np.concatenate([said, dots, sign, said], axis=1), said
