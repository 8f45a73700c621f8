"""Gradients and norms beyond the range of a dtype: the true number where it fits, inf above, zero below, never nan."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence

import gateviz
from gateviz.gradients.jacobians import products_of
from gateviz.gradients.matrix_norms import matrix_norms
from gateviz.gradients.scaling import rescale, scale_back

KINDS = [nn.RNN, nn.LSTM, nn.GRU]
HALF = [torch.float16, torch.bfloat16]


def exploding(kind: Any, dtype: torch.dtype, **options: Any) -> Any:
    """At rest in the state 0, which is unstable: without input it stays there, and a gradient grows at every step."""
    generator = torch.Generator().manual_seed(3)
    module = kind(3, 4, bias=False, **options)
    with torch.no_grad():
        for name, weight in module.named_parameters():
            drawn = torch.randn(weight.shape, generator=generator) * (48 if "hh" in name else 1)
            weight.copy_(drawn.bfloat16().half())  # exact in every dtype
    return module.to(dtype)


def in_float32(array: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return array.astype(np.float32)


def same(found: np.ndarray, exact: np.ndarray) -> None:
    """Found in float32, and the exact numbers in float64."""
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, in_float32(exact), rtol=1e-4, atol=1e-37)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, *HALF])
@pytest.mark.parametrize("options", [{}, {"num_layers": 2, "bidirectional": True}])
def test_a_gradient_that_explodes_is_the_true_one_or_infinite(kind: Any, dtype: torch.dtype, options: Any) -> None:
    x, loss = torch.zeros(80, 2, 3), lambda output: output[70].sum()
    found = gateviz.gradient_flow(exploding(kind, dtype, **options), x.to(dtype), loss)
    exact = gateviz.gradient_flow(exploding(kind, torch.float64, **options), x.double(), loss)
    for ours, theirs in zip(found.layers, exact.layers, strict=True):
        for name in ours.signals:
            same(ours[name], theirs[name])
            same(found.norm(name, ours.index, ours.direction), exact.norm(name, ours.index, ours.direction))
    same(found.inputs, exact.inputs)
    same(found.norm("inputs"), exact.norm("inputs"))
    assert np.isinf(found.norm("hidden_state")).any()
    assert np.isfinite(exact.norm("hidden_state")).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_beyond_the_range_of_float64_a_gradient_is_infinite_and_never_nan(kind: Any, dtype: torch.dtype) -> None:
    module, sequences = exploding(kind, dtype, num_layers=2), [torch.zeros(n, 3, dtype=dtype) for n in (900, 5)]
    packed = pack_sequence(sequences, enforce_sorted=False)
    for loss in (lambda output: output.data.sum(), lambda output: output.data[-1].sum()):
        norms = gateviz.gradient_flow(module, packed, loss).norm("hidden_state")
        assert np.isinf(norms[0, :100]).all()
        assert np.isfinite(norms[1, :5]).all()
        assert np.isnan(norms[1, 5:]).all(), "nan is the padding alone"


def test_a_nan_that_was_given_stays_one() -> None:
    module = nn.RNN(3, 4)
    with torch.no_grad():
        module.weight_hh_l0[0, 0] = torch.nan  # type: ignore[operator]
    assert np.isnan(gateviz.gradient_flow(module, torch.randn(5, 1, 3), torch.sum).inputs).any()
    flow = gateviz.gradient_flow(nn.RNN(3, 4), torch.randn(5, 1, 3), lambda output: output.sum() * torch.nan)
    assert np.isnan(flow.inputs).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, *HALF])
@pytest.mark.parametrize("order", [2, "fro"])
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_norms_of_exploding_jacobians_are_the_true_ones_or_infinite(
    kind: Any, dtype: torch.dtype, order: Any, direction: Any
) -> None:
    modules = exploding(kind, dtype, bidirectional=True), exploding(kind, torch.float64, bidirectional=True)
    found, exact = (
        gateviz.jacobian_norms(
            module, torch.zeros(70, 1, 3, dtype=module.weight_hh_l0.dtype), order, direction=direction
        )
        for module in modules
    )
    same(found, exact)
    assert np.isinf(found).any()
    assert (np.isnan(found[0]) == np.isnan(exact[0])).all()


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU])
@pytest.mark.parametrize("dtype", [torch.float32, *HALF])
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_paths_that_explode_are_the_true_ones_or_infinite(kind: Any, dtype: torch.dtype, direction: Any) -> None:
    modules = exploding(kind, dtype, bidirectional=True), exploding(kind, torch.float64, bidirectional=True)
    found, exact = (
        gateviz.path_norms(module, torch.zeros(70, 1, 3, dtype=module.weight_hh_l0.dtype), direction=direction)
        for module in modules
    )
    for ours, theirs in zip(
        (found.total, found.direct, found.rest), (exact.total, exact.direct, exact.rest), strict=True
    ):
        same(ours, theirs)
    same(found.direct_share, np.where(np.isinf(in_float32(exact.rest)), 0, exact.direct_share))
    assert np.isinf(found.total).any()
    assert not np.isnan(found.direct_share[~np.isnan(found.total)]).any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, *HALF])
def test_bands_of_a_gradient_that_explodes_are_the_true_ones_or_infinite(kind: Any, dtype: torch.dtype) -> None:
    x, loss = torch.zeros(80, 1, 3), lambda output: output[-2:].sum()
    found = gateviz.gradient_bands(exploding(kind, dtype), x.to(dtype), loss)
    exact = gateviz.gradient_bands(exploding(kind, torch.float64), x.double(), loss)
    same(found.contributions, exact.contributions)
    same(found.total, exact.total)
    finite = np.isfinite(found.contributions).all(axis=(2, 3)) & np.isfinite(found.total).all(axis=2)
    same(found.bands[finite], exact.bands[finite])
    assert np.isinf(found.total).any()
    assert not np.isnan(found.bands).any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_beyond_the_range_of_float64_bands_and_norms_are_infinite_and_never_nan(kind: Any, dtype: torch.dtype) -> None:
    module, x = exploding(kind, dtype), torch.zeros(400, 1, 3, dtype=dtype)
    bands = gateviz.gradient_bands(module, x, lambda output: output[-2:].sum())
    for array in (bands.contributions, bands.total, bands.bands):
        assert not np.isnan(array).any()
    assert np.isinf(bands.total[0, :20]).all()
    norms = gateviz.jacobian_norms(module, x)[0]
    assert np.isinf(norms[-1, :20]).all()
    assert not np.isnan(norms[np.tril_indices(400)]).any()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", HALF)
def test_in_half_precision_no_gradient_is_lost_that_float32_can_hold(kind: Any, dtype: torch.dtype) -> None:
    module = kind(3, 8).to(dtype)
    exact, x = kind(3, 8).double(), torch.randn(40, 1, 3).to(dtype)
    exact.load_state_dict(module.state_dict())
    found, theirs = (
        gateviz.gradient_flow(each, x.to(each.weight_hh_l0.dtype), lambda output: output[-1].sum())
        for each in (module, exact)
    )
    for name in ("hidden_state", "inputs"):
        assert found.norm(name).dtype == np.float32
        np.testing.assert_allclose(found.norm(name), theirs.norm(name), rtol=0.2)
    ours, exactly = (gateviz.jacobian_norms(each, x.to(each.weight_hh_l0.dtype)) for each in (module, exact))
    np.testing.assert_allclose(ours, exactly, rtol=0.2)
    assert theirs.norm("hidden_state").min() < 1e-8, "below what float16 can hold"
    assert gateviz.state_jacobians(module, x).dtype == np.float32


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_product_comes_back_from_far_outside_the_range(dtype: torch.dtype, reverse: bool) -> None:
    """Down by 1e-30 at each of 20 steps, then up again, and the other way round; in one batch."""
    steps = torch.tensor([[1e-30] * 20 + [1e30] * 20, [1e30] * 20 + [1e-30] * 20], dtype=dtype).T  # (time, batch)
    jacobians = steps[:, :, None, None] * torch.eye(3, dtype=dtype)
    norms = torch.full((40, 40, 2), torch.nan, dtype=dtype)
    for t, s, products, exponents in products_of(jacobians, reverse):
        assert products.abs().max() < 4
        found = matrix_norms(products.flatten(0, 1), 2).view(exponents.shape)
        norms[t, s] = scale_back(found, exponents).T
    first, last = (39, 0) if reverse else (0, 39)
    powers = np.cumsum(np.log10(steps.double().numpy())[::-1] if reverse else np.log10(steps.double().numpy()), axis=0)
    assert norms[last, first].numpy() == pytest.approx(10 ** (powers[-1] - powers[0]), rel=1e-4)
    assert not norms[::2][:, first].isnan().any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_rescaling_is_exact_and_leaves_what_is_not_finite_alone(dtype: torch.dtype) -> None:
    info = torch.finfo(dtype)
    values = torch.tensor([[info.max, 1], [info.smallest_normal, 0], [0, 0], [torch.inf, 1], [torch.nan, 1], [3, 5]])
    values = values.to(dtype)
    values[0, 0], values[1, 0] = info.max, info.smallest_normal
    scaled, exponents = values.clone(), torch.zeros(6, dtype=torch.int32)
    rescale(scaled, exponents, dim=(1,))
    largest = scaled.abs().amax(dim=1)
    assert ((largest[[0, 1, 5]] >= 1) & (largest[[0, 1, 5]] < 2)).all()
    assert torch.equal(scale_back(scaled, exponents[:, None]).nan_to_num(7), values.nan_to_num(7))


def smallest(dtype: torch.dtype) -> Tensor:
    return torch.full((30, 30), torch.finfo(dtype).smallest_normal / 4, dtype=dtype)  # denormal


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("order", [2, "fro"])
def test_the_norm_of_a_matrix_at_the_ends_of_the_range_is_true_or_infinite(dtype: torch.dtype, order: Any) -> None:
    info = torch.finfo(dtype)
    near = torch.full((30, 30), info.max / 64, dtype=dtype)
    norms = matrix_norms(torch.stack([near, near * 60, torch.full_like(near, torch.inf), smallest(dtype)]), order)
    assert norms[0].item() == pytest.approx(info.max / 64 * 30, rel=1e-4)
    assert norms[1:3].isinf().all()
    assert norms[3].item() == pytest.approx(info.smallest_normal / 4 * 30, rel=1e-4)
