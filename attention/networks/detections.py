"""From the scores of all cells to a few boxes: a score threshold, then non-maximum suppression, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attention.errors import ShapeError
from attention.networks.detector_head import StrideTrace


@dataclass(frozen=True, eq=False)
class Candidates:
    """Boxes that a detector proposes, the best first. A cell proposes its box once for each class it is sure of.

    boxes : (n, 4) ndarray
        x1, y1, x2, y2 in pixels of the reader's picture.
    scores : (n,) ndarray
    classes : (n,) ndarray of int
    strides : (n,) ndarray of int
        Of the grid that the cell belongs to.
    cells : (n, 2) ndarray of int
        Its row and its column.
    """

    boxes: np.ndarray
    scores: np.ndarray
    classes: np.ndarray
    strides: np.ndarray
    cells: np.ndarray

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, eq=False)
class SuppressionStep:
    """One box is kept, and those that overlap it too much go.

    kept : int
        Which box; boxes are counted as they were given, from 0.
    removed : (m,) ndarray of int
        The boxes it removed, the best first. One that an earlier step removed is not among them.
    overlaps : (m,) ndarray
        Their intersection over union with the kept box.
    """

    kept: int
    removed: np.ndarray
    overlaps: np.ndarray


def candidates(strides: Sequence[StrideTrace], threshold: float) -> Candidates:
    """Every cell and class whose score is above the threshold, the best first.

    Parameters
    ----------
    strides : sequence of StrideTrace
    threshold : float
    """
    found = []
    for grid in strides:
        classes, rows, columns = np.nonzero(grid.scores > threshold)
        scores, boxes = grid.scores[classes, rows, columns], grid.boxes[rows, columns]
        found.append((boxes, scores, classes, np.full(len(scores), grid.stride), np.stack([rows, columns], axis=1)))
    boxes, scores, classes, steps, cells = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(-scores, kind="stable")
    return Candidates(boxes[order], scores[order], classes[order], steps[order], cells[order])


def overlap(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Intersection over union: the pixels that both boxes cover, as a share of those that either does.

    Parameters
    ----------
    box : (4,) ndarray
        x1, y1, x2, y2.
    boxes : (n, 4) ndarray

    Returns
    -------
    (n,) ndarray
        In 0..1; 0 where both are empty.
    """
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    both = np.maximum(sides, 0).prod(axis=1)
    either = (box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


def suppress(
    boxes: np.ndarray, scores: np.ndarray, threshold: float, *, classes: np.ndarray | None = None
) -> tuple[SuppressionStep, ...]:
    """Greedy non-maximum suppression: keep the best box, remove what overlaps it too much, go on with the rest.

    The kept boxes, in the order of the steps, are those of ``torchvision.ops.nms(boxes, scores, threshold)``, or with
    classes of ``torchvision.ops.batched_nms``: best first, and removed is what has an intersection over union
    above (not equal to) the threshold. Of equal scores the earlier box is the better.

    Parameters
    ----------
    boxes : (n, 4) ndarray
        x1, y1, x2, y2 with x1 <= x2 and y1 <= y2.
    scores : (n,) ndarray
    threshold : float
        From 0, where whatever touches goes, to 1, where nothing does.
    classes : (n,) ndarray of int, optional
        Then a box removes boxes of its own class only.

    Raises
    ------
    ShapeError
        When there is not one score, or one class, a box.
    """
    n = len(boxes)
    if boxes.shape != (n, 4) or scores.shape != (n,) or (classes is not None and classes.shape != (n,)):
        shapes = f"{boxes.shape}, {scores.shape}" + ("" if classes is None else f", {classes.shape}")
        raise ShapeError(f"boxes must be (n, 4), scores and classes (n,), got {shapes}")
    left = np.argsort(-scores, kind="stable")
    steps = []
    while len(left):
        best, left = left[0], left[1:]
        rivals = left if classes is None else left[classes[left] == classes[best]]
        overlaps = overlap(boxes[best], boxes[rivals])
        near = overlaps > threshold
        steps.append(SuppressionStep(int(best), rivals[near], overlaps[near]))
        left = left[~np.isin(left, rivals[near])]
    return tuple(steps)
