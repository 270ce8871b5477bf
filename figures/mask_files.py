"""Masks as files: the picture under its colours, the numbers as grey pictures, the numbers as a table."""

import io
from typing import Literal

import numpy as np
from PIL import Image

from figures.masks import Look, enlarge, keep_mass
from figures.palette import OVER_PICTURES, colored

DIMMED = 0.3  # of its brightness is what a picture keeps outside of the places that are kept
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601


def overlay(
    rgb: np.ndarray,
    values: np.ndarray,
    look: Look,
    *,
    value_range: tuple[float, float] = (0.0, 1.0),
    scale: Literal["sequential", "diverging"] = "sequential",
) -> np.ndarray:
    """A picture under the colours of its numbers, as the viewer draws it.

    A kept pixel is ``(1 - opacity) · picture + opacity · colour``; any other is ``0.3 · luma`` of the picture. The
    contour is the kept pixels at the border, in white, and those across it, in black.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    values : (rows, columns) ndarray
        Enlarged to the picture where they are fewer.
    look : Look
        Its opacity, colours, kept share and contour.
    value_range, scale
        As `figures.masks.mask_payload`.

    Returns
    -------
    (H, W, 3) uint8 ndarray
    """
    field = enlarge(values, rgb.shape[:2])
    stops = OVER_PICTURES[look.signed if scale == "diverging" else look.colours]
    pixels = (1 - look.opacity) * rgb + look.opacity * colored(field, value_range, stops)
    if look.keep < 1:
        kept = np.abs(field) >= keep_mass(values, look.keep).threshold
        pixels = np.where(kept[..., None], pixels, DIMMED * (rgb @ LUMA)[..., None])
        if look.contour:
            inside, outside = borders(kept)
            pixels[outside], pixels[inside] = 0, 255
    return np.rint(pixels).astype(np.uint8)


def borders(kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of a set that touch one outside of it with a side, and those outside that touch one inside.

    Parameters
    ----------
    kept : (H, W) bool ndarray

    Returns
    -------
    inside, outside : (H, W) bool ndarrays
    """
    differs = np.zeros_like(kept)
    down, across = kept[1:] != kept[:-1], kept[:, 1:] != kept[:, :-1]
    differs[1:] |= down
    differs[:-1] |= down
    differs[:, 1:] |= across
    differs[:, :-1] |= across
    return differs & kept, differs & ~kept


def grey_steps(values: np.ndarray, value_range: tuple[float, float], bits: Literal[8, 16]) -> np.ndarray:
    """Numbers as whole steps of their range: ``round(most · (value - low) / (high - low))``, `most` being 255 or 65535.

    Parameters
    ----------
    values : (rows, columns) ndarray
        What lies outside of the range becomes its end.
    value_range : (low, high)
        Black and white.

    Returns
    -------
    (rows, columns) uint8 or uint16 ndarray
    """
    low, high = value_range
    most = 2**bits - 1
    steps = np.rint((values.astype(np.float64) - low) / (high - low) * most)
    return np.clip(steps, 0, most).astype(np.uint8 if bits == 8 else np.uint16)


def png(pixels: np.ndarray) -> bytes:
    """An (H, W, 3) uint8, (H, W) uint8 or (H, W) uint16 array as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def table(values: np.ndarray) -> bytes:
    """Numbers as CSV: the columns' numbers in the first line, the row's number at the start of every other, from 1.

    Every number has as many digits as its type needs to be read back exactly.
    """
    head = ",".join(["", *map(str, range(1, values.shape[1] + 1))])
    lines = (",".join([str(row), *numbers.astype(str)]) for row, numbers in enumerate(values, 1))
    return "\r\n".join([head, *lines, ""]).encode()
