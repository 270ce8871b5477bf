"""Pieces merged into words: rows still sum to one, and every number is a plain sum and mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError, softmax
from attention.merging import merge_weights

WEIGHTS = softmax(np.random.default_rng(0).normal(size=(3, 2, 7, 7)))
GROUPS = np.array([0, 1, 1, 1, 2, 2, 3])


def test_columns_are_summed_and_rows_averaged():
    merged = merge_weights(WEIGHTS, GROUPS)
    assert merged.shape == (3, 2, 4, 4)
    words = [slice(0, 1), slice(1, 4), slice(4, 6), slice(6, 7)]
    for i, asks in enumerate(words):
        for j, looks in enumerate(words):
            block = WEIGHTS[..., asks, looks]
            np.testing.assert_allclose(merged[..., i, j], block.sum(axis=-1).mean(axis=-1), rtol=1e-12)


@given(sizes=st.lists(st.integers(1, 4), min_size=1, max_size=6), seed=st.integers(0, 2**32 - 1))
def test_rows_sum_to_one(sizes, seed):
    groups = np.repeat(np.arange(len(sizes)), sizes)
    weights = softmax(np.random.default_rng(seed).normal(size=(len(groups), len(groups))))
    np.testing.assert_allclose(merge_weights(weights, groups).sum(axis=-1), 1)


def test_a_row_that_looks_at_nothing_counts_in_the_average():
    weights = np.array([[0.0, 0.0, 0.0], [0.2, 0.3, 0.5], [0.0, 1.0, 0.0]])
    np.testing.assert_allclose(merge_weights(weights, np.array([0, 0, 1])), [[0.25, 0.25], [1.0, 0.0]])


def test_pieces_that_are_words_stay_as_they_are():
    np.testing.assert_array_equal(merge_weights(WEIGHTS, np.arange(7)), WEIGHTS)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_so_do_the_weights(dtype):
    weights = WEIGHTS.astype(dtype).swapaxes(-1, -2)
    before = weights.copy()
    assert merge_weights(weights, GROUPS).dtype == dtype
    np.testing.assert_array_equal(weights, before)


@pytest.mark.parametrize("groups", [np.arange(6), np.zeros((7, 1), int), np.array(0)])
def test_sizes_must_fit(groups):
    with pytest.raises(ShapeError, match=r"\(3, 2, 7, 7\)"):
        merge_weights(WEIGHTS, groups)


def test_weights_must_be_square():
    with pytest.raises(ShapeError, match=r"\(3, 7\)"):
        merge_weights(np.ones((3, 7)), GROUPS)


@pytest.mark.parametrize(
    "groups", [[1, 1, 2, 2, 3, 3, 4], [0, 2, 2, 3, 4, 5, 6], [0, 1, 0, 1, 2, 2, 3], [-1] + [0] * 6]
)
def test_groups_count_from_zero_in_order(groups):
    with pytest.raises(ValueError, match="in order"):
        merge_weights(WEIGHTS, np.array(groups))
