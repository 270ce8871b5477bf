"""One query, soft and hard: both ends of the temperature, the spread of means, the slope by finite differences."""

import math

import numpy as np
import pytest

from attention import attend
from attention.teaching.glimpses import ask, nudge_score, spread_of_means

rng = np.random.default_rng(5)
q, K, V = rng.normal(size=7), rng.normal(size=(11, 7)), rng.normal(size=(11, 3))
SCORES = K @ q / math.sqrt(7)


def test_both_ends_of_the_temperature():
    np.testing.assert_allclose(ask(q, K, V, math.inf).weights, 1 / 11)
    one = ask(q, K, V, 0).weights[0]
    assert (one.argmax(), one.sum()) == (SCORES.argmax(), 1)
    np.testing.assert_array_equal(ask(q, K, V, 2.0).weights, attend(q[None], K, V, temperature=2.0).weights)


@pytest.mark.parametrize("temperature", [0.3, 1.0, math.inf])
def test_values_are_drawn_as_often_as_their_weights_say(temperature):
    drawn = ask(q, K, V, temperature, draws=20_000, seed=1).weights
    np.testing.assert_array_equal(drawn.sum(axis=1), 1)
    np.testing.assert_allclose(drawn.mean(axis=0), ask(q, K, V, temperature).weights[0], atol=0.015)


@pytest.mark.parametrize("temperature", [0.3, 1.0, math.inf])
def test_the_spread_of_a_mean_is_that_of_one_draw_over_n(temperature):
    found = spread_of_means(q, K, V, temperature, (1, 4, 16), trials=2000, seed=2)
    np.testing.assert_allclose(found.measured, found.predicted, rtol=0.1)
    np.testing.assert_allclose(found.predicted[0] / found.predicted, (1, 4, 16))


def test_argmax_never_varies():
    found = spread_of_means(q, K, V, 0, (1, 4), trials=5)
    np.testing.assert_array_equal((found.measured, found.predicted), 0)


@pytest.mark.parametrize("temperature", [0.2, 1.0, 5.0])
@pytest.mark.parametrize("at", [0, int(SCORES.argmax())])
def test_the_slope_is_that_of_finite_differences(at, temperature):
    found = nudge_score(SCORES, V, at, (-1e-5, 1e-5), temperature)
    np.testing.assert_allclose(found.slope, (found.soft[1] - found.soft[0]) / 2e-5, rtol=1e-6, atol=1e-9)


def test_the_hard_answer_stays_until_it_jumps():
    second = int(np.argsort(SCORES)[-2])
    gap = SCORES.max() - SCORES[second]
    found = nudge_score(SCORES, V, second, (0, 0.99 * gap, 1.01 * gap))
    np.testing.assert_array_equal(found.hard, V[[SCORES.argmax(), SCORES.argmax(), second]])


@pytest.mark.parametrize("temperature", [0, math.inf])
def test_at_both_ends_there_is_no_slope(temperature):
    assert not nudge_score(SCORES, V, 2, (0.0,), temperature).slope.any()
