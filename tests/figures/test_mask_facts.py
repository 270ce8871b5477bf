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
        assert facts.area == pytest.approx(0.8 / 9)


def test_an_even_mask_needs_as_much_area_as_it_holds():
    assert mask_facts(np.ones((10, 10)), held=0.35).area == pytest.approx(0.35)


def test_an_empty_mask_lies_nowhere():
    assert mask_facts(np.zeros((4, 7))).region_share == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 256), (256, 1), (2, 2)])
def test_thin_masks_have_a_place_too(shape):
    facts = mask_facts(np.full(shape, 0.25))
    assert facts.mean == 0.25
    assert 0 < facts.region_share <= 1


@given(arrays(np.float64, some.tuples(some.integers(1, 9), some.integers(1, 9)), elements=some.floats(0.001, 1)))
def test_the_area_is_the_smallest_that_holds_the_share(mask):
    facts = mask_facts(mask)
    largest_first = np.sort(mask, axis=None)[::-1]
    pixels = round(facts.area * mask.size)
    assert largest_first[:pixels].sum() >= facts.held * mask.sum() * (1 - 1e-9)
    assert largest_first[: pixels - 1].sum() <= facts.held * mask.sum() * (1 + 1e-9)
    assert facts.region_share >= 1 / 9 - 1e-9
