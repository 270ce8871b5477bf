"""The softmax: shares, temperature, masks, and both of its ways, with a shift and without."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from attention import ShapeError, softmax

moderate = arrays.arrays(np.float64, (5, 11), elements=st.floats(-50, 50))
wide = arrays.arrays(np.float64, (5, 11), elements=st.floats(-1e4, 1e4))


def shares(row, temperature=1.0):
    """The definition, number by number; what is masked is -inf."""
    largest = max(row)
    powers = [math.exp((x - largest) / temperature) for x in row]
    return [p / sum(powers) for p in powers]


@given(x=st.one_of(moderate, wide), temperature=st.sampled_from([1.0, 0.2, 7.0]))
def test_equals_its_definition(x, temperature):
    found = softmax(x, temperature=temperature)
    np.testing.assert_allclose(found, [shares(row, temperature) for row in x.tolist()], rtol=1e-9, atol=1e-300)


@given(x=wide, shift=st.floats(-1e3, 1e3))
def test_a_shift_changes_nothing(x, shift):
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=1e-8, atol=1e-300)


@pytest.mark.parametrize("axis", [0, 1, 2, -2, (0, 2), None])
def test_sums_to_one_along_the_axis(axis):
    x = np.random.default_rng(0).normal(size=(3, 4, 5))
    np.testing.assert_allclose(softmax(x, axis).sum(axis=axis), 1)
    np.testing.assert_allclose(softmax(1e3 * x, axis).sum(axis=axis), 1)


@given(x=wide, seed=st.integers(0, 2**32 - 1))
def test_what_takes_no_part_gets_nothing_and_the_rest_is_the_softmax_of_the_rest(x, seed):
    mask = np.random.default_rng(seed).random(11) < 0.5
    found = softmax(x, mask=mask)
    assert (found[:, ~mask] == 0).all()
    np.testing.assert_allclose(found[:, mask], softmax(x[:, mask]), rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("magnitude", [1, 1e4])
def test_where_nothing_takes_part_all_is_zero(magnitude):
    x = magnitude * np.random.default_rng(1).normal(size=(3, 4))
    mask = np.array([True, False, True])[:, None]
    np.testing.assert_array_equal(softmax(x, mask=mask)[1], 0)
    np.testing.assert_array_equal(softmax(np.where(mask, x, -np.inf))[1], 0)
    np.testing.assert_allclose(softmax(x, mask=mask).sum(axis=1), [1, 0, 1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_infinite_entries_share_everything(dtype):
    x = np.array([[0, np.inf, 5, np.inf], [1e30, -1e30, -np.inf, 0]], dtype)
    np.testing.assert_array_equal(softmax(x), [[0, 0.5, 0, 0.5], [1, 0, 0, 0]])


@given(x=moderate)
def test_temperature_sharpens_and_flattens(x):
    largest = x.argmax(axis=1)
    cold, warm = (np.take_along_axis(softmax(x, temperature=t), largest[:, None], 1) for t in (0.5, 2.0))
    assert (cold >= warm * (1 - 1e-12)).all()
    np.testing.assert_allclose(softmax(x, temperature=1e9), 1 / 11, rtol=1e-6)


@pytest.mark.parametrize("given_dtype", ["f2", "f4", "f8", "i4", "?"])
def test_dtype(given_dtype):
    expected = {"f2": "f4", "f4": "f4"}.get(given_dtype, "f8")
    assert softmax(np.ones(3, given_dtype)).dtype == expected
    assert softmax(np.ones(3, given_dtype), temperature=np.float64(2)).dtype == expected


def test_nothing_at_all():
    assert softmax(np.zeros((3, 0))).shape == (3, 0)
    assert softmax([]).shape == (0,)


def test_the_input_is_not_changed():
    x = np.arange(6.0).reshape(2, 3)
    x.flags.writeable = False
    assert softmax(x, mask=np.ones(3, dtype=bool), temperature=2).shape == (2, 3)


@pytest.mark.parametrize("temperature", [0, -1, math.nan, math.inf])
def test_temperature_out_of_range(temperature):
    with pytest.raises(ValueError, match="temperature is"):
        softmax([1, 2], temperature=temperature)


def test_mask_that_does_not_fit():
    with pytest.raises(ShapeError, match=r"mask \(4,\) does not broadcast to x \(2, 3\)"):
        softmax(np.ones((2, 3)), mask=np.ones(4, dtype=bool))
    with pytest.raises(TypeError, match="mask has dtype float64, but must be boolean"):
        softmax(np.ones(3), mask=np.ones(3))
