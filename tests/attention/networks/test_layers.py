"""The parts of an encoder that are not attention, against their definitions in float64."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention.networks.layers import gelu, layer_norm, linear

RNG = np.random.default_rng(1)


def exact_gelu(x):
    return 0.5 * x * math.erfc(-x / math.sqrt(2))


@given(st.floats(-1e4, 1e4, width=32))
def test_gelu_is_exact_to_a_millionth(x):
    X = np.array([x], np.float32)
    assert gelu(X)[0] == pytest.approx(exact_gelu(float(X[0])), rel=1e-6, abs=1e-6)


def test_gelu_of_many_numbers_is_that_of_each():
    X = RNG.normal(0, 3, (7, 5003)).astype(np.float32)  # more than two blocks, and no multiple of one
    expected = np.vectorize(exact_gelu)(X.astype(np.float64))
    np.testing.assert_allclose(gelu(X), expected, atol=1e-6, rtol=0)


def test_gelu_writes_only_where_it_is_told():
    X = RNG.normal(size=(3, 5)).astype(np.float32)
    before = X.copy()
    result = gelu(X)
    np.testing.assert_array_equal(X, before)
    assert gelu(X, out=X) is X
    np.testing.assert_array_equal(X, result)


def test_gelu_reads_any_memory_layout():
    X = RNG.normal(size=(5, 3)).astype(np.float32)
    np.testing.assert_array_equal(gelu(X.T), gelu(X).T)


def test_layer_norm_is_its_definition():
    X = RNG.normal(5, 3, (4, 7, 11))
    gain, bias = RNG.normal(size=(2, 11))
    mean = X.mean(-1, keepdims=True)
    expected = (X - mean) / np.sqrt(((X - mean) ** 2).mean(-1, keepdims=True) + 0.1) * gain + bias
    np.testing.assert_allclose(layer_norm(X, gain, bias, 0.1), expected, rtol=1e-12)
    layer_norm(X, gain, bias, 0.1, out=X)
    np.testing.assert_allclose(X, expected, rtol=1e-12)


def test_linear_is_its_definition():
    X, W, bias = RNG.normal(size=(5, 7)), RNG.normal(size=(7, 3)), RNG.normal(size=3)
    expected = [[sum(X[i, k] * W[k, j] for k in range(7)) + bias[j] for j in range(3)] for i in range(5)]
    np.testing.assert_allclose(linear(X, W, bias), expected, rtol=1e-12)
    out = np.empty((5, 3))
    assert linear(X, W, bias, out=out) is out
    np.testing.assert_allclose(out, expected, rtol=1e-12)
