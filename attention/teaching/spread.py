"""Why q · k is divided by √d: how far it spreads, what that does to a softmax, and to the softmax's gradient."""

from dataclasses import dataclass

import numpy as np

from attention.softmax import softmax

DIMENSIONS = tuple(2**power for power in range(10))  # of q and k: 1, 2, 4, ..., 512
PAIRS, ROWS, KEYS = 2000, 300, 8


@dataclass(frozen=True, eq=False)
class Trials:
    """Dot products of random q and k, for each of `DIMENSIONS`.

    A larger d continues the same vectors: each component more adds one product more to the same sum.

    Attributes
    ----------
    pairs : (dimensions, PAIRS) ndarray
        Of one q with one k, each pair drawn anew.
    rows : (dimensions, ROWS, KEYS) ndarray
        Of one q with each of KEYS keys: the scores of one word that asks.
    """

    pairs: np.ndarray
    rows: np.ndarray


@dataclass(frozen=True, eq=False)
class Sharpness:
    """What the softmax makes of rows of scores, the median over the rows: (dimensions,) ndarrays.

    Attributes
    ----------
    largest : the largest weight of a row, 0 to 1
    entropy : of the weights, in bits
    gradient : Frobenius norm of the softmax's Jacobian: how far the weights answer when the scores move a little
    """

    largest: np.ndarray
    entropy: np.ndarray
    gradient: np.ndarray


def draw_trials(seed: int, *, alike: float = 0.0) -> Trials:
    """Draw the vectors' components, each with mean 0 and variance 1, and multiply.

    Parameters
    ----------
    seed : int
    alike : float
        Correlation of each component of q with that of k, -1 to 1; 0 is what the claim assumes. In a row it is the
        first key that is like q; the other keys stay strangers.

    Returns
    -------
    Trials
    """
    generator = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return generator.standard_normal((*shape, DIMENSIONS[-1]), dtype=np.float32)

    def like(q: np.ndarray, k: np.ndarray) -> np.ndarray:
        return alike * q + np.sqrt(1 - alike**2, dtype=np.float32) * k

    q, k = draw(PAIRS), draw(PAIRS)  # (PAIRS, largest d)
    Q, K = draw(ROWS), draw(ROWS, KEYS)  # (ROWS, largest d), (ROWS, KEYS, largest d)
    K[:, 0] = like(Q, K[:, 0])
    return Trials(_dot_products(q * like(q, k)), _dot_products(Q[:, None] * K))


def _dot_products(products: np.ndarray) -> np.ndarray:
    """Sums of the first d of the last axis, for each d: (..., largest d) -> (dimensions, ...)."""
    starts = [0, *DIMENSIONS[:-1]]
    added = np.add.reduceat(products, starts, axis=-1).cumsum(axis=-1, dtype=np.float64)  # (..., dimensions)
    return np.moveaxis(added, -1, 0)


def predicted(d: int, *, alike: float = 0.0) -> tuple[float, float]:
    """Mean and standard deviation that q · k must have: 0 and √d, where q and k are independent.

    References
    ----------
    Vaswani et al., 2017, "Attention Is All You Need" (arXiv:1706.03762), footnote 4. With k = a q + √(1 - a²) n each
    product a q² + √(1 - a²) q n has mean a and variance 2 a² + 1 - a².
    """
    return alike * d, float(np.sqrt(d * (1 + alike**2)))


def softmax_jacobian(p: np.ndarray) -> np.ndarray:
    """How each weight moves with each score: diag(p) - p pᵀ.

    Parameters
    ----------
    p : (..., n) ndarray
        A softmax.

    Returns
    -------
    (..., n, n) ndarray
        Row i, column j: the derivative of weight i by score j.
    """
    return p[..., :, None] * (np.eye(p.shape[-1]) - p[..., None, :])


def entropy(p: np.ndarray) -> np.ndarray:
    """Of weights along the last axis, in bits: 0 where one has everything, log2(n) where all are alike."""
    return -(p * np.log2(p, out=np.zeros_like(p), where=p > 0)).sum(axis=-1)


def sharpness(rows: np.ndarray) -> Sharpness:
    """What the softmax makes of rows of scores: (dimensions, rows, n) ndarray -> Sharpness."""
    p = softmax(rows)
    norms = np.linalg.norm(softmax_jacobian(p), axis=(-2, -1))
    return Sharpness(*(np.median(values, axis=-1) for values in (p.max(axis=-1), entropy(p), norms)))


def divided(rows: np.ndarray, power: float = 0.5) -> np.ndarray:
    """Scores divided by d to some power: by √d where none is given. (dimensions, ...) ndarray, as in `Trials`."""
    sizes = np.array(DIMENSIONS, dtype=np.float64).reshape(-1, *[1] * (rows.ndim - 1))
    return rows / sizes**power
