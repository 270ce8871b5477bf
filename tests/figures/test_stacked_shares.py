"""Stacked shares as a drawing: the bars are as long as the shares, and words stay words."""

import xml.etree.ElementTree as ET

import pytest

from figures.stacked_shares import BAR, NAME, stacked_shares

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {"color": "#111111", "accent": "#222222"}


def drawn(rows, parts, shares):
    return ET.fromstring(stacked_shares(rows, parts, shares, **COLOURS))


def test_bars_are_as_long_as_their_shares_and_touch():
    shares = [[0.6, 0.3, 0.1], [0.25, 0.0, 0.75]]
    bars = [bar for bar in drawn(["a", "b"], ["x", "y", "z"], shares).iter(f"{SVG}rect") if bar.get("height") == "22"]
    for row, numbers in enumerate(shares):
        own = bars[3 * row : 3 * row + 3]
        left = NAME
        for bar, share in zip(own, numbers, strict=True):
            assert float(bar.get("width")) == pytest.approx(BAR * share, abs=0.01)
            assert float(bar.get("x")) == pytest.approx(left, abs=0.02)
            left += float(bar.get("width"))
        assert left == pytest.approx(NAME + BAR, abs=0.05)


def test_every_share_is_printed():
    texts = [text.text for text in drawn(["a"], ["x", "y", "z"], [[0.62, 0.36, 0.02]]).iter(f"{SVG}text")]
    assert texts[-3:] == ["62\u00a0%", "36\u00a0%", "2.0\u00a0%"]


def test_words_are_no_markup():
    texts = [text.text for text in drawn(["<b>&"], ["x", "<i>", "z"], [[1, 0, 0]]).iter(f"{SVG}text")]
    assert {"<b>&", "<i>"} <= set(texts)


@pytest.mark.parametrize(("parts", "shares"), [(["x", "y"], [[0.5, 0.5, 0]]), (["x", "y", "z"], [[0.5, 0.5]])])
def test_anything_but_three_parts_is_refused(parts, shares):
    with pytest.raises(ValueError, match="3 parts"):
        stacked_shares(["a"], parts, shares, **COLOURS)
