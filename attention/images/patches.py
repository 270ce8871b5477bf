"""Pictures as rows of vectors: patches instead of words."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from attention.arrays import as_floats
from attention.errors import ShapeError
from attention.images.maps import as_maps
from attention.positions import sinusoidal_positions


@dataclass(frozen=True, eq=False)
class Patches:
    """What `picture_patches` returns; patches are counted row by row, patch = row · columns + column.

    vectors : (rows · columns, C) ndarray
        The mean of every channel over every patch.
    shape : (rows, columns)
    edges : ((rows + 1,) ndarray, (columns + 1,) ndarray)
        The pixel at which each row and each column of patches begins, and the picture's size at the end.
    """

    vectors: np.ndarray
    shape: tuple[int, int]
    edges: tuple[np.ndarray, np.ndarray]

    @property
    def boxes(self) -> np.ndarray:
        """(rows · columns, 4) ndarray of int: top, left, bottom, right of every patch, in pixels"""
        down, along = self.edges
        rows, columns = self.shape
        tops, bottoms = (np.repeat(ends, columns) for ends in (down[:-1], down[1:]))
        lefts, rights = (np.tile(ends, rows) for ends in (along[:-1], along[1:]))
        return np.stack([tops, lefts, bottoms, rights], axis=-1)


def picture_patches(maps: np.ndarray, across: int) -> Patches:
    """Cut feature maps into a grid of patches, and describe each patch by its mean in every channel.

    Parameters
    ----------
    maps : (C, H, W) ndarray
    across : int
        Patches along the picture's longer side; along the other as many as make them most nearly square. All are
        equally large as far as whole pixels allow, and no pixel is left out. There are never more patches along
        a side than pixels.

    Raises
    ------
    ShapeError
        When maps is not (C, H, W).
    ValueError
        When across is below 1.
    """
    maps = as_maps(maps)
    if maps.ndim != 3:
        raise ShapeError(f"maps must be (C, H, W), got {maps.shape}")
    if across < 1:
        raise ValueError(f"across must be at least 1, got {across}")
    C, *sides = maps.shape
    counts = [min(max(1, round(across * n / max(sides))), n) for n in sides]
    edges = tuple(np.arange(many + 1) * n // many for n, many in zip(sides, counts, strict=True))
    # Adding whole rows is fast as it is; what is left for a matrix product is small.
    rows = np.stack([maps[:, top:bottom].mean(axis=1) for top, bottom in pairwise(edges[0])], axis=1)  # (C, rows, W)
    means = rows @ _averages(edges[1], maps.dtype).T  # (C, rows, columns)
    return Patches(np.ascontiguousarray(means.reshape(C, -1).T), tuple(counts), edges)


def cell_patches(maps: np.ndarray, size: tuple[int, int]) -> Patches:
    """The cells of a network's feature maps as patches of the picture that they were computed from.

    Parameters
    ----------
    maps : (C, rows, columns) ndarray
    size : (height, width)
        Of the picture, in pixels. Where it has fewer of them than the maps have cells, cells in between are left out.

    Raises
    ------
    ShapeError
        When maps is not (C, rows, columns).
    """
    maps = as_maps(maps)
    if maps.ndim != 3:
        raise ShapeError(f"maps must be (C, rows, columns), got {maps.shape}")
    counts = [min(cells, pixels) for cells, pixels in zip(maps.shape[1:], size, strict=True)]
    rows, columns = (np.arange(many) * cells // many for many, cells in zip(counts, maps.shape[1:], strict=True))
    edges = tuple(np.arange(many + 1) * pixels // many for many, pixels in zip(counts, size, strict=True))
    vectors = maps[:, rows][:, :, columns].reshape(len(maps), -1).T
    return Patches(np.ascontiguousarray(vectors), tuple(counts), edges)


def patch_embed(X: np.ndarray, kernel: np.ndarray, bias: np.ndarray | None = None) -> np.ndarray:
    """Cut a picture into square patches and project each: the words of a vision transformer.

    ``z = E x_p + b``, equation 1 of Dosovitskiy et al., "An Image is Worth 16x16 Words" (ICLR 2021, arXiv
    2010.11929): a convolution whose stride is its side, as in timm's PatchEmbed. Class token and positions are
    not added.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    kernel : (D, C, p, p) ndarray
    bias : (D,) ndarray, optional

    Returns
    -------
    (..., H/p · W/p, D) ndarray
        Row by row.

    Raises
    ------
    ShapeError
        When H or W is not a multiple of p, or the kernel reads another number of channels.
    """
    X, kernel, bias = as_floats(X=as_maps(X), kernel=kernel, bias=bias)
    *leading, C, H, W = X.shape
    D, p = (len(kernel), kernel.shape[-1]) if kernel.ndim == 4 else (0, 0)
    if kernel.shape != (D, C, p, p) or 0 in kernel.shape or H % p or W % p:
        raise ShapeError(f"kernel must be (D, {C}, p, p) with p dividing H and W of X {X.shape}, got {kernel.shape}")
    if bias is not None and bias.shape != (D,):
        raise ShapeError(f"bias must be {(D,)} for a kernel of shape {kernel.shape}, got {bias.shape}")
    cut = X.reshape(*leading, C, H // p, p, W // p, p)
    order = [*range(len(leading)), *(len(leading) + axis for axis in (1, 3, 0, 2, 4))]
    patches = cut.transpose(order).reshape(*leading, -1, C * p * p)  # (..., n, C·p·p)
    embedded = patches @ kernel.reshape(D, -1).T
    return embedded if bias is None else embedded + bias


def grid_positions(rows: int, columns: int, d: int) -> np.ndarray:
    """A vector of sines and cosines for each place of a grid: half of it tells the row, half the column.

    The sinusoidal positions of `attention.sinusoidal_positions`, once for each direction, as in He et al.,
    "Masked Autoencoders" (CVPR 2022, arXiv 2111.06377), appendix A.1.

    Parameters
    ----------
    rows, columns : int
    d : int
        A multiple of 4.

    Returns
    -------
    (rows · columns, d) ndarray of float64
        Row by row.

    Raises
    ------
    ShapeError
        When d is not a multiple of 4.
    """
    if d % 4:
        raise ShapeError(f"d must be a multiple of 4, got {d}")
    down, along = (sinusoidal_positions(n, d // 2) for n in (rows, columns))
    return np.concatenate([np.repeat(down, columns, axis=0), np.tile(along, (rows, 1))], axis=1)


def _averages(edges: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """The matrix that averages the numbers between neighbouring edges: (many, n)."""
    begin, end = edges[:-1], edges[1:]
    place = np.arange(edges[-1])
    inside = (begin[:, None] <= place) & (place < end[:, None])
    return (inside / (end - begin)[:, None]).astype(dtype)
