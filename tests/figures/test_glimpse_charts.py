"""What the glimpses and their charts draw is what was computed."""

import json

import numpy as np
import pytest

from attention.teaching.glimpses import nudge_score, spread_of_means
from figures.glimpse_charts import ChartText, glimpses_payload, slope_lines, spread_lines

rng = np.random.default_rng(4)
q, K, V = rng.normal(size=7), rng.normal(size=(5, 7)), rng.uniform(size=(5, 3))
NAMES = ("measured", "predicted", "soft", "hard", "slope", "here")
TEXT = ChartText("x", "y", {name: name for name in NAMES})


def test_means_are_those_of_the_glimpses_so_far():
    weights, chosen = np.array([0.5, 0.2, 0.1, 0.1, 0.1]), np.array([3, 0, 0])
    sent = glimpses_payload("data:,", (20, 10), np.zeros((5, 4), int), weights, V, chosen, 2, {"play": "Play"})
    sent = json.loads(json.dumps(sent))
    np.testing.assert_allclose(sent["means"], [V[3], (V[3] + V[0]) / 2, (V[3] + 2 * V[0]) / 3])
    np.testing.assert_allclose(sent["expectation"], weights @ V)
    assert sent["apart"] == pytest.approx(np.sqrt(((V - V.mean(axis=0)) ** 2).sum(axis=1).mean()))
    assert (sent["chosen"], sent["asks"], sent["size"]) == ([3, 0, 0], 2, [20, 10])


def test_the_spread_is_drawn_as_a_distance():
    spread = spread_of_means(q, K, V, 1.0, (1, 4), trials=50)
    lines = {line.name: line for line in spread_lines(spread, TEXT).data}
    np.testing.assert_allclose(lines["measured"].y, np.sqrt(spread.measured))
    assert lines["predicted"].y[0] == pytest.approx(2 * lines["predicted"].y[1])


def test_the_tangent_goes_through_the_point_with_the_slope():
    scores = K @ q
    along, here = nudge_score(scores, V, 1, np.linspace(-1, 3, 9)), nudge_score(scores, V, 1, (0.0,))
    figure = slope_lines(along, here, TEXT, channel=2)
    lines = {line.name: line for line in figure.data}
    np.testing.assert_array_equal(lines["soft"].y, along.soft[:, 2])
    np.testing.assert_array_equal(lines["hard"].y, along.hard[:, 2])
    (left, right), (low, high) = lines["slope"].x, lines["slope"].y
    assert (high - low) / (right - left) == pytest.approx(here.slope[2])
    assert (low + high) / 2 == pytest.approx(lines["here"].y[0]) == pytest.approx(here.soft[0, 2])
