"""Picture files for the tests, made with Pillow or, where it cannot write them, by hand."""

import io
import struct
import zlib

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


def png(header: bytes, pixels: bytes) -> bytes:
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
