"""One text as parallel streams."""

from itertools import islice

import pytest
import torch

from gateviz.errors import InputError
from gateviz.training.loop import IGNORED, Batch
from gateviz.training.streams import passages, streams


def first(count: int, ids: list[int], window: int = 3, unknown: int = -1, seed: int = 0) -> list[Batch]:
    generator = torch.Generator().manual_seed(seed)
    return list(islice(streams(ids, batch_size=2, window=window, unknown=unknown, generator=generator), count))


def test_each_stream_goes_on_where_it_ended_and_asks_for_the_token_after_each() -> None:
    batches = first(3, list(range(20)))  # two streams of nine: three windows each
    assert [batch.fresh for batch in batches] == [True, False, False]
    read = torch.cat([batch.inputs for batch in batches], dim=1)
    start = int(read[0, 0])
    assert read.tolist() == [list(range(start, start + 9)), list(range(start + 9, start + 18))]
    assert torch.equal(torch.cat([batch.targets for batch in batches], dim=1), read + 1)


def test_a_new_pass_begins_afresh_at_another_place() -> None:
    starts = {int(batch.inputs[0, 0]) for batch in first(40, list(range(15)), window=2) if batch.fresh}
    assert len(starts) > 1


def test_an_unknown_token_is_read_but_not_asked_for() -> None:
    (batch,) = first(1, [5, 6] * 4, unknown=6)
    assert set(batch.inputs.flatten().tolist()) == {5, 6}
    assert set(batch.targets.flatten().tolist()) == {5, IGNORED}


def test_a_text_too_short_for_a_window_in_every_stream_is_refused_with_what_is_needed() -> None:
    with pytest.raises(InputError, match="6 tokens: training needs at least 7"):
        first(1, [0] * 6)
    assert len(first(5, [0] * 7)) == 5


def test_passages_begin_at_given_places_without_a_state_and_are_read_for_some_windows() -> None:
    generator = torch.Generator().manual_seed(0)
    batches = list(
        islice(
            passages(list(range(50)), [0, 20, 48], batch_size=2, window=3, windows=2, unknown=22, generator=generator),
            40,
        )
    )
    assert [batch.fresh for batch in batches] == [True, False] * 20
    assert {int(start) for batch in batches[::2] for start in batch.inputs[:, 0]} == {0, 20}, "48 is too near the end"
    for first_window, second_window in zip(batches[::2], batches[1::2], strict=True):
        assert torch.equal(second_window.inputs[:, 0], first_window.inputs[:, -1] + 1)
        assert torch.equal(second_window.targets, second_window.inputs + 1)
        expected = first_window.inputs + 1
        assert torch.equal(first_window.targets, expected.masked_fill(expected == 22, IGNORED))


def test_passages_need_a_beginning_with_enough_after_it() -> None:
    with pytest.raises(InputError, match="no start is followed by 6 tokens: the text has 8"):
        next(passages(list(range(8)), [5], batch_size=1, window=3, windows=2, unknown=-1, generator=torch.Generator()))
