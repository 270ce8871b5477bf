"""Every mechanism as a map that can be laid beside the others: finite, of mean 1, and what its engine says."""

import numpy as np
import pytest

from attention import attend
from attention.images import FeatureMaps, cbam, feature_maps, picture_patches, squeeze_excitation
from attention.images.comparison import MECHANISMS, AskingPlaces, compared, measured, passed
from attention.images.illustrative import (
    illustrative_channel_weights,
    illustrative_eca_kernel,
    illustrative_se_weights,
    illustrative_spatial_weights,
)
from attention.sources.images import read_image
from pages.shared.picture_source import SAMPLES

EXPECTED = ("se", "eca", "ge", "cbam", "bam", "coordinate", "simam", "non_local", "patches")


def noise(H: int = 45, W: int = 60) -> FeatureMaps:
    return feature_maps(np.random.default_rng(5).integers(0, 256, (H, W, 3), np.uint8))


def plain(level: int) -> FeatureMaps:
    return feature_maps(np.full((40, 50, 3), level, np.uint8))


def test_all_mechanisms_are_there():
    assert set(MECHANISMS) == set(EXPECTED)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("code", EXPECTED)
def test_every_mechanism_gives_a_map_of_mean_one_on_every_sample(code, sample):
    channels = feature_maps(read_image(SAMPLES[sample].read_bytes()).rgb)
    values = compared(code, channels)
    assert values.shape == channels.maps.shape[1:]
    assert values.dtype == np.float32
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.mean(dtype=np.float64) == pytest.approx(1, abs=1e-5)
    assert np.ptp(values) > 0.05  # on a real picture nobody looks at all places alike


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("code", EXPECTED)
def test_a_picture_of_one_colour_gives_a_finite_map(code, level):
    values = compared(code, plain(level))
    assert np.isfinite(values).all()
    assert values.mean(dtype=np.float64) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (3, 5)])
@pytest.mark.parametrize("code", EXPECTED)
def test_no_picture_is_too_small(code, shape):
    values = compared(code, noise(*shape))
    assert values.shape == shape
    assert np.isfinite(values).all()


@pytest.mark.parametrize("code", EXPECTED)
def test_where_nothing_is_there_every_place_counts_alike(code):
    """Not even a division by zero: empty maps are a picture of which no channel sees anything."""
    channels = noise()
    values = compared(code, FeatureMaps(channels.names, np.zeros_like(channels.maps)))
    np.testing.assert_array_equal(values, np.ones_like(values))


def test_of_a_pure_mask_the_share_that_passes_is_the_mask():
    X = noise().maps + 0.1
    mask = np.random.default_rng(6).random(X.shape[1:], np.float32)
    np.testing.assert_allclose(passed(X, X * mask), mask, rtol=1e-5)


def test_of_gates_the_share_that_passes_is_their_mix():
    X = np.array([[[1.0, 0.0, 3.0, 0.0]], [[0.0, 2.0, 1.0, 0.0]]])
    gates = np.array([0.2, 0.8])
    np.testing.assert_allclose(passed(X, X * gates[:, None, None]), [[0.2, 0.8, 0.35, 0.0]])


def test_cbam_is_its_mask_times_the_mix_of_its_gates():
    channels = noise()
    trace = cbam(channels.maps, illustrative_channel_weights(channels.names), illustrative_spatial_weights())
    mix = (channels.maps * trace.gates[:, None, None]).sum(axis=0) / channels.maps.sum(axis=0)
    expected = trace.mask * mix
    np.testing.assert_allclose(compared("cbam", channels), expected / expected.mean(), rtol=1e-4)


def test_se_with_equal_gates_would_be_even():
    channels = noise()
    weights = illustrative_channel_weights(channels.names, sharpness=0)
    trace = squeeze_excitation(channels.maps, weights)
    np.testing.assert_allclose(passed(trace.X, trace.output), 0.5, rtol=1e-5)


def test_received_attention_is_the_mean_over_all_that_ask_at_every_pixel_of_a_patch():
    patches = picture_patches(noise(5, 7).maps, 3)
    n = len(patches.vectors)
    Q = np.random.default_rng(7).normal(size=(n, 3))
    attention = attend(Q, Q, Q)
    received = AskingPlaces(patches, attention, attention.output).received()
    assert received.shape == (5, 7)
    for patch, (top, left, bottom, right) in enumerate(patches.boxes):
        np.testing.assert_allclose(received[top:bottom, left:right], attention.weights[:, patch].mean())


@pytest.mark.parametrize("code", ["non_local", "patches"])
def test_what_places_receive_adds_up_to_what_they_give(code):
    attention = MECHANISMS[code].run(noise()).attention
    np.testing.assert_allclose(attention.weights.sum(axis=1), 1, rtol=1e-5)
    assert attention.weights.mean(axis=0).sum() == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize("code", ["se", "eca", "simam"])
def test_mechanisms_without_a_sense_of_place_turn_with_the_maps(code):
    channels = noise()
    turned = FeatureMaps(channels.names, np.ascontiguousarray(channels.maps[:, ::-1, ::-1]))
    np.testing.assert_allclose(compared(code, turned), compared(code, channels)[::-1, ::-1], rtol=1e-4)


def test_an_unknown_mechanism_is_an_error():
    with pytest.raises(KeyError):
        compared("transformer", noise())


@pytest.mark.parametrize("code", EXPECTED)
def test_what_a_mechanism_costs_grows_with_the_picture_and_its_parameters_do_not(code):
    small, large = (measured(code, noise(*size), runs=1) for size in ((24, 30), (48, 60)))
    assert 0 < small.seconds < 60
    assert small.cost.parameters == large.cost.parameters
    if code == "patches":  # as many patches, whatever the size
        assert small.cost == large.cost
    else:
        assert small.cost.multiply_adds < large.cost.multiply_adds


def test_the_parameters_are_those_of_the_weights():
    """Where there is no batch normalisation, which is folded in: one for each number."""
    names = noise().names
    se = illustrative_se_weights(names)
    assert measured("se", noise(), runs=1).cost.parameters == sum(part.size for part in (se.W1, se.b1, se.W2, se.b2))
    assert measured("eca", noise(), runs=1).cost.parameters == illustrative_eca_kernel().size
    for code in ("ge", "simam", "patches"):
        assert measured(code, noise(), runs=1).cost.parameters == 0
