"""The drawing of an order is well formed, says both words, and shows what is multiplied with what."""

from xml.etree import ElementTree

import pytest

from figures.order_diagram import WIDTH, order_diagram

WORDS = {"channel": "Channels: <gates>", "spatial": "Places: mask", "input": "X", "output": "Y"}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(order: str) -> ElementTree.Element:
    return ElementTree.fromstring(order_diagram(order, WORDS, color="#111111", accent="#6a3fb5", paper="#ffffff"))


def place(svg: ElementTree.Element, label: str) -> tuple[float, float]:
    (text,) = [text for text in svg.iter(f"{SVG}text") if text.text == label]
    return float(text.get("x")), float(text.get("y"))


@pytest.mark.parametrize("order", ["channel_first", "spatial_first", "parallel", "bam"])
def test_all_words_stand_in_the_drawing(order):
    svg = drawn(order)
    height = float(svg.get("viewBox").split()[3])
    for label in WORDS.values():
        x, y = place(svg, label)
        assert 0 < x < WIDTH
        assert 0 < y < height


def test_the_first_question_stands_first():
    for order, first, second in (("channel_first", "channel", "spatial"), ("spatial_first", "spatial", "channel")):
        svg = drawn(order)
        assert place(svg, WORDS[first])[0] < place(svg, WORDS[second])[0]


@pytest.mark.parametrize("order", ["parallel", "bam"])
def test_questions_asked_together_stand_above_each_other(order):
    svg = drawn(order)
    (x, above), (below_x, below) = (place(svg, WORDS[half]) for half in ("channel", "spatial"))
    assert x == below_x
    assert above < below


def test_only_bam_adds_one():
    for order in ("channel_first", "spatial_first", "parallel", "bam"):
        labels = [text.text for text in drawn(order).iter(f"{SVG}text")]
        assert ("1 + σ" in labels) == (order == "bam")
        assert labels.count("×") == 2


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        drawn("sideways")
