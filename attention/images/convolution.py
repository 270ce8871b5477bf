"""The fast 2D convolution: several planes in, one plane out, as one matrix product a row."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from attention.errors import ShapeError
from attention.images.maps import as_maps

# Rows computed together: enough to make NumPy's overhead small, few enough to stay in the second-level cache.
STRIP = 16


def convolve(X: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over the planes and add up what lies under it, at every pixel.

    As everywhere in deep learning this is a cross-correlation (the kernel is not flipped), with stride 1 and
    zeros around the picture, so that the result has the picture's size: ``torch.nn.Conv2d`` with
    ``padding=k // 2`` and one output channel.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    kernel : (1, C, k, k) ndarray
        k odd. It is converted to the type of X.

    Returns
    -------
    (..., H, W) ndarray
        float32 for float32, else float64 (see `attention.images.maps.as_maps`).

    Raises
    ------
    ShapeError
        When the kernel is not square with an odd side, or reads another number of channels than X has.

    Notes
    -----
    The rows under the kernel are kept as (row, channel, column). The k rows and C channels that one output
    row depends on are then one contiguous (k·C, W + k - 1) matrix; one product with the (k, k·C) matrix of
    kernel columns gives k partial rows, and the output row is their sum, each shifted by one column more.
    """
    X, kernel = as_maps(X), np.asarray(kernel)
    C, H, W = X.shape[-3:]
    k = kernel.shape[-1] if kernel.ndim == 4 else 0
    if kernel.shape != (1, C, k, k) or k % 2 == 0:
        raise ShapeError(f"kernel must be (1, {C}, k, k) with odd k for X of shape {X.shape}, got {kernel.shape}")
    output = np.empty((*X.shape[:-3], H, W), X.dtype)
    columns = kernel[0].transpose(2, 1, 0).reshape(k, k * C).astype(X.dtype)  # (k, k·C)
    for planes, plane in zip(X.reshape(-1, C, H, W), output.reshape(-1, H, W), strict=True):
        _convolve_picture(planes, columns, plane)
    return output


def _convolve_picture(X: np.ndarray, columns: np.ndarray, output: np.ndarray) -> None:
    C, H, W = X.shape
    k, wide = len(columns), W + len(columns) - 1
    pad = k // 2
    strip = np.zeros((STRIP + k - 1, C, wide), X.dtype)
    # Windows of k rows that overlap in all but one: (STRIP, k·C, wide), without a copy.
    windows = as_strided(strip, (STRIP, k * C, wide), (strip.strides[0], strip.strides[1], strip.strides[2]))
    partial = np.empty((STRIP, k, wide), X.dtype)
    for top in range(0, H, STRIP):
        n = min(STRIP, H - top)
        first, last = max(top - pad, 0), min(top + n + pad, H)
        above = first - (top - pad)
        inside = slice(above, above + last - first)
        strip[: inside.start] = 0
        strip[inside.stop :] = 0
        for c in range(C):
            strip[inside, c, pad : pad + W] = X[c, first:last]
        np.matmul(columns, windows[:n], out=partial[:n])
        rows = output[top : top + n]
        rows[:] = partial[:n, 0, :W]
        for shift in range(1, k):
            rows += partial[:n, shift, shift : shift + W]
