"""Pictures whose numbers mean other colours than a screen's: colour profiles, gamma, and grey of many bits."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from attention.sources.images import read_image
from tests.attention.sources.picture_files import corners, encoded, png_of


def profile(name: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def display_p3() -> bytes:
    """Display P3 as a matrix profile: its primaries adapted to D50, and a gamma of 2.2."""

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(map(number, values))

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    text = b"desc" + bytes(4) + struct.pack(">I", 3) + b"P3\0" + bytes(79)
    tags = {b"desc": text, b"wtpt": xyz(0.9642, 1, 0.8249)}
    tags |= {b"rXYZ": xyz(0.51512, 0.2412, -0.00105), b"gXYZ": xyz(0.29198, 0.69225, 0.04189)}
    tags |= {b"bXYZ": xyz(0.1571, 0.06657, 0.78407), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + number(0.9642) + number(1) + number(0.8249)
    return header.ljust(128, b"\0") + table + body


def inner(rgb: np.ndarray) -> np.ndarray:
    return rgb[[4, 4, -5, -5], [4, -5, 4, -5]].astype(int)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_profile_is_followed(format):
    image = Image.new("RGB", (32, 24), (200, 100, 60))
    options = {"JPEG": {"quality": 100}, "WEBP": {"lossless": True}}.get(format, {})
    picture = read_image(encoded(image, format, icc_profile=display_p3(), **options))
    assert picture.notes == ("colour_profile",)
    # By hand: the profile's gamma undone, P3's primaries to sRGB's (red grows, the others shrink), sRGB's own curve.
    linear = (np.array([200, 100, 60]) / 255) ** 2.2
    to_srgb = np.array([[1.2249, -0.2247, 0], [-0.0420, 1.0419, 0], [-0.0197, -0.0786, 1.0979]])
    expected = 255 * (1.055 * (to_srgb @ linear) ** (1 / 2.4) - 0.055)
    assert np.abs(picture.rgb[12, 16] - expected).max() <= 3


def test_a_profile_of_screen_colours_changes_nothing():
    plain, tagged = (
        read_image(encoded(corners(), "PNG", **options)) for options in ({}, {"icc_profile": profile("sRGB")})
    )
    assert tagged.notes == ()
    np.testing.assert_array_equal(tagged.rgb, plain.rgb)


@pytest.mark.parametrize(
    "data", [b"no profile at all", b"\0" * 128, display_p3()[:200], profile("LAB"), profile("XYZ")]
)
def test_a_profile_that_cannot_be_followed_is_ignored(data):
    picture = read_image(encoded(corners(), "JPEG", quality=95, subsampling=0, icc_profile=data))
    assert picture.notes == ()
    assert np.abs(inner(picture.rgb) - inner(np.asarray(corners()))).max() <= 8


def test_a_profile_for_other_colours_than_the_pictures_is_ignored():
    picture = read_image(encoded(corners().convert("L"), "JPEG", icc_profile=display_p3()))
    assert picture.notes == ()


def test_a_profile_turns_with_the_picture_and_keeps_its_white():
    transparent = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    picture = read_image(encoded(transparent, "PNG", icc_profile=display_p3()))
    assert picture.notes == ("alpha_on_white",)
    assert picture.rgb.min() >= 254


@pytest.mark.parametrize(("gamma", "seen"), [(0.45455, 128), (1.0, 186), (0.35, 105)])
def test_a_png_may_name_its_gamma(gamma, seen):
    chunk = (b"gAMA", struct.pack(">I", round(gamma * 100_000)))
    rgb = read_image(png_of(np.full((2, 3), 128), 8, 0, before=[chunk])).rgb
    assert np.abs(rgb.astype(int) - seen).max() <= 2


@pytest.mark.parametrize("gamma", [0, 1, 2**31])
def test_a_gamma_that_makes_no_sense_is_ignored(gamma):
    rgb = read_image(png_of(np.full((2, 3), 128), 8, 0, before=[(b"gAMA", struct.pack(">I", gamma))])).rgb
    assert rgb.min() == rgb.max() == 128


def test_a_png_that_says_it_is_for_screens_is_left_alone():
    chunks = [(b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 100_000))]
    assert read_image(png_of(np.full((2, 3), 128), 8, 0, before=chunks)).rgb.max() == 128


def test_every_grey_of_sixteen_bits_is_rounded_to_the_nearest_of_eight():
    values = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    picture = read_image(encoded(Image.fromarray(values), "PNG"))
    np.testing.assert_array_equal(picture.rgb[..., 0], (values.astype(np.uint32) + 128) // 257)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "I", "F", "CMYK"])
def test_a_picture_reduced_in_bands_is_the_picture_reduced_at_once(mode, monkeypatch):
    rng = np.random.default_rng(5)
    image = Image.fromarray(rng.integers(0, 256, (331, 457, 3), dtype=np.uint8)).convert("RGB")
    image = Image.fromarray(np.asarray(image.convert("L"), np.uint16) * 257) if mode == "I;16" else image.convert(mode)
    file = encoded(image, "TIFF")
    at_once = read_image(file, max_side=50).rgb
    monkeypatch.setattr("attention.sources.pixels.BAND", 5000)
    np.testing.assert_array_equal(read_image(file, max_side=50).rgb, at_once)


def test_reducing_keeps_the_mean():
    rgb = np.random.default_rng(6).integers(0, 256, (900, 1300, 3), dtype=np.uint8)
    small = read_image(encoded(Image.fromarray(rgb), "PNG"), max_side=100).rgb
    np.testing.assert_allclose(small.mean((0, 1)), rgb.mean((0, 1)), atol=1)
