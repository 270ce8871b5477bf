"""What each head does with a text, measured: how focused it is, how far it looks, which fixed positions it takes."""

from dataclasses import dataclass

import numpy as np

from attention.arrays import as_floats
from attention.errors import ShapeError


@dataclass(frozen=True, eq=False)
class HeadProfiles:
    """What `head_profiles` measures of each head: float64 arrays with the leading axes of the weights.

    "Real" words are all but the special ones. Where a mean is over no row at all it is 0.

    Attributes
    ----------
    entropy : (...) ndarray
        In bits, from 0 (all on one word) to log2(n) (all alike): the mean over the real rows, each with its special
        columns.
    reach : (...) ndarray
        Mean distance, in words, between a real word and the real words it looks at, weighted by its attention.
    to_special : (...) ndarray
        Share of the attention of real words on special ones.
    to_previous, to_next : (...) ndarray
        Share of their attention on the word before and after them, of those real words whose neighbour is real too.
    to_same : (...) ndarray
        Share of their attention on themselves, of real words.
    """

    entropy: np.ndarray
    reach: np.ndarray
    to_special: np.ndarray
    to_previous: np.ndarray
    to_next: np.ndarray
    to_same: np.ndarray


def head_profiles(weights: np.ndarray, special: np.ndarray) -> HeadProfiles:
    """Measure what each head does.

    Parameters
    ----------
    weights : (..., n, n) ndarray
        Rows ask, columns are looked at. Each row sums to 1.
    special : (n,) bool ndarray
        True at [CLS], [SEP] and the like.

    Returns
    -------
    HeadProfiles

    Raises
    ------
    ShapeError
        If the sizes do not fit.

    References
    ----------
    Clark et al., 2019, "What Does BERT Look At?" (arXiv:1906.04341), sections 3.1 to 3.3, for attention to
    neighbours, to special words and its entropy; Vig and Belinkov, 2019, "Analyzing the Structure of Attention in a
    Transformer Language Model" (arXiv:1906.04284), for the distance.
    """
    shares = fixed_shares(weights, special, ~special)
    (weights,) = as_floats(weights=weights)
    n, dtype = len(special), weights.dtype
    real = (~special).astype(dtype)
    positions = np.arange(n, dtype=dtype)
    distances = np.abs(positions[:, None] - positions) * np.outer(real, real)  # (n, n)

    entropy, far = np.zeros(weights.shape[:-2]), np.zeros(weights.shape[:-2])
    terms = np.empty((n, n), dtype)
    for head in np.ndindex(weights.shape[:-2]):
        # In the order in which they lie in memory, often key by query; the sums are then taken the other way round.
        transposed = weights[head].flags.f_contiguous
        block = weights[head].T if transposed else weights[head]
        np.maximum(block, np.finfo(dtype).tiny, out=terms)
        np.log2(terms, out=terms)
        terms *= block
        entropy[head] = -(terms.sum(axis=0) @ real if transposed else terms.sum(axis=1) @ real)
        far[head] = np.vdot(block, distances)
    near = (weights @ real) @ real
    return HeadProfiles(
        entropy=entropy.clip(min=0) / max(1, int((~special).sum())),  # rounding may leave it a hair below 0
        reach=np.divide(far, near, out=np.zeros_like(far), where=near > 0),
        **{f"to_{name}": share for name, share in shares.items()},
    )


def fixed_shares(weights: np.ndarray, special: np.ndarray, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Share of the attention of `rows` on positions that are fixed whatever the words mean.

    Parameters
    ----------
    weights : (..., n, n) ndarray
    special : (n,) bool ndarray
    rows : (n,) bool ndarray
        The rows over which the mean is taken; no special ones.

    Returns
    -------
    dict of str to (...) ndarray of float64
        "previous", "next", "same" and "special", as in `HeadProfiles`.

    Raises
    ------
    ShapeError
        If the sizes do not fit.
    """
    if special.ndim != 1 or weights.ndim < 2 or weights.shape[-2:] != 2 * special.shape:
        raise ShapeError(f"special {special.shape} does not fit weights {weights.shape}")
    real = ~special
    return {
        "special": _mean(weights[..., special].sum(axis=-1), rows),
        "previous": _mean(np.diagonal(weights, -1, -2, -1), rows[1:] & real[:-1]),
        "next": _mean(np.diagonal(weights, 1, -2, -1), rows[:-1] & real[1:]),
        "same": _mean(np.diagonal(weights, 0, -2, -1), rows),
    }


def _mean(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Mean of the chosen entries of the last axis; 0 where none is chosen."""
    if not rows.any():
        return np.zeros(values.shape[:-1])
    return values[..., rows].mean(axis=-1, dtype=np.float64)
