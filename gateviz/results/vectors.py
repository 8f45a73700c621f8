"""Vectors in a plane, and which of them are alike.

plane = principal_plane(embedding)             # the two directions in which the vectors differ most
nearest(embedding, 24, count=8)                # [(index, cosine), ...]
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gateviz.errors import InputError
from gateviz.results.arguments import whole_number
from gateviz.results.arrays import float64_array


class Plane(NamedTuple):
    """Vectors projected on their first two principal components."""

    points: NDArray[np.float64]
    """(vector, 2), centred."""
    share: float
    """How much of the vectors' variance the two directions have, 0 to 1."""


class Togetherness(NamedTuple):
    """How much some vectors are alike, compared with all others."""

    within: float
    """The mean cosine of two of them, -1 to 1."""
    to_others: float
    """The mean cosine of one of them and one of the others, -1 to 1."""
    nearest: int
    """How many of them have another of them as their nearest vector."""


def principal_plane(vectors: ArrayLike) -> Plane:
    """The plane in which the vectors differ most.

    Args:
        vectors: (vector, component), at least two of each.

    Raises:
        ShapeError: They are not (vector, component).
        InputError: There are fewer than two vectors or components.
    """
    array = _checked(vectors)
    centred = array - array.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    total = float((sizes**2).sum())
    return Plane(left[:, :2] * sizes[:2], float((sizes[:2] ** 2).sum()) / total if total else 0.0)


def nearest(vectors: ArrayLike, index: int, count: int = 8) -> list[tuple[int, float]]:
    """The vectors with the largest cosine to one of them, which is itself left out, and that cosine.

    Raises:
        ShapeError: They are not (vector, component).
        InputError: There is no such vector.
    """
    array = _checked(vectors)
    index = whole_number("index", index, 0, len(array) - 1)
    cosines = _unit(array) @ _unit(array[index : index + 1])[0]
    order = np.argsort(-cosines, kind="stable")
    return [(int(one), float(cosines[one])) for one in order if one != index][: whole_number("count", count, 0)]


def togetherness(vectors: ArrayLike, members: list[int]) -> Togetherness:
    """Whether these vectors lie together.

    Args:
        vectors: (vector, component).
        members: The indices of at least two of them, and not of all.

    Raises:
        ShapeError: They are not (vector, component).
        InputError: There is no such vector, or there are too few of them or of the others.
    """
    array = _checked(vectors)
    members = sorted({whole_number("a member", one, 0, len(array) - 1) for one in members})
    if not 2 <= len(members) < len(array):
        raise InputError(f"there are {len(members)} members of {len(array)}: give at least two, and not all.")
    cosines = _unit(array)[members] @ _unit(array).T  # (member, vector)
    is_member = np.isin(np.arange(len(array)), members)
    own = cosines[:, is_member]
    within = (own.sum() - np.trace(own)) / (len(own) * (len(own) - 1))
    cosines[np.arange(len(members)), members] = -np.inf
    return Togetherness(
        float(within), float(cosines[:, ~is_member].mean()), int(is_member[cosines.argmax(axis=1)].sum())
    )


def _checked(vectors: ArrayLike) -> NDArray[np.float64]:
    array = float64_array(vectors, "vectors", ("vector", "component"))
    if min(array.shape) < 2:
        raise InputError(f"vectors has shape {array.shape}: give at least two vectors of at least two components.")
    return array


def _unit(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row with length 1; a row of zeros stays."""
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    unit: NDArray[np.float64] = array / np.where(lengths > 0, lengths, 1)
    return unit
