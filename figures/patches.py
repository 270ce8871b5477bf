"""What the grid of patches (assets/components/patches) draws, and what a sentence about one of its maps says.

The numbers of all patches and the picture travel apart from what is pinned, so that a click does not send them again.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from figures.masks import keep_mass
from figures.packed import pack

Box = tuple[int, int, int, int]  # first column, first row, last column, last row; from 0

HALF = 0.5


@dataclass(frozen=True)
class GridText:
    """The words around the grid, in the reader's language. All of it is shown as text, never as HTML.

    Parameters
    ----------
    title : str
        What the map is, above what is taken home.
    low, high : str
        Templates for the two ends of the colour bar, with ``{value}``.
    sentence : str
        The finding in words; also the text alternative for screen readers.
    hover : str
        Template of the pointer's label, with ``{asks}``, ``{looks}`` and ``{value}``.
    patch : str
        Template of a patch's name, with ``{column}`` and ``{row}``, counted from 1.
    box : str
        What a box of patches is called.
    name : str
        The file name (without ending) of what the reader takes home.
    source : str
        Where the numbers come from.
    table : tuple of str
        The heads of the columns in the table: column, row, value.
    outside : str
        Template of the pointer's label outside the window of the patch that asks, with ``{looks}``.
    """

    title: str
    low: str
    high: str
    sentence: str
    hover: str
    patch: str
    box: str
    name: str
    source: str
    table: tuple[str, str, str]
    outside: str = ""


def grid_payload(
    values: np.ndarray,
    edges: tuple[np.ndarray, np.ndarray],
    picture: str,
    *,
    scale: Literal["sequential", "diverging"] = "sequential",
    decimals: int = 3,
    window: int = 0,
) -> dict:
    """The picture, its patches and what every patch says of every other, as plain JSON types.

    Parameters
    ----------
    values : (n, n) ndarray, or (n, window²) ndarray
        Row: the patch that asks; column: the patch that is looked at. Finite.
    edges : ((rows + 1,) ndarray, (columns + 1,) ndarray)
        The pixels where patches begin, and the picture's size at the end.
    picture : str
        A data URL.
    scale : {"sequential", "diverging"}
        Weights from 0 up, or signed numbers around zero; every row is drawn up to its own largest.
    decimals : int
    window : int
        Where patches look only within windows of so many rows and columns, from the top left on: columns are then the
        places of a window, row by row, also those beyond the picture. 0: everywhere.

    Raises
    ------
    ValueError
        If numbers and patches disagree, or a number is not finite.
    """
    rows, columns = (len(part) - 1 for part in edges)
    if values.shape != (rows * columns, window**2 or rows * columns):
        raise ValueError(f"values {values.shape} do not fit {rows} x {columns} patches")
    if not np.isfinite(values).all():
        raise ValueError("the grid draws finite numbers only")
    return {
        "rows": rows,
        "columns": columns,
        "values": pack(values),
        "rowEdges": [int(edge) for edge in edges[0]],
        "columnEdges": [int(edge) for edge in edges[1]],
        "picture": picture,
        "scale": scale,
        "decimals": decimals,
        "window": window,
    }


def pin_payload(
    text: GridText,
    shape: tuple[int, int],
    *,
    row: np.ndarray,
    asks: int,
    looks: int,
    box: Box | None = None,
    touch: Literal["asks", "looks", "box"] = "asks",
    window: int = 0,
) -> dict:
    """What is pinned on the grid, and the words for it.

    Parameters
    ----------
    text : GridText
    shape : (rows, columns)
        Of the grid that this belongs to.
    row : (n,) ndarray
        The numbers of what is pinned, finite.
    asks, looks : int
        Patches, counted row by row.
    box : Box, optional
        Asks instead of the patch.
    touch : {"asks", "looks", "box"}
        What a click does.
    window : int
        Of the grid that this belongs to.

    Raises
    ------
    ValueError
        If the row does not fit the grid, or a number is not finite.
    """
    rows, columns = shape
    if row.shape != (rows * columns,) or not np.isfinite(row).all():
        raise ValueError(f"a row of {rows * columns} finite numbers is needed, got {row.shape}")
    return {
        "rows": rows,
        "columns": columns,
        "row": pack(row),
        "asks": int(asks),
        "looks": int(looks),
        "box": None if box is None else [[box[1], box[0]], [box[3], box[2]]],
        "touch": touch,
        "window": window,
        "text": {**asdict(text), "table": list(text.table)},
    }


def box_patches(box: Box, columns: int) -> list[int]:
    """The patches of a box, counted row by row in a grid of so many columns."""
    left, top, right, bottom = box
    return [row * columns + column for row in range(top, bottom + 1) for column in range(left, right + 1)]


@dataclass(frozen=True)
class RowFacts:
    """Where the attention of one patch goes.

    strongest : the fewest patches that hold half of it, equal ones together, largest first
    share : what they hold
    farthest : the one of them that is farthest from who asks
    """

    strongest: tuple[int, ...]
    share: float
    farthest: int


def row_facts(row: np.ndarray, columns: int, asking: Sequence[int]) -> RowFacts:
    """Measure a row of weights.

    Parameters
    ----------
    row : (n,) ndarray
        Sums to 1.
    columns : int
    asking : sequence of int
        The patches that ask; distances are from their middle.
    """
    kept = keep_mass(row[None], HALF)
    order = np.argsort(-row, kind="stable")
    strongest = order[row[order] >= kept.threshold]
    places = np.stack(np.divmod(np.arange(len(row)), columns), axis=1)
    away = np.linalg.norm(places[strongest] - places[list(asking)].mean(axis=0), axis=1)
    return RowFacts(tuple(int(i) for i in strongest), kept.held, int(strongest[away.argmax()]))


def telling_patch(weights: np.ndarray, columns: int) -> int:
    """The patch whose attention travels farthest for how little it spreads: a good one to begin with.

    Parameters
    ----------
    weights : (n, n) ndarray
        Rows sum to 1.
    columns : int
    """
    n = len(weights)
    places = np.stack(np.divmod(np.arange(n), columns), axis=1)
    apart = np.linalg.norm(places[:, None] - places[None], axis=-1)  # (n, n)
    logarithms = np.log(weights, where=weights > 0, out=np.zeros_like(weights))
    spread = -(weights * logarithms).sum(axis=1) / np.log(max(n, 2))
    return int(((weights * apart).sum(axis=1) * (1 - spread)).argmax())
