"""One picture many times over, each time with another map on it (drawn by assets/components/multiples).

All maps share one colour scale and one pointer, so that a place is compared with itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from figures.packed import pack

LONGEST = 128  # a small map's longer side in cells: sharp enough for a tile, and all of them travel in 300 kB
SPANS = {  # ends of the colour scale, in multiples of a map's own average: everything, or near the average
    "wide": (0.0, 3.0),
    "near": (0.5, 1.5),
}


@dataclass(frozen=True, eq=False)
class Tile:
    """One map with its words.

    id : str
        What comes back when it is opened.
    values : (H, W) ndarray
        Not negative, finite; of the picture's proportions.
    label, note : str
        Name, and the line under it. Shown as text, never as HTML.
    """

    id: str
    values: np.ndarray
    label: str
    note: str


def reduced(values: np.ndarray, longest: int = LONGEST) -> np.ndarray:
    """A map with fewer cells, each the mean of the area that it stands for.

    Parameters
    ----------
    values : (H, W) ndarray
    longest : int
        Cells along the longer side, at most.

    Returns
    -------
    (rows, columns) float32 ndarray
    """
    height, width = values.shape
    share = min(1.0, longest / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = Image.fromarray(values.astype(np.float32)).resize(size, Image.Resampling.BOX)
    return np.asarray(small)


def correlation(A: np.ndarray, B: np.ndarray) -> float | None:
    """Pearson's correlation of two maps over all places, -1 to 1; None where one of them is even."""
    A, B = (values - values.mean(dtype=np.float64) for values in (A, B))
    spread = np.sqrt(np.square(A).sum() * np.square(B).sum())
    return float((A * B).sum() / spread) if spread > 0 else None


def magnitude(count: int) -> str:
    """A count with three digits that matter: "850", "12.3 k", "61.4 M", "1.23 G"."""
    for sign, size in (("G", 10**9), ("M", 10**6), ("k", 10**3)):
        if count >= 0.9995 * size:
            return f"{count / size:.3g}\u00a0{sign}"
    return str(count)


def multiples_payload(
    tiles: Sequence[Tile],
    picture: str,
    *,
    span: str,
    opened: str,
    low: str,
    middle: str,
    high: str,
    hover: str,
    sentence: str,
) -> dict:
    """Everything the tiles need, as plain JSON types.

    Parameters
    ----------
    tiles : sequence of n Tile
        Maps of one size.
    picture : str
        A data URL of the picture under all maps.
    span : str
        One of `SPANS`: the ends of the colour scale of all maps.
    opened : str
        The id that is marked.
    low, middle, high : str
        What the lower end, 1 and the upper end of the scale mean.
    hover : str
        Template of the number at the pointer, with ``{value}``.
    sentence : str
        The text alternative of all tiles together.

    Raises
    ------
    ValueError
        When there is no tile, the maps differ in size, or a number is negative or not finite.
    """
    if len({tile.values.shape for tile in tiles}) != 1:
        raise ValueError("tiles need maps of one size, at least one")
    small = np.stack([reduced(tile.values) for tile in tiles])  # (n, rows, columns)
    if not (np.isfinite(small).all() and small.min() >= 0):
        raise ValueError("tiles draw finite numbers from 0 up")
    return {
        "tiles": [{"id": tile.id, "label": tile.label, "note": tile.note} for tile in tiles],
        "rows": small.shape[1],
        "columns": small.shape[2],
        "values": pack(small, exact=0),  # 16 bits are finer than any screen
        "range": list(SPANS[span]),
        "picture": picture,
        "opened": opened,
        "text": {"low": low, "middle": middle, "high": high, "hover": hover, "sentence": sentence},
    }
