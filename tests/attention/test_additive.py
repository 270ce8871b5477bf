"""Additive attention against a plain loop."""

import itertools
import math

import numpy as np
import pytest

from attention import ShapeError, additive_attention, attend, softmax

N_Q, N_K, D_Q, D_KEY, D_V, D = 5, 11, 6, 7, 13, 4


def parameters(seed=0):
    rng = np.random.default_rng(seed)
    sizes = {"W_Q": (D_Q, D), "W_K": (D_KEY, D), "v": (D,), "b": (D,)}
    return {name: rng.normal(size=size) for name, size in sizes.items()}


def random_inputs(seed=0, leading=()):
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(size=(*leading, *size)) for size in ((N_Q, D_Q), (N_K, D_KEY), (N_K, D_V)))


def test_equals_a_plain_loop():
    (Q, K, V), p = random_inputs(), parameters()
    scores = np.zeros((N_Q, N_K))
    for i, j, m in itertools.product(range(N_Q), range(N_K), range(D)):
        scores[i, j] += p["v"][m] * math.tanh(Q[i] @ p["W_Q"][:, m] + p["b"][m] + K[j] @ p["W_K"][:, m])
    trace = additive_attention(Q, K, V, **p)
    np.testing.assert_allclose(trace.scores, scores, atol=1e-12)
    np.testing.assert_allclose(trace.weights, softmax(scores), atol=1e-12)
    np.testing.assert_allclose(trace.output, softmax(scores) @ V, atol=1e-12)
    np.testing.assert_allclose(trace.hidden @ trace.v, scores, atol=1e-12)
    assert trace.hidden.shape == (N_Q, N_K, D)


def test_what_is_left_out_is_identity_ones_and_zero():
    rng = np.random.default_rng(1)
    Q, K, V = rng.normal(size=(N_Q, D)), rng.normal(size=(N_K, D)), rng.normal(size=(N_K, D_V))
    whole = additive_attention(Q, K, V, v=np.ones(D), W_Q=np.eye(D), W_K=np.eye(D), b=np.zeros(D))
    np.testing.assert_allclose(additive_attention(Q, K, V).weights, whole.weights, atol=1e-12)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("kind", ["boolean", "float", "short", None])
def test_masks_are_those_of_attend(causal, kind):
    (Q, K, V), p = random_inputs(2), parameters(2)
    rng = np.random.default_rng(2)
    mask = {
        "boolean": rng.random((N_Q, N_K)) < 0.4,
        "float": rng.normal(size=(N_Q, N_K)),
        "short": np.arange(4) > 0,
    }.get(kind)
    trace = additive_attention(Q, K, V, **p, mask=mask, causal=causal, temperature=0.5)
    same = attend(trace.scores, np.eye(N_K), V, scale=1, mask=mask, causal=causal, temperature=0.5)
    np.testing.assert_allclose(trace.weights, same.weights, atol=1e-12)
    np.testing.assert_allclose(trace.output, same.output, atol=1e-12)
    np.testing.assert_allclose(trace.masked, same.masked, atol=1e-12)


def test_leading_axes_broadcast():
    (_, K, V), p = random_inputs(3), parameters(3)
    batch = np.random.default_rng(3).normal(size=(2, 1, N_Q, D_Q))
    mask = np.random.default_rng(3).random((3, N_Q, N_K)) < 0.7
    trace = additive_attention(batch, K, V, **p, mask=mask)
    assert trace.weights.shape == (2, 3, N_Q, N_K)
    for a, b in np.ndindex(2, 3):
        alone = additive_attention(batch[a, 0], K, V, **p, mask=mask[b])
        np.testing.assert_allclose(trace.output[a, b], alone.output, atol=1e-12)


def test_fully_masked_rows_and_no_keys_give_zeros():
    (Q, K, V), p = random_inputs(4), parameters(4)
    mask = np.ones((N_Q, N_K), dtype=bool)
    mask[1] = False
    trace = additive_attention(Q, K, V, **p, mask=mask)
    assert not trace.weights[1].any()
    assert not trace.output[1].any()
    assert not additive_attention(Q, K[:0], V[:0], **p).output.any()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"W_Q": np.ones((5, D))}, ["W_Q", "(5, 4)", "6"]),
        ({"W_K": np.ones((5, D))}, ["W_K", "(5, 4)", "7"]),
        ({"W_K": np.ones((D_KEY, 3))}, ["width 3", "4"]),
        ({"W_K": None}, ["K", "width 7", "4"]),
        ({"v": np.ones(3)}, ["v", "(3,)", "4"]),
        ({"b": np.ones(5)}, ["b", "(5,)", "4"]),
        ({"mask": np.ones((4, N_K), bool)}, ["mask", "4 rows", "n_q = 5"]),
    ],
)
def test_sizes_that_do_not_fit_are_named(changes, words):
    with pytest.raises(ShapeError) as raised:
        additive_attention(*random_inputs(), **(parameters() | changes))
    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype(dtype):
    arrays = [X.astype(dtype) for X in random_inputs()]
    trace = additive_attention(*arrays, **{name: p.astype(dtype) for name, p in parameters().items()})
    assert trace.weights.dtype == trace.output.dtype == dtype
