"""The parts of an encoder that are not attention: linear layers, layer normalisation, GELU."""

import numpy as np

_BLOCK = 16_384  # elements; with its two buffers a block stays in the nearest caches

# erfc(z) ≈ (a1 t + ... + a5 t⁵) exp(-z²), t = 1 / (1 + p z), for z >= 0; the error is at most 1.5e-7.
# Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
_P = 0.3275911
_A = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def linear(X, W, bias, out=None):
    """X W + bias.

    Parameters
    ----------
    X : (..., d_in) ndarray
    W : (d_in, d_out) ndarray
    bias : (d_out,) ndarray
    out : (..., d_out) ndarray, optional
        Where to put the result.

    Returns
    -------
    (..., d_out) ndarray
    """
    out = np.matmul(X, W, out=out)
    out += bias
    return out


def layer_norm(X, gain, bias, epsilon, out=None):
    """(X - mean) / sqrt(variance + epsilon) · gain + bias, each row by itself.

    Parameters
    ----------
    X : (..., d) ndarray
    gain, bias : (d,) ndarray
    epsilon : float
    out : (..., d) ndarray, optional
        Where to put the result; may be X itself.

    Returns
    -------
    (..., d) ndarray

    References
    ----------
    Ba, Kiros and Hinton, 2016, "Layer Normalization" (arXiv:1607.06450), equation 4. The variance is that of
    the population, divided by d.
    """
    out = np.subtract(X, X.mean(axis=-1, keepdims=True), out=out)
    variance = np.vecdot(out, out)[..., None] / X.shape[-1]
    out /= np.sqrt(variance + epsilon)
    out *= gain
    out += bias
    return out


def gelu(X, out=None):
    """x Φ(x), with Φ the cumulative distribution of the normal: the exact GELU, not its tanh approximation.

    Parameters
    ----------
    X : (...) ndarray of float
    out : (...) ndarray, optional
        Where to put the result, C-contiguous; may be X itself.

    Returns
    -------
    (...) ndarray
        Right to 1e-6 in float32.

    References
    ----------
    Hendrycks and Gimpel, 2016, "Gaussian Error Linear Units" (arXiv:1606.08415).
    """
    if out is None:
        out = np.empty_like(X, order="C")
    if out is not X:
        np.copyto(out, X)
    elements = out.reshape(-1)
    buffers = np.empty((3, min(_BLOCK, elements.size)), out.dtype)
    for start in range(0, elements.size, _BLOCK):
        block = elements[start : start + _BLOCK]
        _gelu(block, *buffers[:, : block.size])
    return out


def _gelu(x, size, t, tail):
    """x becomes max(x, 0) - |x| erfc(|x| / √2) / 2, which is x Φ(x) without cancellation for negative x."""
    np.abs(x, out=size)
    np.multiply(size, _P / np.sqrt(2), out=t)
    t += 1
    np.reciprocal(t, out=t)
    np.multiply(t, _A[-1] / 2, out=tail)
    for a in _A[-2::-1]:
        tail += a / 2
        tail *= t
    tail *= size
    np.multiply(size, size, out=t)
    t *= -0.5
    np.exp(t, out=t)
    tail *= t
    np.maximum(x, 0, out=x)
    x -= tail
