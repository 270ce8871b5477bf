"""Rows and columns that hold the thing open."""

import numpy as np
import pytest

from attention.images import CHANNELS, coordinate_attention, illustrative_coordinate_weights
from attention.images.illustrative import STRIPES
from tests.attention.images.samples import THINGS, channels, on_and_off


def look(name, **options):
    return coordinate_attention(channels(name).maps, illustrative_coordinate_weights(CHANNELS, **options))


@pytest.mark.parametrize("name", THINGS)
def test_the_mask_is_stronger_on_the_thing(name):
    mask = look(name).mask.mean(axis=0)
    on, off = on_and_off(mask, name)
    assert on > 0.3
    assert on > 1.2 * off  # the cat's rows hold the room as well
    assert 0.1 < mask.mean() < 0.5


@pytest.mark.parametrize("name", THINGS)
def test_rows_and_columns_differ_plainly(name):
    trace = look(name)
    for gates in (trace.gates_rows, trace.gates_columns):
        assert gates.min() < 0.2
        assert gates.max() > 0.8


def test_a_red_stripe_opens_the_warm_channels_in_its_rows():
    X = np.zeros((20, 30, 40))
    X[CHANNELS.index("red_green"), 10:14] = 0.8
    found = coordinate_attention(X, illustrative_coordinate_weights(CHANNELS)).gates_rows
    warm, cool = CHANNELS.index("red_green"), CHANNELS.index("green_red")
    assert found[warm, 12] > found[warm, 20] + 0.3
    assert found[cool, 12] < found[cool, 20] - 0.05


def test_eight_stripes_of_named_channels():
    weights = illustrative_coordinate_weights(CHANNELS)
    assert weights.W1.shape == (8, 20)
    assert weights.W_rows.shape == (20, 8)
    for stripe in STRIPES.values():
        assert set(stripe.reads) | set(stripe.opens) <= set(CHANNELS)


def test_without_sharpness_all_gates_are_half():
    np.testing.assert_allclose(look("cat.jpg", sharpness=0.0).mask, 0.25)
