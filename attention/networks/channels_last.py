"""Convolutions of maps whose channels are the last axis, (H, W, C): what attention calls rows of vectors."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

_STRIP = 1 << 17  # numbers of a map that are worked on at a time, so that they stay in the cache


def convolve(X, W, bias=None, *, stride=1):
    """Slide kernels of 3 x 3 over all channels together, with zeros around the map.

    Parameters
    ----------
    X : (H, W, C) ndarray
    W : (9 C, O) ndarray
        Row by row of the kernel, the channels of a place together.
    bias : (O,) ndarray, optional
    stride : int

    Returns
    -------
    (⌈H / stride⌉, ⌈W / stride⌉, O) ndarray
    """
    places = sliding_window_view(_padded(X), (3, 3), axis=(0, 1))[::stride, ::stride]  # (h, w, C, 3, 3)
    places = places.transpose(0, 1, 3, 4, 2)
    Y = np.empty((*places.shape[:2], W.shape[1]), X.dtype)
    strip = max(1, _STRIP // (places.shape[1] * len(W)))
    for top in range(0, len(Y), strip):
        part = places[top : top + strip]
        np.matmul(part.reshape(-1, len(W)), W, out=Y[top : top + strip].reshape(-1, W.shape[1]))
    if bias is not None:
        Y += bias
    return Y


def depthwise(X, W, bias, *, stride=1):
    """Slide a kernel of 3 x 3 of its own over every channel, with zeros around the map.

    Parameters
    ----------
    X : (H, W, C) ndarray
    W : (9, C) ndarray
        Row by row of the kernel.
    bias : (C,) ndarray
    stride : int

    Returns
    -------
    (⌈H / stride⌉, ⌈W / stride⌉, C) ndarray
    """
    X = _padded(X)
    h, w = ((side - 3) // stride + 1 for side in X.shape[:2])
    C = X.shape[2]
    Y = np.empty((h, w, C), X.dtype)
    strip = min(h, max(1, _STRIP // (w * C)))
    product = np.empty((strip, w, C), X.dtype)
    for top in range(0, h, strip):
        total = Y[top : top + strip]
        term = product[: len(total)]
        total[...] = bias
        for i in range(3):
            rows = X[stride * top + i :: stride][: len(total)]
            for j in range(3):
                np.multiply(rows[:, j::stride][:, :w], W[3 * i + j], out=term)
                total += term
    return Y


def _padded(X):
    height, width, C = X.shape
    padded = np.zeros((height + 2, width + 2, C), X.dtype)
    padded[1:-1, 1:-1] = X
    return padded
