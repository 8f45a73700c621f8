"""The embedding that neighbours suggest, on texts whose company is known."""

import numpy as np
import pytest
import torch

from gateviz.training.cooccurrence import cooccurrence_embedding


def rows(seed: int = 0, width: int = 3) -> torch.Tensor:
    """Ids 0..3 stand before 8, ids 4..7 before 9; 10 never occurs."""
    generator = torch.Generator().manual_seed(1)
    first = torch.randint(0, 4, (400,), generator=generator)
    texts = torch.stack((torch.cat((first, first + 4)), torch.full((800,), 8) + (torch.arange(800) >= 400)), dim=1)
    return cooccurrence_embedding([(texts, {1: 1.0})], 11, width, torch.Generator().manual_seed(seed))


def test_symbols_that_keep_the_same_company_lie_together() -> None:
    embedding = torch.nn.functional.normalize(rows(), dim=1)
    likeness = embedding @ embedding.T
    assert likeness[:4, :4].min() > 0.9
    assert likeness[4:8, 4:8].min() > 0.9
    assert likeness[:4, 4:8].max() < 0.1


def test_the_rows_have_a_mean_square_of_one_and_what_never_occurs_is_at_zero() -> None:
    embedding = rows()
    assert embedding.shape == (11, 3)
    assert embedding.square().mean() == pytest.approx(1, rel=1e-5)
    assert embedding[10].abs().max() < 1e-5


def test_the_directions_are_the_largest_of_the_full_decomposition_whatever_the_seed() -> None:
    generator = torch.Generator().manual_seed(2)
    texts = torch.randint(0, 30, (200, 6), generator=generator) // torch.randint(1, 4, (200, 6), generator=generator)
    ours, other = (
        cooccurrence_embedding([(texts, {1: 1.0, 2: 0.5})], 30, 5, torch.Generator().manual_seed(seed))
        for seed in (0, 9)
    )
    counts = np.zeros((30, 30))
    for text in texts.tolist():
        for distance, weight in ((1, 1.0), (2, 0.5)):
            for left, right in zip(text, text[distance:], strict=False):
                counts[left, right] += weight
                counts[right, left] += weight
    alone = counts.sum(axis=1).clip(1)
    expected = alone[:, None] * alone**0.75 / (alone**0.75).sum()
    left, values, _ = np.linalg.svd(np.log((counts / expected).clip(1)))
    wanted = (left * np.sqrt(values))[:, :5]
    wanted /= np.sqrt(np.square(wanted).mean())
    for embedding in (ours, other):
        assert np.abs(embedding.numpy()) == pytest.approx(np.abs(wanted), abs=0.02)
