"""What all mechanisms over feature maps share: the check at the border, pools over pixels and channels."""

from collections.abc import Callable

import numpy as np

from attention.arrays import as_floats
from attention.errors import ShapeError


def as_maps(X: np.ndarray) -> np.ndarray:
    """Feature maps in the type they are computed in.

    Parameters
    ----------
    X : (..., C, H, W) ndarray

    Returns
    -------
    (..., C, H, W) ndarray
        float32 and float64 as they are, float16 as float32, anything else as float64.

    Raises
    ------
    ShapeError
        When X has fewer than three axes or an empty one.
    TypeError
        When X does not hold real numbers.
    """
    (X,) = as_floats(X=X)
    if X.ndim < 3 or 0 in X.shape:
        raise ShapeError(f"feature maps must be (..., C, H, W) and not empty, got {X.shape}")
    return X


def pool_pixels(X: np.ndarray, pool: str) -> np.ndarray:
    """One number a channel: what squeezing all pixels leaves.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    pool : {"avg", "max", "lp", "lse", "midpoint"}
        Mean; maximum; square root of the sum of squares; logarithm of the sum of exponentials (these four are
        the pool types of the original CBAM code, ``MODELS/cbam.py`` of Jongchan/attention-module); and the
        mean of mean and maximum (timm's LightChannelAttn).

    Returns
    -------
    (..., C) ndarray
    """
    pixels = X.reshape(*X.shape[:-2], -1)  # (..., C, H·W)
    if pool == "avg":
        return sum_rows(X).sum(axis=-1) / pixels.shape[-1]
    if pool == "max":
        return pixels.max(axis=-1)
    if pool == "lp":
        return np.sqrt(np.square(pixels).sum(axis=-1))
    if pool == "lse":
        highest = pixels.max(axis=-1, keepdims=True)
        return highest[..., 0] + np.log(np.exp(pixels - highest).sum(axis=-1))
    if pool == "midpoint":
        return (pool_pixels(X, "avg") + pixels.max(axis=-1)) / 2
    raise ValueError(f"pool must be one of avg, max, lp, lse, midpoint, got {pool!r}")


def sum_rows(X: np.ndarray) -> np.ndarray:
    """The sum of every row of every plane: (..., C, H, W) -> (..., C, H).

    NumPy has no faster sum than einsum's, which is exact enough for the length of a row that lies in one piece.
    """
    return np.einsum("...w->...", np.ascontiguousarray(X))


def pool_channels(X: np.ndarray, pool: str) -> np.ndarray:
    """One number a pixel: what squeezing all channels leaves.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    pool : {"max", "mean", "midpoint"}
        Maximum; mean; and the mean of the two (timm's LightSpatialAttn).

    Returns
    -------
    (..., H, W) ndarray
    """
    if pool == "midpoint":
        return (pool_channels(X, "max") + pool_channels(X, "mean")) / 2
    if pool not in ("max", "mean"):
        raise ValueError(f"pool must be one of max, mean, midpoint, got {pool!r}")
    combine = np.maximum if pool == "max" else np.add
    # Plane by plane: a reduction over the channel axis at once is many times slower on large pictures.
    pooled = X[..., 0, :, :].copy()
    for c in range(1, X.shape[-3]):
        combine(pooled, X[..., c, :, :], out=pooled)
    if pool == "mean":
        pooled /= X.shape[-3]
    return pooled


def gate(X: np.ndarray, gates: np.ndarray) -> np.ndarray:
    """Every channel times its gate: X : (..., C, H, W), gates : (..., C) -> (..., C, H, W)."""
    return X * gates[..., None, None]


def linear(x: np.ndarray, W: np.ndarray, b: np.ndarray | None = None) -> np.ndarray:
    """W·x + b for the vector at the end of every row: x (..., d_in), W (d_out, d_in) -> (..., d_out)."""
    y = x @ W.T.astype(x.dtype, copy=False)
    return y if b is None else y + b.astype(x.dtype, copy=False)


def sigmoid(z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """1 / (1 + exp(-z)), element by element, without overflow for large z: (1 + tanh(z / 2)) / 2.

    Written to `out` where it is given, which may be z.
    """
    s = np.multiply(z, 0.5, out=out)
    s = np.tanh(s, out=out)
    s = np.add(s, 1, out=out)
    return np.multiply(s, 0.5, out=out)


def by_planes(fill: Callable[..., None], X: np.ndarray, *others: np.ndarray) -> np.ndarray:
    """Maps of the shape of X, made one plane after the other: each step finds in the cache what the last one left.

    Parameters
    ----------
    fill : callable (plane, *others of the plane, out) -> None
        Writes the (H, W) numbers of one plane to `out`.
    X : (..., C, H, W) ndarray
    *others : (..., C, ...) ndarray
        What else belongs to each plane.

    Returns
    -------
    (..., C, H, W) ndarray
    """
    made = np.empty(X.shape, X.dtype)
    for place in np.ndindex(X.shape[:-2]):
        fill(X[place], *(other[place] for other in others), made[place])
    return made


def check_weights(weights: object, X: np.ndarray, **shapes: tuple[int, ...]) -> None:
    """Raise ShapeError unless each named weight has the shape it needs for X; None has any.

    weights : a dataclass of arrays
    X : (..., C, H, W) ndarray
    shapes : the shape needed, by the name of the weight
    """
    for name, shape in shapes.items():
        weight = getattr(weights, name)
        if weight is not None and np.shape(weight) != shape:
            raise ShapeError(f"{name} must be {shape} for X of shape {X.shape}, got {np.shape(weight)}")
