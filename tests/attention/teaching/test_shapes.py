"""Shapes of a picture: how round they are, which of them a question finds."""

import math
from pathlib import Path

import numpy as np
import pytest

from attention.images import feature_maps
from attention.sources.images import read_image
from attention.teaching.shapes import FACTS, ask_shapes, roundness, shape_facts

IMAGES = Path(__file__).parents[3] / "assets" / "images"
DISCS = [0, 2, 5, 7, 8, 10]  # patches of the sample "shapes", row by row
TRIANGLE, SQUARES = 6, [1, 3, 4, 9, 11]


@pytest.fixture(scope="module")
def facts():
    rgb = read_image((IMAGES / "shapes.png").read_bytes()).rgb
    found, shape = shape_facts(feature_maps(rgb))
    assert shape == (3, 4)
    return found


def test_roundness_of_shapes_with_known_values():
    y, x = np.mgrid[-100:101, -100:101]
    height = 100 * math.sqrt(3)
    assert roundness(x * x + y * y <= 90 * 90) == pytest.approx(1, abs=1e-3)
    assert roundness(np.ones((50, 50), bool)) == pytest.approx(3 / math.pi, abs=1e-9)
    assert roundness(np.ones((7, 28), bool)) == pytest.approx(6 / math.pi / (4 + 1 / 4), abs=1e-9)
    y, x = np.mgrid[0 : int(height), -100:101]
    assert roundness(np.abs(x) * math.sqrt(3) <= y) == pytest.approx(0.827, abs=5e-3)


def test_one_pixel_is_a_square():
    assert roundness(np.eye(3, dtype=bool) & (np.arange(3) == 1)) == pytest.approx(3 / math.pi)


def test_red_finds_the_one_triangle(facts):
    weights = ask_shapes(facts, {"red": 6}).weights[0]
    assert weights.argmax() == TRIANGLE
    assert weights.max() > 0.99


def test_round_finds_the_discs_and_shares_among_them(facts):
    weights = ask_shapes(facts, {"round": 6}).weights[0]
    assert weights[DISCS].min() > 10 * weights[[*SQUARES, TRIANGLE]].max()
    np.testing.assert_allclose(weights[DISCS], weights[DISCS].mean(), rtol=0.02)


def test_round_and_blue_together_find_what_is_both(facts):
    assert ask_shapes(facts, {"round": 6, "blue": 6}).weights[0].argmax() == 0


def test_every_fact_speaks_as_loudly_as_the_others(facts):
    assert facts.shape == (12, len(FACTS))
    np.testing.assert_allclose(facts.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(facts.std(axis=0), 1)


def test_a_picture_of_one_colour_has_nothing_to_find():
    found, shape = shape_facts(feature_maps(np.full((30, 40, 3), 128, np.uint8)))
    np.testing.assert_allclose(ask_shapes(found, {"red": 10, "round": 10}).weights, 1 / math.prod(shape))
