"""What the canvas map (assets/components/map) draws: one matrix of numbers with the words that make it readable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from figures.packed import pack, unpack


@dataclass(frozen=True)
class MapText:
    """The words around a map, in the reader's language. All of it is shown as text, never as HTML.

    Parameters
    ----------
    row_title, column_title : str
        What a row is and what a column is.
    low, high : str
        What the two ends of the colour bar mean.
    sentence : str
        The finding in words; also the text alternative for screen readers.
    hover : str
        Template of the pointer's label, with ``{row}``, ``{column}`` and ``{value}``.
    name : str
        The file name (without ending) of what the reader takes home.
    source : str
        Where the numbers come from: a line under the finding in what the reader takes home.
    row_all, row_chosen : str
        Templates for the sum of one row, with ``{row}`` and ``{value}``: over all columns, over the chosen ones.
        Only for a map with strips, as the next two.
    column_all, column_chosen : str
        The same for the sum of one column, with ``{column}`` and ``{value}``.
    """

    row_title: str
    column_title: str
    low: str
    high: str
    sentence: str
    hover: str
    name: str
    source: str = ""
    row_all: str = ""
    row_chosen: str = ""
    column_all: str = ""
    column_chosen: str = ""


def map_payload(
    values: np.ndarray,
    row_labels: list[str],
    column_labels: list[str],
    text: MapText,
    *,
    chosen: tuple[int, int] | None = None,
    scale: Literal["sequential", "diverging"] = "sequential",
    value_range: tuple[float, float] | None = None,
    roots: bool = False,
    decimals: int = 3,
    picture: str | None = None,
    opacity: float | None = None,
    axis_colors: tuple[str, str] | None = None,
    cell: tuple[int, int] = (6, 56),
    strips: bool = False,
    marked: Mapping[str, Sequence[int]] | None = None,
    least: tuple[int, int] = (0, 0),
    dividers: tuple[int, int] | None = None,
    blocks: Sequence[Sequence[str]] | None = None,
) -> dict:
    """Everything the canvas needs, as plain JSON types.

    Parameters
    ----------
    values : (n_rows, n_columns) ndarray
        The numbers, finite; or -inf, a score that a mask has taken out: its cell is hatched.
    row_labels, column_labels : list of str
        One a row and one a column; or empty, for pictures: the pointer then shows pixel positions.
    text : MapText
    chosen : (row, column), optional
        The pinned cell.
    scale : {"sequential", "diverging"}
        Weights from low to high, or signed numbers around zero.
    value_range : (low, high), optional
        The ends of the colour bar. Default: (0, largest), or (-largest, largest) when diverging.
    roots : bool
        Shade by the root of a number's share of the range, which begins at 0: small ones are seen too.
    decimals : int
        How many decimals the pointer shows.
    picture : str, optional
        A data URL that the map is laid over; its proportions are the map's.
    opacity : float, optional
        Where the opacity slider starts, 0 to 1; only with ``picture``.
    axis_colors : (row, column), optional
        The names of the palette's matrices ("Q", "K", ...) in whose colours the two axis titles stand.
    cell : (smallest, largest)
        Bounds of a cell's side in CSS pixels; the map may be smaller than its column, never wider.
    strips : bool
        Beside the map, each row's sum over the chosen columns, and below it each column's over the chosen rows (over
        all of them where none is chosen). Names can then be chosen by a click.
    marked : {"rows": [...], "columns": [...]}, optional
        The chosen rows and columns; only with ``strips``.
    least : (rows, columns)
        How many of them stay chosen, whatever the reader takes away.
    dividers : (row, column), optional
        The first row and the first column of the second text of a pair: lines are drawn before them.
    blocks : 2 x 2 str, optional
        What the four blocks between the dividers are called.

    Raises
    ------
    ValueError
        If labels and numbers disagree, a number is not finite, a map with strips has no labels, or roots are asked for
        of signed numbers.
    """
    values = np.asarray(values)
    if values.ndim != 2:
        raise ValueError(f"a map draws a matrix, got {values.ndim} dimensions")
    for name, labels, size in zip(
        ("row_labels", "column_labels"), (row_labels, column_labels), values.shape, strict=True
    ):
        if labels and len(labels) != size:
            raise ValueError(f"{name} has {len(labels)} labels for {size}")
    drawn = values[values != -np.inf]
    if not np.isfinite(drawn).all():
        raise ValueError("a map draws finite numbers and -inf only")
    if strips and not (row_labels and column_labels):
        raise ValueError("a map with strips has labels, by which rows and columns are chosen")
    if roots and (scale != "sequential" or (value_range and value_range[0])):
        raise ValueError("a map shades by roots only from 0 up")
    if value_range is None:
        largest = float(np.abs(drawn).max(initial=0.0)) or 1.0
        value_range = (-largest if scale == "diverging" else 0.0, largest)
    low, high = value_range
    return {
        "rows": values.shape[0],
        "columns": values.shape[1],
        "values": pack(values),
        "rowLabels": row_labels,
        "columnLabels": column_labels,
        "text": {
            "rowTitle": text.row_title,
            "columnTitle": text.column_title,
            "low": text.low,
            "high": text.high,
            "sentence": text.sentence,
            "hover": text.hover,
            "name": text.name,
            "source": text.source,
            "sums": {name: getattr(text, name) for name in ("row_all", "row_chosen", "column_all", "column_chosen")},
        },
        "chosen": None if chosen is None else [int(chosen[0]), int(chosen[1])],
        "scale": scale,
        "range": [float(low), float(high)],
        "roots": roots,
        "decimals": decimals,
        "picture": picture,
        "opacity": opacity,
        "axisColors": list(axis_colors) if axis_colors else None,
        "cell": list(cell),
        "strips": strips,
        "marked": {axis: [int(i) for i in (marked or {}).get(axis, ())] for axis in ("rows", "columns")},
        "least": list(least),
        "dividers": None if dividers is None else [int(dividers[0]), int(dividers[1])],
        "blocks": blocks and [list(row) for row in blocks],
    }


def decode_values(payload: dict) -> np.ndarray:
    """The numbers of a payload as a ``(rows, columns)`` float32 array: what the canvas reads, read in Python."""
    return unpack(payload["values"], (payload["rows"], payload["columns"]))
