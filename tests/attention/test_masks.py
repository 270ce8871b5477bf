"""Masks: how `attend` applies them, as the ONNX operator Attention (opset 24) does, and how they are made."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError, attend, causal_mask, padding_mask, window_mask
from attention.masks import strided_mask

N_Q, N_K = 5, 11
seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds)
def test_what_is_masked_gets_exactly_nothing(random_qkv, seed):
    mask = np.random.default_rng(seed).random((N_Q, N_K)) < 0.5
    trace = attend(*random_qkv(seed), mask=mask)
    assert (trace.weights[~mask] == 0).all()
    assert (trace.masked[~mask] == -np.inf).all()
    np.testing.assert_allclose(trace.weights.sum(axis=-1), mask.any(axis=-1), atol=1e-12)


@given(seed=seeds)
def test_boolean_mask_is_a_float_mask_of_zero_and_minus_infinity(random_qkv, seed):
    mask = np.random.default_rng(seed).random((N_Q, N_K)) < 0.5
    Q, K, V = random_qkv(seed)
    added = np.where(mask, 0.0, -np.inf)
    np.testing.assert_array_equal(attend(Q, K, V, mask=added).weights, attend(Q, K, V, mask=mask).weights)


@pytest.mark.parametrize("n", [N_Q, 200])
@pytest.mark.parametrize("extra", [{}, {"softcap": 2.0}, {"temperature": 3.0}, {"causal": True}])
def test_fully_masked_rows_give_zeros(random_qkv, n, extra):
    Q, K, V = random_qkv(2, leading=(3,), n_q=n, n_k=n)
    mask = np.ones((n, n), dtype=bool)
    mask[2] = False
    trace = attend(Q, K, V, mask=mask, **extra)
    assert (trace.weights[:, 2] == 0).all()
    assert (trace.output[:, 2] == 0).all()
    np.testing.assert_allclose(np.delete(trace.weights, 2, axis=1).sum(axis=-1), 1, atol=1e-12)


@pytest.mark.parametrize("seen", [1, 4, N_K])
@pytest.mark.parametrize("kind", [bool, float])
def test_keys_beyond_a_short_mask_are_masked(random_qkv, seen, kind):
    Q, K, V = random_qkv(3)
    short = np.ones((N_Q, seen), dtype=bool) if kind is bool else np.full((N_Q, seen), 0.5)
    trace = attend(Q, K, V, mask=short)
    np.testing.assert_allclose(trace.output, attend(Q, K[:seen], V[:seen]).output, atol=1e-12)
    assert (trace.weights[:, seen:] == 0).all()
    assert (trace.masked[:, seen:] == -np.inf).all()


def test_a_mask_of_one_row_holds_for_every_query(random_qkv):
    Q, K, V = random_qkv(4)
    row = np.arange(N_K) % 3 > 0
    expected = attend(Q, K, V, mask=np.tile(row, (N_Q, 1))).weights
    np.testing.assert_array_equal(attend(Q, K, V, mask=row).weights, expected)
    np.testing.assert_array_equal(attend(Q, K, V, mask=row[None]).weights, expected)


@pytest.mark.parametrize(("n_q", "n_k"), [(5, 11), (11, 5)])
def test_causal_is_aligned_top_left(random_qkv, n_q, n_k):
    Q, K, V = random_qkv(5, n_q=n_q, n_k=n_k)
    weights = attend(Q, K, V, causal=True).weights
    assert (weights > 0).tolist() == [[j <= i for j in range(n_k)] for i in range(n_q)]
    np.testing.assert_array_equal(weights, attend(Q, K, V, mask=causal_mask(n_q, n_k)).weights)


def test_causal_holds_whatever_the_mask_adds(random_qkv):
    weights = attend(*random_qkv(6, n_q=4, n_k=4), mask=np.full((4, 4), np.inf), causal=True).weights
    np.testing.assert_array_equal(weights, np.tri(4) / np.arange(1, 5)[:, None])


def test_the_lowest_float_masks_without_a_warning(random_qkv):
    Q, K, V = random_qkv(9, dtype=np.float32)
    seen = np.arange(N_K) < 4
    for lowest in (np.finfo(np.float32).min, np.finfo(np.float64).min):
        trace = attend(-Q, K, V, mask=np.where(seen, 0, lowest))
        np.testing.assert_array_equal(trace.weights, attend(-Q, K, V, mask=seen).weights)
        assert trace.masked.dtype == np.float32


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((), ["mask", "()", "n_k = 11"]),
        ((12,), ["mask", "(12,)", "n_k = 11"]),
        ((4, 11), ["mask", "4 rows", "n_q = 5"]),
        ((3, 5, 11), ["leading axes of mask", "(3,)", "(2,)"]),
    ],
)
def test_masks_that_do_not_fit_are_named(random_qkv, shape, words):
    with pytest.raises(ShapeError) as raised:
        attend(*random_qkv(19, leading=(2,)), mask=np.zeros(shape))
    for word in words:
        assert word in str(raised.value)


def test_an_integer_mask_is_refused_because_it_could_mean_two_things(random_qkv):
    with pytest.raises(TypeError, match=r"mask has dtype int64, but must be boolean \(True = may attend\)"):
        attend(*random_qkv(20), mask=np.ones((N_Q, N_K), dtype=np.int64))


# Making masks


def test_causal_mask():
    assert causal_mask(2).tolist() == [[True, False], [True, True]]
    assert causal_mask(2, 4).tolist() == [[True, False, False, False], [True, True, False, False]]
    assert causal_mask(2, 4, offset=2).tolist() == [[True, True, True, False], [True] * 4]
    assert causal_mask(0, 3).shape == (0, 3)


@given(n_q=st.integers(0, 9), n_k=st.integers(0, 9), offset=st.integers(-3, 5), w=st.integers(0, 4))
def test_window_mask(n_q, n_k, offset, w):
    mask = window_mask(n_q, n_k, before=w, after=1, offset=offset)
    assert mask.tolist() == [[-w <= j - (i + offset) <= 1 for j in range(n_k)] for i in range(n_q)]


def test_a_window_that_reaches_back_to_the_start_is_causal():
    np.testing.assert_array_equal(window_mask(6, before=5, after=0), causal_mask(6))


@pytest.mark.parametrize(("n_q", "n_k", "offset"), [(5, 11, 0), (5, 11, 6), (9, 4, 0)])
@pytest.mark.parametrize("stride", [1, 3, 20])
def test_strided_mask(n_q, n_k, offset, stride):
    mask = strided_mask(n_q, n_k, stride=stride, offset=offset)
    for i, j in np.ndindex(n_q, n_k):
        steps = abs(j - i - offset)
        assert mask[i, j] == (steps < stride or steps % stride == 0)


@pytest.mark.parametrize("stride", [1, 2, 5, 9, 27])
def test_two_strided_layers_reach_everybody(stride):
    once = strided_mask(27, stride=stride).astype(int)
    assert (once @ once > 0).all()


def test_a_stride_is_at_least_one():
    with pytest.raises(ValueError, match="stride is 0"):
        strided_mask(3, stride=0)


def test_a_window_cannot_be_negative():
    with pytest.raises(ValueError, match="before = -1"):
        window_mask(3, before=-1, after=0)


def test_padding_mask_equals_shorter_sequences(random_qkv):
    Q, K, V = random_qkv(23, leading=(3, 2))
    lengths = np.array([11, 4, 0])
    output = attend(Q, K, V, mask=padding_mask(lengths[:, None], N_K)).output
    for b, length in enumerate(lengths):
        expected = attend(Q[b], K[b, :, :length], V[b, :, :length]).output
        np.testing.assert_allclose(output[b], expected, atol=1e-12)


def test_padding_mask():
    assert padding_mask([1, 3]).tolist() == [[[True, False, False]], [[True] * 3]]
    assert padding_mask(2, 3).tolist() == [[True, True, False]]


@pytest.mark.parametrize(("lengths", "error"), [([4, 2], ValueError), ([-1], ValueError), ([1.5], TypeError)])
def test_padding_that_cannot_be(lengths, error):
    with pytest.raises(error, match="lengths"):
        padding_mask(lengths, 3)
