"""Linear attention gives what its paper's sums give, without ever making the matrix of weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError
from attention.linear import elu_plus_one, linear_attention

seeds = st.integers(0, 2**32 - 1)


def phi(x: float) -> float:
    return x + 1 if x > 0 else np.exp(x)


@given(seed=seeds)
def test_it_is_the_sum_over_keys_that_the_paper_writes(random_qkv, seed):
    Q, K, V = random_qkv(seed)
    trace = linear_attention(Q, K, V)
    for i, q in enumerate(Q):
        similar = [sum(phi(a) * phi(b) for a, b in zip(q, k, strict=True)) for k in K]
        weights = np.array(similar) / sum(similar)
        np.testing.assert_allclose(trace.weights[i], weights, atol=1e-12)
        np.testing.assert_allclose(trace.output[i], weights @ V, atol=1e-12)


@given(seed=seeds)
def test_the_output_is_the_mixture_that_its_weights_say(random_qkv, seed):
    trace = linear_attention(*random_qkv(seed, leading=(2, 3)))
    np.testing.assert_allclose(trace.weights.sum(axis=-1), 1)
    np.testing.assert_allclose(trace.weights @ trace.V, trace.output, atol=1e-12)
    assert (trace.weights > 0).all()


@given(seed=seeds)
def test_the_order_of_the_keys_changes_nothing(random_qkv, seed):
    Q, K, V = random_qkv(seed)
    order = np.random.default_rng(seed).permutation(len(K))
    np.testing.assert_allclose(linear_attention(Q, K[order], V[order]).output, linear_attention(Q, K, V).output)


def test_the_state_does_not_grow_with_the_keys(random_qkv):
    few, many = (linear_attention(*random_qkv(1, n_k=n)) for n in (11, 400))
    assert few.state.shape == many.state.shape == (few.K.shape[-1], few.V.shape[-1])


def test_large_numbers_neither_warn_nor_overflow():
    x = np.array([-1e4, -1.0, 0.0, 1.0, 1e4])
    np.testing.assert_allclose(elu_plus_one(x), [0, np.exp(-1), 1, 2, 1e4 + 1])


def test_float32_stays_float32(random_qkv):
    trace = linear_attention(*(X.astype(np.float32) for X in random_qkv(2)))
    assert trace.output.dtype == trace.weights.dtype == np.float32


def test_sizes_that_do_not_fit_are_named(random_qkv):
    Q, K, V = random_qkv(3)
    with pytest.raises(ShapeError, match="K has d_k = 6, but Q has d_k = 7"):
        linear_attention(Q, K[:, :6], V)
    with pytest.raises(ShapeError, match="V has 10 rows"):
        linear_attention(Q, K, V[:10])
