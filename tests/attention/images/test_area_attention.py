"""Attention within groups: nothing outside, everything as `attend` has it inside, and only the products it takes."""

import numpy as np
import pytest

from attention import attend
from attention.errors import ShapeError
from attention.images.area_attention import areas, attend_within, moved, whole, windows

ROWS, COLUMNS, D_K, D_V = 5, 7, 3, 4
N = ROWS * COLUMNS


@pytest.fixture
def patches():
    rng = np.random.default_rng(0)
    return rng.normal(size=(N, D_K)), rng.normal(size=(N, D_K)), rng.normal(size=(N, D_V))


@pytest.mark.parametrize(
    "groups",
    [whole(ROWS, COLUMNS), areas(ROWS, COLUMNS, 1), areas(ROWS, COLUMNS, 1, upright=True), windows(ROWS, COLUMNS, 7)],
)
def test_one_group_is_full_attention(patches, groups):
    trace, full = attend_within(*patches, groups, temperature=0.5), attend(*patches, temperature=0.5)
    np.testing.assert_array_equal(trace.weights, full.weights)
    np.testing.assert_array_equal(trace.output, full.output)
    assert trace.multiply_adds == N * N * (D_K + D_V)


@pytest.mark.parametrize(
    "groups", [areas(ROWS, COLUMNS, 4), areas(ROWS, COLUMNS, 3, upright=True), windows(ROWS, COLUMNS, 3)]
)
def test_is_attention_under_a_mask(patches, groups):
    trace = attend_within(*patches, groups)
    together = groups[:, None] == groups
    masked = attend(*patches, mask=together)
    assert not trace.weights[~together].any()
    np.testing.assert_allclose(trace.weights.sum(axis=1), 1)
    np.testing.assert_allclose(trace.weights, masked.weights, atol=1e-12)
    np.testing.assert_allclose(trace.output, masked.output, atol=1e-12)


def test_l_areas_of_one_size_take_an_lth_of_the_products():
    X = np.random.default_rng(1).normal(size=(8 * COLUMNS, D_K))
    full, quarter = (attend_within(X, X, X, areas(8, COLUMNS, count)) for count in (1, 4))
    assert full.multiply_adds == 4 * quarter.multiply_adds


def test_windows_are_squares():
    assert windows(4, 5, 2).reshape(4, 5).tolist() == [
        [0, 0, 1, 1, 2],
        [0, 0, 1, 1, 2],
        [3, 3, 4, 4, 5],
        [3, 3, 4, 4, 5],
    ]


def test_areas_are_strips_of_whole_rows_or_columns():
    assert areas(4, 3, 2).reshape(4, 3).tolist() == [[0, 0, 0], [0, 0, 0], [1, 1, 1], [1, 1, 1]]
    assert areas(2, 5, 2, upright=True).reshape(2, 5).tolist() == [[0, 0, 0, 1, 1]] * 2


@pytest.mark.parametrize("count", range(1, 12))
def test_areas_are_as_equal_as_whole_rows_allow(count):
    sizes = np.bincount(areas(ROWS, COLUMNS, count))
    assert len(sizes) == min(count, ROWS)
    assert set(sizes % COLUMNS) == {0}
    assert np.ptp(sizes) <= COLUMNS


def test_a_window_of_one_patch_looks_at_itself(patches):
    trace = attend_within(*patches, windows(ROWS, COLUMNS, 1))
    np.testing.assert_array_equal(trace.weights, np.eye(N))
    np.testing.assert_array_equal(trace.output, patches[2])


def test_moved_is_the_share_that_lies_elsewhere():
    assert moved(np.array([0.5, 0.5, 0]), np.array([0.5, 0.5, 0])) == 0
    assert moved(np.array([0.5, 0.5, 0]), np.array([0, 0, 1.0])) == 1
    assert moved(np.array([0.5, 0.5, 0]), np.array([0.5, 0.25, 0.25])) == 0.25


def test_refuses_what_is_no_grouping(patches):
    with pytest.raises(ValueError, match="at least 1"):
        windows(3, 3, 0)
    with pytest.raises(ValueError, match="at least 1"):
        areas(3, 3, 0)
    with pytest.raises(ShapeError, match="6 patches"):
        attend_within(*patches, whole(2, 3))
