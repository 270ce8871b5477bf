"""Small pictures of numbers: the ends of the range get the ends of the scale, the proportions stay."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from figures.palette import OVER_PICTURES
from figures.thumbnails import thumbnail_url


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))


@pytest.mark.parametrize("colours", OVER_PICTURES)
@pytest.mark.parametrize(("value", "at"), [(-2, 0), (-9, 0), (4, -1), (9, -1)])
def test_the_ends_of_the_range_have_the_ends_of_the_scale(colours, value, at):
    image = opened(thumbnail_url(np.full((16, 16), value), (-2, 4), colours, longest=16))
    end = tuple(bytes.fromhex(OVER_PICTURES[colours][at][1:]))
    assert np.abs(np.array(image.getpixel((8, 8))) - end).max() <= 3  # JPEG rounds


def test_an_empty_range_is_the_low_end():
    image = opened(thumbnail_url(np.zeros((16, 16)), (0, 0), "grey", longest=16))
    assert image.getpixel((8, 8)) == (0, 0, 0)


def test_a_thumbnail_keeps_the_proportions_and_is_no_larger_than_asked():
    values = np.linspace(0, 1, 300 * 600, dtype=np.float32).reshape(300, 600)
    assert opened(thumbnail_url(values, (0, 1), "violet", longest=100)).size == (100, 50)
    assert opened(thumbnail_url(values[:30, :60], (0, 1), "violet", longest=100)).size == (60, 30)
