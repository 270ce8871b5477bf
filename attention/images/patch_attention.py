"""Patches of a picture that ask each other as words do, with nothing trained: the engine's `attend` on named channels.

Q and K are the patches' own vectors, as if W_Q and W_K were identities. V is what comes back: the patches' pixels (the
picture redrawn from mixtures), or the channels' strengths at all patches (the channel version).
"""

import numpy as np

from attention.arrays import as_floats
from attention.dot_product import attend
from attention.errors import ShapeError
from attention.hard import hard_attention
from attention.images.patches import Patches
from attention.trace import AttentionTrace


def standardise(vectors: np.ndarray, *, equal_lengths: bool = True) -> np.ndarray:
    """Every channel with mean 0 and variance 1 over the patches, so that no channel speaks louder than another.

    Parameters
    ----------
    vectors : (n, d) ndarray
    equal_lengths : bool
        Then every vector gets the length √d, as RMSNorm does: q · k compares directions only, and a patch that is
        extreme in everything does not draw all attention to itself.

    Returns
    -------
    (n, d) ndarray
        A channel that is the same everywhere becomes 0, and so does the vector of a patch that is average in all.

    References
    ----------
    Zhang and Sennrich, 2019, "Root Mean Square Layer Normalization" (arXiv:1910.07467), equation 4; for queries and
    keys of patches: Dehghani et al., 2023, "Scaling Vision Transformers to 22 Billion Parameters"
    (arXiv:2302.05442), section 2 (there with learned gains).
    """
    (vectors,) = as_floats(vectors=vectors)
    if vectors.ndim != 2:
        raise ShapeError(f"vectors must be (n, d), got {vectors.shape}")
    spread = vectors.std(axis=0)
    # What rounding leaves of a constant channel is no difference.
    centred = np.where(spread > 1e-6, vectors - vectors.mean(axis=0), 0)
    standard = centred / np.where(spread > 1e-6, spread, 1)
    if not equal_lengths:
        return standard
    lengths = np.sqrt(np.square(standard).mean(axis=1, keepdims=True))
    return standard / np.where(lengths > 1e-6, lengths, 1)


def with_positions(vectors: np.ndarray, positions: np.ndarray, strength: float) -> np.ndarray:
    """Vectors that also say where: (n, d) and (n, p) -> (n, d + p), the positions times `strength`."""
    return np.concatenate([vectors, np.asarray(strength * positions, vectors.dtype)], axis=1)


def patch_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, *, temperature: float = 1.0) -> AttentionTrace:
    """`attend`, and `hard_attention` at the end of the scale, where the temperature is 0.

    Parameters
    ----------
    Q : (n_q, d) ndarray
        Patches, or the mean of several.
    K : (n_k, d) ndarray
    V : (n_k, d_v) ndarray
    temperature : float
        0 or more.

    Raises
    ------
    As `attend`.
    """
    if temperature == 0:
        return hard_attention(Q, K, V)
    return attend(Q, K, V, temperature=temperature)


def channel_attention_of_patches(vectors: np.ndarray, *, temperature: float = 1.0) -> AttentionTrace:
    """Each patch asks the channels which of them it is strong in; the answer is a mixture of the channels' maps.

    K holds the unit vector of each channel, so that q · k is how strongly the patch has that channel; V holds each
    channel's strengths at all patches.

    Parameters
    ----------
    vectors : (n, C) ndarray
    temperature : float
        0 or more.

    Returns
    -------
    AttentionTrace
        weights (n, C); output (n, n): a map over the patches for each patch that asks.
    """
    (vectors,) = as_floats(vectors=vectors)
    K = np.eye(vectors.shape[1], dtype=vectors.dtype)
    return patch_attention(vectors, K, vectors.T, temperature=temperature)


def patch_pixels(rgb: np.ndarray, patches: Patches) -> np.ndarray:
    """The pixels of every patch, laid out alike: the V of a picture that is redrawn from mixtures.

    Patches differ by a pixel where the picture does not divide: each is read through a window of the largest one's
    size, moved back into the picture where it would stand out.

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray

    Returns
    -------
    (n, h · w · 3) float32 ndarray
    """
    height, width = _window(patches)
    windows = [rgb[y : y + height, x : x + width] for y, x in _corners(patches, rgb.shape)]
    return np.stack(windows).reshape(len(windows), -1).astype(np.float32)


def redraw(rgb: np.ndarray, patches: Patches, mixtures: np.ndarray, strength: float = 1.0) -> np.ndarray:
    """The picture with each patch moved towards its mixture of all patches: x + strength · (y - x).

    Parameters
    ----------
    rgb : (H, W, 3) uint8 ndarray
    mixtures : (n, h · w · 3) ndarray
        The output of attention whose V is `patch_pixels`.
    strength : float
        From 0, the picture itself, to 1, nothing but mixtures.

    Returns
    -------
    (H, W, 3) uint8 ndarray

    References
    ----------
    Buades, Coll and Morel, "A non-local algorithm for image denoising" (CVPR 2005), where every pixel becomes the mean
    of all that look alike; Wang et al., "Non-local Neural Networks" (CVPR 2018), where the mixture is added to the
    input. Here it is blended in, so that the brightness stays.
    """
    height, width = _window(patches)
    result = rgb.astype(np.float32)
    windows = mixtures.reshape(-1, height, width, 3)
    for box, (y, x), mixed in zip(patches.boxes, _corners(patches, rgb.shape), windows, strict=True):
        top, left, bottom, right = (int(edge) for edge in box)
        place = result[top:bottom, left:right]
        place += np.float32(strength) * (mixed[top - y : bottom - y, left - x : right - x] - place)
    return np.rint(np.clip(result, 0, 255)).astype(np.uint8)


def effective_number(weights: np.ndarray) -> np.ndarray:
    """How many keys a query looks at in effect: exp of the entropy of its weights, the perplexity.

    Parameters
    ----------
    weights : (..., n_k) ndarray
        Rows that sum to 1.

    Returns
    -------
    (...) ndarray
        From 1, one key has it all, to n_k, all have the same.
    """
    logarithms = np.log(weights, where=weights > 0, out=np.zeros_like(weights))
    return np.exp(-(weights * logarithms).sum(axis=-1))


def _window(patches: Patches) -> tuple[int, int]:
    """Height and width of the largest patch."""
    height, width = (int(np.diff(edges).max()) for edges in patches.edges)
    return height, width


def _corners(patches: Patches, shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """Where the window of each patch begins."""
    height, width = _window(patches)
    return [(min(int(box[0]), shape[0] - height), min(int(box[1]), shape[1] - width)) for box in patches.boxes]
