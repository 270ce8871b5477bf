"""The softmax, with a temperature and with entries that take no part."""

import math

import numpy as np

from attention.arrays import as_floats
from attention.errors import ShapeError

# exp(60) is about 1e26: far from the end of float32 (3e38), and still far after a million of them are added.
_SMALL = 60.0


def softmax(x, axis=-1, *, mask=None, temperature=1.0):
    """exp(x / temperature), divided by its sum along `axis`.

    Parameters
    ----------
    x : (...) array_like
        float32 and float64 keep their dtype, float16 becomes float32, integers become float64. An entry of
        -inf takes no part; entries of +inf share everything among themselves.
    axis : int, tuple of int or None
        Along which the result sums to 1. None: over all entries.
    mask : (...) array_like of bool, optional
        True = takes part; broadcasts to x. What takes no part gets exactly 0, and where nothing along `axis`
        takes part, everything is 0.
    temperature : float
        Above 0. Small ones sharpen towards the largest entry, large ones flatten towards equal shares.

    Returns
    -------
    (...) ndarray
        Of the shape of x.

    Raises
    ------
    ValueError
        If the temperature is not a number above 0.
    TypeError
        If x does not hold real numbers or the mask is not boolean.
    ShapeError
        If the mask does not broadcast to x.

    References
    ----------
    Bridle, 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs"; the
    temperature as in Hinton, Vinyals and Dean, 2015 (arXiv:1503.02531), equation 1.
    """
    temperature = check_temperature(temperature)
    (x,) = as_floats(x=x)
    x = x.copy()
    if mask is not None:
        mask = np.asarray(mask)
        if mask.dtype != bool:
            raise TypeError(f"mask has dtype {mask.dtype}, but must be boolean (True = takes part)")
        try:
            np.copyto(x, -np.inf, where=~mask)
        except ValueError:
            raise ShapeError(f"mask {mask.shape} does not broadcast to x {x.shape}") from None
    with np.errstate(all="ignore"):
        exponentials(x, axis, temperature)
        divide_by_sums(x, x.sum(axis=axis, keepdims=True))
    return x


def check_temperature(temperature):
    """The temperature as a Python float (which changes no dtype); ValueError unless it is above 0."""
    temperature = float(temperature)
    if not temperature > 0 or math.isinf(temperature):
        raise ValueError(f"temperature is {temperature}, but must be a number above 0")
    return temperature


def exponentials(x, axis, temperature):
    """Turn x in place into exp((x - shift) / temperature), whose shares along `axis` are the softmax.

    The shift cancels in the shares and keeps exp within range. Floating-point warnings are the caller's to
    silence: infinities here are meant.
    """
    least, most = np.minimum.reduce(x, axis=None, initial=0), np.maximum.reduce(x, axis=None, initial=0)
    if temperature == 1 and least > -_SMALL and most < _SMALL:
        np.exp(x, out=x)  # no shift needed, and none computed: along an axis it costs more than exp itself
        return
    largest = x.max(axis=axis, keepdims=True, initial=-np.inf)
    unbounded = largest == np.inf
    if unbounded.any():  # the limit: all to the infinite ones, and to each of them as much
        np.copyto(x, np.where(x == np.inf, x.dtype.type(0), x.dtype.type(-np.inf)), where=unbounded)
    largest[np.isinf(largest)] = 0
    np.subtract(x, largest, out=x)
    if temperature != 1:
        np.divide(x, max(temperature, float(np.finfo(x.dtype).tiny)), out=x)
    np.exp(x, out=x)


def divide_by_sums(x, sums):
    """Divide x, from `exponentials`, in place by its sums; where nothing takes part, x stays 0."""
    # A sum is 0 there, and nowhere else below exp(-60).
    np.divide(x, np.maximum(sums, 1e-30), out=x)
