"""Clicks and boxes as tokens."""

import numpy as np
import pytest

from attention.networks.promptable_weights import PromptWeights
from attention.networks.prompts import embed_prompts, grid_positions, position_vectors

RNG = np.random.default_rng(7)
D = 6


@pytest.fixture(scope="module")
def weights():
    numbers = RNG.normal(size=(8, D)).astype(np.float32)
    return PromptWeights(RNG.normal(size=(2, D // 2)).astype(np.float32), numbers[:4], numbers[4], numbers[5])


def test_a_place_is_sines_then_cosines_of_x_and_y(weights):
    (vector,) = position_vectors(weights, np.array([(0.2, 0.9)]))  # row, column
    angles = 2 * np.pi * (0.8 * weights.frequencies[0] - 0.6 * weights.frequencies[1])
    np.testing.assert_allclose(vector, [*np.sin(angles), *np.cos(angles)], atol=1e-5)


def test_the_grid_has_the_centres_of_its_patches_row_by_row(weights):
    grid = grid_positions(weights, 4)
    assert grid.shape == (16, D)
    np.testing.assert_allclose(grid[1 * 4 + 2], position_vectors(weights, np.array([0.375, 0.625])), atol=1e-6)


def test_clicks_carry_what_they_say_and_a_place_is_filled(weights):
    points = np.array([(0.1, 0.2), (0.3, 0.4), (0.5, 0.6)])
    tokens, kinds = embed_prompts(weights, points, np.array([1, 0, 1]), None)
    assert kinds == ("this", "not_this", "this", "no_point")
    said = tokens[:3] - position_vectors(weights, points)
    np.testing.assert_allclose(said, weights.kinds[[1, 0, 1]], atol=1e-6)
    np.testing.assert_array_equal(tokens[3], weights.no_point)


def test_a_box_is_two_corners_after_the_clicks(weights):
    box = np.array([(0.1, 0.2), (0.8, 0.9)])
    tokens, kinds = embed_prompts(weights, np.empty((0, 2)), np.empty(0, int), box)
    assert kinds == ("top_left", "bottom_right")
    np.testing.assert_allclose(tokens - position_vectors(weights, box), weights.kinds[2:], atol=1e-6)
    _, kinds = embed_prompts(weights, np.array([(0.5, 0.5)]), np.array([0]), box)
    assert kinds == ("not_this", "top_left", "bottom_right")
