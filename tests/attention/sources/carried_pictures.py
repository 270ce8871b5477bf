"""A set of small files of every kind that the formats allow, made on the spot, with the picture each should give.

The PNGs are of the kinds of Willem van Schaik's PngSuite: every colour type and depth, with and without interlacing,
odd sizes, one transparent colour, gamma, chunks in unusual orders, and broken ones.
"""

import struct
from functools import cache

import numpy as np
from PIL import Image

from tests.attention.sources.picture_files import corners, encoded, oriented, png, png_of

# Colour type: samples a pixel, depths. Grey, RGB, palette, grey and alpha, RGB and alpha.
COLOUR_TYPES = {
    0: (1, (1, 2, 4, 8, 16)),
    2: (3, (8, 16)),
    3: (1, (1, 2, 4, 8)),
    4: (2, (8, 16)),
    6: (4, (8, 16)),
}
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 32, 37)


def on_white(rgb: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    return rgb * alpha[..., None] + 255 * (1 - alpha[..., None])


def palette(entries: int) -> np.ndarray:
    return (np.arange(entries)[:, None] * [7, 13, 29] + [200, 30, 90]) % 256


def picture_of(values: np.ndarray, depth: int, colour_type: int) -> np.ndarray:
    """What the samples of a PNG mean: (H, W, 3) from 0 to 255."""
    if colour_type == 3:
        return palette(2**depth)[values[..., 0]].astype(float)
    scaled = values * (255 / (2**depth - 1))
    colours = scaled[..., :3] if colour_type & 2 else np.repeat(scaled[..., :1], 3, axis=-1)
    return on_white(colours, scaled[..., -1] / 255) if colour_type & 4 else colours


def pngs() -> dict[str, tuple[bytes, np.ndarray]]:
    files, rng = {}, np.random.default_rng(0)
    for colour_type, (samples, depths) in COLOUR_TYPES.items():
        for depth in depths:
            for interlaced in (False, True):
                for side in SIZES if depth == 8 else (9,):
                    values = rng.integers(0, 2**depth, (side, side + 1, samples))
                    before = [(b"PLTE", palette(2**depth).astype(np.uint8).tobytes())] if colour_type == 3 else []
                    name = f"png, type {colour_type}, {depth} bits, side {side}{', interlaced' * interlaced}"
                    data = png_of(values, depth, colour_type, interlaced=interlaced, before=before)
                    files[name] = data, picture_of(values, depth, colour_type)
    return files | transparent_pngs()


def transparent_pngs() -> dict[str, tuple[bytes, np.ndarray]]:
    """One colour of three, or some entries of a palette, let white through."""
    greys = np.arange(12).reshape(3, 4, 1) * 20
    colours = np.stack([greys[..., 0], 255 - greys[..., 0], greys[..., 0] // 2], axis=-1)
    entries = np.arange(12).reshape(3, 4, 1) % 4
    plte, alpha = (b"PLTE", palette(4).astype(np.uint8).tobytes()), np.array([0, 100, 255, 255])
    return {
        "png, grey, one transparent": (
            png_of(greys, 8, 0, before=[(b"tRNS", struct.pack(">H", 40))]),
            on_white(np.repeat(greys, 3, axis=-1), (greys[..., 0] != 40) * 1.0),
        ),
        "png, colour, one transparent": (
            png_of(colours, 8, 2, before=[(b"tRNS", struct.pack(">3H", *colours[1, 2]))]),
            on_white(colours, (greys[..., 0] != greys[1, 2, 0]) * 1.0),
        ),
        "png, palette with alpha": (
            png_of(entries, 8, 3, before=[plte, (b"tRNS", bytes(alpha[:2].tolist()))]),
            on_white(palette(4)[entries[..., 0]], alpha[entries[..., 0]] / 255),
        ),
    }


def others() -> dict[str, tuple[bytes, np.ndarray | None]]:
    """The other formats; lossy ones are compared loosely, and None is for what has no plain answer."""
    image = corners(48, 32)
    rgb = np.asarray(image, float)
    frames = {"save_all": True, "append_images": [image.rotate(180)]}
    fine = {"quality": 95, "subsampling": 0}
    blue = Image.new("RGB", (1, 20_000), "blue")
    files = {
        "jpeg": encoded(image, "JPEG", **fine),
        "jpeg, progressive": encoded(image, "JPEG", progressive=True, **fine),
        "jpeg, optimised, restarts": encoded(image, "JPEG", optimize=True, restart_marker_blocks=2, **fine),
        "jpeg, several pictures": encoded(image, "MPO", **frames, **fine),
        "webp, lossless": encoded(image, "WEBP", lossless=True),
        "webp, animated": encoded(image, "WEBP", lossless=True, **frames),
        "gif": encoded(image, "GIF"),
        "gif, animated": encoded(image, "GIF", **frames),
        "png, animated": encoded(image, "PNG", **frames),
        "bmp": encoded(image, "BMP"),
        "bmp, palette": encoded(image.quantize(4), "BMP"),
    }
    for tag in range(1, 9):
        for format in ("JPEG", "PNG", "WEBP", "TIFF"):
            files[f"{format}, orientation {tag}"] = encoded(corners(), format, exif=oriented(tag))
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        files[f"tiff, {compression}"] = encoded(image, "TIFF", compression=compression)
    known = {name: (data, None if "orientation" in name or "jpeg" in name[4:] else rgb) for name, data in files.items()}
    return known | {
        "cmyk": (encoded(Image.new("CMYK", (9, 7), (0, 255, 255, 0)), "JPEG"), np.full((7, 9, 3), [255, 0, 0])),
        "png, 1x1": (encoded(Image.new("RGB", (1, 1), "red"), "PNG"), np.full((1, 1, 3), [255, 0, 0])),
        "png, 1x20000": (encoded(blue, "PNG"), np.full((640, 1, 3), [0, 0, 255])),
        "jpeg, 1x20000": (encoded(blue, "JPEG"), None),
        "tiff, sixteen bits": (
            encoded(Image.fromarray(np.full((5, 6), 32_896, np.uint16)), "TIFF"),
            np.full((5, 6, 3), 128),
        ),
    }


def broken() -> dict[str, bytes]:
    """What must be refused."""
    image = corners(60, 40).rotate(20)
    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    files = {f"half a {format}": encoded(image, format) for format in ("PNG", "JPEG", "WEBP", "BMP", "TIFF")}
    files = {name: data[: len(data) // 2] for name, data in files.items()}
    files |= {f"png, depth {d}": png(struct.pack(">IIBBBBB", 4, 4, d, 2, 0, 0, 0), b"") for d in (0, 3, 99)}
    files |= {f"png, colour type {c}": png(struct.pack(">IIBBBBB", 4, 4, 8, c, 0, 0, 0), b"") for c in (1, 5, 9)}
    files |= {
        "png, no pixels": png(header, b""),
        "png, no size": png(struct.pack(">IIBBBBB", 0, 0, 8, 2, 0, 0, 0), b""),
    }
    files |= {"png, wrong sum": png(header, b"x")[:-20] + b"\0" * 20, "png, lines for dos": b"\x89PNG\n\x1a\n" + header}
    return files


@cache
def carried() -> dict[str, tuple[bytes, np.ndarray | None]]:
    return pngs() | others()
