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


def test_a_product_that_overflowed_is_nan_and_spoils_no_other() -> None:
    norms = matrix_norms(torch.stack([torch.eye(30), torch.full((30, 30), torch.inf)]), 2)
    assert norms[0] == pytest.approx(1.0)
    assert norms[1].isnan()


def test_the_global_random_state_is_left_alone() -> None:
    before = torch.get_rng_state()
    matrix_norms(torch.randn(3, 40, 40, generator=torch.Generator()), 2)
    assert torch.equal(torch.get_rng_state(), before)
