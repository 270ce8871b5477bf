"""The curve of a run: where its mark stands, what is thick, its level, its words."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from figures.run_curve import CurveText, run_curve

TEXT = CurveText("step", "error <mean>", "by hand")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(at, level=0.2, values=(0.4, 0.2, 0.1, 0.05), theme="light"):
    return ElementTree.fromstring(run_curve(np.array(values), at, level, TEXT, theme=theme))


def points(line):
    return [tuple(map(float, point.split(","))) for point in line.get("points").split()]


@pytest.mark.parametrize("at", [0, 2, 3])
def test_the_mark_stands_on_the_curve_at_its_step(at):
    svg = drawn(at)
    whole, so_far = (points(line) for line in svg.iter(f"{SVG}polyline"))
    mark = svg.find(f"{SVG}circle")
    assert so_far == whole[: at + 1]
    assert (float(mark.get("cx")), float(mark.get("cy"))) == whole[at]


def test_lower_numbers_stand_lower_and_steps_run_to_the_right():
    xs, ys = np.array(points(next(drawn(0).iter(f"{SVG}polyline")))).T
    assert (np.diff(xs) > 0).all()
    assert (np.diff(ys) > 0).all()


def test_the_level_stands_at_its_value():
    svg = drawn(0, level=0.1)
    height = points(next(svg.iter(f"{SVG}polyline")))[2][1]
    dashed = next(path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray"))
    assert float(re.search(r" ([\d.]+)H", dashed.get("d"))[1]) == height


def test_a_level_above_the_curve_is_still_in_the_picture():
    svg = drawn(0, level=2.0)
    dashed = next(path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray"))
    assert float(re.search(r" ([\d.]+)H", dashed.get("d"))[1]) > 0


def test_words_are_text_and_never_markup():
    words = {element.text for element in drawn(1).iter(f"{SVG}text")}
    assert {"step", "error <mean>", "by hand", "0", "3", "0.40"} <= words


def test_a_run_that_never_errs_can_be_drawn():
    assert drawn(1, level=0.0, values=(0.0, 0.0)) is not None


def test_both_themes_have_their_own_ink():
    assert drawn(0).get("fill") != drawn(0, theme="dark").get("fill")
