"""Numbers as small pictures, in the colours that the mask viewer has for them."""

import numpy as np

from figures.overlays import jpeg_url
from figures.palette import OVER_PICTURES, colored


def thumbnail_url(values: np.ndarray, value_range: tuple[float, float], colours: str, *, longest: int) -> str:
    """Numbers over a picture as a small JPEG data URL.

    Parameters
    ----------
    values : (H, W) ndarray
    value_range : (low, high)
        The numbers that get the two ends of the scale; what lies beyond gets the colour of the end.
    colours : str
        Of `figures.palette.OVER_PICTURES`.
    longest : int
        The longer side at most, in pixels; the proportions stay.
    """
    step = max(1, max(values.shape) // (2 * longest))  # what the thumbnail cannot show need not be coloured
    shades = colored(values[::step, ::step], value_range, OVER_PICTURES[colours])
    return jpeg_url(shades, longest=longest)
