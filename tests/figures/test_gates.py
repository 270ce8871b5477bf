"""The gate chart shows the numbers it is given, in the order it is given."""

import numpy as np
import pytest

from figures.gates import GatesText, gates_figure

NAMES = ["red", "<b>&edge", "light"]
AVERAGE, MAXIMUM = np.array([0.5, -1.25, 2.0]), np.array([1.0, 0.75, -3.0])
GATES = 1 / (1 + np.exp(-(AVERAGE + MAXIMUM)))
TEXT = GatesText(("mean path", "maximum path"), "sum", "gate", "paths", "gates", "{channel}, {name}: {value}")


def figure(order=(0, 1, 2), chosen=2, theme="light"):
    return gates_figure(NAMES, (AVERAGE, MAXIMUM), GATES, TEXT, order=order, chosen=chosen, theme=theme)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_bars_are_the_numbers_in_the_order_asked_for(order):
    average, maximum, total, gates = figure(order).data
    rows = list(order)
    np.testing.assert_allclose(average.x, AVERAGE[rows])
    np.testing.assert_allclose(maximum.x, MAXIMUM[rows])
    np.testing.assert_allclose(total.x, (AVERAGE + MAXIMUM)[rows])
    np.testing.assert_allclose(gates.x, GATES[rows], rtol=1e-6)
    assert list(gates.text) == [f"{GATES[i]:.2f}" for i in rows]


def test_the_first_channel_stands_on_top():
    low, high = figure().layout.yaxis.range
    assert low > high


def test_the_chosen_channel_is_bold_and_names_are_never_markup():
    assert figure(chosen=1).layout.yaxis.ticktext == ("red", "<b>&lt;b&gt;&amp;edge</b>", "light")
    assert figure().data[0].customdata == ("red", "&lt;b&gt;&amp;edge", "light")


def test_the_pointers_label_names_channel_bar_and_number():
    assert figure().data[1].hovertemplate == "%{customdata}, maximum path: %{x:.3f}<extra></extra>"


def test_both_themes_have_their_own_colours():
    assert figure(theme="light").data[1].marker.color != figure(theme="dark").data[1].marker.color


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return float(np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize(("theme", "page"), [("light", "#ffffff"), ("dark", "#17161c")])
def test_words_stand_out_from_the_page(theme, page):
    drawn = figure(theme=theme)
    axes = (drawn.layout.xaxis, drawn.layout.xaxis2, drawn.layout.yaxis)
    colors = {axis.tickfont.color for axis in axes} | {axis.title.font.color for axis in axes[:2]}
    for color in colors | {drawn.data[3].textfont.color}:
        dark, light = sorted((luminance(color), luminance(page)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5
