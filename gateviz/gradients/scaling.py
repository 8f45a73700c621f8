"""Values beyond the range of floats: an array divided by powers of two, with the exponents kept beside it.

A product of a hundred Jacobians soon leaves the range of float32, in either direction. So each product is divided by a
power of two after every step, which is exact, and only its norm is multiplied by that power at the end.
"""

import numpy as np
import torch
from torch import Tensor


def rescale(values: Tensor, exponents: Tensor, dim: tuple[int, ...]) -> None:
    """Divide each part of `values` in place by a power of two, so that its largest entry lies in [1, 2).

    Args:
        values: On the CPU. They stand for values * 2^exponents, before the call and after it.
        exponents: int32, over the axes of `values` that are not in `dim`; changed in place.
        dim: The axes of one part. A part that holds inf or nan is left alone.
    """
    largest = values.abs()
    for axis in dim:  # one by one: torch takes ten times as long for two axes that are not side by side
        largest = largest.amax(dim=axis, keepdim=True)
    sizes = largest.numpy()
    shifts = np.frexp(sizes)[1] - 1
    shifts[~np.isfinite(sizes)] = 0
    np.maximum(shifts, np.finfo(sizes.dtype).minexp, out=shifts)  # smaller powers of two have no inverse
    values /= torch.from_numpy(np.ldexp(sizes.dtype.type(1), shifts))
    exponents += torch.from_numpy(shifts).view(exponents.shape)


def scale_back(values: Tensor, exponents: Tensor) -> Tensor:
    """Multiply the values by 2^exponents, rounded once to their dtype: inf above its range, zero below it."""
    with np.errstate(over="ignore", under="ignore"):
        return torch.from_numpy(np.ldexp(values.numpy(), exponents.numpy()))
