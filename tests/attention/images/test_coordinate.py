"""Properties of coordinate attention, with all sizes different: C=7 channels, R=3 hidden, H=11, W=5."""

from dataclasses import replace

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.coordinate import CoordinateWeights, coordinate_attention

C, R, H, W = 7, 3, 11, 5


@pytest.fixture
def chance():
    return np.random.default_rng(26)


@pytest.fixture(name="X")
def feature_maps(chance):
    return chance.standard_normal((C, H, W))


@pytest.fixture
def weights(chance):
    return CoordinateWeights(*(chance.standard_normal(s) for s in ((R, C), R, (C, R), C, (C, R), C)))


def line_gates(means, weights, W_out, b_out):
    """One row or column, by plain loops: the C means of it -> the R hidden numbers and the C gates."""
    hidden = []
    for r in range(R):
        z = sum(weights.W1[r, c] * means[c] for c in range(C)) + weights.b1[r]
        hidden.append(z * min(max(z + 3, 0), 6) / 6)
    logits = [sum(W_out[c, r] * hidden[r] for r in range(R)) + b_out[c] for c in range(C)]
    return hidden, [1 / (1 + np.exp(-z)) for z in logits]


def test_every_stage_written_out(X, weights):
    trace = coordinate_attention(X, weights)
    for y in range(H):
        means = [X[c, y].sum() / W for c in range(C)]
        hidden, gates = line_gates(means, weights, weights.W_rows, weights.b_rows)
        np.testing.assert_allclose(trace.pooled_rows[:, y], means)
        np.testing.assert_allclose(trace.hidden_rows[:, y], hidden)
        np.testing.assert_allclose(trace.gates_rows[:, y], gates)
    for x in range(W):
        means = [X[c, :, x].sum() / H for c in range(C)]
        hidden, gates = line_gates(means, weights, weights.W_columns, weights.b_columns)
        np.testing.assert_allclose(trace.pooled_columns[:, x], means)
        np.testing.assert_allclose(trace.hidden_columns[:, x], hidden)
        np.testing.assert_allclose(trace.gates_columns[:, x], gates)
    for c, y, x in np.ndindex(C, H, W):
        assert trace.mask[c, y, x] == pytest.approx(trace.gates_rows[c, y] * trace.gates_columns[c, x])
    np.testing.assert_allclose(trace.output, X * trace.mask)


def test_a_transposed_picture_swaps_rows_and_columns(X, weights):
    swapped = CoordinateWeights(
        weights.W1, weights.b1, weights.W_columns, weights.b_columns, weights.W_rows, weights.b_rows
    )
    upright, lying = coordinate_attention(X, weights), coordinate_attention(X.swapaxes(1, 2), swapped)
    np.testing.assert_allclose(lying.gates_rows, upright.gates_columns, atol=1e-12)
    np.testing.assert_allclose(lying.gates_columns, upright.gates_rows, atol=1e-12)
    np.testing.assert_allclose(lying.mask, upright.mask.swapaxes(1, 2), atol=1e-12)


def test_a_mirrored_picture_gives_mirrored_gates(X, weights):
    mirrored = coordinate_attention(X[:, :, ::-1], weights)
    trace = coordinate_attention(X, weights)
    np.testing.assert_allclose(mirrored.gates_columns, trace.gates_columns[:, ::-1], atol=1e-12)
    np.testing.assert_allclose(mirrored.gates_rows, trace.gates_rows, atol=1e-12)


@pytest.mark.parametrize("name", ["W1", "b1", "W_rows", "b_rows", "W_columns", "b_columns"])
def test_weights_that_do_not_fit_are_named(X, weights, name):
    wrong = {"W1": np.ones((R, 9))}.get(name, np.ones((9, 9)))
    with pytest.raises(ShapeError, match=f"^{name} must be"):
        coordinate_attention(X, replace(weights, **{name: wrong}))
