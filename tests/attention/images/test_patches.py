"""Patches of pictures by plain loops, with all sizes different."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import sinusoidal_positions
from attention.errors import ShapeError
from attention.images.patches import cell_patches, grid_positions, patch_embed, picture_patches


@given(C=st.integers(1, 3), H=st.integers(1, 25), W=st.integers(1, 25), across=st.integers(1, 30))
def test_every_pixel_is_in_one_patch_and_patches_are_equal(C, H, W, across):
    maps = np.random.default_rng(H * W).standard_normal((C, H, W))
    patches = picture_patches(maps, across)
    rows, columns = patches.shape
    assert patches.vectors.shape == (rows * columns, C)
    assert max(rows, columns) == min(across, max(H, W))
    counts = np.zeros((H, W), int)
    heights, widths = set(), set()
    for vector, (top, left, bottom, right) in zip(patches.vectors, patches.boxes, strict=True):
        np.testing.assert_allclose(vector, maps[:, top:bottom, left:right].mean(axis=(1, 2)), atol=1e-12)
        counts[top:bottom, left:right] += 1
        heights.add(bottom - top)
        widths.add(right - left)
    assert (counts == 1).all()
    assert max(heights) - min(heights) <= 1
    assert max(widths) - min(widths) <= 1


def test_patches_are_counted_row_by_row():
    patches = picture_patches(np.arange(2 * 6 * 9.0).reshape(2, 6, 9), 3)
    assert patches.shape == (2, 3)
    assert patches.boxes.tolist()[:2] == [[0, 0, 3, 3], [0, 3, 3, 6]]
    assert patches.boxes.tolist()[-1] == [3, 6, 6, 9]


@pytest.mark.parametrize(("H", "W", "shape"), [(480, 640, (18, 24)), (640, 480, (24, 18)), (3, 640, (1, 24))])
def test_patches_are_nearly_square(H, W, shape):
    assert picture_patches(np.ones((1, H, W), np.float32), 24).shape == shape


def test_float32_stays_float32():
    assert picture_patches(np.ones((2, 6, 9), np.float32), 3).vectors.dtype == np.float32


def test_patches_that_cannot_be():
    with pytest.raises(ValueError, match="across must be at least 1, got 0"):
        picture_patches(np.ones((2, 6, 9)), 0)
    with pytest.raises(ShapeError, match=r"maps must be \(C, H, W\), got \(1, 2, 6, 9\)"):
        picture_patches(np.ones((1, 2, 6, 9)), 3)


def test_embedding_by_plain_loops():
    C, D, p = 3, 5, 2
    chance = np.random.default_rng(29)
    X, kernel, bias = chance.standard_normal((4, C, 6, 8)), chance.standard_normal((D, C, p, p)), np.arange(D)
    embedded = patch_embed(X, kernel, bias)
    assert embedded.shape == (4, 12, D)
    for b, row, column, d in np.ndindex(4, 3, 4, D):
        under = X[b, :, row * p : row * p + p, column * p : column * p + p]
        assert embedded[b, row * 4 + column, d] == pytest.approx((kernel[d] * under).sum() + bias[d])


def test_a_bias_is_optional():
    X, kernel = np.ones((2, 4, 6)), np.ones((5, 2, 2, 2))
    np.testing.assert_array_equal(patch_embed(X, kernel), patch_embed(X, kernel, np.zeros(5)))


@pytest.mark.parametrize("shape", [(5, 2, 3, 3), (5, 3, 2, 2), (5, 2, 2), (5, 2, 2, 1), (0, 2, 2, 2), (5, 2, 0, 0)])
def test_kernels_that_do_not_fit(shape):
    with pytest.raises(ShapeError, match=r"^kernel must be"):
        patch_embed(np.ones((2, 4, 8)), np.ones(shape))
    with pytest.raises(ShapeError, match=r"^bias must be"):
        patch_embed(np.ones((2, 4, 8)), np.ones((5, 2, 2, 2)), np.ones(3))


def test_positions_tell_the_row_and_the_column():
    rows, columns, d = 3, 5, 8
    positions = grid_positions(rows, columns, d).reshape(rows, columns, d)
    for row, column in np.ndindex(rows, columns):
        np.testing.assert_array_equal(positions[row, column, :4], sinusoidal_positions(rows, 4)[row])
        np.testing.assert_array_equal(positions[row, column, 4:], sinusoidal_positions(columns, 4)[column])


def test_a_place_is_most_like_itself():
    positions = grid_positions(6, 7, 20)
    np.testing.assert_array_equal((positions @ positions.T).argmax(axis=1), np.arange(42))


@pytest.mark.parametrize("d", [2, 6, 7])
def test_widths_that_cannot_be_shared_out(d):
    with pytest.raises(ShapeError, match=f"d must be a multiple of 4, got {d}"):
        grid_positions(3, 5, d)


def test_cells_are_patches_of_the_picture_they_were_computed_from():
    maps = np.random.default_rng(2).normal(size=(5, 3, 4)).astype(np.float32)
    patches = cell_patches(maps, (30, 26))
    assert patches.shape == (3, 4)
    np.testing.assert_array_equal(patches.vectors[2 * 4 + 1], maps[:, 2, 1])
    assert [edges.tolist() for edges in patches.edges] == [[0, 10, 20, 30], [0, 6, 13, 19, 26]]


def test_a_picture_with_fewer_pixels_than_cells_leaves_cells_out():
    maps = np.arange(16.0).reshape(1, 4, 4)
    patches = cell_patches(maps, (9, 2))
    assert patches.shape == (4, 2)
    np.testing.assert_array_equal(patches.vectors[:, 0], [0, 2, 4, 6, 8, 10, 12, 14])
    assert patches.edges[1].tolist() == [0, 1, 2]


def test_cells_of_many_pictures_at_once_are_refused():
    with pytest.raises(ShapeError, match="maps"):
        cell_patches(np.ones((2, 3, 4, 5)), (9, 9))
