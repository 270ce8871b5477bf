"""What every entrance of the engine does with its arrays: one dtype for all, leading axes that fit."""

import numpy as np

from attention.errors import ShapeError

_WORKING = {np.dtype(np.float32), np.dtype(np.float64)}


def as_floats(**arrays):
    """Give all arrays the one dtype in which they are computed.

    float32 and float64 stay what they are, float16 becomes float32 (its exponentials overflow at 12),
    integers and booleans become float64; where they differ, NumPy's promotion decides. Nothing is copied
    that already has the dtype.

    Parameters
    ----------
    **arrays : array_like or None
        By the name under which an error speaks of them. None stays None.

    Returns
    -------
    list of (ndarray or None), in the order given

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    """
    found = [X if X is None else np.asarray(X) for X in arrays.values()]
    dtypes = {X.dtype for X in found if X is not None}
    if len(dtypes) == 1 and dtypes <= _WORKING:
        return found
    for name, X in zip(arrays, found, strict=True):
        if X is not None and X.dtype.kind not in "fiub":
            raise TypeError(f"{name} has dtype {X.dtype}, but real numbers are needed")
    dtype = np.result_type(*(np.float64 if d.kind != "f" else np.promote_types(d, np.float32) for d in dtypes))
    return [X if X is None else X.astype(dtype, copy=False) for X in found]


def check_rows(Q, K, V):
    """Raise a ShapeError unless Q, K and V are rows of vectors, and each row of K has its row of V."""
    if min(Q.ndim, K.ndim, V.ndim) < 2:
        shapes = f"Q {Q.shape}, K {K.shape}, V {V.shape}"
        raise ShapeError(f"Q, K and V need at least two axes each, (..., n, d), but have the shapes {shapes}")
    if V.shape[-2] != K.shape[-2]:
        raise ShapeError(f"V has {V.shape[-2]} rows, but K has n_k = {K.shape[-2]}: each key needs its value")


def broadcast_leading(**shapes):
    """The common leading axes of arrays whose own axes have been taken off.

    Parameters
    ----------
    **shapes : tuple of int
        Leading axes, by the name of the argument.

    Raises
    ------
    ShapeError
        If they do not broadcast; names the first that does not fit to those before it.
    """
    common = ()
    for name, shape in shapes.items():
        try:
            common = np.broadcast_shapes(common, shape)
        except ValueError:
            raise ShapeError(
                f"the leading axes of {name}, {shape}, do not broadcast with {common}, those of the others"
            ) from None
    return common


def share_heads(X, Q):
    """Repeat each head of K or V for the group of query heads that shares it (grouped-query attention).

    With g query heads to each head of X, the query heads 0 to g - 1 share its first one, as in Ainslie et
    al., 2023 (arXiv:2305.13245).

    Parameters
    ----------
    X : (..., h_kv, n_k, d) ndarray
    Q : (..., h, n_q, d_k) ndarray

    Returns
    -------
    (..., h, n_k, d) ndarray where h is a multiple of h_kv > 1, otherwise X itself
    """
    if X.ndim < 3 or Q.ndim < 3 or X.shape[-3] < 2 or Q.shape[-3] % X.shape[-3]:
        return X
    group = Q.shape[-3] // X.shape[-3]
    return np.repeat(X, group, axis=-3) if group > 1 else X
