"""The drawn picture, whose right answer is obvious: one orange triangle among calm circles and squares.

Mechanisms with a place in their answer find it. Two of the kind do not say where, and are held to that: squeeze-and-
excitation and ECA gate channels, whatever the place. In a non-local block the triangle finds itself, but what is
asked for most by all others is the ground and the blue shapes, of which there are more.
"""

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    RAW_THRESHOLD,
    bam,
    cbam,
    coordinate_attention,
    gather_excite,
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_coordinate_weights,
    illustrative_non_local_weights,
    illustrative_se_weights,
    illustrative_spatial_weights,
    non_local,
    picture_patches,
    simam,
    spatial_attention,
    squeeze_excitation,
)
from tests.attention.images.samples import TRIANGLE, channels, highest_place, inside

MASKS = {
    "cbam": lambda X: cbam(X, illustrative_channel_weights(CHANNELS), illustrative_spatial_weights()).mask,
    "cbam, places first": lambda X: (
        cbam(
            X,
            illustrative_channel_weights(CHANNELS),
            illustrative_spatial_weights(threshold=RAW_THRESHOLD),
            order="spatial_first",
        ).mask
    ),
    "spatial half": lambda X: spatial_attention(X, illustrative_spatial_weights(threshold=RAW_THRESHOLD)).mask,
    "bam": lambda X: bam(X, illustrative_bam_weights(CHANNELS)).spatial_logits,
    "coordinate": lambda X: coordinate_attention(X, illustrative_coordinate_weights(CHANNELS)).mask.mean(axis=0),
    "simam": lambda X: simam(X).mask.mean(axis=0),
    "gather-excite, 8": lambda X: gather_excite(X, 8).gates.mean(axis=0),
    "gather-excite, 16": lambda X: gather_excite(X, 16).gates.mean(axis=0),
}


@pytest.fixture(name="X", scope="module")
def shapes():
    return channels("shapes.png").maps


@pytest.mark.parametrize("mechanism", MASKS)
def test_the_odd_one_out_is_the_highest_place(X, mechanism):
    top, left, bottom, right = TRIANGLE
    row, column = highest_place(MASKS[mechanism](X))
    assert top <= row <= bottom
    assert left <= column <= right


@pytest.mark.parametrize("mechanism", ["cbam", "spatial half"])
def test_its_mask_lets_the_triangle_through_and_little_else(X, mechanism):
    mask = MASKS[mechanism](X)
    outside = mask.copy()
    inside(outside, TRIANGLE)[:] = 0
    assert (inside(mask, TRIANGLE) > 0.9).mean() > 0.35  # a triangle fills half of its box
    assert outside.mean() < 0.15


def test_gates_of_channels_do_not_say_where(X):
    trace = squeeze_excitation(X, illustrative_se_weights(CHANNELS))
    turned = squeeze_excitation(np.ascontiguousarray(X[:, ::-1, ::-1]), illustrative_se_weights(CHANNELS))
    np.testing.assert_allclose(turned.gates, trace.gates, atol=1e-4)


def test_in_a_non_local_block_the_triangle_finds_itself_but_is_not_what_most_ask_for(X):
    patches = picture_patches(X, 32)
    trace = non_local(patches.vectors.T.reshape(-1, *patches.shape), illustrative_non_local_weights(CHANNELS))
    maps = trace.attention.weights.reshape(-1, *patches.shape)  # a map for each place that asks
    middle = round(0.5 * patches.shape[0]) * patches.shape[1] + round(0.62 * patches.shape[1])
    assert inside(maps[middle], TRIANGLE).sum() > 0.99
    received = maps.mean(axis=0)
    top, left, bottom, right = TRIANGLE
    row, column = highest_place(received)
    assert not (top <= row <= bottom and left <= column <= right)
