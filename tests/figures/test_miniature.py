"""Miniatures: every weight and every place is there, in its colour."""

import base64
import io

import numpy as np
from PIL import Image

from figures.masks import Look
from figures.miniature import ACROSS, GAP, SIDE, picture_miniature, png_url, weights_miniature
from figures.palette import OVER_PICTURES, SEQUENTIAL, colored


def test_a_cell_has_the_colour_of_its_weights_root():
    weights = np.array([[[0.0, 1.0, 0.25], [0.5, 0.25, 0.25]]])
    pixels = weights_miniature(weights, "dark")
    side = SIDE // 3
    assert pixels.shape == (2 * side, 3 * side, 3)
    np.testing.assert_array_equal(pixels[::side, ::side], colored(np.sqrt(weights[0]), (0, 1), SEQUENTIAL["dark"]))


def test_heads_stand_in_rows():
    weights = np.linspace(0, 1, ACROSS + 1)[:, None, None] * np.ones((1, 9, 9))
    pixels = weights_miniature(weights, "light")
    pitch = 9 * (SIDE // ACROSS // 9) + GAP
    assert pixels.shape == (2 * pitch - GAP, ACROSS * pitch - GAP, 3)
    expected = colored(np.sqrt(weights[:, 0, 0]), (0, 1), SEQUENTIAL["light"])
    np.testing.assert_array_equal(pixels[0, ::pitch], expected[:ACROSS])
    np.testing.assert_array_equal(pixels[pitch, 0], expected[ACROSS])


def test_a_picture_lies_under_the_colours_of_its_numbers():
    rgb = np.full((500, 300, 3), 90, np.uint8)
    pixels = picture_miniature(rgb, np.array([[0.0], [3.0]]), (0, 3))
    look, ends = Look(), np.array([OVER_PICTURES[Look().colours][end] for end in (0, -1)])
    shades = np.array([[int(end[at : at + 2], 16) for at in (1, 3, 5)] for end in ends])
    np.testing.assert_array_equal(pixels[[0, -1], 0], np.rint((1 - look.opacity) * 90 + look.opacity * shades))
    assert pixels.shape == (250, 150, 3)


def test_what_travels_is_exact():
    pixels = weights_miniature(np.full((1, 4, 4), 0.25), "light")
    sent = base64.b64decode(png_url(pixels).split(",")[1])
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(sent))), pixels)
