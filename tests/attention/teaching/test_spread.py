"""The claim under ÷√d, seen in many trials; the softmax's Jacobian by finite differences; what scaling keeps alive."""

import numpy as np
import pytest

from attention.softmax import softmax
from attention.teaching.spread import (
    DIMENSIONS,
    KEYS,
    PAIRS,
    ROWS,
    divided,
    draw_trials,
    entropy,
    predicted,
    sharpness,
    softmax_jacobian,
)


@pytest.mark.parametrize("alike", [0.0, 0.5, -0.8])
def test_mean_and_deviation_are_the_predicted_ones(alike):
    trials = draw_trials(1, alike=alike)
    for d, values in zip(DIMENSIONS, trials.pairs, strict=True):
        mean, deviation = predicted(d, alike=alike)
        assert values.mean() == pytest.approx(mean, abs=4 * deviation / np.sqrt(PAIRS))
        assert values.std() == pytest.approx(deviation, rel=0.15 if d < 8 else 0.08)


def test_the_claim_is_that_of_the_paper():
    assert [predicted(d) for d in (1, 64, 512)] == [(0, 1), (0, 8), (0, pytest.approx(np.sqrt(512)))]


def test_a_larger_d_continues_the_same_vectors():
    rows = draw_trials(5).rows
    assert rows.shape == (len(DIMENSIONS), ROWS, KEYS)
    steps = np.diff(rows, axis=0)  # what the components added brought: as many as there were before
    assert steps.std(axis=(1, 2)) == pytest.approx(np.sqrt(DIMENSIONS[:-1]), rel=0.2)


def test_only_the_first_key_of_a_row_is_like_the_query():
    rows = draw_trials(2, alike=0.5).rows[-1]
    assert rows[:, 0].mean() == pytest.approx(256, abs=10)
    np.testing.assert_array_equal(rows[:, 1:], draw_trials(2).rows[-1][:, 1:])


def test_the_jacobian_is_that_of_finite_differences():
    scores, step = np.array([[0.3, -1.2, 2.0, 0.1], [5.0, 5.0, -3.0, 0.0]]), 1e-6
    expected = np.empty((2, 4, 4))
    for j in range(4):
        shift = step * np.eye(4)[j]
        expected[..., j] = (softmax(scores + shift) - softmax(scores - shift)) / (2 * step)
    jacobian = softmax_jacobian(softmax(scores))
    np.testing.assert_allclose(jacobian, expected, atol=1e-9)
    p = softmax(scores)[0]
    np.testing.assert_allclose(jacobian[0], np.diag(p) - np.outer(p, p), atol=1e-15)


def test_the_two_ends_of_a_softmax():
    one_hot, even = np.eye(8)[:1], np.full((1, 8), 1 / 8)
    assert entropy(one_hot)[0] == 0
    assert entropy(even)[0] == pytest.approx(3)
    assert np.linalg.norm(softmax_jacobian(one_hot)) == 0
    assert np.linalg.norm(softmax_jacobian(even)) == pytest.approx(np.sqrt(7) / 8)


def test_without_the_root_the_gradient_dies_and_with_it_nothing_changes():
    rows = draw_trials(0).rows
    without, root = sharpness(rows), sharpness(divided(rows))
    assert without.gradient[0] == root.gradient[0]
    assert without.gradient[-1] < 0.01 < 0.3 < root.gradient[-1]
    assert without.largest[-1] > 0.99 > 0.5 > root.largest.max()
    assert without.entropy[-1] < 0.05 < 2 < root.entropy.min()
    assert root.gradient.std() < 0.02


def test_divided_divides_every_row_of_a_dimension_alike():
    rows = np.ones((len(DIMENSIONS), 3, 2))
    np.testing.assert_allclose(divided(rows)[:, 1, 0], 1 / np.sqrt(DIMENSIONS))
    np.testing.assert_allclose(divided(rows[..., 0], 1.0)[:, 2], 1 / np.array(DIMENSIONS))
