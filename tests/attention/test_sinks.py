"""Setting [CLS] and [SEP] aside: rows keep their order, and sum to one again when rescaled."""

import numpy as np
import pytest

from attention import ShapeError, softmax
from attention.sinks import set_aside, strongest_link

WEIGHTS = softmax(np.random.default_rng(0).normal(size=(3, 7, 7)))
KEEP = np.array([False, True, True, True, True, True, False])


def test_show_changes_nothing():
    assert set_aside(WEIGHTS, KEEP, "show") is WEIGHTS


def test_hide_drops_rows_and_columns_and_nothing_else():
    np.testing.assert_array_equal(set_aside(WEIGHTS, KEEP, "hide"), WEIGHTS[:, 1:6, 1:6])


def test_renormalise_makes_rows_sum_to_one_in_the_same_proportions():
    kept = set_aside(WEIGHTS, KEEP, "renormalise")
    np.testing.assert_allclose(kept.sum(-1), 1)
    np.testing.assert_allclose(kept[..., 0] / kept[..., 1], WEIGHTS[:, 1:6, 1] / WEIGHTS[:, 1:6, 2])


def test_a_row_with_nothing_left_stays_zero():
    weights = np.array([[1.0, 0.0], [1.0, 0.0]])
    np.testing.assert_array_equal(set_aside(weights, np.array([False, True]), "renormalise"), [[0.0]])


def test_sizes_must_fit():
    with pytest.raises(ShapeError, match=r"\(6,\)"):
        set_aside(WEIGHTS, KEEP[:6], "hide")


def test_the_strongest_link_joins_two_different_kept_tokens():
    weights = np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.95, 0.03, 0.02]])
    assert strongest_link(weights, np.array([True, True, True])) == (2, 0)
    assert strongest_link(weights, np.array([False, True, True])) == (1, 2)


def test_one_kept_token_is_linked_to_itself():
    weights = np.full((3, 3), 1 / 3)
    assert strongest_link(weights, np.array([False, True, False])) == (1, 1)
    assert strongest_link(weights, np.zeros(3, bool)) == (0, 0)
