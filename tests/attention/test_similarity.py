"""Cosines: the same direction is 1, the opposite -1, a right angle 0."""

import numpy as np
import pytest

from attention.similarity import cosine_similarity

VECTORS = np.random.default_rng(0).normal(size=(3, 5, 7))


def test_known_angles():
    vectors = np.array([[2.0, 0.0], [0.5, 0.0], [-3.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    np.testing.assert_allclose(cosine_similarity(vectors, 0), [1, 1, -1, 0, np.sqrt(0.5)])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_each_leading_index_by_itself(dtype):
    vectors = VECTORS.astype(dtype)
    cosines = cosine_similarity(vectors, 3)
    assert cosines.shape == (3, 5)
    assert cosines.dtype == np.float64
    for layer in range(3):
        for word in range(5):
            a, b = vectors[layer, 3].astype(np.float64), vectors[layer, word].astype(np.float64)
            expected = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
            assert cosines[layer, word] == pytest.approx(expected, rel=1e-12)


def test_length_does_not_matter():
    lengths = np.array([1e-3, 1.0, 40.0, 7.0, 1e6])[:, None]
    np.testing.assert_allclose(cosine_similarity(VECTORS * lengths, 1), cosine_similarity(VECTORS, 1))


def test_a_vector_of_zeros_is_like_nothing():
    vectors = VECTORS.copy()
    vectors[:, 2] = 0
    assert (cosine_similarity(vectors, 2) == 0).all()
    assert (cosine_similarity(vectors, 0)[:, 2] == 0).all()


def test_never_beyond_one():
    vectors = np.repeat(VECTORS[:, :1], 50, axis=1)
    assert cosine_similarity(vectors, 7).max() <= 1


@pytest.mark.parametrize("index", [-1, 5])
def test_unknown_vectors_are_refused(index):
    with pytest.raises(ValueError, match="5 vectors"):
        cosine_similarity(VECTORS, index)
