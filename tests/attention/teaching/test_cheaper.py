"""The cheaper rules: what they may see, what they cost, and that they are full attention where nothing is left out."""

import numpy as np
import pytest

from attention import attend
from attention.masks import strided_mask, window_mask
from attention.teaching.cheaper import KINDS, apart, cheaper, products

N, D_K, D_V = 11, 7, 13


@pytest.fixture
def qkv(random_qkv):
    return random_qkv(1, n_q=N, n_k=N, d_k=D_K, d_v=D_V)


@pytest.mark.parametrize(("kind", "reach"), [("full", 1), ("window", N), ("strided", 1)])
def test_where_nothing_is_left_out_it_is_full_attention(qkv, kind, reach):
    found, full = cheaper(*qkv, kind, reach), attend(*qkv)
    np.testing.assert_array_equal(found.weights, full.weights)
    assert apart(full.output, found.output) == 0
    assert found.multiply_adds == N * N * (D_K + D_V)


@pytest.mark.parametrize("reach", [1, 2, 3, 4, 5, 10, 40])
@pytest.mark.parametrize("n", [1, 2, N])
def test_products_are_those_of_the_pairs_that_may_meet(n, reach):
    pairs = {
        "full": n * n,
        "window": window_mask(n, before=reach, after=reach).sum(),
        "strided": strided_mask(n, stride=reach).sum(),
    }
    assert {kind: products(kind, n, D_K, D_V, reach) for kind in pairs} == {
        kind: count * (D_K + D_V) for kind, count in pairs.items()
    }


def test_products_of_linear_attention_grow_with_the_words_and_do_not_know_the_reach():
    assert products("linear", 10, D_K, D_V, 1) == 10 * products("linear", 1, D_K, D_V, 5)
    assert products("linear", 1, D_K, D_V, 1) == D_K * D_V + D_K * D_V + D_K


@pytest.mark.parametrize("kind", KINDS)
def test_rows_sum_to_one_and_mix_the_values(qkv, kind):
    found = cheaper(*qkv, kind, 2)
    np.testing.assert_allclose(found.weights.sum(axis=-1), 1)
    np.testing.assert_allclose(found.weights @ qkv[2], found.output, atol=1e-12)


def test_apart_is_a_share_of_the_first_length():
    assert apart(np.array([[3.0, 4.0]]), np.array([[3.0, 1.0]])) == pytest.approx(3 / 5)
