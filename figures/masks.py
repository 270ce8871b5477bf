"""What the mask viewer (assets/components/mask) draws: numbers over a picture, with the words that explain them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from figures.packed import pack, unpack

LOOKS = ("overlay", "pair", "swipe", "mask", "result")
STEPS = 1024  # of sizes, each of which `keep_mass` sums up before it looks closer
COLOURS = {"sequential": ("violet", "viridis", "magma", "grey"), "diverging": ("blue_red", "ice_fire")}


@dataclass(frozen=True)
class MaskText:
    """The words around a mask, in the reader's language. All of it is shown as text, never as HTML.

    Parameters
    ----------
    low, high : str
        What the two ends of the colour bar mean.
    sentence : str
        The finding in words; also the text alternative for screen readers.
    name : str
        The file name (without ending) of what the reader takes home.
    row_title, column_title, hover : str
        What a row and a column are; template of the pointer's label with ``{row}``, ``{column}`` and ``{value}``, rows
        and columns counted from 1. Default: the viewer's own, for pixels.
    """

    low: str
    high: str
    sentence: str
    name: str
    row_title: str = ""
    column_title: str = ""
    hover: str = ""


@dataclass(frozen=True)
class Look:
    """How a reader colours masks: the same for all of them.

    opacity : 0 to 1, of the colours over the picture
    colours, signed : names of `figures.palette.OVER_PICTURES`, for numbers from low to high and for signed ones
    keep : 0 to 1, the share of the mass that is shown; the rest goes grey
    contour : whether the border of what is kept is drawn
    """

    opacity: float = 0.65
    colours: str = "violet"
    signed: str = "blue_red"
    keep: float = 1.0
    contour: bool = False


@dataclass(frozen=True)
class Kept:
    """The places that hold a share of the mass.

    threshold : the smallest size among them
    area : their share of all places
    held : the share of the mass they do hold
    """

    threshold: float
    area: float
    held: float


def keep_mass(values: np.ndarray, share: float) -> Kept:
    """The smallest set of places that holds at least `share` of the mass, where places of equal size go together.

    The mass of a place is the size of its number, whatever its sign.

    Parameters
    ----------
    values : (rows, columns) ndarray
    share : float
        From 0 to 1; of a mass of 0, every place is kept.
    """
    sizes = np.abs(values).ravel()
    if share >= 1 or not sizes.any():
        return Kept(float(sizes.min()), 1.0, 1.0)
    # Only the step of sizes in which the threshold lies is sorted: several times as fast as sorting all.
    steps = np.minimum(sizes / sizes.max() * STEPS, STEPS - 1).astype(np.intp)
    sums = np.bincount(steps, weights=sizes, minlength=STEPS)[::-1].cumsum()  # of a step and of all larger ones
    at = int(np.searchsorted(sums, share * sums[-1]))
    within = np.sort(sizes[steps == STEPS - 1 - at])[::-1]
    sums_within = within.cumsum(dtype=np.float64) + (sums[at - 1] if at else 0.0)
    threshold = within[min(np.searchsorted(sums_within, share * sums[-1]), len(within) - 1)]
    held = sums_within[np.count_nonzero(within >= threshold) - 1] / sums[-1]
    return Kept(float(threshold), np.count_nonzero(sizes >= threshold) / sizes.size, min(float(held), 1.0))


def enlarge(values: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Numbers at the size of the picture they lie over: as blocks.

    Parameters
    ----------
    values : (rows, columns) ndarray
    shape : (H, W)
    """
    if values.shape == tuple(shape):
        return values
    rows, columns = (np.arange(size) * cells // size for size, cells in zip(shape, values.shape, strict=True))
    return values[rows[:, None], columns]


def span(value_range: tuple[float, float], scale: str) -> tuple[float, float]:
    """A range from low to high; one of no width, such as that of equal numbers, is widened by 1."""
    low, high = (float(end) for end in value_range)
    return (low, high) if low < high else (low - (scale == "diverging"), low + 1.0)


def mask_payload(
    values: np.ndarray,
    picture: str,
    size: tuple[int, int],
    text: MaskText,
    *,
    value_range: tuple[float, float] = (0.0, 1.0),
    scale: Literal["sequential", "diverging"] = "sequential",
    result: str | None = None,
    chosen: tuple[int, int] | None = None,
    decimals: int = 3,
    multiplies: bool = True,
) -> dict:
    """Everything the viewer needs, as plain JSON types.

    Parameters
    ----------
    values : (rows, columns) ndarray
        The numbers, finite; one a pixel, or fewer: (rows, columns) of patches that fill the picture.
    picture : str
        The picture as a data URL.
    size : (width, height)
        Of the picture in pixels.
    text : MaskText
    value_range : (low, high)
        The ends of the colour bar.
    scale : {"sequential", "diverging"}
        From low to high, or signed numbers around zero.
    result : str, optional
        A data URL of what comes out. Default: the picture times the numbers, which the browser computes; where that
        means nothing, of signed numbers, there is no result.
    chosen : (row, column), optional
        The pinned place, counted in `values`.
    decimals : int
        How many decimals the pointer shows.
    multiplies : bool
        Whether the picture times the numbers means something: not of multiples of an average, say.

    Raises
    ------
    ValueError
        If `values` is no matrix, a number is not finite, or the range is empty.
    """
    values = np.asarray(values)
    low, high = (float(end) for end in value_range)
    if values.ndim != 2:
        raise ValueError(f"a mask is a matrix, got {values.ndim} dimensions")
    if not np.isfinite(values).all():
        raise ValueError("a mask has finite numbers only")
    if not low < high:
        raise ValueError(f"the range runs from low to high, got {low} to {high}")
    shows_result = result or (multiplies and scale == "sequential")
    return {
        "rows": values.shape[0],
        "columns": values.shape[1],
        "values": pack(values),
        "picture": picture,
        "size": [int(size[0]), int(size[1])],
        "result": result,
        "range": [low, high],
        "scale": scale,
        "colours": list(COLOURS[scale]),
        "looks": [look for look in LOOKS if look != "result" or shows_result],
        "decimals": decimals,
        "chosen": None if chosen is None else [int(chosen[0]), int(chosen[1])],
        "text": {
            "rowTitle": text.row_title,
            "columnTitle": text.column_title,
            "low": text.low,
            "high": text.high,
            "sentence": text.sentence,
            "hover": text.hover,
        },
    }


def decode_values(payload: dict) -> np.ndarray:
    """The numbers of a payload as a ``(rows, columns)`` float32 array: what the viewer reads, read in Python."""
    return unpack(payload["values"], (payload["rows"], payload["columns"]))
