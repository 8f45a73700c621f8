"""Where an embedding may start from: what stands beside what, counted in the training text alone.

    rows = cooccurrence_embedding([(poems, {1: 1.0, 2: 0.5})], symbols=4001, width=128, generator=generator)

The positive pointwise mutual information of neighbours, cut down to its `width` largest directions, is a word2vec-like
embedding in a few seconds (Levy and Goldberg 2014): characters that keep the same company begin close together, and a
training that sees most of them a few hundred times need not find that out by itself.
"""

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor

_SPARE = 16
"""Directions beyond those asked for, which make the randomised factors accurate (Halko et al. 2011)."""

_ROUNDS = 3
_SMOOTHING = 0.75


def cooccurrence_embedding(
    texts: Iterable[tuple[Tensor, Mapping[int, float]]], symbols: int, width: int, generator: torch.Generator
) -> Tensor:
    """One row for each symbol, with a mean square of 1 over all of them; zero for a symbol that never occurs.

    Args:
        texts: (text, time) ids, and how much two symbols count as neighbours at which distance, on either side.
        symbols: how many ids there are; more than `width`.
        width: of a row.
        generator: of the directions that the factors are sought in.

    Returns:
        (symbols, width).
    """
    counts = torch.zeros(symbols * symbols)
    for ids, offsets in texts:
        for offset, weight in offsets.items():
            pairs = ids[:, :-offset] * symbols + ids[:, offset:]
            counts += weight * torch.bincount(pairs.flatten(), minlength=len(counts))
    together = counts.view(symbols, symbols)
    together = together + together.T  # (symbol, neighbour)
    alone = together.sum(dim=1).clamp(min=1)
    smooth = alone**_SMOOTHING  # or all that is told would be of rare neighbours
    expected = alone[:, None] * smooth / smooth.sum()
    information = (together / expected).clamp(min=1).log()  # what is never seen together tells nothing
    return _largest_directions(information, width, generator)


def _largest_directions(matrix: Tensor, width: int, generator: torch.Generator) -> Tensor:
    """U sqrt(S) of the matrix's `width` largest singular values, with a mean square of 1."""
    basis = torch.randn(len(matrix), min(len(matrix), width + _SPARE), generator=generator)
    for _ in range(_ROUNDS):
        basis = torch.linalg.qr(matrix @ (matrix.T @ basis)).Q  # (symbol, direction)
    left, values, _ = torch.linalg.svd(basis.T @ matrix, full_matrices=False)
    rows: Tensor = (basis @ left * values.sqrt())[:, :width]
    return rows / rows.square().mean().sqrt()
