"""The picture as it comes back from its gated channels: what a next layer would see, drawn.

This is ours and part of no paper. A gate is a number a channel, which nobody can see; so the colours are read back from
the channels by the simplest layer there is, and that layer gets the channels times their gates. Ridge regression
(Hoerl and Kennard, Technometrics 1970) keeps its weights small, so that many channels carry every colour together
instead of three alone.
"""

from dataclasses import dataclass

import numpy as np

from attention.errors import ShapeError
from attention.images.maps import as_maps

RIDGE = 0.3  # of a channel's mean variance: equal gates then give the shipped pictures back within 4 levels of 255


@dataclass(frozen=True, eq=False)
class Decoder:
    """A linear layer from channels to colours, with every colour from 0 to 1.

    D : (3, C) ndarray
    b : (3,) ndarray
    """

    D: np.ndarray
    b: np.ndarray


@dataclass(frozen=True, eq=False)
class Rebuilt:
    """What `rebuild` makes of gated channels.

    rgb : (H, W, 3) uint8, the picture that they give back
    share : (H, W), in 0..1, how much of the channels' strength the gates let through at each pixel
    """

    rgb: np.ndarray
    share: np.ndarray


def fit_decoder(X: np.ndarray, rgb: np.ndarray, *, ridge: float = RIDGE) -> Decoder:
    """The layer that gives a picture back from its own ungated channels, as well as small weights can.

    It minimises, over all pixels, ``mean |D·x + b - rgb|² + ridge · v · |D|²``, with v the mean variance of a channel.

    Parameters
    ----------
    X : (C, H, W) ndarray
    rgb : (H, W, 3) uint8 ndarray
    ridge : float
        Positive; the larger, the more channels share what a colour is read from.

    Raises
    ------
    ShapeError
        When X and rgb are not of one size.
    """
    X = as_maps(X)
    if X.ndim != 3 or rgb.shape != (*X.shape[1:], 3):
        raise ShapeError(f"rgb must be (H, W, 3) for X (C, H, W), got {rgb.shape} for {X.shape}")
    x = X.reshape(len(X), -1)  # (C, n)
    x_mean = x.mean(axis=1, keepdims=True)
    x = x - x_mean
    y = rgb.reshape(-1, 3).astype(x.dtype) / 255  # (n, 3)
    y_mean = y.mean(axis=0)
    n = x.shape[1]
    covariance = (x @ x.T).astype(np.float64) / n  # (C, C)
    with_colours = (x @ (y - y_mean)).astype(np.float64) / n  # (C, 3)
    variance = max(np.trace(covariance) / len(X), np.finfo(np.float32).eps)  # a constant picture has none
    D = np.linalg.solve(covariance + ridge * variance * np.eye(len(X)), with_colours).T.astype(x.dtype)  # (3, C)
    return Decoder(D, y_mean - D @ x_mean[:, 0])


def rebuild(X: np.ndarray, gates: np.ndarray, decoder: Decoder) -> Rebuilt:
    """The picture that gated channels give back: ``D · (gates / mean(gates) · x) + b``.

    Divided by their mean, gates that are all equal change nothing, as a next layer would be used to their size; what
    counts is which channels get more than others. Gates that are all 0 leave ``b`` alone.

    Parameters
    ----------
    X : (C, H, W) ndarray
        Not negative, as maps after a ReLU are.
    gates : (C,) or (C, H, W) ndarray
        One a channel, or one a place of each channel; from 0 to 1.
    decoder : Decoder

    Raises
    ------
    ShapeError
        When there are not as many gates as channels, or the decoder is for another number.
    """
    X = as_maps(X)
    gates = np.asarray(gates, X.dtype)
    C, H, W = X.shape
    if gates.shape not in ((C,), X.shape) or decoder.D.shape != (3, C):
        raise ShapeError(f"gates and D must fit X of shape {X.shape}, got {gates.shape} and {decoder.D.shape}")
    mean = float(gates.mean())
    to_mean = 1 / mean if mean > 0 else 0.0
    x = X.reshape(C, -1)
    total = np.ones(C, X.dtype) @ x  # (H·W,)
    if gates.ndim == 1:
        layer = np.vstack([decoder.D * (gates * to_mean), gates])  # (4, C): colours, and the strength that is left
        *colours, left = layer.astype(X.dtype, copy=False) @ x
    else:
        layer = np.vstack([decoder.D * to_mean, np.ones(C)])
        *colours, left = layer.astype(X.dtype, copy=False) @ (X * gates).reshape(C, -1)
    rgb = np.stack(colours, axis=-1)  # (H·W, 3)
    rgb += decoder.b
    np.clip(rgb, 0, 1, out=rgb)
    rgb *= 255
    share = np.divide(left, total, out=np.zeros_like(total), where=total > 0)
    return Rebuilt(np.rint(rgb, out=rgb).astype(np.uint8).reshape(H, W, 3), share.reshape(H, W))


def levels_apart(rebuilt: np.ndarray, rgb: np.ndarray) -> float:
    """How far two pictures (H, W, 3) uint8 are from each other on average, in levels of 255."""
    return float(np.abs(np.subtract(rebuilt, rgb, dtype=np.int16)).mean())
