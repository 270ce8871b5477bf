"""Numbers as small pictures, in the colours that the large map has for them."""

import numpy as np

from figures.overlays import jpeg_url
from figures.palette import DIVERGING, SEQUENTIAL


def thumbnail_url(
    values: np.ndarray, value_range: tuple[float, float], *, longest: int, diverging: bool = False, theme: str = "light"
) -> str:
    """A map as a small JPEG data URL.

    Parameters
    ----------
    values : (H, W) ndarray
    value_range : (low, high)
        The numbers that get the two ends of the scale.
    longest : int
        The longer side at most, in pixels; the proportions stay.
    diverging : bool
        On the scale for signed numbers.
    theme : {"light", "dark"}
    """
    step = max(1, max(values.shape) // (2 * longest))  # what the thumbnail cannot show need not be coloured
    stops = DIVERGING if diverging else SEQUENTIAL[theme]
    return jpeg_url(shaded(values[::step, ::step], value_range, stops), longest=longest)


def shaded(values: np.ndarray, value_range: tuple[float, float], stops: list[str]) -> np.ndarray:
    """Numbers in the colours of a scale: (H, W) -> (H, W, 3) uint8; beyond the range they get the colour of its end.

    Parameters
    ----------
    values : (H, W) ndarray
    value_range : (low, high)
    stops : list of "#rrggbb"
        Evenly spaced over the range.
    """
    low, high = value_range
    colors = np.array([[int(stop[i : i + 2], 16) for i in (1, 3, 5)] for stop in stops], np.float32)
    at = np.clip((values - low) / ((high - low) or 1.0), 0, 1) * (len(stops) - 1)
    channels = [np.interp(at, np.arange(len(stops)), colors[:, c]) for c in range(3)]
    return np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
