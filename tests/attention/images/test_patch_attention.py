"""Patches that ask each other, with all sizes different: H=23, W=37, grids of 5 x 8 patches, C=20 channels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from attention import attend
from attention.errors import ShapeError
from attention.images import feature_maps
from attention.images.patch_attention import (
    channel_attention_of_patches,
    effective_number,
    patch_attention,
    patch_pixels,
    redraw,
    standardise,
    with_positions,
)
from attention.images.patches import grid_positions, picture_patches


@pytest.fixture
def chance():
    return np.random.default_rng(5)


@pytest.fixture
def rgb(chance):
    return chance.integers(0, 256, (23, 37, 3), dtype=np.uint8)


@pytest.fixture
def patches(rgb):
    return picture_patches(feature_maps(rgb).maps, 8)


def test_every_channel_counts_the_same(patches):
    X = standardise(patches.vectors, equal_lengths=False)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(X.std(axis=0), 1, atol=1e-4)


def test_equal_lengths_leave_only_directions(patches):
    own, equal = standardise(patches.vectors, equal_lengths=False), standardise(patches.vectors)
    np.testing.assert_allclose(np.linalg.norm(equal, axis=1), np.sqrt(20), rtol=1e-5)
    cosines = (own * equal).sum(axis=1) / np.linalg.norm(own, axis=1) / np.linalg.norm(equal, axis=1)
    np.testing.assert_allclose(cosines, 1, atol=1e-5)


def test_with_equal_lengths_nobody_is_more_alike_than_oneself(patches):
    X = standardise(patches.vectors)
    weights = patch_attention(X, X, X, temperature=0.3).weights
    np.testing.assert_array_equal(weights.argmax(axis=1), np.arange(len(X)))


@pytest.mark.parametrize("equal_lengths", [True, False])
def test_a_constant_picture_gives_even_attention(equal_lengths):
    maps = np.full((20, 23, 37), 0.3, np.float32)
    X = standardise(picture_patches(maps, 8).vectors, equal_lengths=equal_lengths)
    np.testing.assert_array_equal(X, 0)
    np.testing.assert_allclose(patch_attention(X, X, X).weights, 1 / len(X))


def test_vectors_of_several_pictures_are_refused():
    with pytest.raises(ShapeError, match="vectors"):
        standardise(np.ones((2, 5, 20)))


def test_patches_ask_through_the_engine(patches):
    X = standardise(patches.vectors)
    ours, engine = patch_attention(X[:1], X, X, temperature=0.7), attend(X[:1], X, X, temperature=0.7)
    np.testing.assert_array_equal(ours.weights, engine.weights)


def test_at_temperature_zero_attention_is_hard(patches):
    X = standardise(patches.vectors, equal_lengths=False)
    hard = patch_attention(X, X, X, temperature=0)
    assert set(np.unique(hard.weights)) == {0, 1}
    np.testing.assert_array_equal(hard.weights.argmax(axis=1), (X @ X.T).argmax(axis=1))
    nearly = patch_attention(X, X, X, temperature=0.001)
    np.testing.assert_allclose(nearly.weights, hard.weights, atol=1e-3)


def test_without_positions_shuffled_patches_answer_the_same(patches, chance):
    X = standardise(patches.vectors)
    order = chance.permutation(len(X))
    weights = patch_attention(X, X, X).weights
    np.testing.assert_allclose(
        patch_attention(X[order], X[order], X[order]).weights, weights[order][:, order], atol=1e-6
    )


def test_with_positions_alone_the_neighbours_get_more(patches):
    rows, columns = patches.shape
    nothing = np.zeros_like(patches.vectors)
    X = with_positions(nothing, grid_positions(rows, columns, 20), 2.0)
    assert X.dtype == np.float32
    assert X.shape == (40, 40)
    row = patch_attention(X, X, X).weights[0].reshape(rows, columns)
    assert row.argmax() == 0
    assert row[0, 1] > row[0, 2] > row[0, 3]
    assert row[1, 0] > row[2, 0] > row[3, 0]


def test_positions_of_strength_zero_change_no_score(patches):
    X = standardise(patches.vectors)
    with_zeros = with_positions(X, grid_positions(*patches.shape, 20), 0.0)
    np.testing.assert_allclose(attend(with_zeros, with_zeros, X).scores, attend(X, X, X).scores, atol=1e-5)


def test_the_channel_version_written_out(patches):
    X = standardise(patches.vectors).astype(np.float64)
    trace = channel_attention_of_patches(X, temperature=0.4)
    assert trace.weights.shape == (40, 20)
    assert trace.output.shape == (40, 40)
    for i in (0, 17):
        powers = np.exp(X[i] / np.sqrt(20) / 0.4)
        weights = powers / powers.sum()
        np.testing.assert_allclose(trace.weights[i], weights)
        for j in (3, 39):
            assert trace.output[i, j] == pytest.approx(sum(weights[c] * X[j, c] for c in range(20)))


@given(some.integers(1, 40), some.integers(1, 40), some.integers(1, 24))
def test_each_patch_that_looks_at_itself_alone_gives_the_picture_back(height, width, across):
    rgb = np.random.default_rng(height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    patches = picture_patches(rgb.transpose(2, 0, 1).astype(np.float32), across)
    V = patch_pixels(rgb, patches)
    assert len(V) == len(patches.vectors)
    np.testing.assert_array_equal(redraw(rgb, patches, np.eye(len(V)) @ V), rgb)


def test_even_attention_makes_every_patch_the_mean_patch():
    rgb = np.zeros((12, 20, 3), np.uint8)
    rgb[:, 10:] = 200
    patches = picture_patches(rgb.transpose(2, 0, 1).astype(np.float32), 2)
    V = patch_pixels(rgb, patches)
    even = np.full((2, 2), 0.5) @ V
    np.testing.assert_array_equal(redraw(rgb, patches, even), 100)
    half = redraw(rgb, patches, even, strength=0.5)
    assert (half[:, :10] == 50).all()
    assert (half[:, 10:] == 150).all()
    np.testing.assert_array_equal(redraw(rgb, patches, even, strength=0), rgb)


def test_the_effective_number_goes_from_one_to_all():
    assert effective_number(np.array([0, 1, 0.0])) == pytest.approx(1)
    np.testing.assert_allclose(effective_number(np.full((2, 7), 1 / 7)), 7)
    assert effective_number(np.array([0.5, 0.5, 0, 0])) == pytest.approx(2)
