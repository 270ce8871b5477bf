"""The files of a mask hold the right numbers: each is read back and compared with a plain formula."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays
from PIL import Image

from figures.mask_files import borders, grey_steps, overlay, png, table
from figures.masks import Look, enlarge, keep_mass
from figures.palette import OVER_PICTURES, lookup_table

RANDOM = np.random.default_rng(3)
RGB = RANDOM.integers(0, 256, (12, 20, 3), np.uint8)
VALUES = RANDOM.random((12, 20), np.float32)


def read(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("value_range", [(0.0, 1.0), (-0.5, 2.0), (0.25, 0.75)])
@pytest.mark.parametrize(("bits", "most", "mode"), [(8, 255, "L"), (16, 65535, "I;16")])
def test_a_grey_file_holds_every_number_as_the_nearest_step(value_range, bits, most, mode):
    low, high = value_range
    image = read(png(grey_steps(VALUES, value_range, bits)))
    assert (image.format, image.mode, image.size) == ("PNG", mode, (20, 12))
    exact = np.clip((VALUES.astype(np.float64) - low) / (high - low), 0, 1) * most
    np.testing.assert_array_equal(np.asarray(image), np.round(exact))


def test_the_ends_of_the_range_are_black_and_white():
    steps = grey_steps(np.array([[-3.0, 0.0, 1.0, 9.0]]), (0, 1), 16)
    np.testing.assert_array_equal(steps, [[0, 0, 65535, 65535]])


@given(arrays(np.float32, (3, 4), elements=some.floats(width=32, allow_nan=False, allow_infinity=False)))
def test_a_table_reads_back_exactly(values):
    lines = list(csv.reader(io.StringIO(table(values).decode())))
    assert lines[0] == ["", "1", "2", "3", "4"]
    assert [line[0] for line in lines[1:]] == ["1", "2", "3"]
    np.testing.assert_array_equal(np.array([line[1:] for line in lines[1:]]).astype(np.float32), values)


@pytest.mark.parametrize(("opacity", "colours"), [(0.0, "viridis"), (0.65, "magma"), (1.0, "grey")])
def test_an_overlay_is_picture_and_colour_mixed(opacity, colours):
    scale = lookup_table(OVER_PICTURES[colours]).astype(float)
    made = overlay(RGB, VALUES, Look(opacity=opacity, colours=colours))
    for (row, column), value in np.ndenumerate(VALUES):
        color = scale[int(np.floor(float(value) * 255 + 0.5))]
        mixed = (1 - opacity) * RGB[row, column] + opacity * color
        np.testing.assert_allclose(made[row, column], mixed, atol=0.5001)


def test_signed_numbers_take_their_own_colours():
    signed = 2 * VALUES - 1
    made = overlay(RGB, signed, Look(opacity=1, signed="ice_fire"), value_range=(-1, 1), scale="diverging")
    np.testing.assert_array_equal(made[3, 4], lookup_table(OVER_PICTURES["ice_fire"])[round(float(VALUES[3, 4]) * 255)])


def test_what_is_not_kept_is_grey_and_dark():
    look = Look(opacity=0.4, keep=0.5)
    made, whole = overlay(RGB, VALUES, look), overlay(RGB, VALUES, Look(opacity=0.4))
    kept = keep_mass(VALUES, 0.5).threshold <= VALUES
    np.testing.assert_array_equal(made[kept], whole[kept])
    luma = 0.3 * (0.299 * RGB[..., 0] + 0.587 * RGB[..., 1] + 0.114 * RGB[..., 2])
    np.testing.assert_allclose(made[~kept], np.repeat(luma[~kept][:, None], 3, 1), atol=0.5001)


def test_a_contour_is_white_inside_and_black_across_the_border():
    values = np.zeros((12, 20))
    values[4:9, 6:11] = 1
    made = overlay(RGB, values, Look(keep=0.9, contour=True))
    assert (made[4, 6:11] == 255).all()
    assert (made[3, 6:11] == 0).all()
    assert (made[5:8, 5] == 0).all()
    assert made[6, 8].tolist() == overlay(RGB, values, Look())[6, 8].tolist()
    assert (overlay(RGB, values, Look(contour=True)) == overlay(RGB, values, Look())).all()


def test_a_border_is_where_a_side_is_shared():
    kept = np.zeros((5, 6), bool)
    kept[1:4, 1:5] = True
    inside, outside = borders(kept)
    assert inside.sum() == 10
    assert not inside[2, 2:4].any()
    assert outside.sum() == 14
    assert not outside[0, 0]
    everything = np.ones((5, 6), bool)
    assert not np.any(borders(everything))


def test_fewer_numbers_than_pixels_are_enlarged_first():
    patches = RANDOM.random((3, 4), np.float32)
    look = Look(colours="grey", opacity=1)
    made = overlay(RGB, patches, look)
    np.testing.assert_array_equal(made, overlay(RGB, enlarge(patches, (12, 20)), look))
    assert made.shape == RGB.shape
