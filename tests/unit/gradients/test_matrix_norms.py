from typing import Any

import numpy as np
import pytest
import torch

from gateviz.gradients.matrix_norms import matrix_norms


@pytest.mark.parametrize("size", [1, 5, 24, 40])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_spectral_norm_is_the_largest_singular_value(size: int, dtype: torch.dtype) -> None:
    rotation = torch.linalg.qr(torch.randn(size, size, dtype=torch.float64))[0]
    matrices = [
        torch.randn(size, size, dtype=torch.float64),
        torch.outer(torch.randn(size), torch.randn(size)).double(),  # of rank one
        rotation,  # all singular values the same
        torch.diag(torch.linspace(1, 1 + 1e-9, size, dtype=torch.float64)),  # almost the same
        torch.zeros(size, size, dtype=torch.float64),
        1e-30 * torch.randn(size, size, dtype=torch.float64),
        1e30 * torch.randn(size, size, dtype=torch.float64),
    ]
    batch = torch.stack(matrices).to(dtype)
    expected = np.linalg.norm(batch.double().numpy(), 2, axis=(1, 2))
    rtol = 5e-6 if dtype == torch.float32 else 1e-12
    np.testing.assert_allclose(matrix_norms(batch, 2), expected, rtol=rtol)
    np.testing.assert_allclose(
        matrix_norms(batch, "fro"), np.linalg.norm(batch.double().numpy(), axis=(1, 2)), rtol=rtol
    )


@pytest.mark.parametrize("size", [3, 30])
def test_a_matrix_that_is_not_finite_spoils_no_other(size: int) -> None:
    mixed = torch.eye(size)
    mixed[0, 1], mixed[1, 0] = torch.inf, torch.nan
    norms = matrix_norms(torch.stack([torch.eye(size), torch.full((size, size), -torch.inf), mixed]), 2)
    assert norms[0] == pytest.approx(1.0)
    assert norms[1] == torch.inf
    assert norms[2].isnan()


@pytest.mark.parametrize("order", [2, "fro"])
def test_no_matrices_have_no_norms(order: Any) -> None:
    assert matrix_norms(torch.zeros(0, 30, 30), order).shape == (0,)


def test_the_global_random_state_is_left_alone() -> None:
    before = torch.get_rng_state()
    matrix_norms(torch.randn(3, 40, 40, generator=torch.Generator()), 2)
    assert torch.equal(torch.get_rng_state(), before)
