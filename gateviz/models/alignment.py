"""Which steps of two texts belong together, so that one can be compared with the other or take states from it.

    aligned_steps(["the", " keys", " are"], ["the", " small", " key", " are"])        # (0, 1, 3)

1. The common beginning: the first tokens as long as both are the same.
2. The common end: the last tokens of what is left as long as both are the same.
3. What is between them: by position from its beginning. A token has no counterpart, None, where the other text's middle
   is shorter.

Tokens are the same if they are spelled the same, spaces included. The steps of a decoder go by their position alone:
its first step belongs to the other decoder's first step, whatever was typed. viewer/js/compare/alignment.js does the
same.
"""

from collections.abc import Sequence


def aligned_steps(
    tokens: Sequence[str], others: Sequence[str], decoders: tuple[int, int] | None = None
) -> tuple[int | None, ...]:
    """For each step of a text, the step of the other text that belongs to it; None if there is none.

    Args:
        tokens: (time,) what is read at each step of the one text.
        others: the same of the other text.
        decoders: at which step of each the decoder begins, if the model has one.
    """
    if decoders is None:
        return _aligned(tokens, others)
    first, other_first = decoders
    typed = _aligned(tokens[:first], others[:other_first])
    written = range(other_first, other_first + len(tokens) - first)
    return (*typed, *(step if step < len(others) else None for step in written))


def _aligned(tokens: Sequence[str], others: Sequence[str]) -> tuple[int | None, ...]:
    shorter = min(len(tokens), len(others))
    begin = next((at for at in range(shorter) if tokens[at] != others[at]), shorter)
    left = shorter - begin
    end = next((at for at in range(left) if tokens[-1 - at] != others[-1 - at]), left)
    middle = [step if step < len(others) - end else None for step in range(begin, len(tokens) - end)]
    return (*range(begin), *middle, *range(len(others) - end, len(others)))
