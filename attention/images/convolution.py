"""The fast 2D convolution, as one matrix product a row; 1x1 convolution; batch normalisation folded into weights."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from attention.errors import ShapeError
from attention.images.maps import as_maps

# Rows computed together: enough to make NumPy's overhead small, few enough to stay in the second-level cache.
STRIP = 16


def convolve(X: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """`convolve_many` with one output plane, whose axis is left out.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    kernel : (1, C, k, k) ndarray

    Returns
    -------
    (..., H, W) ndarray

    Raises
    ------
    ShapeError
        As `convolve_many`, and when the kernel has more than one output.
    """
    X, kernel = as_maps(X), np.asarray(kernel)
    if kernel.shape[:1] != (1,):
        raise ShapeError(f"kernel must be (1, {X.shape[-3]}, k, k) for X of shape {X.shape}, got {kernel.shape}")
    return convolve_many(X, kernel)[..., 0, :, :]


def convolve_many(
    X: np.ndarray, kernel: np.ndarray, bias: np.ndarray | None = None, *, dilation: int = 1
) -> np.ndarray:
    """Slide kernels over the planes and add up what lies under them, at every pixel.

    As everywhere in deep learning this is a cross-correlation (the kernel is not flipped), with stride 1 and
    zeros around the picture, so that the result has the picture's size: ``torch.nn.Conv2d`` with
    ``padding=dilation * (k // 2)``.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    kernel : (O, C, k, k) ndarray
        k odd. It is converted to the type of X.
    bias : (O,) ndarray, optional
    dilation : int
        The step, in pixels, between the places that neighbouring numbers of the kernel read.

    Returns
    -------
    (..., O, H, W) ndarray
        float32 for float32, else float64 (see `attention.images.maps.as_maps`).

    Raises
    ------
    ShapeError
        When the kernel is not square with an odd side, or reads another number of channels than X has, or the
        bias is not one number an output.
    ValueError
        When dilation is below 1.

    Notes
    -----
    The rows under the kernel are kept as (row, channel, column). The k rows and C channels that one output
    row depends on are then one contiguous (k·C, W + k - 1) matrix; one product with the (k·O, k·C) matrix of
    kernel columns gives k partial rows an output, and the output row is their sum, each shifted by one column
    more. With dilation d, every d-th row is a picture of its own, and the shifts are by d columns.
    """
    X, kernel = as_maps(X), np.asarray(kernel)
    C, H, W = X.shape[-3:]
    outputs, k = (len(kernel), kernel.shape[-1]) if kernel.ndim == 4 else (0, 0)
    if outputs == 0 or kernel.shape != (outputs, C, k, k) or k % 2 == 0:
        raise ShapeError(f"kernel must be (O, {C}, k, k) with odd k for X of shape {X.shape}, got {kernel.shape}")
    if bias is not None and np.shape(bias) != (outputs,):
        raise ShapeError(f"bias must be {(outputs,)} for a kernel of shape {kernel.shape}, got {np.shape(bias)}")
    if dilation < 1:
        raise ValueError(f"dilation must be at least 1, got {dilation}")
    output = np.empty((*X.shape[:-3], outputs, H, W), X.dtype)
    columns = kernel.transpose(3, 0, 2, 1).reshape(k * outputs, k * C).astype(X.dtype)  # (k·O, k·C)
    for planes, sums in zip(X.reshape(-1, C, H, W), output.reshape(-1, outputs, H, W), strict=True):
        for first in range(min(dilation, H)):
            _convolve_picture(planes[:, first::dilation], columns, k, dilation, sums[:, first::dilation])
    if bias is not None:
        output += np.asarray(bias, X.dtype)[:, None, None]
    return output


def mix_channels(X: np.ndarray, W: np.ndarray, b: np.ndarray | None = None) -> np.ndarray:
    """The 1x1 convolution: every pixel's C numbers become O sums of them.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    W : (O, C) ndarray
    b : (O,) ndarray, optional

    Returns
    -------
    (..., O, H, W) ndarray
    """
    *leading, C, height, width = X.shape
    mixed = W.astype(X.dtype, copy=False) @ X.reshape(*leading, C, height * width)  # (..., O, H·W)
    if b is not None:
        mixed += b.astype(X.dtype, copy=False)[:, None]
    return mixed.reshape(*leading, len(W), height, width)


def fold_batch_norm(
    W: np.ndarray,
    b: np.ndarray | None,
    *,
    weight: np.ndarray,
    bias: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray]:
    """A linear layer or convolution and the batch normalisation after it, as one layer (at inference).

    Parameters
    ----------
    W : (O, ...) ndarray
    b : (O,) ndarray or None
    weight, bias, running_mean, running_var : (O,) ndarray
        What a trained normalisation layer stores.

    Returns
    -------
    W : (O, ...) ndarray
    b : (O,) ndarray
    """
    scale = weight / np.sqrt(running_var + eps)
    shift = -running_mean if b is None else b - running_mean
    return W * scale.reshape(-1, *(1,) * (W.ndim - 1)), shift * scale + bias


def _convolve_picture(X: np.ndarray, columns: np.ndarray, k: int, dilation: int, output: np.ndarray) -> None:
    C, H, W = X.shape
    outputs = len(output)
    pad, margin = k // 2, k // 2 * dilation
    wide = W + 2 * margin
    strip = np.zeros((STRIP + k - 1, C, wide), X.dtype)
    # Windows of k rows that overlap in all but one: (STRIP, k·C, wide), without a copy.
    windows = as_strided(strip, (STRIP, k * C, wide), (strip.strides[0], strip.strides[1], strip.strides[2]))
    partial = np.empty((STRIP, k * outputs, wide), X.dtype)
    for top in range(0, H, STRIP):
        n = min(STRIP, H - top)
        first, last = max(top - pad, 0), min(top + n + pad, H)
        above = first - (top - pad)
        inside = slice(above, above + last - first)
        strip[: inside.start] = 0
        strip[inside.stop :] = 0
        for c in range(C):
            strip[inside, c, margin : margin + W] = X[c, first:last]
        np.matmul(columns, windows[:n], out=partial[:n])
        for o in range(outputs):
            rows = output[o, top : top + n]
            rows[:] = partial[:n, o, :W]
            for shift in range(1, k):
                rows += partial[:n, shift * outputs + o, shift * dilation : shift * dilation + W]
