"""Convolutions with the channels last, against plain loops."""

import numpy as np
import pytest

from attention.networks.channels_last import convolve, depthwise

RNG = np.random.default_rng(3)


def plain(X, W, bias, stride):
    """W : (3, 3, C, O)."""
    padded = np.pad(X, ((1, 1), (1, 1), (0, 0)))
    h, w = -(-X.shape[0] // stride), -(-X.shape[1] // stride)
    Y = np.empty((h, w, W.shape[-1]))
    for i in range(h):
        for j in range(w):
            under = padded[i * stride : i * stride + 3, j * stride : j * stride + 3]
            Y[i, j] = np.einsum("ijc,ijco->o", under, W) + bias
    return Y


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("shape", [(1, 1), (5, 7), (8, 4), (90, 131)])  # the last is worked on in strips
def test_convolutions_are_their_definition(shape, stride):
    X = RNG.normal(size=(*shape, 11))
    W, bias = RNG.normal(size=(3, 3, 11, 13)), RNG.normal(size=13)
    Y = convolve(X, W.reshape(99, 13), bias, stride=stride)
    np.testing.assert_allclose(Y, plain(X, W, bias, stride), atol=1e-10)
    np.testing.assert_allclose(convolve(X, W.reshape(99, 13), stride=stride), Y - bias, atol=1e-10)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("shape", [(1, 1), (5, 7), (8, 4), (90, 131)])
def test_depthwise_convolutions_are_those_of_each_channel(shape, stride):
    X = RNG.normal(size=(*shape, 17))
    W, bias = RNG.normal(size=(9, 17)), RNG.normal(size=17)
    diagonal = W.reshape(3, 3, 17, 1) * np.eye(17)
    np.testing.assert_allclose(depthwise(X, W, bias, stride=stride), plain(X, diagonal, bias, stride), atol=1e-10)
