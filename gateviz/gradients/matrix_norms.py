"""The norms of many matrices at once, faster than by their singular values.

Only the largest singular value is wanted, and a long product of Jacobians is close to rank one: a few steps of
Lanczos' method on M^T M find it. What has not converged by then, to the last bit of the dtype, is solved in full.
numpy multiplies a batch of matrices by a batch of vectors more than ten times faster than torch.bmm does.
"""

from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gateviz.results.trace import Array

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
    values = _largest_singular_values(scaled[finite].numpy())
    norms[finite] = largest[finite, 0, 0] * torch.from_numpy(values)
    return norms


def _largest_singular_values(matrices: Array) -> Array:
    """(batch, row, column) -> (batch)."""
    if matrices.shape[-1] <= SMALL or not len(matrices):
        return _solved_in_full(matrices)
    squares, converged = _lanczos(matrices)
    values: Array = np.sqrt(np.maximum(squares, 0))
    if not converged.all():
        values[~converged] = _solved_in_full(matrices[~converged])
    return values


def _solved_in_full(matrices: Array) -> Array:
    eigenvalues = np.linalg.eigvalsh(matrices.swapaxes(1, 2) @ matrices)  # (batch, column), ascending
    values: Array = np.sqrt(np.maximum(eigenvalues[:, -1], 0))
    return values


def _lanczos(matrices: Array) -> tuple[Array, NDArray[np.bool]]:
    """The largest eigenvalue of M^T M by Lanczos' method, (batch), and whether it is exact to rounding."""
    batch, rows, columns = matrices.shape
    transposed = matrices.swapaxes(1, 2)  # (batch, column, row)
    start = np.random.default_rng(0).standard_normal((rows, 1)).astype(matrices.dtype)
    vector = _unit(transposed @ start)  # (batch, column, 1)
    basis = np.zeros((batch, LANCZOS_STEPS, columns), matrices.dtype)
    reduced = np.zeros((batch, LANCZOS_STEPS, LANCZOS_STEPS), matrices.dtype)  # M^T M seen from the basis, tridiagonal
    length = np.zeros(batch, matrices.dtype)
    for step in range(LANCZOS_STEPS):
        basis[:, step] = vector[..., 0]
        known = basis[:, : step + 1]
        image = transposed @ (matrices @ vector)  # (batch, column, 1)
        reduced[:, step, step] = (vector * image).sum(axis=(1, 2))
        for _ in range(2):  # once is not enough in floating point: the basis would lose its right angles
            image -= known.swapaxes(1, 2) @ (known @ image)
        length = np.sqrt(np.square(image).sum(axis=(1, 2)))  # (batch)
        if step + 1 < LANCZOS_STEPS:
            reduced[:, step, step + 1] = reduced[:, step + 1, step] = length
        vector = _unit(image)
    values, vectors = np.linalg.eigh(reduced)
    largest, second = values[:, -1], values[:, -2]
    residual = length * vectors[:, -1, -1]  # (batch); the error of an eigenvalue is its square over the gap
    exact: NDArray[np.bool] = np.square(residual) <= np.finfo(matrices.dtype).eps * largest * (largest - second)
    return largest, exact


def _unit(vectors: Array) -> Array:
    """(batch, column, 1) scaled to length one; what has no length, because the basis is complete, to zero."""
    lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    enough = np.finfo(vectors.dtype).eps
    scaled: Array = np.where(lengths > enough, vectors / np.maximum(lengths, enough), 0).astype(vectors.dtype)
    return scaled
