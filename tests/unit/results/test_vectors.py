import numpy as np
import pytest

from gateviz.errors import InputError, ShapeError
from gateviz.results.vectors import nearest, principal_plane, togetherness


def test_the_plane_is_the_one_in_which_the_vectors_differ_most() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(50, 2)) * [5, 2]
    turned = np.hstack([flat, np.zeros((50, 3))]) @ np.linalg.qr(rng.normal(size=(5, 5)))[0] + 7
    plane = principal_plane(turned)
    assert plane.share == pytest.approx(1)
    distances = np.linalg.norm(flat[:, None] - flat[None], axis=-1)
    np.testing.assert_allclose(np.linalg.norm(plane.points[:, None] - plane.points[None], axis=-1), distances)
    np.testing.assert_allclose(plane.points.mean(axis=0), 0, atol=1e-12)
    assert plane.points[:, 0].std() > plane.points[:, 1].std()


def test_the_share_is_that_of_the_covariances_eigenvalues() -> None:
    vectors = np.random.default_rng(1).normal(size=(30, 6))
    values = np.sort(np.linalg.eigvalsh(np.cov(vectors.T)))
    assert principal_plane(vectors).share == pytest.approx(values[-2:].sum() / values.sum())


def test_the_nearest_has_the_largest_cosine_whatever_its_length() -> None:
    vectors = np.array([[1.0, 0.0], [100.0, 10.0], [0.0, 1.0], [-1.0, 0.0]])
    found = nearest(vectors, 0, count=3)
    assert [index for index, _ in found] == [1, 2, 3]
    assert [cosine for _, cosine in found] == pytest.approx([10 / np.sqrt(101), 0, -1])


def test_togetherness_is_what_a_person_computes() -> None:
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 2.0]])
    assert togetherness(vectors, [0, 1])[:] == (1, 0, 2)
    assert togetherness(vectors, [0, 2]) == pytest.approx((0, 0.5, 0))


@pytest.mark.parametrize("members", [[0], [0, 1, 2], [0, 9], ["a", "b"]])
def test_what_is_no_group_is_refused(members: list[int]) -> None:
    with pytest.raises(InputError):
        togetherness(np.eye(3), members)


@pytest.mark.parametrize("vectors", [np.zeros((1, 3)), np.zeros((3, 1))])
def test_too_few_vectors_are_refused(vectors: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    with pytest.raises(InputError):
        principal_plane(vectors)


def test_a_list_of_numbers_is_no_list_of_vectors() -> None:
    with pytest.raises(ShapeError):
        nearest(np.zeros(3), 0)
