"""From the maps of one stride to scores and boxes: class times alignment, and distances as means over bins."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.softmax import softmax


@dataclass(frozen=True, eq=False)
class StrideTrace:
    """What the head says of one stride's grid. A cell is a square of `stride` pixels of the network's input.

    stride : int
    cell : (width, height)
        Of one cell, in pixels of the reader's picture.
    classes : (n_classes, rows, columns) ndarray, in 0..1
        How much a cell looks like each class.
    alignment : (rows, columns) ndarray, in 0..1
        How well a box placed from this cell would fit whatever there is, of any class.
    logits : (4, n_bins, rows, columns) ndarray
        What the softmax of the distances is computed from. Sides: left, top, right, bottom.
    """

    stride: int
    cell: tuple[float, float]
    classes: np.ndarray
    alignment: np.ndarray
    logits: np.ndarray

    @cached_property
    def scores(self) -> np.ndarray:
        """(n_classes, rows, columns), √(class · alignment): the geometric mean of the two"""
        return np.sqrt(self.classes * self.alignment)

    @cached_property
    def bins(self) -> np.ndarray:
        """(4, n_bins, rows, columns): of each side, how much weight lies on the distances 0, 1, 2, ... cells"""
        return softmax(self.logits, axis=1)

    @cached_property
    def distances(self) -> np.ndarray:
        """(4, rows, columns): from a cell's centre to each side of its box, in cells; the mean over the bins"""
        return np.einsum("sbhw,b->shw", self.bins, np.arange(self.bins.shape[1], dtype=self.bins.dtype))

    @cached_property
    def centres(self) -> np.ndarray:
        """(rows, columns, 2): x and y of the cells' centres, in pixels of the reader's picture"""
        rows, columns = self.alignment.shape
        x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        return (np.stack([x, y], axis=-1) * self.cell).astype(np.float32)

    @cached_property
    def boxes(self) -> np.ndarray:
        """(rows, columns, 4): x1, y1, x2, y2 in pixels of the reader's picture; a box may reach beyond its edge"""
        return boxes_around(self.centres, self.distances, self.cell)


def boxes_around(centres: np.ndarray, distances: np.ndarray, cell: tuple[float, float]) -> np.ndarray:
    """Boxes by the distance of each side from a point, as in FCOS (Tian et al., ICCV 2019, arXiv:1904.01355).

    That each distance is the mean of a distribution is Li et al., "Generalized Focal Loss" (NeurIPS 2020,
    arXiv:2006.04388), equation 5.

    Parameters
    ----------
    centres : (rows, columns, 2) ndarray
        x and y in pixels.
    distances : (4, rows, columns) ndarray
        To the left, top, right and bottom, in cells.
    cell : (width, height)
        In pixels.

    Returns
    -------
    (rows, columns, 4) ndarray
        x1, y1, x2, y2 in pixels.
    """
    steps = np.moveaxis(distances, 0, -1) * np.array([*cell, *cell], distances.dtype)  # (rows, columns, 4)
    return np.concatenate([centres - steps[..., :2], centres + steps[..., 2:]], axis=-1)
