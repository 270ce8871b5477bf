"""Small pictures of numbers: the ends of the range get the ends of the scale, the proportions stay."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from figures.palette import DIVERGING, SEQUENTIAL
from figures.thumbnails import shaded, thumbnail_url


def rgb(stop: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(stop[1:]))


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))


@pytest.mark.parametrize("stops", [DIVERGING, SEQUENTIAL["light"], SEQUENTIAL["dark"]])
def test_the_ends_and_the_middle_have_the_colours_of_the_scale(stops):
    colors = shaded(np.array([[-3.0, -2.0, 1.0, 4.0, 9.0]]), (-2, 4), stops)
    low, middle, high = (rgb(stops[i]) for i in (0, len(stops) // 2, -1))
    assert [tuple(map(int, color)) for color in colors[0]] == [low, low, middle, high, high]


def test_an_empty_range_is_the_low_end():
    assert tuple(shaded(np.zeros((1, 1)), (0, 0), DIVERGING)[0, 0]) == rgb(DIVERGING[0])


def test_a_thumbnail_keeps_the_proportions_and_is_no_larger_than_asked():
    values = np.linspace(0, 1, 300 * 600, dtype=np.float32).reshape(300, 600)
    assert opened(thumbnail_url(values, (0, 1), longest=100)).size == (100, 50)
    assert opened(thumbnail_url(values[:30, :60], (0, 1), longest=100)).size == (60, 30)


def test_both_scales_and_both_themes_differ():
    values = np.zeros((8, 8))
    urls = {
        thumbnail_url(values, (-1, 1), longest=8, diverging=True),
        *(thumbnail_url(values, (-1, 1), longest=8, theme=theme) for theme in ("light", "dark")),
    }
    assert len(urls) == 3
