"""What a sentence about a mask says, in numbers."""

from dataclasses import dataclass

import numpy as np

REGIONS = (  # the nine fields of a 3 x 3 grid, row by row
    *("top_left", "top", "top_right"),
    *("left", "middle", "right"),
    *("bottom_left", "bottom", "bottom_right"),
)


@dataclass(frozen=True)
class MaskFacts:
    """Where a mask lies.

    mean : its average
    held : share of the mask's sum that `area` speaks of
    area : the smallest share of the picture that holds it
    region : the one of `REGIONS` with the most of the mask
    region_share : its share of the mask's sum
    """

    mean: float
    held: float
    area: float
    region: str
    region_share: float


def mask_facts(mask: np.ndarray, *, held: float = 0.8) -> MaskFacts:
    """Measure a mask.

    Parameters
    ----------
    mask : (H, W) ndarray
        Not negative.
    held : float
        Between 0 and 1.
    """
    total = mask.sum(dtype=np.float64)
    if total == 0:
        return MaskFacts(0.0, held, held, "middle", 0.0)
    largest_first = np.sort(mask, axis=None)[::-1]
    pixels = int(np.searchsorted(largest_first.cumsum(dtype=np.float64), held * total)) + 1
    fields = [field.sum(dtype=np.float64) for band in _thirds(mask, 0) for field in _thirds(band, 1)]
    most = int(np.argmax(fields))
    return MaskFacts(float(mask.mean()), held, min(pixels / mask.size, 1.0), REGIONS[most], float(fields[most] / total))


def _thirds(values: np.ndarray, axis: int) -> list[np.ndarray]:
    """Three parts along an axis, the middle one taking what does not divide; of one pixel, the middle has it."""
    size = values.shape[axis]
    first = size // 3
    return np.split(values, [first, size - first], axis=axis)
