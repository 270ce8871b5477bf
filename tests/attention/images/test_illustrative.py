"""The hand-chosen weights do what their rules say, and what the page promises on the sample pictures."""

from pathlib import Path

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    cbam,
    feature_maps,
    illustrative_channel_weights,
    illustrative_spatial_weights,
    spatial_attention,
)
from attention.images.illustrative import SEESAWS
from attention.sources.images import read_image

SAMPLES = Path(__file__).parents[3] / "assets" / "images"
# A box (top, left, bottom, right), in shares of height and width, that lies on the thing, and one beside it.
THINGS = {
    "astronaut.jpg": ((0.62, 0.10, 0.95, 0.30), (0.05, 0.55, 0.40, 0.72)),  # suit, wall
    "cat.jpg": ((0.50, 0.45, 0.80, 0.65), (0.30, 0.86, 0.60, 1.00)),  # face, room
    "coffee.jpg": ((0.15, 0.33, 0.45, 0.63), (0.00, 0.00, 0.20, 0.15)),  # cup, shadow behind it
    "rocket.jpg": ((0.45, 0.49, 0.90, 0.51), (0.05, 0.20, 0.40, 0.80)),  # rocket, sky
    "shapes.png": ((0.47, 0.61, 0.56, 0.64), (0.30, 0.30, 0.36, 0.70)),  # triangle, ground
}


def look(rgb, channel=None, spatial=None):
    bank = feature_maps(rgb)
    return cbam(
        bank.maps,
        illustrative_channel_weights(bank.names, **(channel or {})),
        illustrative_spatial_weights(**(spatial or {})),
    )


def gates(rgb, **options):
    return dict(zip(CHANNELS, look(rgb, options).gates.tolist(), strict=True))


@pytest.fixture(scope="module")
def pictures():
    return {name: read_image((SAMPLES / name).read_bytes(), max_side=400).rgb for name in THINGS}


@pytest.mark.parametrize("name", THINGS)
def test_gates_differ_clearly(pictures, name):
    found = look(pictures[name]).gates
    assert found.min() < 0.27
    assert found.max() > 0.85


@pytest.mark.parametrize("name", THINGS)
def test_the_mask_singles_out_the_thing(pictures, name):
    mask = look(pictures[name]).mask
    H, W = mask.shape
    on, off = (
        mask[round(top * H) : round(bottom * H), round(left * W) : round(right * W)].mean()
        for top, left, bottom, right in THINGS[name]
    )
    assert on > 0.7
    assert off < 0.2


def test_gates_follow_the_picture(pictures):
    coffee, rocket, shapes = (gates(pictures[name]) for name in ("coffee.jpg", "rocket.jpg", "shapes.png"))
    assert coffee["red_green"] > rocket["red_green"]
    assert rocket["luminance"] > rocket["darkness"]  # a dark picture
    assert shapes["darkness"] > shapes["luminance"]  # a light one
    assert shapes["texture"] > coffee["texture"]  # calm, and busy


def test_a_cool_picture_opens_the_cool_channels():
    rgb = np.full((30, 40, 3), (60, 90, 200), np.uint8)
    rgb[5:15, 5:20] = (80, 180, 170)
    found = gates(rgb)
    assert found["blue_yellow"] > 0.9
    assert found["red_green"] < 0.1


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (127, 127, 127), (255, 0, 0), (10, 200, 90)])
@pytest.mark.parametrize("size", [(1, 1), (1, 50), (33, 20)])
def test_on_an_even_picture_all_is_finite(colour, size):
    trace = look(np.full((*size, 3), colour, np.uint8))
    for stage in (trace.gates, trace.mask, trace.output):
        assert np.isfinite(stage).all()


def test_every_seesaw_reads_and_moves_channels_of_the_bank():
    for seesaw in SEESAWS.values():
        assert set(seesaw.reads) | set(seesaw.moves) <= set(CHANNELS)
    weights = illustrative_channel_weights(CHANNELS)
    assert weights.W1.shape == (5, 20)
    assert weights.W2.shape == (20, 5)


def test_a_balanced_unit_moves_nothing():
    weights = illustrative_channel_weights(CHANNELS)
    np.testing.assert_allclose(weights.logits(np.ones(5, np.float32)), 0, atol=1e-6)


def test_without_sharpness_all_gates_are_half(pictures):
    np.testing.assert_allclose(look(pictures["cat.jpg"], {"sharpness": 0.0}).gates, 0.5)


def test_favour_adds_to_the_logit(pictures):
    plain = look(pictures["cat.jpg"]).channel.logits
    favoured = look(pictures["cat.jpg"], {"favour": {"blue": 3.0, "red": -1.0}}).channel.logits
    moved = dict(zip(CHANNELS, favoured - plain, strict=True))
    assert moved.pop("blue") == pytest.approx(3, abs=1e-5)
    assert moved.pop("red") == pytest.approx(-1, abs=1e-5)
    np.testing.assert_allclose(list(moved.values()), 0, atol=1e-5)


def test_favour_of_an_unknown_channel_is_refused():
    with pytest.raises(ValueError, match="purple"):
        illustrative_channel_weights(CHANNELS, favour={"purple": 1.0})


@pytest.mark.parametrize("kernel_size", [3, 5, 7, 11])
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
