"""What MobileSAM answers: masks, their qualities, and where every token looked."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from attention.networks.mask_decoder import Decoded
from attention.networks.picture_layers import resize

PATCH = 16  # pixels of the square that is read, along a side


@dataclass(frozen=True)
class Frame:
    """How a picture lies in the square that is read: at its top left, with padding to the right of it or below.

    Attributes
    ----------
    shape : (H, W)
        Of the picture.
    size : int
        The square's side in pixels, a multiple of 16.
    """

    shape: tuple[int, int]
    size: int

    @property
    def fitted(self) -> tuple[int, int]:
        """Height and width of the picture in the square: the longer side fills it."""
        scale = self.size / max(self.shape)
        height, width = (max(1, int(side * scale + 0.5)) for side in self.shape)
        return height, width

    @property
    def patches(self) -> tuple[int, int]:
        """Rows and columns of patches in which there is something of the picture."""
        return -(-self.fitted[0] // PATCH), -(-self.fitted[1] // PATCH)

    def shares(self, points: np.ndarray) -> np.ndarray:
        """(n, 2) points of the picture, (row, column) in pixels, as shares of the square."""
        scale = np.array(self.fitted) / np.array(self.shape)
        return (np.asarray(points, np.float64).reshape(-1, 2) * scale + 0.5) / self.size

    def over_picture(self, values: np.ndarray, shape: tuple[int, int] | None = None) -> np.ndarray:
        """What belongs to the square's cells, spread over the picture: every pixel gets the value of its cell.

        Parameters
        ----------
        values : (..., g, g) ndarray
            Such as weights over the patches of the square.
        shape : (rows, columns), optional
            Of the result; the picture's own where not given.

        Returns
        -------
        (..., rows, columns) ndarray
            Without the padding.
        """
        cells = [
            ((np.arange(n) + 0.5) * (side / n) * (values.shape[-1] / self.size)).astype(int)
            for n, side in zip(shape or self.shape, self.fitted, strict=True)
        ]
        return values[..., cells[0][:, None], cells[1]]


@dataclass(frozen=True, eq=False)
class PromptTrace:
    """The answer to clicks and a box. g is the side of the grid of patches: 32 for a square of 512 pixels.

    Attributes
    ----------
    points : (n, 2) ndarray
        (row, column) in pixels of the picture.
    labels : (n,) ndarray of int
        1 = this, 0 = not this.
    box : (4,) ndarray or None
        Top, left, bottom, right in pixels of the picture.
    tokens : tuple of str
        What each token stands for: "quality", "mask_0" to "mask_3", then "this" or "not_this" for each point, then
        "top_left" and "bottom_right" of the box, or without one "no_point", which fills the place.
    frame : Frame
    decoded : Decoded
        With every stage of every attention.
    """

    points: np.ndarray
    labels: np.ndarray
    box: np.ndarray | None
    tokens: tuple[str, ...]
    frame: Frame
    decoded: Decoded = field(repr=False)

    @property
    def masks(self) -> np.ndarray:
        """(4, 4 g, 4 g) float32 ndarray: logits over the whole square, above 0 in the mask.

        Mask 0 was trained as the answer to several prompts, 1 to 3 as three readings of a single click.
        """
        return self.decoded.masks

    @property
    def qualities(self) -> np.ndarray:
        """(4,) float32 ndarray: how well the network expects each mask to fit, as intersection over union."""
        return self.decoded.qualities

    @property
    def best(self) -> int:
        """The mask to show first: of a single click the best of 1 to 3, else mask 0.

        References
        ----------
        `SamOnnxModel.select_masks` of https://github.com/facebookresearch/segment-anything.
        """
        return 1 + int(self.qualities[1:].argmax()) if len(self.points) == 1 and self.box is None else 0

    @cached_property
    def to_picture(self) -> np.ndarray:
        """(3, heads, tokens, g, g) ndarray: what every token looks at in the square, layer by layer."""
        weights = np.stack([trace.weights for trace in self.decoded.token_to_image])
        return weights.reshape(*weights.shape[:-1], *self._grid)

    @cached_property
    def from_picture(self) -> np.ndarray:
        """(2, heads, g, g, tokens) ndarray: what every patch looks at among the tokens, layer by layer."""
        weights = np.stack([trace.weights for trace in self.decoded.image_to_token])
        return weights.reshape(*weights.shape[:2], *self._grid, -1)

    @property
    def _grid(self) -> tuple[int, int]:
        return self.frame.size // PATCH, self.frame.size // PATCH

    def logits(self, mask: int, shape: tuple[int, int] | None = None) -> np.ndarray:
        """A mask's logits on the picture, enlarged as in Segment Anything.

        Parameters
        ----------
        mask : int
            0 to 3.
        shape : (rows, columns), optional
            Of the result; the picture's own where not given.

        Returns
        -------
        (rows, columns) float32 ndarray
            Above 0 in the mask.
        """
        height, width = self.frame.fitted
        large = resize(self.masks[mask], (self.frame.size, self.frame.size))[:height, :width]
        return resize(large, shape or self.frame.shape)
