"""The spatial kernel does what its rule says, and its mask lies on the thing in every shipped picture."""

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    RAW_THRESHOLD,
    cbam,
    feature_maps,
    illustrative_channel_weights,
    illustrative_spatial_weights,
    spatial_attention,
)
from attention.images.illustrative import GATED_THRESHOLD
from tests.attention.images.samples import THINGS, channels, on_and_off

SIDES = (3, 5, 7, 11)


def gated_mask(X, **options):
    return cbam(X, illustrative_channel_weights(CHANNELS), illustrative_spatial_weights(**options)).mask


def raw_mask(X, **options):
    return spatial_attention(X, illustrative_spatial_weights(threshold=RAW_THRESHOLD, **options)).mask


@pytest.mark.parametrize("kernel_size", SIDES)
@pytest.mark.parametrize("name", THINGS)
def test_after_channel_gates_the_mask_singles_out_the_thing(name, kernel_size):
    mask = gated_mask(channels(name).maps, kernel_size=kernel_size)
    on, off = on_and_off(mask, name)
    assert on > 0.7
    assert off < 0.3
    assert 0.05 < mask.mean() < 0.5  # the rocket is a twentieth of its picture


@pytest.mark.parametrize("kernel_size", SIDES)
@pytest.mark.parametrize("name", THINGS)
def test_on_raw_channels_the_mask_singles_out_the_thing(name, kernel_size):
    mask = raw_mask(channels(name).maps, kernel_size=kernel_size)
    on, off = on_and_off(mask, name)
    assert on > 0.5
    assert off < 0.2
    assert 0.05 < mask.mean() < 0.4


@pytest.mark.parametrize("name", THINGS)
def test_both_orders_are_plain_and_differ(name):
    maps, channel_weights = channels(name).maps, illustrative_channel_weights(CHANNELS)
    first, last = (
        cbam(maps, channel_weights, illustrative_spatial_weights(threshold=threshold), order=order)
        for order, threshold in (("channel_first", GATED_THRESHOLD), ("spatial_first", RAW_THRESHOLD))
    )
    for trace in (first, last):
        assert trace.gates.min() < 0.25
        assert trace.gates.max() > 0.8
        assert 0.05 < trace.mask.mean() < 0.5
    assert np.abs(first.output - last.output).mean(axis=0).max() > 0.1


def test_a_larger_kernel_keeps_less_detail():
    def roughness(mask):
        return np.abs(np.diff(mask, axis=1)).mean()

    maps = channels("cat.jpg").maps
    found = [roughness(raw_mask(maps, kernel_size=kernel_size)) for kernel_size in SIDES]
    assert found == sorted(found, reverse=True)
    assert found[0] > 1.5 * found[-1]


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (255, 0, 0)])
@pytest.mark.parametrize("size", [(1, 1), (1, 50), (33, 20)])
def test_on_an_even_picture_all_is_finite(colour, size):
    maps = feature_maps(np.full((*size, 3), colour, np.uint8)).maps
    for mask in (gated_mask(maps), raw_mask(maps)):
        assert np.isfinite(mask).all()


@pytest.mark.parametrize("kernel_size", SIDES)
def test_an_even_area_is_weighted_whatever_the_surround(kernel_size):
    for surround in (0.0, 1.0, 2.5):
        weights = illustrative_spatial_weights(
            kernel_size=kernel_size, surround=surround, max_weight=0.7, mean_weight=2.0, sharpness=1.0
        )
        assert weights.kernel.shape == (1, 2, kernel_size, kernel_size)
        np.testing.assert_allclose(weights.kernel.sum(axis=(2, 3))[0], [0.7, 2.0], rtol=1e-5)


def test_the_mask_is_half_at_the_threshold():
    weights = illustrative_spatial_weights(max_weight=1.0, mean_weight=1.0, threshold=0.6)
    even = np.full((4, 15, 15), 0.3, np.float32)
    assert spatial_attention(even, weights).mask[7, 7] == pytest.approx(0.5, abs=1e-5)


def test_the_surround_sharpens_what_differs():
    X = np.full((1, 21, 21), 0.3)
    X[0, 10, 10] = 0.6
    with_it, without = (
        spatial_attention(X, illustrative_spatial_weights(surround=surround)).logits[10, 10] for surround in (1.0, 0.0)
    )
    assert with_it > without


@pytest.mark.parametrize("kernel_size", [0, 1, 4, -3])
def test_kernel_sizes_that_make_no_sense_are_refused(kernel_size):
    with pytest.raises(ValueError, match="odd"):
        illustrative_spatial_weights(kernel_size=kernel_size)
