"""What a sentence about a mask says, in numbers."""

from dataclasses import dataclass

import numpy as np

from figures.masks import keep_mass

REGIONS = (  # the nine fields of a 3 x 3 grid, row by row
    *("top_left", "top", "top_right"),
    *("left", "middle", "right"),
    *("bottom_left", "bottom", "bottom_right"),
)


@dataclass(frozen=True)
class MaskFacts:
    """Where a mask lies.

    mean : its average
    held : share of the mask's sum that lies on `area`
    area : the smallest share of the picture that holds at least what was asked for, as `keep_mass` finds it
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
        The share of its sum that the area is to hold, from 0 to 1.
    """
    kept = keep_mass(mask, held)
    fields = np.array([field.sum(dtype=np.float64) for band in _thirds(mask, 0) for field in _thirds(band, 1)])
    total = fields.sum()
    if total == 0:
        return MaskFacts(0.0, kept.held, kept.area, "middle", 0.0)
    most = int(fields.argmax())
    return MaskFacts(float(mask.mean()), kept.held, kept.area, REGIONS[most], float(fields[most] / total))


def _thirds(values: np.ndarray, axis: int) -> list[np.ndarray]:
    """Three parts along an axis, the middle one taking what does not divide; of one pixel, the middle has it."""
    size = values.shape[axis]
    first = size // 3
    return np.split(values, [first, size - first], axis=axis)
