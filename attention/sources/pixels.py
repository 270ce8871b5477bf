"""A decoded picture made small: 8 bits a colour, on white, in screen colours. All of it in bands of rows, so that a
large picture never needs a second one of its size beside it."""

import io
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageCms

BAND = 2**20  # pixels of the picture that are worked on at a time
REDUCING_GAP = 2.0  # averaged down to this many times the size wanted, and resampled with care from there
NAMED_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}  # mode: what a colour profile for it calls its colours
SCREEN_GAMMA = 2.2
VISIBLE = 8  # of 255: screen colours that differ by no more from the stored ones are not worth a change


def shrink(image: Image.Image, size: tuple[int, int]) -> tuple[Image.Image, list[str]]:
    """Make a picture small.

    Parameters
    ----------
    image : a decoded PIL image, of any mode
    size : (width, height), not larger than the image's

    Returns
    -------
    RGB image
    notes : list of str
        Of ``cmyk``, ``sixteen_bit``, ``stretched``, ``alpha_on_white``, ``colour_profile`` (see `images.Picture`).
    """
    notes = ["cmyk"] if image.mode == "CMYK" else []
    in_bytes = _averageable
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        in_bytes, note = _from_numbers(image)
        notes += [note] if note else []
    small = _reduced(image, size, in_bytes)
    if small.mode in ("LA", "RGBA"):
        small, transparent = _on_white(small)
        notes += ["alpha_on_white"] if transparent else []
    elif small.mode == "YCbCr":
        small = small.convert("RGB")
    screen, changed = _in_screen_colours(small, image.info)
    if changed and "cmyk" not in notes:
        notes.append("colour_profile")
    return screen, notes


def _bands(image: Image.Image, rows: int) -> Iterator[tuple[int, Image.Image]]:
    width, height = image.size
    for top in range(0, height, rows):
        yield top, image.crop((0, top, width, min(top + rows, height)))


def _reduced(image: Image.Image, size: tuple[int, int], prepare: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """What Pillow's ``resize(size, reducing_gap=...)`` does, with every band prepared on its way."""
    width, height = image.size
    x, y = (max(1, int(have / want / REDUCING_GAP)) for have, want in zip(image.size, size, strict=True))
    means: Image.Image | None = None
    for top, band in _bands(image, y * max(1, BAND // (width * y))):
        part = prepare(band).reduce((x, y))
        if means is None:
            means = Image.new(part.mode, (-(-width // x), -(-height // y)))
        means.paste(part, (0, top // y))
    return means.resize(size, Image.Resampling.LANCZOS, box=(0, 0, width / x, height / y))


def _averageable(image: Image.Image) -> Image.Image:
    """In a mode in which pixels may be averaged: a palette's numbers may not."""
    if image.mode in ("LA", "RGBA"):
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK", "YCbCr") else image.convert("RGB")


def _from_numbers(image: Image.Image) -> tuple[Callable[[Image.Image], Image.Image], str | None]:
    """How to turn grey values of more than 8 bits into 8, and the note to make of it.

    Whole numbers up to 65535 are of 16 bits, and numbers up to 1 are shares of white. Of others the smallest is shown
    black and the largest white.
    """
    whole = image.mode != "F"
    low, high = (0.0, 65535.0) if image.mode.startswith("I;") else _ends(image)
    if low >= 0 and high <= (65535 if whole else 1):
        low, high, note = 0.0, 65535.0 if whole else 1.0, "sixteen_bit" if whole else None
    else:
        note = "stretched"
    scale = 255 / max(high - low, 1e-30)
    return lambda band: Image.fromarray(np.rint((_numbers(band) - low) * scale).astype(np.uint8)), note


def _numbers(image: Image.Image) -> np.ndarray:
    return np.nan_to_num(np.asarray(image, np.float64), nan=0.0, posinf=1.0, neginf=0.0)


def _ends(image: Image.Image) -> tuple[float, float]:
    ends = [(values.min(), values.max()) for _, band in _bands(image, 256) for values in [_numbers(band)]]
    return float(min(low for low, _ in ends)), float(max(high for _, high in ends))


def _on_white(image: Image.Image) -> tuple[Image.Image, bool]:
    """Put a transparent picture on white, and tell whether any of it shows through."""
    image = image.convert("RGBA")
    transparent = image.getextrema()[3][0] < 255
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB"), transparent


def _in_screen_colours(image: Image.Image, info: dict) -> tuple[Image.Image, bool]:
    """The picture in sRGB, as its colour profile or its gamma asks, and whether that can be seen."""
    stored = image.convert("RGB")
    screen = _by_profile(image, info["icc_profile"]) if info.get("icc_profile") else _by_gamma(stored, info)
    if screen is None or np.abs(np.subtract(screen, stored, dtype=np.int16)).max() <= VISIBLE:
        return stored, False
    return screen, True


def _by_profile(image: Image.Image, data: bytes) -> Image.Image | None:
    """None where the profile cannot be read or is for other colours than the picture's."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if profile.profile.xcolor_space.strip() != NAMED_SPACES[image.mode]:
            return None
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # a damaged profile is no reason to refuse a picture
        return None


def _by_gamma(image: Image.Image, info: dict) -> Image.Image | None:
    """A PNG may say to which power its values were made (its chunk gAMA), unless it says that they are sRGB."""
    gamma = info.get("gamma", 0)
    if not 0.1 < gamma < 10 or "srgb" in info:
        return None
    levels = np.rint(255 * (np.arange(256) / 255) ** (1 / (SCREEN_GAMMA * gamma))).astype(int).tolist()
    return image.point(levels * 3)
