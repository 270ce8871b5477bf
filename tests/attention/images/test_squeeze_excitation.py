"""Properties of squeeze-and-excitation, with all sizes different: C=6 channels, R=3 hidden, H=5, W=7."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.squeeze_excitation import (
    SqueezeExcitationWeights,
    effective_squeeze_excitation,
    squeeze_excitation,
)

C, R, H, W = 6, 3, 5, 7


@pytest.fixture
def chance():
    return np.random.default_rng(11)


@pytest.fixture
def weights(chance):
    return SqueezeExcitationWeights(
        *(chance.standard_normal(s) for s in ((R, C), R, (C, R), C)),
    )


def test_every_stage_written_out(chance, weights):
    X = chance.standard_normal((C, H, W))
    trace = squeeze_excitation(X, weights)
    for c in range(C):
        assert trace.squeezed[c] == pytest.approx(X[c].sum() / (H * W))
    for r in range(R):
        z = sum(weights.W1[r, c] * trace.squeezed[c] for c in range(C)) + weights.b1[r]
        assert trace.hidden[r] == pytest.approx(max(z, 0))
    for c in range(C):
        z = sum(weights.W2[c, r] * trace.hidden[r] for r in range(R)) + weights.b2[c]
        assert trace.logits[c] == pytest.approx(z)
        assert trace.gates[c] == pytest.approx(1 / (1 + np.exp(-z)))
        np.testing.assert_allclose(trace.output[c], X[c] * trace.gates[c])
    assert trace.X is X


def test_gates_do_not_depend_on_where_things_are(chance, weights):
    X = chance.standard_normal((C, H, W))
    shuffled = chance.permuted(X.reshape(C, -1), axis=1).reshape(C, H, W)
    np.testing.assert_allclose(
        squeeze_excitation(X, weights).gates, squeeze_excitation(shuffled, weights).gates, atol=1e-14
    )


def test_permuting_channels_permutes_gates(chance, weights):
    X, order = chance.standard_normal((C, H, W)), chance.permutation(C)
    permuted = SqueezeExcitationWeights(weights.W1[:, order], weights.b1, weights.W2[order], weights.b2[order])
    np.testing.assert_allclose(
        squeeze_excitation(X[order], permuted).gates, squeeze_excitation(X, weights).gates[order], atol=1e-14
    )


def test_leading_axes(chance, weights):
    X = chance.standard_normal((2, 4, C, H, W))
    trace = squeeze_excitation(X, weights)
    assert (trace.gates.shape, trace.hidden.shape, trace.output.shape) == ((2, 4, C), (2, 4, R), X.shape)
    np.testing.assert_allclose(trace.gates[1, 2], squeeze_excitation(X[1, 2], weights).gates, atol=1e-14)


def test_biases_are_optional(chance, weights):
    X = chance.standard_normal((C, H, W))
    without = SqueezeExcitationWeights(weights.W1, None, weights.W2, None)
    zero = SqueezeExcitationWeights(weights.W1, np.zeros(R), weights.W2, np.zeros(C))
    np.testing.assert_array_equal(squeeze_excitation(X, without).gates, squeeze_excitation(X, zero).gates)


def test_float32_stays_float32(chance, weights):
    trace = squeeze_excitation(chance.standard_normal((C, H, W), dtype=np.float32), weights)
    for stage in ("squeezed", "hidden", "logits", "gates", "output"):
        assert getattr(trace, stage).dtype == np.float32


def test_very_large_responses_give_gates_without_warnings(weights):
    gates = squeeze_excitation(np.full((C, H, W), 1e30), weights).gates
    assert set(np.round(gates, 12)) <= {0, 1}


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_weights_that_do_not_fit_are_named(name, weights):
    shapes = {"W1": (R, C), "b1": (R,), "W2": (C, R), "b2": (C,)} | {name: (C + 1, C + 1)}
    wrong = SqueezeExcitationWeights(**{key: np.ones(shape) for key, shape in shapes.items()})
    with pytest.raises(ShapeError):
        squeeze_excitation(np.ones((C, H, W)), wrong)
    with pytest.raises(ShapeError, match=r"W1 must be \(3, 4\)"):
        squeeze_excitation(np.ones((4, H, W)), weights)


def test_effective_gates_are_a_clipped_line(chance):
    X = chance.standard_normal((C, H, W))
    trace = effective_squeeze_excitation(X, np.eye(C) * 9, np.zeros(C))
    np.testing.assert_allclose(trace.gates, np.clip(X.mean(axis=(1, 2)) * 9 / 6 + 0.5, 0, 1))
    with pytest.raises(ShapeError, match="W and b must be"):
        effective_squeeze_excitation(X, np.eye(C + 1), np.zeros(C))
