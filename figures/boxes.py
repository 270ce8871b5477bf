"""What is drawn over a picture of a detector's work (by assets/components/boxes and bins): boxes, a grid, distances."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from figures.packed import pack


@dataclass(frozen=True)
class Box:
    """One box with what is written on it.

    corners : left, top, right, bottom, in pixels of the picture
    label : str
        In the reader's language; shown as text, never as HTML.
    score : 0 to 1
    colour : int
        Boxes of one class have one colour.
    style : "kept", or "lost" for one that is only remembered
    """

    corners: tuple[float, float, float, float]
    label: str
    score: float
    colour: int = 0
    style: Literal["kept", "lost"] = "kept"


@dataclass(frozen=True)
class Grid:
    """Cells over a picture, from its top left corner; the last ones may reach beyond it.

    cell : (width, height)
        In pixels of the picture.
    """

    rows: int
    columns: int
    cell: tuple[float, float]


@dataclass(frozen=True)
class Rated:
    """Many boxes as numbers.

    corners : (n, 4) ndarray
        Left, top, right, bottom, in pixels of the picture.
    scores : (n,) ndarray
    classes : (n,) ndarray of int
        Which of `labels` each is.
    labels : sequence of str
    """

    corners: np.ndarray
    scores: np.ndarray
    classes: np.ndarray
    labels: Sequence[str]


@dataclass(frozen=True)
class Many:
    """Candidates among which the reader chooses by thresholds.

    boxes : Rated
        The best first.
    score, iou : int
        The thresholds in percent.
    round : int
        The step that is shown: 0 is all candidates, then one for every box that stays, then the result.
    """

    boxes: Rated
    score: int
    iou: int
    round: int


def boxes_payload(
    picture: str,
    size: tuple[int, int],
    *,
    sentence: str,
    name: str,
    boxes: Sequence[Box] = (),
    grid: Grid | None = None,
    each: Rated | None = None,
    marks: Sequence[tuple[int, int, int]] = (),
    cell: tuple[int, int] | None = None,
    many: Many | None = None,
) -> dict:
    """Everything that is drawn over the picture, as plain JSON types.

    Parameters
    ----------
    picture : str
        A data URL.
    size : (width, height)
        Of the picture in pixels.
    sentence : str
        The finding in words; also the text alternative for screen readers.
    name : str
        The file name (without ending) of what the reader takes home.
    boxes : sequence of Box
    grid : Grid, optional
    each : Rated, optional
        What every cell of the grid says, row by row: shown where the reader points.
    marks : sequence of (row, column, colour)
        Cells of the grid that are framed.
    cell : (row, column), optional
        The chosen one; lines go from its centre to the sides of the boxes.
    many : Many, optional
        Instead of `boxes`.

    Raises
    ------
    ValueError
        If cells are given without a grid or lie outside of it, or if not all of its cells say something.
    """
    cells = [*(mark[:2] for mark in marks), *([cell] if cell else [])]
    if cells and grid is None:
        raise ValueError("cells need a grid")
    said = None if each is None else len(each.scores)
    if said != (None if grid is None else grid.rows * grid.columns):
        raise ValueError(f"every cell of a grid says something, got {said} answers for {grid}")
    for row, column in cells:
        if not (0 <= row < grid.rows and 0 <= column < grid.columns):
            raise ValueError(f"cell {(row, column)} lies outside of a grid of {grid.rows} x {grid.columns}")
    return {
        "picture": picture,
        "size": [int(side) for side in size],
        "boxes": [
            {
                "box": [float(at) for at in box.corners],
                "label": box.label,
                "score": float(box.score),
                "colour": int(box.colour),
                "style": box.style,
            }
            for box in boxes
        ],
        "grid": None if grid is None else {"rows": grid.rows, "columns": grid.columns, "cell": list(grid.cell)},
        "marks": [{"cell": [int(row), int(column)], "colour": int(colour)} for row, column, colour in marks],
        "cell": None if cell is None else [int(at) for at in cell],
        "each": None if each is None else _rated(each),
        "candidates": None
        if many is None
        else {**_rated(many.boxes), "score": many.score, "iou": many.iou, "round": many.round},
        "sentence": sentence,
        "name": name,
    }


def _rated(boxes: Rated) -> dict:
    rows = np.column_stack([boxes.corners, boxes.scores, boxes.classes]).astype(np.float32)
    return {"count": len(rows), "values": pack(rows), "names": list(boxes.labels)}


def bins_payload(
    names: Sequence[str],
    sums: Sequence[str],
    bins: np.ndarray,
    means: np.ndarray,
    *,
    label: str,
    opened: int,
) -> dict:
    """The softmax over distance bins of the four sides of a box, as plain JSON types.

    Parameters
    ----------
    names, sums : sequences of 4 str
        What each side is called, and what its bins come to, in the reader's language.
    bins : (4, n_bins) ndarray
        Weights from 0 to 1.
    means : (4,) ndarray
        The mean distance of each side, in cells.
    label : str
        What the four are, for screen readers.
    opened : int
        The side that is opened.
    """
    return {
        "sides": [
            {"name": name, "sum": said, "weights": weights.tolist(), "mean": float(mean)}
            for name, said, weights, mean in zip(names, sums, np.asarray(bins, float), means, strict=True)
        ],
        "label": label,
        "opened": opened,
    }
