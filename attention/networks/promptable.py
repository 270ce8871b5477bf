"""MobileSAM: a picture is read once, then every click is answered with masks and with where the click looked."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.errors import ShapeError
from attention.networks.mask_decoder import decode
from attention.networks.picture_layers import fit_picture
from attention.networks.promptable_trace import PATCH, Frame, PromptTrace
from attention.networks.promptable_weights import PromptableWeights, read_promptable_weights
from attention.networks.prompts import embed_prompts, grid_positions
from attention.networks.tiny_vit import Progress, WindowTrace, attend_in_windows, encode, window_grid

OWN_TOKENS = ("quality", "mask_0", "mask_1", "mask_2", "mask_3")


@dataclass(frozen=True, eq=False)
class ReadPicture:
    """A picture that the encoder has read. Immutable; several threads may ask it at once.

    Attributes
    ----------
    frame : Frame
    entered : tuple of (rows, columns, C) ndarray
        What entered each of the encoder's blocks that attend.
    """

    frame: Frame
    entered: tuple[np.ndarray, ...] = field(repr=False)
    _rows: np.ndarray = field(repr=False)  # (g², d): the embedding, row by row
    _positions: np.ndarray = field(repr=False)  # (g², d)
    _weights: PromptableWeights = field(repr=False)

    @property
    def embedding(self) -> np.ndarray:
        """(d, g, g) float32 ndarray."""
        g = self.frame.size // PATCH
        return self._rows.T.reshape(-1, g, g)

    @property
    def nbytes(self) -> int:
        """Bytes it holds: 13 million where the square has a side of 512, 51 million at 1024."""
        return sum(X.nbytes for X in (*self.entered, self._rows, self._positions))

    @property
    def blocks(self) -> int:
        """How many blocks of the encoder attend in windows."""
        return len(self.entered)

    def windows(self, block: int) -> WindowTrace:
        """A block's attention in its windows, computed again from what entered it.

        Parameters
        ----------
        block : int
            Counted from 1, over all stages.

        Raises
        ------
        ValueError
            If there is no such block.
        """
        if not 1 <= block <= self.blocks:
            raise ValueError(f"no block {block}: those that attend are 1 to {self.blocks}")
        weights = [one for _, stage in self._weights.encoder.stages for one in stage][block - 1]
        X = self.entered[block - 1]
        shape, trace = X.shape[:2], attend_in_windows(weights, X)
        for array in (trace.Q, trace.K, trace.V, trace.weights, trace.output):
            array.flags.writeable = False
        return WindowTrace(
            block, weights.window, shape, window_grid(shape, weights.window), trace, weights.distance_bias
        )

    def attend(self, points: np.ndarray, labels: np.ndarray, box: np.ndarray | None = None) -> PromptTrace:
        """Answer clicks and a box.

        Parameters
        ----------
        points : (n, 2) array_like
            (row, column) in pixels of the picture, counted from 0. None at all is possible with a box.
        labels : (n,) array_like of int
            1 = this, 0 = not this.
        box : (4,) array_like, optional
            Top, left, bottom, right, likewise in pixels.

        Returns
        -------
        PromptTrace

        Raises
        ------
        ShapeError
            If points, labels or box have not these shapes.
        ValueError
            If there is neither a point nor a box, a label is not 0 or 1, or a number is not finite.
        """
        points, labels, box = _checked(points, labels, box)
        corners = None if box is None else self.frame.shares(box)
        weights = self._weights
        prompts, kinds = embed_prompts(weights.prompts, self.frame.shares(points), labels, corners)
        picture = self._rows + weights.prompts.no_mask
        decoded = decode(weights.decoder, picture, self._positions, prompts)
        return PromptTrace(points, labels, box, OWN_TOKENS + kinds, self.frame, decoded)


@dataclass(frozen=True, eq=False)
class Promptable:
    """A trained network, as `load_promptable` reads it. Immutable; several threads may use it at once."""

    weights: PromptableWeights = field(repr=False)

    def read(self, rgb: np.ndarray, size: int = 512, progress: Progress | None = None) -> ReadPicture:
        """Run the encoder.

        Parameters
        ----------
        rgb : (H, W, 3) uint8 ndarray
        size : int
            What the longer side becomes, a multiple of 16. The network was trained at 1024, which takes four times
            as long as 512 and gives masks twice as fine.
        progress : callable, optional
            ``progress(share)`` between blocks; what it raises ends the reading.

        Returns
        -------
        ReadPicture

        Raises
        ------
        ShapeError
            If rgb is not a picture.
        ValueError
            If the size is no multiple of 16.

        References
        ----------
        Zhang et al., 2023, "Faster Segment Anything" (arXiv:2306.14289).
        """
        if size < PATCH or size % PATCH:
            raise ValueError(f"size is {size}, but must be a multiple of {PATCH}")
        if rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
            raise ShapeError(f"rgb has shape {rgb.shape}, but must be a picture, (H, W, 3)")
        frame = Frame(rgb.shape[:2], size)
        height, width = frame.fitted
        pixels = np.zeros((size, size, 3), np.float32)
        fitted = 255 * fit_picture(rgb, (height, width)).transpose(1, 2, 0)
        pixels[:height, :width] = (fitted - self.weights.pixel_mean) / self.weights.pixel_deviation
        embedding, entered = encode(self.weights.encoder, pixels, progress or (lambda share: None))
        rows = embedding.reshape(-1, embedding.shape[-1])
        positions = grid_positions(self.weights.prompts, size // PATCH)
        for X in (*entered, rows, positions):
            X.flags.writeable = False
        return ReadPicture(frame, tuple(entered), rows, positions, self.weights)


def load_promptable(folder: str | Path) -> Promptable:
    """Read MobileSAM from a folder such as assets/models/mobile-sam.

    Raises
    ------
    SourceError
        If a file is missing, damaged or does not fit the others; the message names it.
    """
    return Promptable(read_promptable_weights(folder))


def _checked(points, labels, box) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    points, labels = np.asarray(points, np.float64), np.asarray(labels)
    box = None if box is None else np.asarray(box, np.float64)
    if points.size == 0:
        points = points.reshape(0, 2)
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ShapeError(f"points {points.shape} and labels {labels.shape} must be (n, 2) and (n,)")
    if box is not None and box.shape != (4,):
        raise ShapeError(f"box has shape {box.shape}, but must be top, left, bottom, right")
    if box is None and not len(points):
        raise ValueError("there is neither a point nor a box")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError(f"labels are {labels.tolist()}, but each must be 1 (this) or 0 (not this)")
    if not (np.isfinite(points).all() and (box is None or np.isfinite(box).all())):
        raise ValueError("a point or a corner of the box is not a finite number")
    return points, labels.astype(int), box
