"""Gather-excite without parameters: every channel is gated, place by place, by its own average around there."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images.maps import as_maps, pool_pixels, sigmoid


@dataclass(frozen=True, eq=False)
class GatherExciteTrace:
    """Every stage of `gather_excite`.

    X : (..., C, H, W)
    extent : as it was given
    gathered : (..., C, h, w), the averages; h and w are 1 where the extent is 0
    """

    X: np.ndarray
    extent: int
    gathered: np.ndarray

    @cached_property
    def gates(self) -> np.ndarray:
        """(..., C, H, W), in 0..1: each average's gate where it is the nearest; read-only where extent is 0"""
        gates = sigmoid(self.gathered)
        if self.extent == 0:
            return np.broadcast_to(gates, self.X.shape)
        return _spread(gates, self.X.shape[-2:])

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their gates"""
        return self.X * self.gates


def gather_excite(X: np.ndarray, extent: int = 0) -> GatherExciteTrace:
    """Average every channel over neighbourhoods, and gate it there by the sigmoid of that average.

    GE-theta-minus of Hu, Shen, Albanie, Sun and Vedaldi, "Gather-Excite" (NeurIPS 2018, arXiv 1810.12348),
    which has nothing to learn. Details are those of timm's GatherExcite without its layers: windows
    of side 2·extent - 1, centred on every extent-th pixel; at the border only pixels of the picture are
    averaged; the gates are spread over the picture by the nearest neighbour. As windows are counted from the top
    left, a turned picture gives turned gates only where its sizes make the windows symmetric.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    extent : int
        0: one average over all pixels. The paper also takes 2, 4 and 8.

    Raises
    ------
    ValueError
        When extent is negative.
    """
    X = as_maps(X)
    if extent < 0:
        raise ValueError(f"extent must not be negative, got {extent}")
    if extent == 0:
        return GatherExciteTrace(X, extent, pool_pixels(X, "avg")[..., None, None])
    rows = _window_sums(X, extent, axis=-2)  # (..., C, h, W)
    sums = _window_sums(rows, extent, axis=-1)  # (..., C, h, w)
    counts = [_window_sums(np.ones((1, n), X.dtype), extent, axis=-1)[0] for n in X.shape[-2:]]
    return GatherExciteTrace(X, extent, sums / np.outer(*counts))


def _window_sums(X: np.ndarray, extent: int, axis: int) -> np.ndarray:
    """Sums of the 2·extent - 1 numbers around every extent-th one, fewer at the ends; axis is -1 or -2."""

    def part(Y: np.ndarray, start: int, stop: int | None = None, step: int = 1) -> np.ndarray:
        return Y[(..., slice(start, stop, step), *[slice(None)] * (-1 - axis))]

    sums = part(X, 0, step=extent).copy()
    many = sums.shape[axis]
    for offset in range(1, extent):
        after = part(X, offset, step=extent)
        part(sums, 0, after.shape[axis])[...] += after
        before = part(X, extent - offset, step=extent)
        part(sums, 1)[...] += part(before, 0, many - 1)
    return sums


def _spread(small: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """The nearest of the small map's numbers for every pixel: (..., h, w) -> (..., H, W)."""
    for axis, (n, many) in enumerate(zip(small.shape[-2:], shape, strict=True), start=-2):
        small = np.take(small, np.arange(many) * n // many, axis=axis)
    return small
