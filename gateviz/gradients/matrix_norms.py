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

from gateviz.errors import SignalError, as_given
from gateviz.gradients.scaling import rescale, scale_back
from gateviz.results.trace import Array

Order = Literal[2, "fro"]
LANCZOS_STEPS = 12
SMALL = 24  # columns up to which solving in full is as fast


def check_order(order: object) -> None:
    """Refuse a norm that is not offered."""
    if not (isinstance(order, (int, float, str)) and not isinstance(order, bool) and order in (2, "fro")):
        raise SignalError(
            f"order {as_given(order)} is not a norm offered here: choose 2 (spectral) or 'fro' (Frobenius)."
        )


def matrix_norms(matrices: Tensor, order: Order) -> Tensor:
    """The norm of each matrix: the true one where its dtype can hold it, inf above that, zero below.

    Args:
        matrices: (batch, row, column), on the CPU.
        order: 2 for the spectral norm, "fro" for Frobenius'.

    Returns:
        (batch,); nan where a matrix holds nan, inf where it holds inf.
    """
    exponents = torch.zeros(len(matrices), dtype=torch.int32, device="cpu")
    scaled = matrices.clone()
    rescale(scaled, exponents, dim=(1, 2))
    return scale_back(norms_of_rescaled(scaled, order), exponents)


def norms_of_rescaled(matrices: Tensor, order: Order) -> Tensor:
    """The same of matrices as `rescale` leaves them: with the largest entry in [1, 2), zero, inf or nan."""
    if order == "fro":
        return matrices.square().sum(dim=(1, 2)).sqrt()
    finite = matrices.sum(dim=(1, 2)).isfinite()
    if finite.all():
        return torch.from_numpy(_largest_singular_values(matrices.contiguous().numpy()))
    norms = matrices.abs().amax(dim=(1, 2))  # inf or nan, as the matrix holds one of them
    norms[finite] = torch.from_numpy(_largest_singular_values(matrices[finite].numpy()))
    return norms


def _largest_singular_values(matrices: Array) -> Array:
    """(batch, row, column) -> (batch,)."""
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
    """The largest eigenvalue of M^T M by Lanczos' method, (batch,), and whether it is exact to rounding."""
    batch, rows, columns = matrices.shape
    transposed = matrices.swapaxes(1, 2)  # (batch, column, row)
    start = np.random.default_rng(0).standard_normal((rows, 1)).astype(matrices.dtype)
    vector = _unit(transposed @ start)  # (batch, column, 1)
    basis = np.zeros((batch, LANCZOS_STEPS, columns), matrices.dtype)
    reduced = np.zeros((batch, LANCZOS_STEPS, LANCZOS_STEPS), matrices.dtype)  # M^T M in that basis, tridiagonal
    length = np.zeros(batch, matrices.dtype)
    for step in range(LANCZOS_STEPS):
        basis[:, step] = vector[..., 0]
        known = basis[:, : step + 1]
        image = transposed @ (matrices @ vector)  # (batch, column, 1)
        reduced[:, step, step] = (vector * image).sum(axis=(1, 2))
        for _ in range(2):  # in floating point, once would leave the basis not quite orthogonal
            image -= known.swapaxes(1, 2) @ (known @ image)
        length = np.sqrt(np.square(image).sum(axis=(1, 2)))  # (batch,)
        if step + 1 < LANCZOS_STEPS:
            reduced[:, step, step + 1] = reduced[:, step + 1, step] = length
        vector = _unit(image)
    values, vectors = np.linalg.eigh(reduced)
    largest, second = values[:, -1], values[:, -2]
    residual = length * vectors[:, -1, -1]  # (batch,); the error of an eigenvalue is its square over the gap
    exact: NDArray[np.bool] = np.square(residual) <= np.finfo(matrices.dtype).eps * largest * (largest - second)
    return largest, exact


def _unit(vectors: Array) -> Array:
    """(batch, column, 1) scaled to length one; zero where there is no length because the basis is complete."""
    lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    enough = np.finfo(vectors.dtype).eps
    scaled: Array = np.where(lengths > enough, vectors / np.maximum(lengths, enough), 0).astype(vectors.dtype)
    return scaled
