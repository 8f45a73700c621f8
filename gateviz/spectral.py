"""The norms of many matrices at once, faster than by their singular values.

Only the largest singular value is wanted, and a long product of Jacobians is close to rank one: a few steps of
Lanczos' method on M^T M find it. What has not converged by then, to the last bit of the dtype, is solved in full.
"""

from typing import Literal

import torch
from torch import Tensor

Order = Literal[2, "fro"]
LANCZOS_STEPS = 12
SMALL = 24  # columns up to which solving in full is as fast


def matrix_norms(matrices: Tensor, order: Order) -> Tensor:
    """(batch, row, column) -> (batch) norms: 2 for the spectral one, "fro" for Frobenius'.

    Each matrix is divided by its largest entry first: the square of 1e-25 would underflow in float32.
    """
    largest = matrices.abs().amax(dim=(1, 2), keepdim=True)  # (batch, 1, 1)
    finite = largest[:, 0, 0].isfinite()
    scaled = matrices / torch.where(largest > 0, largest, 1)
    if order == "fro":
        return largest[:, 0, 0] * scaled.square().sum(dim=(1, 2)).sqrt()
    norms = torch.full_like(largest[:, 0, 0], float("nan"))
    norms[finite] = largest[finite, 0, 0] * _largest_singular_values(scaled[finite])
    return norms


def _largest_singular_values(matrices: Tensor) -> Tensor:
    """(batch, row, column) -> (batch)."""
    if matrices.shape[-1] <= SMALL or not len(matrices):
        return _solved_in_full(matrices)
    squares, converged = _lanczos(matrices)
    values = squares.clamp(min=0).sqrt()
    if not converged.all():
        values[~converged] = _solved_in_full(matrices[~converged])
    return values


def _solved_in_full(matrices: Tensor) -> Tensor:
    eigenvalues: Tensor = torch.linalg.eigvalsh(matrices.mT @ matrices)  # (batch, column), ascending
    return eigenvalues[:, -1].clamp(min=0).sqrt()


def _lanczos(matrices: Tensor) -> tuple[Tensor, Tensor]:
    """The largest eigenvalue of M^T M by Lanczos' method, (batch), and whether it is exact to rounding."""
    batch, rows, columns = matrices.shape
    start = torch.randn(rows, 1, generator=torch.Generator().manual_seed(0), dtype=matrices.dtype)
    vector = _unit(matrices.mT @ start.expand(batch, rows, 1))  # (batch, column, 1)
    basis = matrices.new_zeros(batch, LANCZOS_STEPS, columns)
    reduced = matrices.new_zeros(batch, LANCZOS_STEPS, LANCZOS_STEPS)  # M^T M seen from the basis, tridiagonal
    for step in range(LANCZOS_STEPS):
        basis[:, step] = vector[..., 0]
        known = basis[:, : step + 1]
        image = matrices.mT @ (matrices @ vector)  # (batch, column, 1)
        reduced[:, step, step] = (vector * image).sum(dim=(1, 2))
        for _ in range(2):  # once is not enough in floating point: the basis would lose its right angles
            image = torch.baddbmm(image, known.mT, known @ image, alpha=-1)
        length = image.norm(dim=1)[:, 0]  # (batch)
        if step + 1 < LANCZOS_STEPS:
            reduced[:, step, step + 1] = reduced[:, step + 1, step] = length
        vector = _unit(image)
    values, vectors = torch.linalg.eigh(reduced)
    largest, second = values[:, -1], values[:, -2]
    residual = length * vectors[:, -1, -1]  # (batch); the error of an eigenvalue is its square over the gap
    exact = residual.square() <= torch.finfo(matrices.dtype).eps * largest * (largest - second)
    return largest, exact


def _unit(vectors: Tensor) -> Tensor:
    """(batch, column, 1) scaled to length one; what has no length, because the basis is complete, to zero."""
    lengths = vectors.norm(dim=1, keepdim=True)
    enough = torch.finfo(vectors.dtype).eps
    return torch.where(lengths > enough, vectors / lengths.clamp(min=enough), 0)
