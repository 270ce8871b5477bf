"""What every entrance of the engine does with its arrays: one dtype for all, leading axes that fit."""

import numpy as np

from attention.errors import ShapeError

_WORKING = (np.dtype(np.float32), np.dtype(np.float64))


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
    found = {name: np.asarray(array) for name, array in arrays.items() if array is not None}
    dtypes = {array.dtype for array in found.values()}
    dtype = next(iter(dtypes))
    if len(dtypes) > 1 or dtype not in _WORKING:
        dtype = np.result_type(*(_working_dtype(name, array.dtype) for name, array in found.items()))
        found = {name: array.astype(dtype, copy=False) for name, array in found.items()}
    return [found.get(name) for name in arrays]


def _working_dtype(name, dtype):
    if dtype.kind not in "fiub":
        raise TypeError(f"{name} has dtype {dtype}, but real numbers are needed")
    if dtype.kind != "f":
        return np.dtype(np.float64)
    return np.promote_types(dtype, np.float32)


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


def share_heads(X, heads):
    """Repeat each head of K or V for the group of query heads that shares it (grouped-query attention).

    Query heads 0 .. g - 1 share the first head, as in Ainslie et al., 2023 (arXiv:2305.13245). X comes back
    as it is where its heads already fit or broadcast.

    Parameters
    ----------
    X : (..., h_kv, n, d) ndarray
    heads : int
        Number of query heads.

    Returns
    -------
    (..., heads, n, d) ndarray where `heads` is a multiple of h_kv > 1, otherwise X
    """
    if X.ndim < 3 or X.shape[-3] <= 1 or X.shape[-3] == heads or heads % X.shape[-3]:
        return X
    return np.repeat(X, heads // X.shape[-3], axis=-3)
