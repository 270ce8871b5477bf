"""The seesaws do what their rules say, and the gates are plainly spread on every shipped picture."""

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    SEESAWS,
    channel_attention,
    feature_maps,
    illustrative_channel_weights,
    illustrative_se_weights,
    squeeze_excitation,
)
from tests.attention.images.samples import THINGS, channels

REDUCTIONS = {2: 10, 4: 5, 5: 4, 10: 2, 20: 1}  # and the hidden units that they leave


def cbam_gates(X, **options):
    return channel_attention(X, illustrative_channel_weights(CHANNELS, **options)).gates


def se_gates(X, **options):
    return squeeze_excitation(X, illustrative_se_weights(CHANNELS, **options)).gates


def named(gates):
    return dict(zip(CHANNELS, gates.tolist(), strict=True))


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("find", [cbam_gates, se_gates])
def test_gates_differ_plainly_at_every_reduction(find, name, reduction):
    found = find(channels(name).maps, reduction=reduction)
    assert found.min() < 0.2
    assert found.max() > 0.8


@pytest.mark.parametrize("name", THINGS)
def test_what_stands_out_opens_its_channels(name):
    for found in (cbam_gates(channels(name).maps), se_gates(channels(name).maps)):
        assert min(named(found)[channel] for channel in ("global_contrast", "coarse_contrast")) > 0.85


def test_gates_follow_the_picture():
    coffee, rocket, shapes = (named(cbam_gates(channels(f).maps)) for f in ("coffee.jpg", "rocket.jpg", "shapes.png"))
    assert coffee["red_green"] > rocket["red_green"]
    assert rocket["luminance"] > rocket["darkness"]  # a dark picture
    assert shapes["darkness"] > shapes["luminance"]  # a light one
    assert shapes["texture"] > coffee["texture"]  # calm, and busy


def test_an_average_sees_the_sky_and_a_maximum_the_flames():
    maps = channels("rocket.jpg").maps
    assert named(se_gates(maps))["blue_yellow"] > 0.8
    assert named(cbam_gates(maps))["blue_yellow"] < 0.4


def test_a_cool_picture_opens_the_cool_channels():
    rgb = np.full((30, 40, 3), (60, 90, 200), np.uint8)
    rgb[5:15, 5:20] = (80, 180, 170)
    for found in (cbam_gates(feature_maps(rgb).maps), se_gates(feature_maps(rgb).maps)):
        assert named(found)["blue_yellow"] > 0.9
        assert named(found)["red_green"] < 0.1


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127), (255, 0, 0), (10, 200, 90)])
@pytest.mark.parametrize("size", [(1, 1), (1, 50), (33, 20)])
def test_on_an_even_picture_all_is_finite(colour, size):
    maps = feature_maps(np.full((*size, 3), colour, np.uint8)).maps
    for found in (cbam_gates(maps, reduction=2), se_gates(maps, reduction=2)):
        assert np.isfinite(found).all()


def test_every_seesaw_reads_and_moves_channels_of_the_bank():
    for seesaw in SEESAWS.values():
        assert set(seesaw.reads) | set(seesaw.moves) <= set(CHANNELS)


@pytest.mark.parametrize("weights", [illustrative_channel_weights, illustrative_se_weights])
@pytest.mark.parametrize(("reduction", "units"), REDUCTIONS.items())
def test_the_most_important_seesaws_remain(weights, reduction, units):
    some, most = weights(CHANNELS, reduction=reduction), weights(CHANNELS, reduction=2)
    assert (some.W1.shape, some.b1.shape, some.W2.shape) == ((units, 20), (units,), (20, units))
    np.testing.assert_array_equal(some.W1, most.W1[:units])
    np.testing.assert_array_equal(some.W2, most.W2[:, :units])


@pytest.mark.parametrize("weights", [illustrative_channel_weights, illustrative_se_weights])
def test_a_balanced_unit_moves_nothing(weights):
    np.testing.assert_allclose(weights(CHANNELS).logits(np.ones(5, np.float32)), 0, atol=1e-6)


@pytest.mark.parametrize("find", [cbam_gates, se_gates])
def test_without_sharpness_all_gates_are_half(find):
    np.testing.assert_allclose(find(channels("cat.jpg").maps, sharpness=0.0), 0.5)


@pytest.mark.parametrize(
    ("run", "weights"),
    [(channel_attention, illustrative_channel_weights), (squeeze_excitation, illustrative_se_weights)],
)
def test_favour_adds_to_the_logit(run, weights):
    maps = channels("cat.jpg").maps
    plain, favoured = (run(maps, weights(CHANNELS, favour=f)).logits for f in ({}, {"blue": 3.0, "red": -1.0}))
    moved = named(favoured - plain)
    assert moved.pop("blue") == pytest.approx(3, abs=1e-5)
    assert moved.pop("red") == pytest.approx(-1, abs=1e-5)
    np.testing.assert_allclose(list(moved.values()), 0, atol=1e-5)


@pytest.mark.parametrize("weights", [illustrative_channel_weights, illustrative_se_weights])
def test_what_makes_no_sense_is_refused(weights):
    with pytest.raises(ValueError, match="purple"):
        weights(CHANNELS, favour={"purple": 1.0})
    for reduction in (-4, 0, 1, 21):
        with pytest.raises(ValueError, match=f"1 to 10 hidden units of 20 channels, got {reduction}"):
            weights(CHANNELS, reduction=reduction)
