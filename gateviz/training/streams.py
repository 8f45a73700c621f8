"""One long text as parallel streams, for truncated backpropagation through time.

`streams` cuts the text into `batch_size` streams that begin at a random place. Each batch reads the next `window`
tokens of every stream. The streams of `passages` begin anew all the time, at places that are given.
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


def passages(
    ids: Sequence[int],
    starts: Sequence[int],
    *,
    batch_size: int,
    window: int,
    windows: int,
    unknown: int,
    generator: torch.Generator,
) -> Iterator[Batch]:
    """Endless batches as those of `streams`; after every `windows` of them all streams begin anew, without a state.

    Args:
        ids: of the text.
        starts: positions in the text at which a stream may begin.
        batch_size: how many streams.
        window: tokens of a stream in each batch.
        windows: batches that a stream is read for.
        unknown: an id that is never a target.
        generator: the beginnings are drawn from it.

    Raises:
        InputError: no start that is followed by enough tokens, or a size below 1.
    """
    for name, size in (("batch_size", batch_size), ("window", window), ("windows", windows)):
        whole_number(name, size, least=1)
    text = torch.tensor(ids, dtype=torch.long)
    possible = torch.tensor([start for start in starts if start + windows * window < len(text)], dtype=torch.long)
    if not len(possible):
        raise InputError(f"no start is followed by {windows * window} tokens: the text has {len(text)}.")
    inside = torch.arange(window + 1)
    while True:
        first = possible[torch.randint(len(possible), (batch_size,), generator=generator)]
        for at in range(windows):
            ids_here = text[first[:, None] + at * window + inside]  # (batch, window + 1)
            targets = ids_here[:, 1:].masked_fill(ids_here[:, 1:] == unknown, IGNORED)
            yield Batch(ids_here[:, :-1], targets, fresh=at == 0)
