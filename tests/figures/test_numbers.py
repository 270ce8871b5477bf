"""Numbers as readers see them: no more digits than one reads, and never a false zero."""

import math

import numpy as np
import pytest

from figures.numbers import latex, percent, signed, weight


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.99997, "100 %"),
        (0.9979, "99.8 %"),
        (0.804, "80 %"),
        (0.1, "10 %"),
        (0.093, "9.3 %"),
        (0.0005, "0.05 %"),
        (1e-9, "< 0.01 %"),
    ],
)
def test_percent(share, text):
    assert percent(share).replace("\u00a0", " ") == text
    assert " " not in percent(share)


@pytest.mark.parametrize(("value", "text"), [(1.5, "1.500"), (-1.5, "−1.500"), (-1e-9, "0.000"), (0, "0.000")])
def test_signed(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.125, "0.13"), (-0.125, "−0.13"), (0.375, "0.38"), (-0.004, "0.00")])
def test_a_half_is_rounded_away_from_zero_as_the_maps_round_it(value, text):
    assert signed(value, 2) == text
    assert signed(np.float32(value), 2) == text


@pytest.mark.parametrize("value", [0.575, 1e300, math.inf])  # the float 0.575 is a little less than the number
def test_what_is_no_half_is_rounded_as_ever(value):
    assert signed(value, 2) == f"{value:.2f}"


@pytest.mark.parametrize(
    ("value", "text"), [(0.804077, "0.804"), (0.00054, "0.00054"), (1.94e-5, "1.9 × 10⁻⁵"), (0, "0.000"), (1, "1.000")]
)
def test_weight(value, text):
    assert weight(value).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("value", "text"), [(200.94, "200.9"), (4.0881e9, r"4.088 \times 10^{9}"), (2.5e-7, r"2.5 \times 10^{-7}")]
)
def test_latex(value, text):
    assert latex(value) == text
