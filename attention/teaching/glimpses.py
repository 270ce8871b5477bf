"""One query, asked softly and asked hard: the mixture of all values, and single values drawn by their weights."""

import math
from dataclasses import dataclass, field

import numpy as np

from attention.dot_product import attend
from attention.hard import hard_attention
from attention.softmax import softmax
from attention.trace import AttentionTrace


def ask(q, K, V, temperature: float = 1.0, *, draws: int = 0, seed: int = 0) -> AttentionTrace:
    """A query at any temperature, both ends included.

    Parameters
    ----------
    q : (d_k,) ndarray
    K : (n_k, d_k) ndarray
    V : (n_k, d_v) ndarray
    temperature : float
        0 is argmax; infinity gives all keys the same weight.
    draws : int
        0: the query is asked once, softly. Otherwise it is asked so many times, and each time takes one value, drawn
        with the soft weights.
    seed : int

    Returns
    -------
    AttentionTrace
        With n_q = 1, or n_q = `draws` rows of which each has one weight of 1.
    """
    Q = np.broadcast_to(q, (max(1, draws), len(q)))
    if temperature == 0:
        return hard_attention(Q, K, V)
    even = math.isinf(temperature)
    options = {"scale": 0.0 if even else None, "temperature": 1.0 if even else temperature}
    return hard_attention(Q, K, V, sample=seed, **options) if draws else attend(Q, K, V, **options)


@dataclass(frozen=True, eq=False)
class Spread:
    """How far the mean of n draws lies from the expectation.

    counts : (m,) int ndarray
        The numbers n of draws.
    measured : (m,) ndarray
        Mean squared distance over all trials, summed over the d_v numbers of a value.
    predicted : (m,) ndarray
        Σ_i p_i |v_i - Σ_j p_j v_j|² / n: the variance of one draw, divided by n.
    """

    counts: np.ndarray = field(repr=False)
    measured: np.ndarray = field(repr=False)
    predicted: np.ndarray = field(repr=False)


def spread_of_means(q, K, V, temperature: float, counts, *, trials: int, seed: int = 0) -> Spread:
    """Draw again and again, and measure how much the mean of n draws varies.

    Parameters
    ----------
    q, K, V, temperature, seed
        As for `ask`.
    counts : sequence of int
        Numbers of draws, ascending.
    trials : int
        How many times n values are drawn.
    """
    counts = np.asarray(counts)
    soft = ask(q, K, V, temperature)
    off = V - soft.output[0]  # (n_k, d_v)
    drawn = ask(q, K, V, temperature, draws=trials * counts[-1], seed=seed).weights.argmax(axis=-1)
    sums = off[drawn].reshape(trials, counts[-1], -1).cumsum(axis=1)[:, counts - 1]  # (trials, m, d_v)
    measured = np.square(sums / counts[:, None]).sum(axis=-1).mean(axis=0)
    return Spread(counts, measured, float(soft.weights[0] @ np.square(off).sum(axis=-1)) / counts)


@dataclass(frozen=True, eq=False)
class Nudged:
    """The answer while one score is raised or lowered.

    nudges : (m,) ndarray
        What is added to the score.
    soft, hard : (m, d_v) ndarray
        The mixture, and the value with the largest score.
    slope : (d_v,) ndarray
        The derivative of the mixture by the score where nothing is added. That of the hard answer is 0 wherever it
        has one.
    """

    nudges: np.ndarray = field(repr=False)
    soft: np.ndarray = field(repr=False)
    hard: np.ndarray = field(repr=False)
    slope: np.ndarray = field(repr=False)


def nudge_score(scores, V, at: int, nudges, temperature: float = 1.0) -> Nudged:
    """Change one score, and see how the soft and the hard answer move.

    Parameters
    ----------
    scores : (n_k,) ndarray
        As they enter the softmax.
    V : (n_k, d_v) ndarray
    at : int
        The key whose score changes.
    nudges : (m,) sequence of float
    temperature : float
        0 to infinity.

    References
    ----------
    The derivative is a column of the softmax's Jacobian, diag(p) - p pᵀ, times V: p_at (v_at - Σ_j p_j v_j) / T.
    """
    nudges = np.asarray(nudges, float)
    moved = np.repeat(np.asarray(scores, float)[None], len(nudges), axis=0)  # (m, n_k)
    moved[:, at] += nudges
    hard = V[moved.argmax(axis=-1)]
    if temperature == 0:
        return Nudged(nudges, hard, hard, np.zeros(V.shape[1]))
    heat = min(temperature, 1e12)  # infinity, as far as floats can tell
    soft = softmax(moved, temperature=heat) @ V
    p = softmax(np.asarray(scores, float), temperature=heat)
    return Nudged(nudges, soft, hard, p[at] * (V[at] - p @ V) / temperature)
