"""What is said about a mask is what it holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from figures.mask_facts import REGIONS, mask_facts


def test_a_single_bright_field_is_found():
    for i, region in enumerate(REGIONS):
        mask = np.zeros((30, 60))
        mask[10 * (i // 3) : 10 * (i // 3) + 10, 20 * (i % 3) : 20 * (i % 3) + 20] = 0.5
        facts = mask_facts(mask)
        assert (facts.region, facts.region_share) == (region, 1.0)
        assert facts.mean == pytest.approx(0.5 / 9)
        assert (facts.held, facts.area) == (1.0, pytest.approx(1 / 9))


def test_equal_numbers_go_together_as_in_the_viewer():
    facts = mask_facts(np.ones((10, 10)), held=0.35)
    assert (facts.held, facts.area) == (1.0, 1.0)


def test_an_empty_mask_lies_nowhere():
    assert mask_facts(np.zeros((4, 7))).region_share == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 256), (256, 1), (2, 2)])
def test_thin_masks_have_a_place_too(shape):
    facts = mask_facts(np.full(shape, 0.25))
    assert facts.mean == 0.25
    assert 0 < facts.region_share <= 1


@given(arrays(np.float64, some.tuples(some.integers(1, 9), some.integers(1, 9)), elements=some.floats(0.001, 1)))
def test_the_area_is_the_smallest_that_holds_the_share(mask):
    facts = mask_facts(mask, held=0.8)
    largest_first = np.sort(mask, axis=None)[::-1]
    pixels = round(facts.area * mask.size)
    assert facts.held == pytest.approx(largest_first[:pixels].sum() / mask.sum())
    assert facts.held >= 0.8 - 1e-9
    smaller = largest_first > largest_first[pixels - 1]  # without the last of equal size
    assert largest_first[smaller].sum() <= 0.8 * mask.sum() * (1 + 1e-9)
    assert facts.region_share >= 1 / 9 - 1e-9
