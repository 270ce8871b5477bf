"""Properties of global context, with all sizes different: C=7 channels, R=3 hidden, H=4, W=5."""

from dataclasses import replace

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.global_context import GlobalContextWeights, global_context

C, R, H, W = 7, 3, 4, 5


@pytest.fixture
def chance():
    return np.random.default_rng(28)


@pytest.fixture(name="X")
def feature_maps(chance):
    return chance.standard_normal((C, H, W))


@pytest.fixture
def weights(chance):
    return GlobalContextWeights(*(chance.standard_normal(s) for s in (C, (R, C), R, R, R, (C, R), C)))


def test_every_stage_written_out(X, weights):
    trace = global_context(X, weights)
    shares = np.exp([[weights.W_k @ X[:, y, x] for x in range(W)] for y in range(H)])
    shares /= shares.sum()
    np.testing.assert_allclose(trace.mask, shares)
    context = sum(shares[y, x] * X[:, y, x] for y in range(H) for x in range(W))
    np.testing.assert_allclose(trace.context, context)
    z = weights.W1 @ context + weights.b1
    z = (z - z.mean()) / np.sqrt(((z - z.mean()) ** 2).mean() + 1e-5)
    hidden = np.maximum(z * weights.norm_weight + weights.norm_bias, 0)
    np.testing.assert_allclose(trace.hidden, hidden)
    np.testing.assert_allclose(trace.logits, weights.W2 @ hidden + weights.b2)
    np.testing.assert_allclose(trace.output, X + trace.logits[:, None, None])


def test_the_other_fusion_gates_the_channels(X, weights):
    trace = global_context(X, weights, fusion="scale")
    np.testing.assert_allclose(trace.output, X / (1 + np.exp(-trace.logits[:, None, None])))


def test_without_a_question_it_collects_the_average(X, weights):
    trace = global_context(X, replace(weights, W_k=np.zeros(C)))
    np.testing.assert_allclose(trace.context, X.mean(axis=(1, 2)))


@pytest.mark.parametrize("name", ["W_k", "W1", "b1", "norm_weight", "norm_bias", "W2", "b2"])
def test_weights_that_do_not_fit_are_named(X, weights, name):
    wrong = {"W1": np.ones((R, 9))}.get(name, np.ones((9, 9)))
    with pytest.raises(ShapeError, match=f"^{name} must be"):
        global_context(X, replace(weights, **{name: wrong}))


def test_another_fusion_is_refused(X, weights):
    with pytest.raises(ValueError, match="fusion must be one of add, scale, got 'concat'"):
        global_context(X, weights, fusion="concat")
