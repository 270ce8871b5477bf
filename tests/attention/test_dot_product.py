"""`attend` against a plain loop, and where numbers or sizes are extreme."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import attend, softmax

N_Q, N_K, D_K, D_V = 5, 11, 7, 13
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 9)


def plain_loop(Q, K, V, *, mask=None, causal=False, scale=None, softcap=None, temperature=1.0):
    """Attention of one head, number by number. A mask has a column for every key."""
    scale = 1 / math.sqrt(Q.shape[1]) if scale is None else scale
    weights = np.zeros((len(Q), len(K)))
    for i, j in itertools.product(range(len(Q)), range(len(K))):
        score = sum(q * k for q, k in zip(Q[i], K[j], strict=True)) * scale
        if softcap:
            score = softcap * math.tanh(score / softcap)
        if causal and j > i:
            score = -math.inf
        elif mask is not None and mask.dtype == bool:
            score = score if mask[i, j] else -math.inf
        elif mask is not None:
            score += mask[i, j]
        weights[i, j] = math.exp(score / temperature)
    sums = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    return weights, weights @ V


@given(seed=seeds, n_q=sizes, n_k=sizes, d_k=sizes, d_v=sizes, data=st.data())
def test_equals_a_plain_loop(random_qkv, options, seed, n_q, n_k, d_k, d_v, data):
    Q, K, V = random_qkv(seed, n_q=n_q, n_k=n_k, d_k=d_k, d_v=d_v)
    chosen = data.draw(options(n_q, n_k))
    trace = attend(Q, K, V, **chosen)
    weights, output = plain_loop(Q, K, V, **chosen)
    np.testing.assert_allclose(trace.weights, weights, atol=1e-12)
    np.testing.assert_allclose(trace.output, output, atol=1e-12)


@given(seed=seeds, scale=st.sampled_from([1e-3, 1.0, 50.0]))
def test_rows_sum_to_one(random_qkv, seed, scale):
    weights = attend(*random_qkv(seed, leading=(2,)), scale=scale).weights
    assert weights.shape == (2, N_Q, N_K)
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-12)


@given(seed=seeds, order=st.permutations(range(N_K)))
def test_permuting_keys_with_their_values_changes_nothing(random_qkv, seed, order):
    Q, K, V = random_qkv(seed)
    straight, permuted = attend(Q, K, V), attend(Q, K[order], V[order])
    np.testing.assert_allclose(permuted.output, straight.output, atol=1e-12)
    np.testing.assert_allclose(permuted.weights, straight.weights[:, order], atol=1e-12)


@given(seed=seeds, data=st.data())
def test_a_batch_is_its_members(random_qkv, options, seed, data):
    Q, K, V = random_qkv(seed, leading=(2, 3))
    chosen = data.draw(options(N_Q, N_K))
    together = attend(Q, K, V, **chosen)
    for b in np.ndindex(2, 3):
        alone = attend(Q[b], K[b], V[b], **chosen)
        np.testing.assert_allclose(together.weights[b], alone.weights, atol=1e-12)
        np.testing.assert_allclose(together.output[b], alone.output, atol=1e-12)


@pytest.mark.parametrize(
    ("leading_Q", "leading_K", "leading_V", "leading_mask"),
    [((4, 1), (3,), (), ()), ((), (2, 3), (3,), ()), ((), (), (), (4,)), ((3,), (3,), (2, 3), (3,))],
)
def test_leading_axes_broadcast(leading_Q, leading_K, leading_V, leading_mask):
    rng = np.random.default_rng(0)
    Q, K = rng.normal(size=(*leading_Q, N_Q, D_K)), rng.normal(size=(*leading_K, N_K, D_K))
    V, mask = rng.normal(size=(*leading_V, N_K, D_V)), rng.random((*leading_mask, N_Q, N_K)) < 0.7
    batch = np.broadcast_shapes(leading_Q, leading_K, leading_V, leading_mask)
    trace = attend(Q, K, V, mask=mask)
    whole = attend(*(np.broadcast_to(X, (*batch, *X.shape[-2:])) for X in (Q, K, V)), mask=mask)
    assert trace.weights.shape == trace.masked.shape == (*batch, N_Q, N_K)
    np.testing.assert_allclose(trace.output, whole.output, atol=1e-12)
    np.testing.assert_allclose(softmax(trace.masked), trace.weights, atol=1e-12)


@pytest.mark.parametrize("h_kv", [1, 2, 3, 6])
@pytest.mark.parametrize("n", [N_Q, 150])
def test_grouped_queries_share_heads(random_qkv, h_kv, n):
    Q, K, V = random_qkv(1, leading=(2, 6), n_q=n, n_k=n + 1)
    mask = np.random.default_rng(1).random((2, 1, n, n + 1)) < 0.7
    trace = attend(Q, K[:, :h_kv], V[:, :h_kv], mask=mask)
    for head in range(6):
        shared = head // (6 // h_kv)
        alone = attend(Q[:, head], K[:, shared], V[:, shared], mask=mask[:, 0])
        np.testing.assert_allclose(trace.weights[:, head], alone.weights, atol=1e-12)
        np.testing.assert_allclose(trace.output[:, head], alone.output, atol=1e-12)
        np.testing.assert_allclose(trace.scores[:, head], alone.scores, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n", [6, 150])
def test_huge_scores_are_exact(dtype, n):
    Q = np.ones((n, 1), dtype)
    K = np.full((n, 1), -1e30, dtype)
    K[3:5] = 1e30
    trace = attend(Q, K, np.eye(n, dtype=dtype), scale=1)
    expected = np.zeros((n, n))
    expected[:, 3:5] = 0.5
    np.testing.assert_array_equal(trace.weights, expected)
    np.testing.assert_array_equal(trace.output, expected)


def test_scores_beyond_the_dtype_are_the_limit_and_raise_no_warning():
    Q, K = np.float32([[1e30], [-1e30]]), np.float32([[1e30], [2e30], [-1e30]])
    trace = attend(Q, K, np.eye(3, dtype=np.float32))
    assert np.isinf(trace.scaled).all()
    np.testing.assert_array_equal(trace.weights, [[0.5, 0.5, 0], [0, 0, 1]])


@pytest.mark.parametrize("shift", [-1e5, -61.0, -59.0, 0.0, 59.0, 61.0, 1e5])
def test_a_shift_of_all_scores_changes_nothing(shift):
    scores = np.random.default_rng(8).normal(size=(N_Q, N_K))
    weights = attend(scores + shift, np.eye(N_K), np.eye(N_K), scale=1).weights
    np.testing.assert_allclose(weights, softmax(scores), rtol=1e-9)


def test_nan_stays_in_its_row(random_qkv):
    Q, K, V = random_qkv(10)
    Q[1, 2] = np.nan
    weights = attend(Q, K, V).weights
    assert np.isnan(weights[1]).all()
    np.testing.assert_allclose(np.delete(weights, 1, axis=0).sum(axis=-1), 1, atol=1e-12)


@pytest.mark.parametrize("temperature", [1e-320, 1e-300, 1e-50, 1e-6])
def test_a_temperature_near_zero_chooses_the_largest(random_qkv, temperature):
    for dtype in (np.float32, np.float64):
        trace = attend(*random_qkv(11, dtype=dtype), temperature=temperature)
        np.testing.assert_array_equal(trace.weights, np.eye(N_K)[trace.scores.argmax(axis=-1)])


def test_a_huge_temperature_gives_equal_shares(random_qkv):
    np.testing.assert_allclose(attend(*random_qkv(12), temperature=1e300).weights, 1 / N_K)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("n_q", "n_k", "leading"), [(0, 11, ()), (5, 0, ()), (0, 0, (2,)), (5, 11, (0, 3))])
def test_nothing_to_ask_or_to_look_at(random_qkv, n_q, n_k, leading, causal):
    trace = attend(*random_qkv(13, leading=leading, n_q=n_q, n_k=n_k), causal=causal)
    assert trace.weights.shape == trace.masked.shape == (*leading, n_q, n_k)
    assert trace.output.shape == (*leading, n_q, D_V)
    assert not trace.output.any()


def test_vectors_without_numbers_attend_equally(random_qkv):
    Q, K, V = random_qkv(14, d_k=0)
    np.testing.assert_allclose(attend(Q, K, V).weights, 1 / N_K)


@pytest.mark.parametrize(
    "bad",
    [{"temperature": t} for t in (0, -1, math.nan, math.inf)]
    + [{"softcap": c} for c in (-1, math.nan, math.inf)]
    + [{"scale": s} for s in (math.nan, math.inf)],
)
def test_parameters_out_of_range_are_named(random_qkv, bad):
    with pytest.raises(ValueError, match=f"{next(iter(bad))} is"):
        attend(*random_qkv(21), **bad)


def test_no_softcap_can_also_be_said_as_zero(random_qkv):
    Q, K, V = random_qkv(22)
    trace = attend(Q, K, V, softcap=0)
    assert trace.softcap is None
    np.testing.assert_array_equal(trace.weights, attend(Q, K, V).weights)


def test_figures_of_the_illustrated_transformer():
    """q1·k1 = 112 and q1·k2 = 96 with d_k = 64: 14 and 12, 0.88 and 0.12 (Jay Alammar, 2018)."""
    Q, K = np.zeros((1, 64)), np.zeros((2, 64))
    Q[0, 0], K[:, 0] = 1, [112, 96]
    trace = attend(Q, K, np.eye(2))
    assert trace.scores.tolist() == [[112, 96]]
    assert trace.scaled.tolist() == [[14, 12]]
    assert trace.weights.round(2).tolist() == [[0.88, 0.12]]
