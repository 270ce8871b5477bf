"""Pictures that travel to the browser show what they were made of."""

import base64
import io

import numpy as np
from PIL import Image

from figures.overlays import fogged, grey, jpeg_url, masked


def decode(url: str) -> np.ndarray:
    head, data = url.split(",", 1)
    assert head == "data:image/jpeg;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


def test_a_data_url_holds_the_picture():
    pixels = np.zeros((16, 24, 3), np.uint8)
    pixels[:8] = (200, 40, 40)
    seen = decode(jpeg_url(pixels)).astype(int)
    assert seen.shape == (16, 24, 3)
    assert np.abs(seen[2, 2] - (200, 40, 40)).max() < 12
    assert seen[14, 2].max() < 12


def test_a_picture_gets_smaller_in_proportion_but_never_larger():
    assert decode(jpeg_url(np.zeros((100, 50), np.uint8), longest=20)).shape == (20, 10)
    assert decode(jpeg_url(np.zeros((10, 5), np.uint8), longest=20)).shape == (10, 5)
    assert decode(jpeg_url(np.zeros((400, 1), np.uint8), longest=20)).shape == (20, 1)


def test_grey_runs_from_black_to_white():
    np.testing.assert_array_equal(grey(np.array([[-1.0, 0.0, 0.5, 1.0, 2.0]])), [[0, 0, 128, 255, 255]])


def test_a_mask_darkens_what_it_shuts_out():
    rgb = np.full((40, 60, 3), 200, np.uint8)
    mask = np.zeros((40, 60))
    mask[:, 30:] = 1.0
    mask[:20, :30] = 0.5
    seen = masked(rgb, mask)
    assert seen.shape == rgb.shape
    assert (seen[:, 30:] == 200).all()
    assert (seen[20:, :30] == 0).all()
    assert (seen[:20, :30] == 100).all()


def test_fog_lies_beyond_and_nowhere_else():
    rgb = np.array([[[0, 100, 200], [0, 100, 200]]], np.uint8)
    seen, hidden = fogged(rgb, np.array([[False, True]]))[0]
    assert seen.tolist() == [0, 100, 200]
    assert hidden.tolist() == [176, 201, 226]
