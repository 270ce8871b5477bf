"""Hard attention: one key for each query, the largest or a drawn one."""

import numpy as np
import pytest

from attention import attend, hard_attention


def test_takes_the_value_of_the_largest_score(random_qkv):
    Q, K, V = random_qkv(0, leading=(2,))
    trace = hard_attention(Q, K, V)
    best = (Q @ K.swapaxes(-1, -2)).argmax(axis=-1)
    np.testing.assert_array_equal(trace.output, np.take_along_axis(V, best[..., None], axis=-2))
    np.testing.assert_array_equal(trace.weights, np.eye(11)[best])


def test_is_attention_at_a_temperature_near_zero(random_qkv):
    Q, K, V = random_qkv(1)
    np.testing.assert_allclose(hard_attention(Q, K, V).output, attend(Q, K, V, temperature=1e-9).output, atol=1e-12)


def test_the_first_of_several_equal_scores():
    trace = hard_attention(np.ones((1, 2)), np.ones((3, 2)), np.eye(3))
    assert trace.weights.tolist() == [[1, 0, 0]]


@pytest.mark.parametrize("sample", [None, 5])
def test_looks_only_where_it_may(random_qkv, sample):
    Q, K, V = random_qkv(2, leading=(40,))
    mask = np.random.default_rng(2).random((40, 5, 11)) < 0.3
    weights = hard_attention(Q, K, V, mask=mask, causal=True, sample=sample).weights
    allowed = mask & np.tri(5, 11, dtype=bool)
    assert (weights[~allowed] == 0).all()
    np.testing.assert_array_equal(weights.sum(axis=-1), allowed.any(axis=-1))
    assert not allowed.any(axis=-1).all()


def test_draws_follow_the_soft_weights():
    scores = np.log([[0.5, 0.3, 0.2, 1e-12]])
    drawn = hard_attention(np.repeat(scores, 20_000, axis=0), np.eye(4), np.eye(4), scale=1, sample=3).weights
    np.testing.assert_allclose(drawn.mean(axis=0), [0.5, 0.3, 0.2, 0], atol=0.015)
    cold = hard_attention(
        np.repeat(scores, 20_000, axis=0), np.eye(4), np.eye(4), scale=1, sample=3, temperature=0.5
    ).weights
    np.testing.assert_allclose(cold.mean(axis=0), np.array([25, 9, 4, 0]) / 38, atol=0.015)


def test_a_seed_repeats_and_a_generator_goes_on(random_qkv):
    Q, K, V = random_qkv(4, leading=(10,))
    first, again = (hard_attention(Q, K, V, sample=7).weights for _ in range(2))
    np.testing.assert_array_equal(first, again)
    generator = np.random.default_rng(7)
    np.testing.assert_array_equal(hard_attention(Q, K, V, sample=generator).weights, first)
    assert (hard_attention(Q, K, V, sample=generator).weights != first).any()


def test_shares_heads_and_keeps_the_stages(random_qkv):
    Q, K, V = random_qkv(5, leading=(4,))
    hard, soft = (f(Q, K[:2], V[:2], softcap=3.0) for f in (hard_attention, attend))
    np.testing.assert_array_equal(hard.masked, soft.masked)
    np.testing.assert_array_equal(hard.weights.argmax(axis=-1), soft.weights.argmax(axis=-1))
    np.testing.assert_array_equal(hard.output, hard.weights @ np.repeat(V[:2], 2, axis=0))


def test_no_keys_and_dtype(random_qkv):
    assert not hard_attention(*random_qkv(6, n_k=0)).output.any()
    for sample in (None, 1):
        trace = hard_attention(*random_qkv(6, dtype=np.float32), sample=sample)
        assert trace.weights.dtype == trace.output.dtype == np.float32
