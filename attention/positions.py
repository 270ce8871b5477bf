"""Where a word stands: added to its vector, rotated into its queries and keys, or added to its scores."""

import numpy as np

from attention.arrays import as_floats
from attention.errors import ShapeError


def sinusoidal_positions(positions, d_model, *, base=10000.0, layout="interleaved"):
    """A vector of sines and cosines for each position, to be added to the word's vector.

    Parameters
    ----------
    positions : int or (...) array_like
        A number n means the positions 0 to n - 1.
    d_model : int
        Even.
    base : float
        The slowest wave is almost base · 2π positions long.
    layout : {"interleaved", "halves"}
        "interleaved": sin, cos, sin, cos, ... as in the paper. "halves": all sines, then all cosines, as in
        TensorFlow's tutorial "Neural machine translation with a Transformer and Keras".

    Returns
    -------
    (..., d_model) ndarray of float64
        Pair i holds sin and cos of position / base^(2 i / d_model).

    Raises
    ------
    ShapeError
        If d_model is odd.
    ValueError
        If the layout has another name.

    References
    ----------
    Vaswani et al., 2017 (arXiv:1706.03762), section 3.5.
    """
    positions = np.arange(positions) if np.ndim(positions) == 0 else np.asarray(positions)
    angles = _angles(positions, d_model, base)
    return _join(np.sin(angles), np.cos(angles), layout)


def rotary(x, positions=None, *, base=10000.0, layout="halves"):
    """Turn each pair of a query's or key's numbers by an angle that grows with its position.

    The dot product of a turned query and a turned key then depends on the distance between them only.

    Parameters
    ----------
    x : (..., n, d) array_like
        Q or K, d even.
    positions : (..., n) array_like, optional
        0 to n - 1 where not given. May be fractions: dividing them stretches the context ("linear scaling").
    base : float
    layout : {"halves", "interleaved"}
        Which numbers make a pair. "halves": i and i + d/2, as in GPT-NeoX and Llama on Hugging Face
        (`rotate_half`). "interleaved": 2 i and 2 i + 1, as in the paper and GPT-J.

    Returns
    -------
    (..., n, d) ndarray
        In the dtype of x (float16 as float32, integers as float64).

    Raises
    ------
    ShapeError
        If d is odd or the positions do not broadcast to x.
    ValueError
        If the layout has another name.

    References
    ----------
    Su et al., 2021, "RoFormer" (arXiv:2104.09864), equation 34.
    """
    (x,) = as_floats(x=x)
    if x.ndim < 2:
        raise ShapeError(f"x has shape {x.shape}, but needs at least two axes: (..., n, d)")
    *_, n, d = x.shape
    positions = np.arange(n) if positions is None else np.asarray(positions)
    angles = _angles(positions, d, base)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    first, second = _split(x, layout)
    try:
        return _join(first * cos - second * sin, second * cos + first * sin, layout)
    except ValueError:
        raise ShapeError(f"positions {positions.shape} do not broadcast to the (..., n) of x {x.shape}") from None


def alibi_bias(heads, n_q, n_k=None, *, offset=0, bias_max=8.0):
    """A bias for the scores that grows with the distance, steeper in some heads than in others: a float mask.

    Parameters
    ----------
    heads : int
    n_q, n_k : int
        Numbers of queries and keys; n_k is n_q where not given.
    offset : int
        The place of the first query among the keys.
    bias_max : float
        Head h of a power of two of heads has the slope 2^(-bias_max (h + 1) / heads). For other numbers of
        heads the slopes of the next lower power come first, then every second one of the next higher.

    Returns
    -------
    (heads, n_q, n_k) ndarray of float64
        -slope · |j - (i + offset)|. The paper masks the keys after the query; for models that look both
        ways the distance counts on either side.

    Raises
    ------
    ValueError
        If there is no head.

    References
    ----------
    Press, Smith and Lewis, 2022, "Train Short, Test Long" (arXiv:2108.12409), section 3, and its code
    (ofirpress/attention_with_linear_biases, `get_slopes`).
    """
    if heads < 1:
        raise ValueError(f"heads is {heads}, but must be at least 1")
    n_k = n_q if n_k is None else n_k
    lower = 1 << (heads.bit_length() - 1)  # the largest power of two that is not above heads
    slopes = np.concatenate([_slopes(lower, bias_max), _slopes(2 * lower, bias_max)[::2]])[:heads]
    distances = np.abs(np.arange(n_k) - (np.arange(n_q)[:, None] + offset))
    return -slopes[:, None, None] * distances


def _slopes(heads, bias_max):
    return 2.0 ** (-bias_max * np.arange(1, heads + 1) / heads)


def _angles(positions, d, base):
    """position / base^(2 i / d) for each pair i: (..., d / 2)."""
    if d % 2:
        raise ShapeError(f"the width is {d}, but must be even: sines and cosines come in pairs")
    return positions[..., None] * base ** (-np.arange(0, d, 2) / d)


def _split(x, layout):
    """The first and the second numbers of all pairs, as views: each (..., d / 2)."""
    half = x.shape[-1] // 2
    if _is_interleaved(layout):
        return x[..., 0::2], x[..., 1::2]
    return x[..., :half], x[..., half:]


def _join(first, second, layout):
    """The inverse of `_split`: (..., d)."""
    if _is_interleaved(layout):
        return np.stack([first, second], axis=-1).reshape(*first.shape[:-1], 2 * first.shape[-1])
    return np.concatenate([first, second], axis=-1)


def _is_interleaved(layout):
    if layout not in ("interleaved", "halves"):
        raise ValueError(f'layout is {layout!r}, but must be "interleaved" or "halves"')
    return layout == "interleaved"
