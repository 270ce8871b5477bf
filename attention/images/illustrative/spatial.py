"""A hand-chosen kernel for the spatial mask: how strongly do the channels respond here, and more than around?"""

import numpy as np

from attention.images.cbam import ORIGINAL, SpatialWeights

# The thresholds at which the mask lies on what a sample picture shows: on channels weighted by their gates, as in
# CBAM, and on raw ones, whose numbers are higher since nothing has been shut out yet.
GATED_THRESHOLD = 1.05
RAW_THRESHOLD = 1.75


def illustrative_spatial_weights(
    *,
    kernel_size: int = 7,
    max_weight: float = 0.5,
    mean_weight: float = 5.0,
    surround: float = 1.0,
    sharpness: float = 12.0,
    threshold: float = GATED_THRESHOLD,
) -> SpatialWeights:
    """A kernel that asks of every place: do the open channels respond here, and more than just around it?

    Each pooled plane is read by ``(1 + surround)·centre - surround·wide``, two Gaussians that sum to 1: an
    even area keeps its value whatever `surround` is, and what differs from its surroundings gains.

    Parameters
    ----------
    kernel_size : int
        k, odd, at least 3.
    max_weight, mean_weight : float
        How much the maximum and the mean over the channels count.
    surround : float
        How strongly the surroundings are held against the centre; 0 only smooths.
    sharpness : float
        How steeply the mask goes from 0 to 1.
    threshold : float
        The weighted response at which the mask is 1/2: `GATED_THRESHOLD` after channel gates, `RAW_THRESHOLD`
        for the spatial half alone.

    Returns
    -------
    SpatialWeights
        For `spatial_attention` with ``pools=ORIGINAL``: kernel (1, 2, k, k).

    Raises
    ------
    ValueError
        When kernel_size is even or below 3.
    """
    if kernel_size < 3 or kernel_size % 2 == 0:
        raise ValueError(f"kernel_size must be odd and at least 3, got {kernel_size}")
    centre, wide = _gaussian(kernel_size, kernel_size / 7), _gaussian(kernel_size, kernel_size / 3)
    profile = (1 + surround) * centre - surround * wide
    weights = {"max": max_weight, "mean": mean_weight}
    kernel = sharpness * np.stack([weights[pool] * profile for pool in ORIGINAL])[None]  # (1, 2, k, k)
    return SpatialWeights(kernel.astype(np.float32), bias=-sharpness * threshold)


def _gaussian(k: int, sigma: float) -> np.ndarray:
    along = np.exp(-np.square(np.arange(k) - k // 2) / (2 * sigma**2))
    return np.outer(along, along) / along.sum() ** 2
