"""Linear attention: a kernel in the softmax's place, so that no query has to meet every key."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from attention.arrays import as_floats, check_rows
from attention.errors import ShapeError


@dataclass(frozen=True, eq=False)
class LinearTrace:
    """What `linear_attention` returns, stage by stage.

        query_features, key_features = φ(Q), φ(K)  ->  state = φ(K)ᵀ V, total = Σ φ(K)
        ->  output = φ(Q) state / (φ(Q) · total)

    Attributes
    ----------
    Q : (..., n_q, d_k) ndarray
    K : (..., n_k, d_k) ndarray
    V : (..., n_k, d_v) ndarray
        As given, in the dtype they were computed in.
    query_features : (..., n_q, d_k) ndarray
    key_features : (..., n_k, d_k) ndarray
        All above 0.
    state : (..., d_k, d_v) ndarray
        All keys with their values in one matrix, whose size does not grow with n_k.
    total : (..., d_k) ndarray
        Sum of the key features.
    output : (..., n_q, d_v) ndarray
    """

    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    query_features: np.ndarray = field(repr=False)
    key_features: np.ndarray = field(repr=False)
    state: np.ndarray = field(repr=False)
    total: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)

    @cached_property
    def weights(self) -> np.ndarray:
        """(..., n_q, n_k) ndarray: the weights that the output amounts to. Computed only when asked for."""
        weights = self.query_features @ self.key_features.swapaxes(-1, -2)
        return weights / weights.sum(axis=-1, keepdims=True)


def elu_plus_one(x: np.ndarray) -> np.ndarray:
    """elu(x) + 1: x + 1 where x is above 0, else exp(x). (...) ndarray -> (...) ndarray, above 0."""
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(Q, K, V) -> LinearTrace:
    """φ(Q) (φ(K)ᵀ V), each row divided by φ(Q) · Σ φ(K), with φ(x) = elu(x) + 1.

    Because the brackets may stand around φ(K)ᵀ V, no (n_q, n_k) matrix is made: the work grows with n_q + n_k, not
    with their product. The scores are not divided by sqrt(d_k), as in the paper.

    Parameters
    ----------
    Q : (..., n_q, d_k) array_like
    K : (..., n_k, d_k) array_like
    V : (..., n_k, d_v) array_like
        Leading axes broadcast.

    Returns
    -------
    LinearTrace

    Raises
    ------
    ShapeError
        If sizes do not fit; names the argument and both sizes.
    TypeError
        If an array does not hold real numbers.

    References
    ----------
    Katharopoulos, Vyas, Pappas and Fleuret, 2020, "Transformers are RNNs" (arXiv:2006.16236), equations 4 to 7.
    """
    Q, K, V = as_floats(Q=Q, K=K, V=V)
    check_rows(Q, K, V)
    if K.shape[-1] != Q.shape[-1]:
        raise ShapeError(f"K has d_k = {K.shape[-1]}, but Q has d_k = {Q.shape[-1]}: their last axes must agree")
    query_features, key_features = elu_plus_one(Q), elu_plus_one(K)
    state = key_features.swapaxes(-1, -2) @ V  # (..., d_k, d_v)
    total = key_features.sum(axis=-2)
    output = query_features @ state / (query_features @ total[..., None])
    return LinearTrace(Q, K, V, query_features, key_features, state, total, output)
