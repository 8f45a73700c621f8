"""A list of texts is read as a batch: each row is the text read by itself, with NaN after its end."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gateviz
from gateviz.export.files import csv_of
from gateviz.pretrained.files import load_pretrained
from gateviz.results.trace import CELLS

TEXTS = {
    "timemachine": ["the time machine", "a", "He said"],
    "sentiment": ["not funny at all", "good"],
    "sunspots": ["1 2 3", "50.0"],
    "tang": ["白日依山尽，", "春"],
    "dates": ["1 May 1999", "the 3rd of March, 2021"],
}


@pytest.mark.parametrize("task", TEXTS)
@pytest.mark.parametrize("cell", CELLS)
def test_each_row_of_a_batch_is_its_text_read_alone(task: str, cell: str) -> None:
    model, texts = load_pretrained(task, cell), TEXTS[task]
    batch, alone = model.trace(texts), [model.trace(text) for text in texts]
    lengths = [int(trace.lengths[0]) for trace in alone]
    assert batch.lengths.tolist() == lengths
    assert batch.tokens == tuple(trace.tokens for trace in alone)
    assert batch.output.shape == (len(texts), max(lengths), alone[0].output.shape[2])
    for row, (trace, length) in enumerate(zip(alone, lengths, strict=True)):
        assert batch.tokens_of(row) == trace.tokens_of(0) == trace.tokens
        assert np.array_equal(batch.output[row, :length], trace.output[0])
        assert np.isnan(batch.output[row, length:]).all()
        for layer, own in zip(batch.layers, trace.layers, strict=True):
            assert layer.signals == own.signals
            for name in own.signals:
                assert np.array_equal(layer[name][row, :length], own[name][0])
                assert np.isnan(layer[name][row, length:]).all()
        for state in ("initial_state", "final_state"):
            whole, part = getattr(batch, state), getattr(trace, state)
            pairs = zip(whole, part, strict=True) if isinstance(part, tuple) else [(whole, part)]
            assert all(np.array_equal(ours[:, row], theirs[:, 0]) for ours, theirs in pairs)


@pytest.mark.parametrize("task", TEXTS)
def test_tokens_ids_and_answers_of_a_batch_are_those_of_its_texts(task: str) -> None:
    model, texts = load_pretrained(task, "lstm"), tuple(TEXTS[task])
    assert model.tokenize(texts) == tuple(map(model.tokenize, texts))
    assert model.encode(list(texts)) == tuple(map(model.encode, texts))
    logits = model.logits(texts)
    for row, text in zip(logits, texts, strict=True):
        own = model.logits(text)
        assert np.array_equal(row[: len(own)], own)
        assert np.isnan(row[len(own) :]).all()


def test_a_batch_of_one_text_is_still_a_batch() -> None:
    model = load_pretrained("timemachine", "gru")
    assert model.trace(["ab"]).tokens == (("a", "b"),)
    assert model.trace("ab").tokens == ("a", "b")
    assert model.logits(["ab"]).shape == (1, *model.logits("ab").shape)


def test_a_batch_is_saved_and_tabulated_with_the_tokens_of_each_text(tmp_path: Path) -> None:
    batch: Any = load_pretrained("timemachine", "gru").trace(["ab", "c"])
    batch.save(tmp_path / "batch.npz")
    assert gateviz.load_trace(tmp_path / "batch.npz").tokens == (("a", "b"), ("c",))
    rows = [line.split(",")[3:6] for line in csv_of({"gru": batch}).decode("utf-8-sig").splitlines()[1::4]]
    assert rows == [["0", "0", '"""a"""'], ["0", "1", '"""b"""'], ["1", "0", '"""c"""']]
