"""An embedding to start from, computed from the neighbours of each symbol in the training text alone.

    rows = cooccurrence_embedding([(poems, {1: 1.0, 2: 0.5})], symbols=4001, width=128, generator=generator)

The `width` largest singular directions of the positive pointwise mutual information of neighbours are an embedding much
like word2vec's, in a few seconds (Levy and Goldberg 2014). Characters with similar neighbours begin close together: a
training that sees most of them only a few hundred times does not have to learn it.
"""

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor

_SPARE = 16
"""How many further directions are computed, which makes the randomised factors accurate (Halko et al. 2011)."""

_ROUNDS = 3
_SMOOTHING = 0.75


def cooccurrence_embedding(
    texts: Iterable[tuple[Tensor, Mapping[int, float]]], symbols: int, width: int, generator: torch.Generator
) -> Tensor:
    """One row for each symbol, with a mean square of 1 over all of them; zero for a symbol that never occurs.

    Args:
        texts: (text, time) ids, and for each distance how much two symbols at that distance count as neighbours.
        symbols: how many ids there are; more than `width`.
        width: the length of a row.
        generator: the directions from which the factors are computed are drawn from it.

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
    smooth = alone**_SMOOTHING  # without the exponent, rare neighbours would decide everything
    expected = alone[:, None] * smooth / smooth.sum()
    information = (together / expected).clamp(min=1).log()  # pairs that never occur count as 0
    return _largest_directions(information, width, generator)


def _largest_directions(matrix: Tensor, width: int, generator: torch.Generator) -> Tensor:
    """U sqrt(S) of the matrix's `width` largest singular values, with a mean square of 1."""
    basis = torch.randn(len(matrix), min(len(matrix), width + _SPARE), generator=generator)
    for _ in range(_ROUNDS):
        basis = torch.linalg.qr(matrix @ (matrix.T @ basis)).Q  # (symbol, direction)
    left, values, _ = torch.linalg.svd(basis.T @ matrix, full_matrices=False)
    rows: Tensor = (basis @ left * values.sqrt())[:, :width]
    return rows / rows.square().mean().sqrt()
