"""A channel that exceeds its neighbours opens."""

import numpy as np
import pytest

from attention.images import efficient_channel_attention, illustrative_eca_kernel
from tests.attention.images.samples import THINGS, channels


def gates(X, kernel):
    return efficient_channel_attention(X, kernel).gates


@pytest.mark.parametrize("name", THINGS)
def test_gates_differ_plainly(name):
    found = gates(channels(name).maps, illustrative_eca_kernel())
    assert found.min() < 0.2
    assert found.max() > 0.9


@pytest.mark.parametrize("k", [3, 5, 9])
def test_among_equals_a_gate_is_half_and_a_peak_opens(k):
    kernel = illustrative_eca_kernel(k)
    assert kernel.shape == (k,)
    averages = np.full(31, 0.4)
    averages[15] = 0.8
    found = gates(averages[:, None, None], kernel)
    assert found[15] > 0.95
    assert found[14] == found[16] < 0.5
    np.testing.assert_allclose(found[5:10], 0.5, atol=1e-6)


def test_the_order_of_the_stack_decides():
    maps, kernel = channels("cat.jpg").maps, illustrative_eca_kernel()
    elsewhere = np.roll(gates(np.roll(maps, 7, axis=0), kernel), -7)  # the same channels, seven places further
    assert np.abs(elsewhere - gates(maps, kernel)).max() > 0.1


def test_without_strength_all_gates_are_half():
    np.testing.assert_allclose(gates(channels("cat.jpg").maps, illustrative_eca_kernel(strength=0.0)), 0.5)


@pytest.mark.parametrize("k", [-3, 0, 1, 4])
def test_sides_that_make_no_sense_are_refused(k):
    with pytest.raises(ValueError, match="odd"):
        illustrative_eca_kernel(k)
