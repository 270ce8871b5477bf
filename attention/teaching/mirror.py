"""How far a map of scores is from its own mirror image: whether A asks B as B asks A."""

import numpy as np

from attention.walkthrough import draw_projections, draw_words, walk


def asymmetry(scores: np.ndarray) -> np.ndarray:
    """The size of the antisymmetric part of the scores, (S - Sᵀ) / 2, relative to all of them.

    A map of scores S is the sum of a mirror, (S + Sᵀ) / 2, and of what is one-sided, (S - Sᵀ) / 2. This is the length
    of the second part over that of S (Frobenius norms).

    Parameters
    ----------
    scores : (..., n, n) ndarray

    Returns
    -------
    (...) ndarray
        0 for a mirror such as K Kᵀ, 1 where S = -Sᵀ, about 0.7 where the two directions have nothing to do with each
        other. 0 where all scores are 0.
    """
    scores = np.asarray(scores, np.float64)
    one_sided = np.linalg.norm(scores - scores.swapaxes(-1, -2), axis=(-2, -1)) / 2
    size = np.linalg.norm(scores, axis=(-2, -1))
    return np.divide(one_sided, size, out=np.zeros_like(size), where=size > 0)


def one_way_pairs(scores: np.ndarray) -> int:
    """Of how many of the n (n - 1) / 2 pairs the score is above 0 one way and below 0 back: (n, n)."""
    scores = np.asarray(scores)
    return int(np.triu((scores > 0) & (scores.T < 0) | (scores < 0) & (scores.T > 0), 1).sum())


def self_share(weights: np.ndarray) -> np.ndarray:
    """Which share of its attention a word keeps for itself, the mean over the words: (..., n, n) -> (...)."""
    return np.diagonal(weights, axis1=-2, axis2=-1).mean(axis=-1)


def count_one_way(words: tuple[str, ...], d_model: int, d_k: int, seeds: int) -> tuple[int, int, int]:
    """Among the illustrative numbers of every seed below `seeds`: who finds a pair that matches one way only.

    Returns
    -------
    (own, mirrored, pairs) : ints
        Such pairs in Q Kᵀ, such pairs in K Kᵀ, and all pairs.
    """
    own = mirrored = 0
    for seed in range(seeds):
        X, (W_Q, W_K, W_V) = draw_words(words, d_model, seed), draw_projections(d_model, d_k, seed)
        own += one_way_pairs(walk(X, W_Q, W_K, W_V).scores)
        mirrored += one_way_pairs(walk(X, W_K, W_K, W_V).scores)
    return own, mirrored, seeds * len(words) * (len(words) - 1) // 2
