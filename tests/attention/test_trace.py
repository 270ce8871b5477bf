"""The stages computed on demand agree with the fast path, and keep their order."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import attend, softmax

N_Q, N_K, D_K = 5, 11, 7
seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds, data=st.data())
def test_stages_lead_to_the_weights(random_qkv, options, seed, data):
    chosen = data.draw(options(N_Q, N_K))
    trace = attend(*random_qkv(seed, leading=(2, 3)), **chosen)
    np.testing.assert_allclose(trace.scores, trace.Q @ trace.K.swapaxes(-1, -2), atol=1e-12)
    np.testing.assert_allclose(trace.scaled, trace.scores * trace.scale, atol=1e-12)
    if trace.softcap is None:
        assert trace.capped is trace.scaled
    else:
        assert np.abs(trace.capped).max() <= trace.softcap
    if trace.mask is None and not trace.causal:
        assert trace.masked is trace.capped
    np.testing.assert_allclose(softmax(trace.masked, temperature=trace.temperature), trace.weights, atol=1e-12)
    np.testing.assert_allclose(trace.weights @ trace.V, trace.output, atol=1e-12)


@pytest.mark.parametrize("n", [16, 100, 128, 129, 300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("extra", [{}, {"causal": True}, {"softcap": 3.0, "temperature": 0.5}])
def test_fast_path_agrees_with_the_stages_at_every_size(random_qkv, n, dtype, extra):
    Q, K, V = random_qkv(n, leading=(3,), n_q=n, n_k=n + 7, d_k=16, d_v=20, dtype=dtype)
    mask = np.random.default_rng(n).random((3, 1, n + 7)) < 0.8
    for chosen in (extra, {"mask": mask, **extra}):
        trace = attend(Q, K, V, **chosen)
        tolerance = 1e-5 if dtype == np.float32 else 1e-12
        np.testing.assert_allclose(
            softmax(trace.masked, temperature=trace.temperature),
            trace.weights,
            rtol=tolerance,
            atol=tolerance,
        )
        np.testing.assert_allclose(trace.weights @ V, trace.output, atol=tolerance)
        assert trace.weights.dtype == trace.output.dtype == trace.masked.dtype == dtype


def test_softcap_comes_before_the_mask_and_temperature_after_it(random_qkv):
    Q, K, V = random_qkv(7)
    bias = np.random.default_rng(7).normal(size=(N_Q, N_K))
    scaled = Q @ K.T / math.sqrt(D_K)
    expected = softmax((1.5 * np.tanh(scaled / 1.5) + bias) / 0.3)
    weights = attend(Q, K, V, mask=bias, softcap=1.5, temperature=0.3).weights
    np.testing.assert_allclose(weights, expected, atol=1e-12)


@pytest.mark.parametrize("n", [N_Q, 150])
def test_inputs_are_held_and_not_changed(random_qkv, n):
    given_arrays = (*random_qkv(18, n_q=n, n_k=n), np.random.default_rng(18).normal(size=(n, n)))
    for X in given_arrays:
        X.flags.writeable = False
    Q, K, V, mask = given_arrays
    trace = attend(Q, K, V, mask=mask, causal=True, softcap=5.0, temperature=0.7)
    assert trace.masked.shape == (n, n)
    assert (trace.Q is Q, trace.K is K, trace.V is V, trace.mask is mask) == (True,) * 4
