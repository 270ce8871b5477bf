"""The layers of the picture networks: convolutions, resizing, activations. Feature maps are float32 (C, H, W)."""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from attention.errors import ShapeError

Padding = int | tuple[int, int, int, int]  # zeros around a map: the same everywhere, or top, bottom, left, right

_CHUNK = 1 << 17  # numbers that a depthwise convolution multiplies at once, so that they stay in the cache


def convolve(X, W, bias=None, *, stride=1, padding=0):
    """Slide kernels over all maps together and add up what lies under them: ``torch.nn.functional.conv2d``.

    Parameters
    ----------
    X : (C, H, W) ndarray
    W : (O, C, k, k) ndarray
    bias : (O,) ndarray, optional
    stride : int
    padding : int or (top, bottom, left, right)
        Zeros put around every map.

    Returns
    -------
    (O, h, w) ndarray
        h = (H + top + bottom - k) // stride + 1, and w likewise.

    Raises
    ------
    ShapeError
        When the kernels are for another number of maps, or larger than the padded maps.
    """
    n_out, C, k, _ = W.shape
    if len(X) != C:
        raise ShapeError(f"kernels of shape {W.shape} need {C} maps, got X of shape {X.shape}")
    if k > 1:
        X = _pad(X, padding)
    h, w = _size_after(X, k, stride)
    if k == 1:
        columns = X[:, ::stride, ::stride]
    else:
        plane, row, pixel = X.strides
        steps = (plane, row, pixel, stride * row, stride * pixel)
        columns = as_strided(X, (C, k, k, h, w), steps, writeable=False)
    Y = W.reshape(n_out, -1) @ columns.reshape(-1, h * w)
    if bias is not None:
        Y += bias[:, None]
    return Y.reshape(n_out, h, w)


def depthwise(X, W, bias=None, *, stride=1, padding=0):
    """Slide a kernel of its own over every map: ``torch.nn.functional.conv2d`` with as many groups as maps.

    Parameters
    ----------
    X : (C, H, W) ndarray
    W : (C, k, k) ndarray
    bias : (C,) ndarray, optional
    stride : int
    padding : int or (top, bottom, left, right)
        Zeros put around every map.

    Returns
    -------
    (C, h, w) ndarray
        h = (H + top + bottom - k) // stride + 1, and w likewise.

    Raises
    ------
    ShapeError
        When there is not one kernel a map, or the kernels are larger than the padded maps.
    """
    C, k, _ = W.shape
    if len(X) != C:
        raise ShapeError(f"kernels of shape {W.shape} need {C} maps, got X of shape {X.shape}")
    X = _pad(X, padding)
    h, w = _size_after(X, k, stride)
    X = _pad(X, (0, -X.shape[1] % stride, 0, -X.shape[2] % stride))
    rows, columns = X.shape[1] // stride, X.shape[2] // stride
    # Every stride-th pixel of every stride-th row, for each of the stride² places to begin, as maps of their own, their
    # rows laid end to end. What lies under a tap of the kernel is then such a map, shifted. All taps of a row of the
    # kernel are one small matrix product, and so are those of all rows; the products of each row, shifted by whole rows
    # of the map, add up to the result. It has a few columns too many, where one row runs into the next.
    begun = X.reshape(C, rows, stride, columns, stride).transpose(2, 4, 0, 1, 3)
    phases = begun.reshape(stride, stride, C, rows * columns)
    n = (h - 1) * columns + w  # from the first pixel of the result to the last
    Y = np.empty((C, h * columns), X.dtype)
    reach = n + (k - 1) // stride * columns
    chunk = min(C, max(1, _CHUNK // (k * reach)))
    under, products = np.empty((2, chunk * k * reach), X.dtype)
    for start in range(0, C, chunk):
        here = slice(start, min(start + chunk, C))
        size = here.stop - start
        total = Y[here, :n]
        total[...] = 0 if bias is None else bias[here, None]
        for first in range(min(stride, k)):  # kernel rows that read the same maps
            kernel = W[here, first::stride]  # (size, r, k)
            r = kernel.shape[1]
            length = n + (r - 1) * columns
            taps = under[: size * k * length].reshape(size, k, length)
            for j in range(k):
                shift = j // stride
                taps[:, j] = phases[first, j % stride, here, shift : shift + length]
            found = np.matmul(kernel, taps, out=products[: size * r * length].reshape(size, r, length))
            for row in range(r):
                total += found[:, row, row * columns : row * columns + n]
    return np.ascontiguousarray(Y.reshape(C, h, columns)[:, :, :w])


def transposed(X, W, bias=None):
    """Every pixel becomes 2 x 2: ``torch.nn.functional.conv_transpose2d`` with kernels of 2 and stride 2.

    Parameters
    ----------
    X : (C, H, W) ndarray
    W : (C, O, 2, 2) ndarray
    bias : (O,) ndarray, optional

    Returns
    -------
    (O, 2 H, 2 W) ndarray

    Raises
    ------
    ShapeError
        When the kernels are for another number of maps, or not 2 x 2.
    """
    C, height, width = X.shape
    n_out = W.shape[1]
    if W.shape != (C, n_out, 2, 2):
        raise ShapeError(f"kernels must be ({C}, O, 2, 2) for X of shape {X.shape}, got {W.shape}")
    Y = (W.reshape(C, -1).T @ X.reshape(C, -1)).reshape(n_out, 2, 2, height, width)
    Y = Y.transpose(0, 3, 1, 4, 2).reshape(n_out, 2 * height, 2 * width)
    if bias is not None:
        Y += bias[:, None, None]
    return Y


def _pad(X, padding):
    """Maps with zeros around them: X : (C, H, W), padding : `Padding` -> (C, H + top + bottom, W + left + right)."""
    top, bottom, left, right = (padding,) * 4 if isinstance(padding, int) else padding
    if not (top or bottom or left or right):
        return X
    C, height, width = X.shape
    padded = np.zeros((C, top + height + bottom, left + width + right), X.dtype)
    padded[:, top : top + height, left : left + width] = X
    return padded


def resize(X, size):
    """Bilinear resizing, by the two nearest pixels in each direction.

    Pixel i of n reads the place (i + 0.5) N / n - 0.5 of N, as ``torch.nn.functional.interpolate`` does with
    ``mode="bilinear"`` and ``align_corners=False``.

    Parameters
    ----------
    X : (..., H, W) ndarray
    size : (height, width)

    Returns
    -------
    (..., height, width) ndarray
    """
    for axis, n in ((-2, size[0]), (-1, size[1])):
        if n != X.shape[axis]:
            X = _resize_axis(X, axis, n)
    return X


def _resize_axis(X, axis, n):
    N = X.shape[axis]
    place = np.clip((np.arange(n) + 0.5) * (N / n) - 0.5, 0, N - 1)
    low = place.astype(int)
    high = np.minimum(low + 1, N - 1)
    share = (place - low).astype(X.dtype)
    if axis == -2:
        share = share[:, None]
    near = np.take(X, low, axis=axis)
    Y = np.take(X, high, axis=axis)
    Y -= near
    Y *= share
    Y += near
    return Y


def relu(X, out=None):
    """max(X, 0). X : (...) ndarray; `out` may be X itself."""
    return np.maximum(X, 0, out=out)


def hard_sigmoid(X, out=None):
    """clip(X + 3, 0, 6) / 6, of Howard et al., "Searching for MobileNetV3" (ICCV 2019). `out` may be X itself."""
    out = np.add(X, 3, out=out)
    np.clip(out, 0, 6, out=out)
    out *= 1 / 6
    return out


def hard_swish(X, out=None):
    """X · hard_sigmoid(X), of the same paper, section 5.2. X : (...) ndarray; `out` may be X itself."""
    return np.multiply(X, hard_sigmoid(X), out=out)


def fit_picture(rgb, size):
    """A picture as a network reads it: resized to `size` whatever its shape, numbers from 0 to 1, colours first.

    Every pixel is the mean of what it covers in the picture, weighted by a triangle as wide as two of them: bilinear
    resizing, without the jagged edges that reading only the two nearest pixels leaves when a picture shrinks.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    size : (height, width)

    Returns
    -------
    (3, height, width) float32 ndarray, in 0..1

    Raises
    ------
    ShapeError
        When `rgb` is not a picture of three colours, or empty.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or 0 in rgb.shape:
        raise ShapeError(f"a picture must be (H, W, 3) and not empty, got {rgb.shape}")
    (H, W, _), (height, width) = rgb.shape, size
    rows = _fit_rows(rgb.reshape(H, -1), height)
    turned = rows.reshape(height, W, 3).transpose(1, 2, 0).reshape(W, -1)  # a column with its colours is a row now
    columns = _fit_rows(turned, width).reshape(width, 3, height)
    return np.multiply(columns.transpose(1, 2, 0), np.float32(1 / 255), order="C")


def _fit_rows(X, n):
    """(N, a) -> (n, a) float32, each row of the result a weighted mean of the rows it covers."""
    N = len(X)
    if n == N:
        return X.astype(np.float32, copy=False)
    scale = N / n
    reach = max(scale, 1.0)  # half the triangle's width
    centres = (np.arange(n) + 0.5) * scale
    first = np.ceil(centres - reach - 0.5).astype(int)
    read = first[:, None] + np.arange(math.ceil(2 * reach) + 1)  # (n, rows that may be covered)
    weights = 1 - np.abs(read + 0.5 - centres[:, None]) / reach
    weights[(weights < 0) | (read < 0) | (read >= N)] = 0
    weights = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    fitted = np.empty((n, X.shape[1]), np.float32)
    starts, ends = np.maximum(first, 0).tolist(), np.minimum(read[:, -1] + 1, N).tolist()
    for row, (start, end, left) in enumerate(zip(starts, ends, first.tolist(), strict=True)):
        under = X[start:end].astype(np.float32, copy=False)
        np.matmul(weights[row, start - left : end - left], under, out=fitted[row])
    return fitted


def _size_after(X, k, stride):
    """Height and width of what kernels of side k make of padded maps; ShapeError when they do not fit."""
    h, w = ((side - k) // stride + 1 for side in X.shape[1:])
    if h < 1 or w < 1:
        raise ShapeError(f"kernels of side {k} do not fit into maps of shape {X.shape}")
    return h, w
