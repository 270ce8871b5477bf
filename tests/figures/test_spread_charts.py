"""The three charts hold the numbers that they are given."""

import numpy as np
import pytest

from figures.spread_charts import SpreadText, gradient_chart, row_chart, spread_chart

TEXT = SpreadText(**{name: name for name in SpreadText.__dataclass_fields__})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_histogram_has_every_value_within_reach_and_both_marks(theme):
    values = np.random.default_rng(0).normal(2, 3, 5000)
    figure = spread_chart(values, (0.0, 4.0), (-20, 20), TEXT, theme)
    bars, measured, predicted = figure.data
    assert sum(bars.y) == pytest.approx(1, abs=0.001)
    assert measured.x[0] == pytest.approx(values.mean())
    assert measured.error_x.value == pytest.approx(values.std())
    assert (predicted.x[0], predicted.error_x.value) == (0, 4)
    assert list(figure.layout.xaxis.range) == [-20, 20]


def test_the_row_has_two_bars_a_key_told_apart_by_more_than_colour():
    without, divided = row_chart(np.array([0.9, 0.1]), np.array([0.6, 0.4]), ["a", "b"], TEXT, "light").data
    assert list(without.y) == [0.9, 0.1]
    assert list(divided.y) == [0.6, 0.4]
    assert without.marker.pattern.shape != divided.marker.pattern.shape


def test_the_present_d_is_marked_among_the_gradients():
    figure = gradient_chart([1, 4, 16], np.array([0.3, 0.2, 0.0]), np.array([0.3, 0.3, 0.3]), 4, TEXT, "dark")
    without, divided = figure.data
    assert list(without.y) == [0.3, 0.2, 0.0]
    assert without.line.dash != divided.line.dash
    assert figure.layout.shapes[0].x0 == 4
    assert figure.layout.xaxis.type == "log"
