"""Files that are no pictures, damaged ones and bombs: a SourceError with a reason, and nothing else."""

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
from attention.sources.images import MAX_BYTES, read_image
from tests.attention.sources.picture_files import corners, encoded, oriented, png

SAMPLES = Path(__file__).parents[3] / "assets" / "images"


def reason(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_image(data)
    return caught.value.reason


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


@pytest.mark.parametrize("side", [9_000, 12_000, 20_000, 100_000])
def test_bombs_are_refused_before_decoding(side, monkeypatch):
    decoded = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: decoded.append(self))
    bomb = png(struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0), zlib.compress(b"\0"))
    assert reason(bomb) == "too_many_pixels"
    assert decoded == []


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
