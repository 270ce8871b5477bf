"""The formulas of a weight hold the numbers that made it, whatever was changed on the way."""

import numpy as np
import pytest

from attention import attend
from figures.formulas import softmax_steps

Q, K, V = (np.random.default_rng(0).normal(size=(5, 16)) for _ in range(3))
HIDDEN = np.array([True, True, False, True, True])


def names(attention, looks=1):
    return [name for name, _ in softmax_steps(attention, 3, looks)]


@pytest.mark.parametrize(
    ("options", "looks", "expected"),
    [
        ({}, 1, ["score", "scale", "softmax"]),
        ({"scale": 1.0}, 1, ["score", "unscaled", "softmax"]),
        ({"temperature": 2.0}, 1, ["score", "scale", "temperature", "softmax"]),
        ({"mask": HIDDEN}, 2, ["score", "scale", "mask", "softmax"]),
        ({"mask": HIDDEN}, 1, ["score", "scale", "softmax"]),
        ({"mask": np.zeros(5, bool)}, 2, ["score", "scale", "mask", "nobody"]),
        ({"scale": 1000.0}, 1, ["score", "unscaled", "softmax_shifted"]),
    ],
)
def test_only_the_steps_that_were_taken_are_told(options, looks, expected):
    assert names(attend(Q, K, V, **options), looks) == expected


def test_the_numbers_are_the_traces():
    trace = attend(Q, K, V, temperature=2.0)
    formulas = dict(softmax_steps(trace, 3, 1))
    assert f"{trace.scores[3, 1]:.3f}" in formulas["score"]
    assert rf"\sqrt{{16}} = {trace.scaled[3, 1]:.3f}" in formulas["scale"]
    assert rf"\div 2 = {trace.scaled[3, 1] / 2:.3f}" in formulas["temperature"]
    powers = np.exp(trace.scaled[3] / 2)
    assert f"{powers[1]:.4g}" in formulas["softmax"]
    assert f"{powers.sum():.4g}" in formulas["softmax"]
    assert f"= {trace.weights[3, 1]:.3g}" in formulas["softmax"]


def test_a_hidden_word_gets_exactly_nothing():
    formulas = dict(softmax_steps(attend(Q, K, V, mask=HIDDEN, temperature=2.0), 3, 2))
    assert formulas["temperature"] == r"-\infty \div 2 = -\infty"
    assert r"e^{-\infty}" in formulas["softmax"]
    assert formulas["softmax"].endswith("= 0")


def test_scores_too_large_for_people_are_shifted_and_the_weight_is_the_same():
    trace = attend(Q, K, V, scale=1000.0)
    looks = int(trace.weights[3].argmax())
    formula = dict(softmax_steps(trace, 3, looks))["softmax_shifted"]
    assert r"\frac{1}{1} = 1" in formula
