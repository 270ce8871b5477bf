"""Scaled dot-product attention: the one function behind every map of who looks at whom."""

import math

import numpy as np

from attention.arrays import as_floats, broadcast_leading, check_rows, share_heads
from attention.errors import ShapeError
from attention.masks import apply_mask, check_mask
from attention.softmax import check_temperature, divide_by_sums, exponentials
from attention.trace import AttentionTrace

# Up to this many scores in a head all heads go through each step together; above it, head by head, so that
# the scores of a head are still in the cache when the next step reads them. Measured with `python -m
# benchmarks`.
_SCORES_TOGETHER = 128 * 128


def attend(Q, K, V, *, mask=None, causal=False, scale=None, softcap=None, temperature=1.0):
    """softmax(Q Kᵀ · scale) V, with every stage kept.

    The order of the stages and their edge cases are those of the ONNX operator Attention (opset 24):
    scores, scale, softcap, mask, softmax, · V. The temperature, which ONNX does not have, divides last,
    after the mask: weights = softmax(masked / temperature).

    Parameters
    ----------
    Q : (..., n_q, d_k) array_like
    K : (..., n_k, d_k) array_like
    V : (..., n_k, d_v) array_like
        Leading axes broadcast. Where the head axis (-3) of Q is a multiple of K's or V's, consecutive query
        heads share a head (grouped-query attention).
    mask : (..., n_q or 1, up to n_k) array_like of bool or float, optional
        Boolean: True = may attend. Float: added to the scores. Aligned at the right and broadcast; keys
        beyond its last axis are masked, also where that axis has size 1. A row in which everything is
        masked has zero weights and zero output.
    causal : bool
        Query i sees keys 0 to i only (aligned top left), whatever the mask says.
    scale : float, optional
        1 / sqrt(d_k) where not given.
    softcap : float, optional
        softcap · tanh(scaled / softcap), as Gemma 2 does; None or 0 for none.
    temperature : float
        Above 0; 1 leaves the softmax as it is.

    Returns
    -------
    AttentionTrace
        In float32 or float64. float16 is computed and returned in float32, integers in float64, mixed ones in
        the dtype NumPy promotes them to. Scores may be as large as the dtype holds, or infinite: no
        warning, and no NaN unless one was given.

    Raises
    ------
    ShapeError
        If sizes do not fit; names the argument and both sizes.
    TypeError
        If an array does not hold real numbers, or the mask holds integers.
    ValueError
        If the temperature is not above 0, the softcap is negative or the scale is not finite.

    References
    ----------
    Vaswani et al., 2017, "Attention Is All You Need" (arXiv:1706.03762), equation 1; grouped queries:
    Ainslie et al., 2023 (arXiv:2305.13245); softcap: Gemma Team, 2024 (arXiv:2408.00118), section 2;
    https://onnx.ai/onnx/operators/onnx__Attention.html
    """
    Q, K, V = as_floats(Q=Q, K=K, V=V)
    check_rows(Q, K, V)
    if K.shape[-1] != Q.shape[-1]:
        raise ShapeError(f"K has d_k = {K.shape[-1]}, but Q has d_k = {Q.shape[-1]}: their last axes must agree")
    n_q, n_k = Q.shape[-2], K.shape[-2]
    mask = None if mask is None else check_mask(mask, n_q, n_k)
    temperature = check_temperature(temperature)
    softcap = _check_softcap(softcap)
    scale = 1 / math.sqrt(max(Q.shape[-1], 1)) if scale is None else float(scale)
    if not math.isfinite(scale):
        raise ValueError(f"scale is {scale}, but must be finite")

    batch, operands = Q.shape[:-2], (Q, K, V, mask)
    if mask is not None or not batch == K.shape[:-2] == V.shape[:-2]:
        batch, operands = _broadcast(*operands)

    # Key by query: what is done for each query is then done across rows, whole vectors at a time.
    transposed = np.empty((*batch, n_k, n_q), Q.dtype)
    output = np.empty((*batch, n_q, V.shape[-1]), Q.dtype)
    parameters = (scale, softcap, causal, temperature)
    with np.errstate(all="ignore"):  # infinities are meant: masked scores, and those too large for the dtype
        if n_q * n_k <= _SCORES_TOGETHER:
            _fill(transposed, output, operands, *parameters)
        else:
            for head in np.ndindex(batch):
                one_head = tuple(X if X is None else X[head] for X in operands)
                _fill(transposed[head], output[head], one_head, *parameters)
    weights = transposed.swapaxes(-1, -2)
    return AttentionTrace(Q, K, V, weights, output, mask, bool(causal), scale, softcap, temperature)


def _fill(scores, output, operands, scale, softcap, causal, temperature):
    """Fill `scores` with the weights, (..., n_k, n_q), and `output`, (..., n_q, d_v): the fast path.

    Each step writes over the last one (`out=`): a fresh array of this size costs as much as the step itself.
    """
    Q, K, V, mask = operands
    # Whichever is smaller is scaled: the scores of few keys, otherwise Q. Q is then transposed in memory on the
    # way, which BLAS rewards with a faster product.
    if K.shape[-2] < K.shape[-1]:
        np.matmul(K, Q.swapaxes(-1, -2), out=scores)
        np.multiply(scores, scale, out=scores)
    else:
        np.matmul(K, np.multiply(Q.swapaxes(-1, -2), scale, order="C"), out=scores)
    if softcap is not None:
        np.divide(scores, softcap, out=scores)
        np.tanh(scores, out=scores)
        np.multiply(scores, softcap, out=scores)
    if mask is not None or causal:
        apply_mask(scores.swapaxes(-1, -2), mask, causal)
    exponentials(scores, -2, temperature)
    # Sums by a product with ones: BLAS adds several times faster than np.sum along this axis.
    divide_by_sums(scores, np.matmul(np.ones((1, scores.shape[-2]), scores.dtype), scores))
    np.matmul(scores.swapaxes(-1, -2), V, out=output)


def _broadcast(Q, K, V, mask):
    """The common leading axes, and Q, K, V and the mask with just those: each head has its own K and V."""
    K, V = share_heads(K, Q), share_heads(V, Q)
    shapes = {"Q": Q.shape[:-2], "K": K.shape[:-2], "V": V.shape[:-2]}
    if mask is not None:
        shapes["mask"] = mask.shape[:-2]
    batch = broadcast_leading(**shapes)
    Q, K, V = (X if X.shape[:-2] == batch else np.broadcast_to(X, (*batch, *X.shape[-2:])) for X in (Q, K, V))
    if mask is not None:
        mask = np.broadcast_to(mask, (*batch, Q.shape[-2], mask.shape[-1]))
    return batch, (Q, K, V, mask)


def _check_softcap(softcap):
    if softcap is None or softcap == 0:
        return None
    if not 0 < softcap < math.inf:
        raise ValueError(f"softcap is {softcap}, but must be above 0 and finite, or None")
    return float(softcap)
