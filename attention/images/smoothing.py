"""Gaussian smoothing of one plane, at a fixed fine scale and at any coarse one, both separable."""

import numpy as np

# Binomial weights, the discrete Gaussian with a standard deviation of one pixel.
BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


def smooth_fine(plane: np.ndarray) -> np.ndarray:
    """Smooth by a Gaussian of one pixel, repeating the border: (H, W) -> (H, W), in the type of `plane`."""
    H, W = plane.shape
    padded = np.pad(plane, 2, mode="edge")
    rows = sum(weight * padded[i : i + H] for i, weight in enumerate(BINOMIAL))
    return sum(weight * rows[:, i : i + W] for i, weight in enumerate(BINOMIAL))


def smooth_coarse(plane: np.ndarray, sigma: float) -> np.ndarray:
    """Smooth by a wide Gaussian: (H, W) -> (H, W), in the type of `plane`.

    A plane this smooth is known from one sample every `sigma` pixels, so the Gaussian averages are taken only
    there and interpolated linearly between: four thin matrix products, whatever the size of the picture.

    Parameters
    ----------
    plane : (H, W) ndarray
    sigma : float
        Standard deviation in pixels; below 1 it counts as 1. At the border the Gaussian is cut off and
        renormalised.
    """
    average_y, between_y = _sampling(plane.shape[0], sigma, plane.dtype)
    average_x, between_x = _sampling(plane.shape[1], sigma, plane.dtype)
    samples = average_y @ plane @ average_x.T  # (h, w)
    return between_y @ (samples @ between_x.T)


def _sampling(n: int, sigma: float, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray]:
    """Gaussian averages at m sample points, (m, n), and linear interpolation back to n places, (n, m)."""
    sigma = max(sigma, 1.0)
    m = max(2, int(np.ceil(n / sigma)) + 1)
    at = np.linspace(0, n - 1, m)
    place = np.arange(n)
    average = np.exp(-np.square((at[:, None] - place) / sigma) / 2)
    average /= average.sum(axis=1, keepdims=True)
    between = np.maximum(1 - np.abs(place[:, None] - at) * ((m - 1) / max(n - 1, 1)), 0)
    between /= between.sum(axis=1, keepdims=True)
    return average.astype(dtype), between.astype(dtype)
