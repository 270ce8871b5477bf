"""Where a click's attention goes, against plain loops."""

import numpy as np
import pytest

from figures.click_facts import attention_facts

PATCHES = (5, 7)  # of a square of 7 x 7: two rows of padding


@pytest.fixture
def weights(rng):
    raw = rng.random((7, 7))
    return raw / raw.sum()


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def test_shares_are_sums_over_their_patches(weights, rng):
    logits = rng.normal(size=(28, 28))
    facts = attention_facts(weights, logits, PATCHES, (2, 3))
    on_object = area = near = beyond = 0.0
    for row in range(7):
        for column in range(7):
            covered = np.mean(logits[4 * row : 4 * row + 4, 4 * column : 4 * column + 4] > 0)
            inside = row < 5
            on_object += weights[row, column] * covered * inside
            area += covered * inside / 35
            near += weights[row, column] * (abs(row - 2) <= 1 and abs(column - 3) <= 1)
            beyond += weights[row, column] * (not inside)
    assert facts.on_object == pytest.approx(on_object)
    assert facts.area == pytest.approx(area)
    assert facts.near == pytest.approx(near)
    assert facts.beyond == pytest.approx(beyond)


def test_the_strongest_patch_is_one_of_the_picture(weights):
    weights[6, 6] = 9.0
    weights[4, 1] = 2.0
    facts = attention_facts(weights, np.zeros((7, 7)), PATCHES, None)
    assert facts.strongest == (4, 1)
    assert facts.most == 2.0
    assert facts.near is None
    assert facts.area == facts.on_object == 0


def test_in_a_corner_there_are_fewer_patches_around_the_click(weights):
    facts = attention_facts(weights, np.ones((7, 7)), PATCHES, (0, 6))
    assert facts.near == pytest.approx(weights[:2, 5:].sum())
    assert facts.area == 1
