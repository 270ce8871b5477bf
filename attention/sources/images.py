"""Picture files: bytes in, a small RGB array out. Whatever cannot be shown is refused here, with a reason.

Reasons of the SourceError, with their details:

- ``empty_file``;
- ``too_large`` (bytes, limit): a larger file than `MAX_BYTES`;
- ``not_a_picture``: it begins like none of `FORMATS`;
- ``too_many_pixels`` (format, limit): more than `MAX_PIXELS`, refused before anything is decoded;
- ``truncated_picture`` (format): the file ends too early;
- ``unreadable_picture`` (format): it begins well, but cannot be decoded.
"""

import io
import re
import threading
import warnings
from dataclasses import dataclass

import numpy as np
from PIL import Image

from attention.sources import SourceError

MAX_BYTES = 20 * 2**20
# Phones take up to 64 million pixels at once (9248 x 6936). Decoded, each is 4 bytes: 320 MB at this limit.
MAX_PIXELS = 80_000_000
# The longest side after reading: about as wide as a picture is shown, so that a mask is crisp, and small
# enough for its 20 feature maps to take 25 MB and less than a tenth of a second.
WORKING_SIDE = 640

# How a file of each format begins.
FORMATS = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "GIF": re.compile(rb"GIF8[79]a"),
    "BMP": re.compile(rb"BM"),
    "TIFF": re.compile(rb"II[*+]\x00|MM\x00[*+]"),
}
ORIENTATION = 0x0112  # the EXIF tag
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = [TURNS[orientation] for orientation in (5, 6, 7, 8)]

_decoding = threading.BoundedSemaphore(2)  # a class uploads at the same moment; memory shall not follow
_pillow_is_quiet = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as it is worked on.

    rgb : (H, W, 3) uint8 ndarray, read-only
    original_size : (width, height) as a viewer shows the file, before it was reduced
    format : one of `FORMATS`
    notes : what was done to it, in this order where it was:
        ``first_frame`` (the file holds several), ``rotated_by_exif``, ``cmyk`` (converted without a colour
        profile), ``sixteen_bit`` (rounded to 8), ``stretched`` (the file does not say which numbers are black
        and white, so its smallest and largest are), ``alpha_on_white``, ``reduced``
    """

    rgb: np.ndarray
    original_size: tuple[int, int]
    format: str
    notes: tuple[str, ...]


def read_image(data: bytes, *, max_side: int = WORKING_SIDE) -> Picture:
    """Read a PNG, JPEG, WebP, GIF, BMP or TIFF file.

    The picture is turned upright, put on white where it is transparent, reduced to 8 bits a colour, and made
    smaller, in proportion, until its longer side is `max_side`; a shorter side keeps at least one pixel.

    Parameters
    ----------
    data : bytes
    max_side : int, in pixels

    Returns
    -------
    Picture

    Raises
    ------
    SourceError
        For everything else, with one of the reasons at the top of this file. Nothing else is raised, whatever
        the bytes are, and nothing is warned of.
    """
    if not data:
        raise SourceError("empty_file", "the file is empty")
    if len(data) > MAX_BYTES:
        raise SourceError("too_large", f"{len(data)} bytes, at most {MAX_BYTES}", bytes=len(data), limit=MAX_BYTES)
    format = next((name for name, start in FORMATS.items() if start.match(data)), None)
    if format is None:
        raise SourceError("not_a_picture", f"begins like none of {', '.join(FORMATS)}")
    _quiet_pillow()
    try:
        with _decoding, Image.open(io.BytesIO(data), formats=[format]) as image:
            return _read(image, format, max_side)
    except SourceError:
        raise
    except Image.DecompressionBombError as error:  # far beyond our own limit Pillow is the first to object
        raise _too_many_pixels(format, str(error)) from error
    except Exception as error:  # on damaged files Pillow raises about anything, at open, at load and later
        ended = isinstance(error, EOFError) or "truncated" in str(error).lower() or _webp_is_short(data)
        reason = "truncated_picture" if ended else "unreadable_picture"
        raise SourceError(reason, f"{format}: {error}", format=format) from error


def _too_many_pixels(format: str, message: str) -> SourceError:
    return SourceError("too_many_pixels", message, format=format, limit=MAX_PIXELS)


def _quiet_pillow() -> None:
    """Keep Pillow's warnings about files from outside (size, odd EXIF) away from the log and from -W error.

    The filter is put in front and stays: to take it out again, as `warnings.catch_warnings` does, is not safe
    in threads.
    """
    if warnings.filters[:1] != [_pillow_is_quiet]:
        warnings.filterwarnings("ignore", module=_pillow_is_quiet[3].pattern)


def _read(image: Image.Image, format: str, max_side: int) -> Picture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(format, f"{width} x {height} pixels, at most {MAX_PIXELS}")
    scale = min(1.0, max_side / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    image.draft(None, size)  # lets the JPEG decoder leave out detail that is not needed
    stored = _stored_as(image)
    turned, turn = _load(image)

    notes = []
    # A photograph's further frames (MPO) are previews and depth maps, nothing a reader misses.
    if format != "JPEG" and getattr(image, "is_animated", False):
        notes.append("first_frame")
    if turned:
        notes.append("rotated_by_exif")
    if image.mode == "CMYK":
        notes.append("cmyk")
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        grey, note = _to_bytes(np.asarray(image))
        image = Image.fromarray(grey)
        notes += [note] if note else []
    elif format in ("PNG", "TIFF") and "16" in stored:  # in a BMP it means 5, 6 and 5 bits
        notes.append("sixteen_bit")

    small = _resizable(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small.mode in ("LA", "RGBA"):
        small, transparent = _on_white(small)
        notes += ["alpha_on_white"] if transparent else []
    if scale < 1:
        notes.append("reduced")
    small = small.convert("RGB")
    if turn is not None:
        small = small.transpose(turn)
    rgb = np.array(small)
    rgb.flags.writeable = False
    original = (height, width) if turn in SIDEWAYS else (width, height)
    return Picture(rgb, original, format, tuple(notes))


def _load(image: Image.Image) -> tuple[bool, Image.Transpose | None]:
    """Decode, and tell whether EXIF has the picture turned, and which turn of it is left to do."""
    if image.format == "TIFF":  # Pillow turns it while loading, and the tag is gone then
        turned = _orientation(image) in TURNS
        image.load()
        return turned, None
    image.load()
    turn = TURNS.get(_orientation(image))
    return turn is not None, turn


def _webp_is_short(data: bytes) -> bool:
    """Pillow's WebP decoder does not say why it gives up; the file itself tells how long it should be."""
    return data.startswith(b"RIFF") and int.from_bytes(data[4:8], "little") + 8 > len(data)


def _stored_as(image: Image.Image) -> str:
    """Pillow's raw mode: how the file stores a pixel, such as "RGB;16B" where the picture itself is RGB."""
    args = image.tile[0].args if image.tile else ""
    return args if isinstance(args, str) else str(args[0])


def _orientation(image: Image.Image) -> int:
    """1 (upright) to 8, as EXIF counts; 1 where none can be read."""
    try:
        return image.getexif().get(ORIENTATION, 1)
    except Exception:  # damaged EXIF is no reason to refuse a picture
        return 1


def _to_bytes(values: np.ndarray) -> tuple[np.ndarray, str | None]:
    """Grey values of any type, (H, W), as uint8, and the note to make of it."""
    if values.dtype.kind == "f":
        values = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0)
    low, high = values.min(), values.max()
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        return np.rint(values * 255).astype(np.uint8), None
    if values.dtype.kind != "f" and low >= 0 and high <= 0xFFFF:
        return ((values.astype(np.uint32) + 128) // 257).astype(np.uint8), "sixteen_bit"
    span = max(float(high) - float(low), 1e-30)
    return np.rint((values.astype(np.float64) - low) * (255 / span)).astype(np.uint8), "stretched"


def _resizable(image: Image.Image) -> Image.Image:
    """In a mode in which pixels may be averaged: a palette's numbers may not."""
    if image.mode in ("LA", "RGBA"):
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK", "YCbCr") else image.convert("RGB")


def _on_white(image: Image.Image) -> tuple[Image.Image, bool]:
    """Put a transparent picture on white, and tell whether any of it shows through."""
    image = image.convert("RGBA")
    transparent = image.getextrema()[3][0] < 255
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image), transparent
