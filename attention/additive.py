"""Additive attention: a small network, not a dot product, scores a query against a key."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from attention.arrays import as_floats, broadcast_leading, check_rows
from attention.errors import ShapeError
from attention.masks import apply_mask, check_mask
from attention.softmax import check_temperature, divide_by_sums, exponentials


@dataclass(frozen=True, eq=False)
class AdditiveTrace:
    """What `additive_attention` returns, stage by stage.

        hidden = tanh(query + key)  ->  scores = hidden · v  ->  masked = scores + mask
        ->  weights = softmax(masked / temperature)  ->  output = weights V

    Attributes
    ----------
    Q : (..., n_q, d_q) ndarray
    K : (..., n_k, d_k) ndarray
    V : (..., n_k, d_v) ndarray
        As given, in the dtype they were computed in.
    query : (..., n_q, d) ndarray
        Q W_Q + b, or Q itself.
    key : (..., n_k, d) ndarray
        K W_K, or K itself.
    v : (d,) ndarray
    scores, masked, weights : (..., n_q, n_k) ndarray
    output : (..., n_q, d_v) ndarray
    temperature : float
    """

    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    query: np.ndarray = field(repr=False)
    key: np.ndarray = field(repr=False)
    v: np.ndarray = field(repr=False)
    scores: np.ndarray = field(repr=False)
    masked: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)
    temperature: float

    @cached_property
    def hidden(self) -> np.ndarray:
        """(..., n_q, n_k, d) ndarray: the hidden layer of each pair, computed when asked for."""
        return np.tanh(self.query[..., :, None, :] + self.key[..., None, :, :])


def additive_attention(
    Q, K, V, *, v=None, W_Q=None, W_K=None, b=None, mask=None, causal=False, temperature=1.0
) -> AdditiveTrace:
    """softmax(v · tanh(Q W_Q + b + K W_K)) V, with every stage kept.

    Parameters
    ----------
    Q : (..., n_q, d_q) array_like
    K : (..., n_k, d_k) array_like
    V : (..., n_k, d_v) array_like
        Leading axes broadcast.
    v : (d,) array_like, optional
        The weights of the hidden layer's numbers in the score; ones where not given.
    W_Q : (d_q, d) array_like, optional
    W_K : (d_k, d) array_like, optional
        Where not given, Q or K enters as it is. Keras' `AdditiveAttention` has neither: its
        `use_scale=True` is this with v, its `use_scale=False` without.
    b : (d,) array_like, optional
    mask, causal, temperature
        As for `attend`.

    Returns
    -------
    AdditiveTrace

    Raises
    ------
    ShapeError
        If sizes do not fit; names the argument and both sizes.
    TypeError
        If an array does not hold real numbers, or the mask holds integers.
    ValueError
        If the temperature is not above 0.

    References
    ----------
    Bahdanau, Cho and Bengio, 2015 (arXiv:1409.0473), appendix A.1.2: v_a, W_a and U_a are v, W_Q and W_K
    here.
    """
    Q, K, V, v, W_Q, W_K, b = as_floats(Q=Q, K=K, V=V, v=v, W_Q=W_Q, W_K=W_K, b=b)
    _check_sizes(Q, K, V, v, W_Q, W_K, b)
    temperature = check_temperature(temperature)
    query = Q if W_Q is None else Q @ W_Q
    query = query if b is None else query + b
    key = K if W_K is None else K @ W_K
    v = np.ones(query.shape[-1], query.dtype) if v is None else v
    leading = {"Q": Q.shape[:-2], "K": K.shape[:-2], "V": V.shape[:-2]}
    if mask is not None:
        mask = check_mask(mask, Q.shape[-2], K.shape[-2])
        leading["mask"] = mask.shape[:-2]
    batch = broadcast_leading(**leading)

    with np.errstate(all="ignore"):  # infinities are meant, as in `attend`
        scores = np.tanh(query[..., :, None, :] + key[..., None, :, :]) @ v  # (..., n_q, n_k)
        masked = np.array(np.broadcast_to(scores, (*batch, *scores.shape[-2:])))
        apply_mask(masked, mask, causal)
        weights = masked.copy()
        exponentials(weights, -1, temperature)
        divide_by_sums(weights, weights.sum(axis=-1, keepdims=True))
        output = weights @ V
    return AdditiveTrace(Q, K, V, query, key, v, scores, masked, weights, output, temperature)


def _check_sizes(Q, K, V, v, W_Q, W_K, b):
    check_rows(Q, K, V)
    for name, W, X in (("W_Q", W_Q, Q), ("W_K", W_K, K)):
        if W is not None and W.shape[:-1] != X.shape[-1:]:
            raise ShapeError(f"{name} has shape {W.shape}, but {name[-1]} has the width {X.shape[-1]}")
    d = Q.shape[-1] if W_Q is None else W_Q.shape[-1]
    d_key = K.shape[-1] if W_K is None else W_K.shape[-1]
    if d_key != d:
        raise ShapeError(f"K enters with the width {d_key}, but Q with {d}: they are added")
    for name, vector in (("v", v), ("b", b)):
        if vector is not None and vector.shape != (d,):
            raise ShapeError(f"{name} has shape {vector.shape}, but the hidden layer has the width {d}")
