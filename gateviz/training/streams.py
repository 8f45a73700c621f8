"""One long text as parallel streams, for truncated backpropagation through time.

The text is cut into `batch_size` streams that begin at a random place. Each batch reads the next `window` tokens of
every stream.
"""

from collections.abc import Iterator, Sequence

import torch

from gateviz.errors import InputError
from gateviz.results.arguments import whole_number
from gateviz.training.loop import IGNORED, Batch


def streams(
    ids: Sequence[int], *, batch_size: int, window: int, unknown: int, generator: torch.Generator
) -> Iterator[Batch]:
    """Endless batches of ids, (batch_size, window), and as targets the ids one step further.

    Args:
        ids: of the text.
        batch_size: how many streams.
        window: tokens of a stream in each batch.
        unknown: an id that is never a target.
        generator: the beginning of the streams is drawn from it.

    Raises:
        InputError: a text too short for one window in every stream, or a size below 1.
    """
    whole_number("batch_size", batch_size, least=1)
    whole_number("window", window, least=1)
    text = torch.tensor(ids, dtype=torch.long)
    length = (len(text) - 1) // batch_size // window * window  # of a stream
    if length == 0:
        raise InputError(f"the text has {len(text)} tokens: training needs at least {batch_size * window + 1}.")
    inside = torch.arange(window + 1)
    while True:
        spare = len(text) - batch_size * length
        start = int(torch.randint(spare, (), generator=generator))
        first = start + torch.arange(batch_size) * length
        for offset in range(0, length, window):
            ids_here = text[first[:, None] + offset + inside]  # (batch, window + 1)
            targets = ids_here[:, 1:].masked_fill(ids_here[:, 1:] == unknown, IGNORED)
            yield Batch(ids_here[:, :-1], targets, fresh=offset == 0)
