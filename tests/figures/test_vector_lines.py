"""The line chart draws the cosines it is given, solid with attention and dashed without."""

import numpy as np
import pytest

from figures.vector_lines import MOST, LinesText, vector_lines

RANDOM = np.random.default_rng(0).uniform(-1, 1, (2, 7, 9)).astype(np.float32)
TEXT = LinesText("on", "off", "the rest", "layer", "cosine", "{word}, {run}, layer {layer}: {value}")
REST = (RANDOM[0].mean(1), RANDOM[1].mean(1))


def figure(m=2, rest=REST, theme="light"):
    return vector_lines(RANDOM[0, :, :m], RANDOM[1, :, :m], ["<b>law</b>", *"abcdefgh"][:m], rest, TEXT, theme=theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_are_the_numbers(theme):
    rest_on, rest_off, first_on, first_off, second_on, second_off = figure(theme=theme).data
    np.testing.assert_array_equal(rest_on.y, REST[0])
    np.testing.assert_array_equal(rest_off.y, REST[1])
    for line, expected in zip((first_on, first_off), RANDOM[:, :, 0], strict=True):
        np.testing.assert_array_equal(line.y, expected)
    for line, expected in zip((second_on, second_off), RANDOM[:, :, 1], strict=True):
        np.testing.assert_array_equal(line.y, expected)
    np.testing.assert_array_equal(first_on.x, np.arange(7))


def test_the_two_runs_are_told_apart_without_colour():
    _, _, on, off, *_ = figure().data
    assert (on.line.dash, off.line.dash) == ("solid", "dash")
    assert on.line.color == off.line.color
    assert on.name == "&lt;b&gt;law&lt;/b&gt; · on"
    assert on.hovertemplate == "&lt;b&gt;law&lt;/b&gt;, on, layer %{x}: %{y:.3f}<extra></extra>"


def test_no_other_words_no_grey_lines():
    nothing = np.full(7, np.nan)
    assert len(figure(rest=(nothing, nothing)).data) == 4


def test_of_many_words_the_first_are_drawn():
    assert len(figure(m=9).data) == 2 * (MOST + 1)
