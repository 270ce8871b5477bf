"""Picture files of every kind that is accepted, and what is noted about them."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention.sources.images import MAX_PIXELS, WORKING_SIDE, read_image
from tests.attention.sources.picture_files import CORNERS, corners, encoded, oriented, png

SAMPLES = Path(__file__).parents[3] / "assets" / "images"


def near(rgb: np.ndarray, expected, tolerance: int = 3) -> bool:
    return bool(np.abs(rgb.astype(int) - np.asarray(expected)).max() <= tolerance)


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("PNG", {}),
        ("JPEG", {"quality": 95, "subsampling": 0}),
        ("JPEG", {"quality": 95, "subsampling": 0, "progressive": True}),
        ("WEBP", {"lossless": True}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
    ],
)
def test_every_format_gives_its_pixels(format, options):
    picture = read_image(encoded(corners(), format, **options))
    assert (picture.format, picture.original_size, picture.notes) == (format, (60, 40), ())
    assert picture.rgb.shape == (40, 60, 3)
    assert picture.rgb.dtype == np.uint8
    inner = [picture.rgb[4, 4], picture.rgb[4, -5], picture.rgb[-5, 4], picture.rgb[-5, -5]]
    assert near(np.array(inner), list(CORNERS.values()), tolerance=8)


def test_the_array_is_read_only():
    with pytest.raises(ValueError, match="read-only"):
        read_image(encoded(corners(), "PNG")).rgb[0, 0] = 0


@pytest.mark.parametrize("tag", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_turns_the_picture_upright(format, tag):
    # Pillow's own inverse: how a camera held that way stores the upright picture.
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[tag]
    stored = corners() if undo is None else corners().transpose(undo)
    picture = read_image(encoded(stored, format, exif=oriented(tag)), max_side=30)
    assert picture.original_size == (60, 40)
    assert picture.rgb.shape == (20, 30, 3)
    assert picture.notes == (("rotated_by_exif", "reduced") if tag > 1 else ("reduced",))
    found = [picture.rgb[3, 3], picture.rgb[3, -4], picture.rgb[-4, 3], picture.rgb[-4, -4]]
    assert near(np.array(found), list(CORNERS.values()), tolerance=40)


def test_damaged_exif_is_ignored():
    data = encoded(corners(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06")
    assert read_image(data).rgb.shape == (40, 60, 3)


def test_palette_with_a_transparent_entry():
    image = Image.new("P", (8, 4), 1)
    image.putpalette([0, 0, 0, 200, 30, 60])
    image.paste(0, (0, 0, 4, 4))
    for format in ("PNG", "GIF"):
        picture = read_image(encoded(image, format, transparency=0))
        assert picture.notes == ("alpha_on_white",)
        assert near(picture.rgb[0, 0], 255)
        assert near(picture.rgb[0, -1], (200, 30, 60))


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF"])
def test_alpha_is_put_on_white(format):
    rgba = np.zeros((6, 9, 4), np.uint8)
    rgba[..., 0] = 200
    rgba[:, :3, 3], rgba[:, 3:6, 3], rgba[:, 6:, 3] = 0, 128, 255
    options = {"lossless": True, "exact": True} if format == "WEBP" else {}
    picture = read_image(encoded(Image.fromarray(rgba), format, **options))
    assert picture.notes == ("alpha_on_white",)
    assert near(picture.rgb[0, [0, 4, 8]], [(255, 255, 255), (227, 127, 127), (200, 0, 0)])


def test_colour_of_transparent_pixels_does_not_bleed_when_reduced():
    rgba = np.zeros((80, 80, 4), np.uint8)
    rgba[:, 40:] = (255, 255, 255, 255)  # white beside transparent black: all white in the end
    assert read_image(encoded(Image.fromarray(rgba), "PNG"), max_side=16).rgb.min() >= 253


def test_an_alpha_channel_that_hides_nothing_is_not_mentioned():
    assert read_image(encoded(corners().convert("RGBA"), "PNG")).notes == ()


def test_grey_with_alpha():
    la = Image.merge("LA", (Image.new("L", (5, 3), 100), Image.new("L", (5, 3), 0)))
    picture = read_image(encoded(la, "PNG"))
    assert picture.notes == ("alpha_on_white",)
    assert near(picture.rgb, 255)


@pytest.mark.parametrize("mode", ["1", "L"])
@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "GIF"])
def test_grey_and_black_and_white(format, mode):
    image = Image.fromarray(np.repeat(np.uint8([[0, 255]]), 4, axis=1)).convert(mode)
    picture = read_image(encoded(image, format))
    assert picture.rgb.shape == (1, 8, 3)
    assert near(picture.rgb[0, [0, 7]], [[0] * 3, [255] * 3], tolerance=0)


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk(format):
    image = Image.new("CMYK", (16, 8), (0, 255, 255, 0))  # magenta and yellow ink: red
    picture = read_image(encoded(image, format))
    assert picture.notes == ("cmyk",)
    assert near(picture.rgb, (255, 0, 0), tolerance=4)


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_not_cut(format):
    values = np.uint16([[0, 128, 257, 10_000, 32_896, 65_535]])
    picture = read_image(encoded(Image.fromarray(values), format))
    assert picture.notes == ("sixteen_bit",)
    assert picture.rgb[0, :, 0].tolist() == [0, 0, 1, 39, 128, 255]


def test_sixteen_bit_rgb_png():
    row = b"\0" + struct.pack(">6H", 0, 32_896, 65_535, 65_535, 0, 257)
    header = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    picture = read_image(png(header, zlib.compress(row)))
    assert picture.notes == ("sixteen_bit",)
    assert near(picture.rgb, [[(0, 128, 255), (255, 0, 1)]], tolerance=1)


def test_thirty_two_bit_numbers():
    within = read_image(encoded(Image.fromarray(np.int32([[0, 32_896, 65_535]])), "TIFF"))
    assert (within.notes, within.rgb[0, :, 0].tolist()) == (("sixteen_bit",), [0, 128, 255])
    beyond = read_image(encoded(Image.fromarray(np.int32([[-100_000, 0, 100_000]])), "TIFF"))
    assert (beyond.notes, beyond.rgb[0, :, 0].tolist()) == (("stretched",), [0, 128, 255])


def test_floating_point_numbers():
    unit = read_image(encoded(Image.fromarray(np.float32([[0, 0.5, 1]])), "TIFF"))
    assert (unit.notes, unit.rgb[0, :, 0].tolist()) == ((), [0, 128, 255])
    wide = read_image(encoded(Image.fromarray(np.float32([[-2, np.nan, 2]])), "TIFF"))
    assert (wide.notes, wide.rgb[0, :, 0].tolist()) == (("stretched",), [0, 128, 255])
    even = read_image(encoded(Image.fromarray(np.full((3, 4), 7, np.float32)), "TIFF"))
    assert even.rgb.max() == 0


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_several_frames_the_first(format):
    frames = [Image.new("RGB", (12, 10), colour) for colour in ((200, 0, 0), (0, 200, 0), (0, 0, 200))]
    options = {"lossless": True} if format == "WEBP" else {}
    data = encoded(frames[0], format, save_all=True, append_images=frames[1:], **options)
    picture = read_image(data)
    assert picture.notes == ("first_frame",)
    assert near(picture.rgb, (200, 0, 0))


def test_a_large_picture_is_reduced_in_proportion():
    for format in ("JPEG", "PNG"):
        picture = read_image(encoded(corners(2000, 1000), format))
        assert picture.rgb.shape == (WORKING_SIDE // 2, WORKING_SIDE, 3)
        assert (picture.original_size, picture.notes) == ((2000, 1000), ("reduced",))
        assert near(picture.rgb[10, 10], CORNERS["red"], tolerance=8)
        assert near(picture.rgb[-10, -10], CORNERS["white"], tolerance=8)


def test_a_picture_of_the_working_size_is_not_touched():
    image = corners(WORKING_SIDE, 5)
    picture = read_image(encoded(image, "PNG"))
    assert picture.notes == ()
    np.testing.assert_array_equal(picture.rgb, np.asarray(image))


@pytest.mark.parametrize(
    ("size", "shape"),
    [((1, 1), (1, 1)), ((1, 20_000), (WORKING_SIDE, 1)), ((20_000, 1), (1, WORKING_SIDE)), ((3, 5), (5, 3))],
)
@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_extreme_shapes(format, size, shape):
    picture = read_image(encoded(Image.new("RGB", size, (90, 120, 30)), format))
    assert picture.rgb.shape == (*shape, 3)
    assert picture.original_size == size
    assert near(picture.rgb, (90, 120, 30), tolerance=4)


@pytest.mark.parametrize("name", ["astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg", "shapes.png"])
def test_the_samples_can_be_read(name):
    data = (SAMPLES / name).read_bytes()
    assert len(data) < 120_000
    assert read_image(data).notes == ()


def test_photographs_of_48_megapixels_are_accepted():
    assert 8000 * 6000 < 9248 * 6936 < MAX_PIXELS
    for options in ({}, {"progressive": True}):
        picture = read_image(encoded(Image.new("L", (8000, 6000), 77), "JPEG", **options))
        assert picture.rgb.shape == (WORKING_SIDE * 3 // 4, WORKING_SIDE, 3)
        assert picture.original_size == (8000, 6000)
