"""Picture files for the tests, made with Pillow or, where it cannot write them, by hand."""

import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from PIL import Image

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


Chunk = tuple[bytes, bytes]


def png(header: bytes, pixels: bytes, before: Sequence[Chunk] = ()) -> bytes:
    chunks = [(b"IHDR", header), *before, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


# Adam7: first column, first row, and the steps to the next.
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def png_of(
    values: np.ndarray, depth: int, colour_type: int, *, interlaced: bool = False, before: Sequence[Chunk] = ()
) -> bytes:
    """Any PNG at all, which Pillow cannot write: `values` (H, W) or (H, W, samples), of `depth` bits each."""
    values = values.reshape(*values.shape[:2], -1)
    height, width, _ = values.shape
    rows = []
    for x, y, right, down in PASSES if interlaced else ((0, 0, 1, 1),):
        part = values[y::down, x::right]
        for row in part if part.shape[1] else ():
            bits = (row.reshape(-1, 1) >> np.arange(depth - 1, -1, -1)) & 1
            rows.append(b"\0" + np.packbits(bits.astype(np.uint8)).tobytes())
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, interlaced)
    return png(header, zlib.compress(b"".join(rows)), before)
