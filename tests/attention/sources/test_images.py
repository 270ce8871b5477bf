"""Picture files of every kind, made here with Pillow; damaged ones give a SourceError and nothing else."""

import io
import random
import struct
import threading
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention.sources import SourceError
from attention.sources.images import MAX_BYTES, MAX_PIXELS, WORKING_SIDE, read_image

SAMPLES = Path(__file__).parents[3] / "assets" / "images"

# Four corners of different colours and no symmetry, so that every turn and mirroring is told apart.
CORNERS = {"red": (250, 10, 10), "green": (10, 250, 10), "blue": (10, 10, 250), "white": (250, 250, 250)}


def corners(width: int = 60, height: int = 40) -> Image.Image:
    rgb = np.empty((height, width, 3), np.uint8)
    top, left = height // 2, width // 2
    for name, area in zip(
        CORNERS, (np.s_[:top, :left], np.s_[:top, left:], np.s_[top:, :left], np.s_[top:, left:]), strict=True
    ):
        rgb[area] = CORNERS[name]
    return Image.fromarray(rgb)


def encoded(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def oriented(tag: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = tag
    return exif


def reason(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_image(data)
    return caught.value.reason


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
    ("size", "shape"), [((1, 1), (1, 1)), ((1, 20_000), (768, 1)), ((20_000, 1), (1, 768)), ((3, 5), (5, 3))]
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


def test_what_is_refused_and_why():
    assert reason(b"") == "empty_file"
    assert reason(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES)) == "too_large"
    for text in (b"%PDF-1.7", b"<svg></svg>", b"hello", b"\0" * 1000, b"PK\x03\x04", b"RIFF\0\0\0\0WAVEfmt "):
        assert reason(text) == "not_a_picture"
    assert reason(b"BM is how this text begins") == "truncated_picture"
    assert reason(b"GIF89a and no more of it than this") == "unreadable_picture"


@pytest.mark.parametrize("format", ["PNG", "JPEG", "BMP", "WEBP"])
def test_half_a_file_is_truncated(format):
    data = encoded(corners(200, 150).rotate(7), format)
    assert reason(data[: len(data) // 2]) == "truncated_picture"


def test_details_of_a_refusal():
    with pytest.raises(SourceError) as caught:
        read_image(bytes(MAX_BYTES + 1))
    assert caught.value.details == {"bytes": MAX_BYTES + 1, "limit": MAX_BYTES}


def png(header: bytes, pixels: bytes) -> bytes:
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize("side", [9_000, 12_000, 20_000, 100_000])
def test_bombs_are_refused_before_decoding(side, monkeypatch):
    decoded = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: decoded.append(self))
    bomb = png(struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0), zlib.compress(b"\0"))
    assert reason(bomb) == "too_many_pixels"
    assert decoded == []


def test_photographs_of_48_megapixels_are_accepted():
    assert 8000 * 6000 < 9248 * 6936 < MAX_PIXELS
    picture = read_image(encoded(Image.new("L", (8000, 6000), 77), "JPEG"))
    assert (picture.rgb.shape, picture.original_size) == ((576, 768, 3), (8000, 6000))


def kinds() -> dict[str, bytes]:
    image = Image.open(SAMPLES / "cat.jpg").resize((48, 31))
    rotated = [image.rotate(90), image.rotate(180)]
    grey16 = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)
    return {
        "png": encoded(image, "PNG", exif=oriented(6)),
        "png, palette": encoded(image.quantize(16), "PNG", transparency=3),
        "png, 16 bit": encoded(grey16, "PNG"),
        "png, animated": encoded(image, "PNG", save_all=True, append_images=rotated),
        "jpeg": encoded(image, "JPEG", exif=oriented(8)),
        "jpeg, progressive": encoded(image, "JPEG", progressive=True),
        "jpeg, cmyk": encoded(image.convert("CMYK"), "JPEG"),
        "webp": encoded(image, "WEBP", exif=oriented(3)),
        "webp, lossless": encoded(image.convert("RGBA"), "WEBP", lossless=True),
        "webp, animated": encoded(image, "WEBP", save_all=True, append_images=rotated),
        "gif, animated": encoded(image, "GIF", save_all=True, append_images=rotated),
        "bmp": encoded(image, "BMP"),
        "tiff": encoded(image, "TIFF", exif=oriented(5)),
        "tiff, lzw": encoded(image, "TIFF", compression="tiff_lzw"),
        "tiff, jpeg": encoded(image, "TIFF", compression="jpeg"),
    }


def damaged(data: bytes, seed: int) -> list[bytes]:
    chance = random.Random(seed)
    files = [data[:length] for length in [*range(40), *chance.sample(range(40, len(data)), 40)]]
    for _ in range(120):
        file = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            # Half of the hits go to the headers, where the interesting damage is done.
            place = chance.randrange(min(len(file), chance.choice((200, len(file)))))
            file[place] = chance.randrange(256)
        files.append(bytes(file))
    return files


@pytest.mark.parametrize(("seed", "kind"), list(enumerate(kinds())))
def test_damaged_files_give_a_picture_or_a_source_error(kind, seed):
    outcomes = set()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for file in damaged(kinds()[kind], seed):
            try:
                picture = read_image(file, max_side=32)
            except SourceError as error:
                outcomes.add(error.reason)
            else:
                assert picture.rgb.ndim == 3
                assert max(picture.rgb.shape[:2]) <= 32
    assert [str(warning.message) for warning in warned] == []
    assert outcomes <= {
        "empty_file",
        "not_a_picture",
        "truncated_picture",
        "unreadable_picture",
        "too_many_pixels",
    }
    assert outcomes & {"truncated_picture", "unreadable_picture"}


def test_many_at_once():
    files = list(kinds().values())
    expected = [read_image(file).rgb for file in files]
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda i=i: found.update({i: read_image(files[i % len(files)]).rgb}))
        for i in range(3 * len(files))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(threads)
    for i, rgb in found.items():
        np.testing.assert_array_equal(rgb, expected[i % len(files)])
