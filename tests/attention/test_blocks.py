"""Attention between parts: shares that add up, and the strongest link."""

import numpy as np
import pytest

from attention import ShapeError, softmax
from attention.blocks import block_shares, strongest_between

WEIGHTS = softmax(np.random.default_rng(0).normal(size=(2, 3, 7, 7)))
FIRST = np.array([False, True, True, False, False, False, False])
SECOND = np.array([False, False, False, False, True, True, False])
SINKS = ~(FIRST | SECOND)


def test_shares_are_the_means_of_the_sums():
    shares = block_shares(WEIGHTS, [FIRST, SECOND], [FIRST, SECOND, SINKS])
    assert shares.shape == (2, 3, 2, 3)
    for a, asking in enumerate((FIRST, SECOND)):
        for b, looked in enumerate((FIRST, SECOND, SINKS)):
            expected = np.mean(
                [[[w[i, looked].sum() for i in np.flatnonzero(asking)] for w in ws] for ws in WEIGHTS], -1
            )
            np.testing.assert_allclose(shares[..., a, b], expected)
    np.testing.assert_allclose(shares.sum(-1), 1)


def test_an_empty_part_gives_and_gets_nothing():
    nothing = np.zeros(7, bool)
    np.testing.assert_array_equal(block_shares(WEIGHTS, [nothing], [FIRST]), np.zeros((2, 3, 1, 1)))
    np.testing.assert_array_equal(block_shares(WEIGHTS, [FIRST], [nothing]), np.zeros((2, 3, 1, 1)))


def test_a_part_of_one_word_gives_what_the_word_gives():
    one = np.arange(7) == 3
    np.testing.assert_allclose(block_shares(WEIGHTS, [one], [FIRST])[..., 0, 0], WEIGHTS[..., 3, FIRST].sum(-1))


def test_parts_must_fit():
    with pytest.raises(ShapeError, match=r"\(6,\)"):
        block_shares(WEIGHTS, [FIRST[:6]], [SECOND])


def test_the_strongest_link_is_found_in_any_head():
    weights = WEIGHTS.copy()
    weights[1, 2, 2, 4] = 2
    weights[0, 0, 4, 2] = 3  # the other way round
    assert strongest_between(weights, FIRST, SECOND) == (1, 2, 2, 4)
    assert strongest_between(weights[0, 0], SECOND, FIRST) == (4, 2)


def test_between_an_empty_part_and_another_there_is_no_link():
    with pytest.raises(ValueError, match="empty"):
        strongest_between(WEIGHTS, FIRST, np.zeros(7, bool))
