"""Who may attend to whom. Masks are boolean, True = may attend, and broadcast to scores (..., n_q, n_k)."""

import numpy as np

from attention.errors import ShapeError


def causal_mask(n_q, n_k=None, *, offset=0):
    """Each query sees the keys up to its own place.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys; n_k is n_q where not given.
    offset : int
        The place of the first query among the keys. 0 aligns top left, as `attend(causal=True)` does; n_k -
        n_q aligns bottom right, as when the queries continue a text whose keys are kept.

    Returns
    -------
    (n_q, n_k) ndarray of bool
        True where j <= i + offset.

    References
    ----------
    Vaswani et al., 2017 (arXiv:1706.03762), section 3.2.3; alignment as in the ONNX operator Attention.
    """
    return _distances(n_q, n_k, offset) <= 0


def window_mask(n_q, n_k=None, *, before, after, offset=0):
    """Each query sees the keys near its own place.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys; n_k is n_q where not given.
    before, after : int
        How many keys before and after its own place a query sees. `before=w, after=w` is Longformer's
        window of 2 w + 1, `before=w - 1, after=0` Mistral's causal window of w.
    offset : int
        The place of the first query among the keys.

    Returns
    -------
    (n_q, n_k) ndarray of bool
        True where -before <= j - (i + offset) <= after.

    Raises
    ------
    ValueError
        If `before` or `after` is negative.

    References
    ----------
    Beltagy, Peters and Cohan, 2020 (arXiv:2004.05150), section 3.1; Jiang et al., 2023 (arXiv:2310.06825).
    """
    if before < 0 or after < 0:
        raise ValueError(f"before = {before} and after = {after} count keys, so neither may be negative")
    distances = _distances(n_q, n_k, offset)
    return (distances >= -before) & (distances <= after)


def strided_mask(n_q, n_k=None, *, stride, offset=0):
    """Each query sees the keys nearer than `stride`, and beyond them every stride-th one.

    With a stride of sqrt(n) each sees about 3 sqrt(n) keys, and over two layers still hears of all. The paper's
    pattern looks back only: give `causal=True` to `attend` as well.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys; n_k is n_q where not given.
    stride : int
        At least 1, which lets everybody see everything.
    offset : int
        The place of the first query among the keys.

    Returns
    -------
    (n_q, n_k) ndarray of bool
        True where |j - (i + offset)| is below `stride` or a multiple of it.

    Raises
    ------
    ValueError
        If the stride is below 1.

    References
    ----------
    Child, Gray, Radford and Sutskever, 2019 (arXiv:1904.10509), section 4.3, strided attention; both of its sets in
    one head.
    """
    if stride < 1:
        raise ValueError(f"stride is {stride}, but must be at least 1")
    distances = np.abs(_distances(n_q, n_k, offset))
    return (distances < stride) | (distances % stride == 0)


def padding_mask(lengths, n_k=None):
    """The keys that are there, in sequences padded at their ends to one length.

    Parameters
    ----------
    lengths : (...) array_like of int
        How many keys each sequence has. For scores with a head axis, give it one here too: `lengths[:,
        None]`.
    n_k : int, optional
        Number of keys after padding; the longest length where not given.

    Returns
    -------
    (..., 1, n_k) ndarray of bool
        True where j < length, the same for all queries.

    Raises
    ------
    TypeError
        If lengths are not integers.
    ValueError
        If a length is negative or above n_k.

    References
    ----------
    `key_padding_mask` of torch.nn.MultiheadAttention is the same with True and False exchanged.
    """
    lengths = np.asarray(lengths)
    if lengths.dtype.kind not in "iu":
        raise TypeError(f"lengths has dtype {lengths.dtype}, but must hold integers")
    longest = int(lengths.max(initial=0))
    n_k = longest if n_k is None else n_k
    if longest > n_k or lengths.min(initial=0) < 0:
        raise ValueError(f"lengths are {lengths.min()} to {longest}, but must lie within 0 and n_k = {n_k}")
    return np.arange(n_k) < lengths[..., None, None]


def check_mask(mask, n_q, n_k):
    """The mask as an array that `apply_mask` can use; leading axes are left to the caller.

    Raises
    ------
    TypeError
        If it is neither boolean nor floating: with integers, 0 could mean "add nothing" or "may not attend".
    ShapeError
        If its last two axes do not fit n_q and n_k.
    """
    mask = np.asarray(mask)
    if mask.dtype.kind not in "bf":
        raise TypeError(f"mask has dtype {mask.dtype}, but must be boolean (True = may attend) or floating (added)")
    if mask.ndim == 0 or mask.shape[-1] > n_k:
        raise ShapeError(f"mask has shape {mask.shape}, but its last axis must have 1 to n_k = {n_k} keys")
    if mask.ndim > 1 and mask.shape[-2] not in (1, n_q):
        raise ShapeError(f"mask {mask.shape} has {mask.shape[-2]} rows, but there are n_q = {n_q} queries")
    return mask


def apply_mask(scores, mask, causal):
    """Mask scores in place: add a float mask, set to -inf where a boolean one says False.

    Parameters
    ----------
    scores : (..., n_q, n_k) ndarray
    mask : (..., n_q or 1, up to n_k) ndarray of bool or float, or None
        From `check_mask`. Keys beyond its last axis are masked, also where that axis has size 1.
    causal : bool
        Mask all keys after the query's own place as well.

    References
    ----------
    ONNX operator Attention, opset 24 (https://onnx.ai/onnx/operators/onnx__Attention.html) and its reference
    implementation onnx/reference/ops/op_attention.py.
    """
    if mask is not None:
        reached = scores[..., : mask.shape[-1]]
        if mask.dtype == bool:
            np.copyto(reached, -np.inf, where=~mask)
        else:
            np.add(reached, mask, out=reached)
        scores[..., mask.shape[-1] :] = -np.inf
    if causal:
        np.copyto(scores, -np.inf, where=_distances(*scores.shape[-2:], 0) > 0)


def _distances(n_q, n_k, offset):
    """j - (i + offset) for query i and key j: (n_q, n_k)."""
    return np.arange(n_q if n_k is None else n_k) - (np.arange(n_q)[:, None] + offset)
