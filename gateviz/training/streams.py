"""One long text as parallel streams, for truncated backpropagation through time.

The text is cut into `batch_size` streams that begin at a random place; each batch reads `window` tokens of every
stream and goes on where the one before ended.
"""

from collections.abc import Iterator, Sequence

import torch

from gateviz.errors import InputError
from gateviz.training.loop import IGNORED, Batch


def streams(
    ids: Sequence[int], *, batch_size: int, window: int, unknown: int, generator: torch.Generator
) -> Iterator[Batch]:
    """Endless batches of (batch_size, window) ids and, as targets, the ids one further; `unknown` is not asked for.

    Raises:
        InputError: a text too short for one window in every stream.
    """
    text = torch.tensor(ids, dtype=torch.long)
    length = (len(text) - 1) // batch_size // window * window  # of a stream
    if length == 0:
        raise InputError(f"training needs at least {batch_size * window + 1} tokens, got {len(text)}")
    inside = torch.arange(window + 1)
    while True:
        spare = len(text) - batch_size * length
        start = int(torch.randint(spare, (), generator=generator))
        first = start + torch.arange(batch_size) * length
        for offset in range(0, length, window):
            ids_here = text[first[:, None] + offset + inside]  # (batch, window + 1)
            targets = ids_here[:, 1:].masked_fill(ids_here[:, 1:] == unknown, IGNORED)
            yield Batch(ids_here[:, :-1], targets, fresh=offset == 0)
