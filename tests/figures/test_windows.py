"""Windows rearranged as patches, against plain loops, and what is said of one row."""

import numpy as np
import pytest

from figures.windows import by_patch, over_patches, window_facts

RNG = np.random.default_rng(2)


def test_every_patch_keeps_its_own_row():
    grid, side, patches = (2, 3), 3, (5, 7)  # a row and two columns of the last windows lie beyond the picture
    weights = RNG.random((6, 9, 9))
    rows = by_patch(weights, grid, patches)
    assert rows.shape == (35, 9)
    for row in range(5):
        for column in range(7):
            window, place = row // side * 3 + column // side, row % side * side + column % side
            np.testing.assert_array_equal(rows[row * 7 + column], weights[window, place])


def test_a_row_lies_where_its_window_is():
    row = RNG.random((3, 3))
    values = over_patches(row, (3, 6), (5, 7))
    np.testing.assert_array_equal(values[3:5, 6:7], row[:2, :1])
    assert np.count_nonzero(values) == 2
    np.testing.assert_array_equal(over_patches(row, (0, 3), (5, 7))[:3, 3:6], row)


def test_what_is_said_of_a_row():
    values = np.zeros((4, 5))
    values[1, 2], values[0, 1], values[3, 4] = 0.5, 0.1, 0.3
    facts = window_facts(values, (1, 2))
    assert (facts.itself, facts.near, facts.most, facts.strongest) == (0.5, 0.6, 0.3, (3, 4))
    assert facts.beyond == pytest.approx(0.1)
    corner = window_facts(values, (0, 0))
    assert (corner.itself, corner.strongest) == (0, (1, 2))
    assert corner.near == pytest.approx(0.1)


def test_a_patch_that_is_alone_is_its_own_strongest():
    values = np.zeros((2, 2))
    values[1, 1] = 0.25
    facts = window_facts(values, (1, 1))
    assert (facts.strongest, facts.most, facts.beyond) == ((1, 1), 0.25, 0.75)
