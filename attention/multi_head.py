"""Multi-head attention: several attentions side by side, each on its own projection of the words."""

from dataclasses import dataclass, field

import numpy as np

from attention.arrays import as_floats
from attention.dot_product import attend
from attention.errors import ShapeError
from attention.trace import AttentionTrace


@dataclass(frozen=True, eq=False)
class MultiHeadTrace:
    """What `multi_head_attention` returns, stage by stage.

        Q, K, V = X_q W_Q, X_k W_K, X_v W_V  ->  attention, in each head  ->  concatenated  ->  output = · W_O

    Attributes
    ----------
    X_q : (..., n_q, d_model) ndarray
    X_k, X_v : (..., n_k, d_in) ndarray
        As given, in the dtype they were computed in.
    Q : (..., n_q, h · d_k) ndarray
    K : (..., n_k, h_kv · d_k) ndarray
    V : (..., n_k, h_kv · d_v) ndarray
        Projected, the heads still side by side.
    attention : AttentionTrace
        All heads, with their axis at -3: `attention.scores[..., head, :, :]`.
    concatenated : (..., n_q, h · d_v) ndarray
        The heads' outputs side by side.
    output : (..., n_q, d_out) ndarray
        Projected by W_O; `concatenated` itself where there is none.
    """

    X_q: np.ndarray = field(repr=False)
    X_k: np.ndarray = field(repr=False)
    X_v: np.ndarray = field(repr=False)
    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    attention: AttentionTrace
    concatenated: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)

    @property
    def weights(self) -> np.ndarray:
        """(..., h, n_q, n_k) ndarray: the attention weights of every head."""
        return self.attention.weights


def multi_head_attention(
    X_q,
    X_k=None,
    X_v=None,
    *,
    W_Q,
    W_K,
    W_V,
    W_O=None,
    b_Q=None,
    b_K=None,
    b_V=None,
    b_O=None,
    heads,
    mask=None,
    causal=False,
    scale=None,
    softcap=None,
    temperature=1.0,
) -> MultiHeadTrace:
    """Project, attend in each head, put the heads side by side, project again.

    Parameters
    ----------
    X_q : (..., n_q, d_model) array_like
        The words that ask.
    X_k : (..., n_k, d_in_k) array_like, optional
        The words that are looked at; X_q where not given (self-attention).
    X_v : (..., n_k, d_in_v) array_like, optional
        What is taken from them; X_k where not given.
    W_Q : (d_model, h · d_k) array_like
    W_K : (d_in_k, h_kv · d_k) array_like
    W_V : (d_in_v, h_kv · d_v) array_like
    W_O : (h · d_v, d_out) array_like, optional
        All applied as X @ W, the transpose of `torch.nn.Linear.weight`. Columns 0 to d_k - 1 are the first
        head's. Where W_K has fewer heads than W_Q, groups of query heads share them.
    b_Q, b_K, b_V, b_O : (width,) array_like, optional
    heads : int
        h, the number of query heads.
    mask : array_like of bool or float, optional
        As for `attend`, on weights of shape (..., h, n_q, n_k): a mask for a batch of sequences needs a head
        axis, (batch, 1, n_q or 1, n_k).
    causal, scale, softcap, temperature
        As for `attend`.

    Returns
    -------
    MultiHeadTrace

    Raises
    ------
    ShapeError
        If sizes do not fit; names the argument and both sizes.
    TypeError, ValueError
        As `attend`.

    References
    ----------
    Vaswani et al., 2017 (arXiv:1706.03762), section 3.2.2.
    """
    X_k = X_q if X_k is None else X_k
    X_v = X_k if X_v is None else X_v
    X_q, X_k, X_v, W_Q, W_K, W_V, W_O, b_Q, b_K, b_V, b_O = as_floats(
        X_q=X_q, X_k=X_k, X_v=X_v, W_Q=W_Q, W_K=W_K, W_V=W_V, W_O=W_O, b_Q=b_Q, b_K=b_K, b_V=b_V, b_O=b_O
    )
    Q = _project("Q", X_q, W_Q, b_Q)
    K = _project("K", X_k, W_K, b_K)
    V = _project("V", X_v, W_V, b_V)
    kv_heads = _count_shared_heads(Q.shape[-1], K.shape[-1], heads)
    attention = attend(
        split_heads(Q, heads),
        split_heads(K, kv_heads),
        split_heads(V, kv_heads),
        mask=mask,
        causal=causal,
        scale=scale,
        softcap=softcap,
        temperature=temperature,
    )
    concatenated = merge_heads(attention.output)
    output = concatenated if W_O is None else _project("O", concatenated, W_O, b_O)
    return MultiHeadTrace(X_q, X_k, X_v, Q, K, V, attention, concatenated, output)


def split_heads(X, heads):
    """Give each head its part of the width.

    Parameters
    ----------
    X : (..., n, heads · d) ndarray
    heads : int

    Returns
    -------
    (..., heads, n, d) ndarray
        A view of X.

    Raises
    ------
    ShapeError
        If the width is not a multiple of `heads`.
    """
    *leading, n, width = X.shape
    if heads < 1 or width % heads:
        raise ShapeError(f"a width of {width} cannot be shared out among {heads} heads")
    return X.reshape(*leading, n, heads, width // heads).swapaxes(-2, -3)


def merge_heads(X):
    """Put the heads side by side: the inverse of `split_heads`.

    Parameters
    ----------
    X : (..., heads, n, d) ndarray

    Returns
    -------
    (..., n, heads · d) ndarray
    """
    *leading, heads, n, d = X.shape
    return X.swapaxes(-2, -3).reshape(*leading, n, heads * d)


def _project(name, X, W, b):
    if W.ndim != 2 or X.ndim < 2 or X.shape[-1] != W.shape[0]:
        raise ShapeError(f"W_{name} has shape {W.shape}, but is to project vectors of shape {X.shape}")
    if b is not None and b.shape != W.shape[1:]:
        raise ShapeError(f"b_{name} has shape {b.shape}, but W_{name} gives the width {W.shape[1]}")
    projected = X @ W
    if b is not None:
        projected += b
    return projected


def _count_shared_heads(q_width, k_width, heads):
    """h_kv, from the widths of Q and K, whose heads are equally wide."""
    d_k = q_width // heads if heads > 0 else 0
    if not d_k or q_width % heads or k_width % d_k or not k_width or heads % (k_width // d_k):
        raise ShapeError(f"Q is {q_width} wide and K {k_width}: they do not make {heads} heads of one width")
    return k_width // d_k
