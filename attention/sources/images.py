"""Picture files: bytes in, a small RGB array out. Whatever cannot be shown is refused here, with a reason.

Reasons of the SourceError, with their details:

- ``empty_file``;
- ``too_large`` (bytes, limit): a larger file than `MAX_BYTES`;
- ``heic_photo``: the format that iPhones store photographs in, which is not read;
- ``not_a_picture``: it begins like none of `FORMATS`;
- ``too_many_pixels`` (format, limit): more than `MAX_PIXELS`, or than can be decoded in `MAX_DECODED` bytes; refused
  before anything is decoded;
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
from attention.sources.pixels import shrink

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 80_000_000  # phones take up to 64 million pixels at once (9248 x 6936)
MAX_DECODED = 440_000_000  # bytes, the working copies of the decoders included
# What a decoder holds for every pixel: most, a picture of 4 bytes; libwebp two canvases and two copies; libtiff also
# the raw strip, which may be the whole picture. Of a progressive JPEG see `_bytes_per_pixel`.
BYTES_PER_PIXEL = {"WEBP": 16, "TIFF": 10}
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
HEIC = re.compile(rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)
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
        ``first_frame`` (the file holds several), ``rotated_by_exif``, ``sixteen_bit`` (rounded to 8), ``cmyk``
        (print colours, by their colour profile where there is one), ``stretched`` (the file does not say which
        numbers are black and white, so its smallest and largest are), ``alpha_on_white``, ``colour_profile``
        (visibly other colours than the stored numbers, by the profile or the gamma in the file), ``reduced``
    """

    rgb: np.ndarray
    original_size: tuple[int, int]
    format: str
    notes: tuple[str, ...]


def read_image(data: bytes, *, max_side: int = WORKING_SIDE) -> Picture:
    """Read a PNG, JPEG, WebP, GIF, BMP or TIFF file.

    The picture is turned upright, put on white where it is transparent, reduced to 8 bits a colour, brought into
    screen colours (sRGB), and made smaller, in proportion, until its longer side is `max_side`; a shorter side keeps
    at least one pixel.

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
    if HEIC.match(data):
        raise SourceError("heic_photo", "a HEIC or HEIF file")
    if format is None:
        raise SourceError("not_a_picture", f"begins like none of {', '.join(FORMATS)}")
    _quiet_pillow()
    try:
        with _decoding, Image.open(io.BytesIO(data), formats=[format]) as image:
            return _read(image, format, max_side)
    except SourceError:
        raise
    except Image.DecompressionBombError as error:  # far beyond our own limit Pillow is the first to object
        raise _too_many_pixels(format, MAX_PIXELS, str(error)) from error
    except Exception as error:  # on damaged files Pillow raises about anything, at open, at load and later
        ended = isinstance(error, EOFError) or "truncated" in str(error).lower() or _webp_is_short(data)
        reason = "truncated_picture" if ended else "unreadable_picture"
        raise SourceError(reason, f"{format}: {error}", format=format) from error


def _too_many_pixels(format: str, limit: int, message: str) -> SourceError:
    return SourceError("too_many_pixels", message, format=format, limit=limit)


def _bytes_per_pixel(image: Image.Image, format: str) -> int:
    if format == "JPEG" and image.info.get("progressive"):
        return 2 * len(image.getbands())  # all its coefficients at once, before the first pixel
    return BYTES_PER_PIXEL.get(format, 4)


def _quiet_pillow() -> None:
    """Keep Pillow's warnings about files from outside (size, odd EXIF) away from the log and from -W error.

    The filter is put in front and stays: to take it out again, as `warnings.catch_warnings` does, is not safe
    in threads.
    """
    if warnings.filters[:1] != [_pillow_is_quiet]:
        warnings.filterwarnings("ignore", module=_pillow_is_quiet[3].pattern)


def _read(image: Image.Image, format: str, max_side: int) -> Picture:
    width, height = image.size
    limit = min(MAX_PIXELS, MAX_DECODED // _bytes_per_pixel(image, format))
    if width * height > limit:
        raise _too_many_pixels(format, limit, f"{width} x {height} pixels, at most {limit}")
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
    # In a BMP a 16 means 5, 6 and 5 bits; grey of 16 bits is still to be rounded.
    if format in ("PNG", "TIFF") and "16" in stored and not image.mode.startswith("I"):
        notes.append("sixteen_bit")
    small, more = shrink(image, size)
    notes += more
    if scale < 1:
        notes.append("reduced")
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
