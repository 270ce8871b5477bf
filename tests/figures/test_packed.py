"""Numbers travel to the components as they were computed, or in steps too small to see."""

import json

import numpy as np
import pytest

from figures.packed import EXACT, FINE, pack, unpack


def test_ordinary_numbers_travel_exactly():
    values = np.random.default_rng(0).normal(size=(3, 5, 7)).astype(np.float32)
    np.testing.assert_array_equal(unpack(json.loads(json.dumps(pack(values))), values.shape), values)


@pytest.mark.parametrize(("count", "step", "bytes_each"), [(EXACT + 1, 1e-5, 2), (FINE + 1, 2e-3, 1)])
def test_many_numbers_travel_in_steps_of_their_range(count, step, bytes_each):
    values = np.random.default_rng(0).normal(size=count).astype(np.float32)
    packed = pack(values)
    np.testing.assert_allclose(unpack(packed, (count,)), values, atol=np.ptp(values) * step)
    assert len(packed["data"]) == pytest.approx(count * bytes_each * 4 / 3, rel=1e-3)


def test_equal_numbers_stay_equal():
    np.testing.assert_array_equal(unpack(pack(np.full(FINE + 1, 0.25)), (FINE + 1,)), 0.25)


def test_a_view_in_any_order_of_memory_is_packed_row_by_row():
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert pack(values.T.copy().T) == pack(values)
