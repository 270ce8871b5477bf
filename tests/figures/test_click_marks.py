"""What the picture with clicks draws, and the object as a file."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from figures.click_marks import answer_payload, cut_out, picture_payload


@pytest.fixture
def mask():
    mask = np.zeros((5, 9), bool)
    mask[1:4, 2:7] = True
    return mask


def read(png):
    return np.asarray(Image.open(io.BytesIO(png)))


def test_the_mask_travels_as_opacity(mask):
    words = {"keys": "", "place": ""}
    payload = answer_payload(
        mask,
        [(3, 2, 1), (8, 4, 0)],
        (1, 0, 9, 5),
        id="a",
        sentence="s",
        words=words,
        asks=1,
        does="add",
        shows="cut",
        most=8,
    )
    picture = read(base64.b64decode(payload["mask"].removeprefix("data:image/png;base64,")))
    np.testing.assert_array_equal(picture[..., 1], np.where(mask, 255, 0))
    assert payload["points"] == [[3, 2, 1], [8, 4, 0]]
    assert payload["box"] == [1, 0, 9, 5]
    assert picture_payload("data:x", (9, 5), "a")["id"] == payload["id"]


def test_a_cut_out_keeps_the_objects_pixels_and_nothing_else(mask):
    rgb = np.random.default_rng(1).integers(0, 256, (5, 9, 3), dtype=np.uint8)
    picture = read(cut_out(rgb, mask))
    np.testing.assert_array_equal(picture[mask], np.column_stack([rgb[mask], np.full(mask.sum(), 255)]))
    assert not picture[~mask].any()
