"""Pictures for the browser: arrays in, data URLs out."""

import base64
import io

import numpy as np
from PIL import Image

QUALITY = 82
FOG = 235  # of 255


def jpeg_url(pixels: np.ndarray, *, longest: int | None = None) -> str:
    """An array as a JPEG data URL.

    Parameters
    ----------
    pixels : (H, W, 3) or (H, W) uint8 ndarray
        Colour or grey.
    longest : int, optional
        The longer side at most, in pixels; the proportions stay.
    """
    picture = Image.fromarray(pixels)
    if longest is not None:
        picture.thumbnail((longest, longest), Image.Resampling.BILINEAR)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def grey(values: np.ndarray) -> np.ndarray:
    """Numbers from 0 to 1 as grey: (..., H, W) -> (..., H, W) uint8, 0 black, 1 white."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def masked(rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """A picture with every pixel multiplied by its place in the mask: what is not attended to goes dark.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    mask : (H, W) ndarray
        From 0 to 1.

    Returns
    -------
    (H, W, 3) uint8 ndarray
    """
    return np.rint(rgb * np.clip(mask, 0, 1)[..., None]).astype(np.uint8)


def fogged(rgb: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """A picture with fog where something cannot be seen: three quarters of the way to a light grey.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    beyond : (H, W) ndarray of bool

    Returns
    -------
    (H, W, 3) uint8 ndarray
    """
    return np.where(beyond[..., None], (rgb + 3 * np.float32(FOG)) / 4, rgb).astype(np.uint8)
