"""The curve of a run: where its mark stands, what is thick, its level, its words."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from figures.palette import SEQUENTIAL, colored
from figures.run_curve import EVERY, CurveText, run_curve

TEXT = CurveText("step", "error <mean>", "by hand", "weights", "to come")
SVG = "{http://www.w3.org/2000/svg}"
VALUES = 0.4 / np.arange(1, 12)
WEIGHTS = np.linspace([0.5, 0.5], [0.1, 0.9], 11)


def drawn(at=0, reached=10, level=0.2, values=VALUES, theme="light"):
    svg = run_curve(values, WEIGHTS[: len(values)], ["car", "child"], at, reached, level, TEXT, theme=theme)
    return ElementTree.fromstring(svg)


def points(line):
    return [tuple(map(float, point.split(","))) for point in line.get("points").split()]


def words(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def shades(svg):
    return [
        (float(box.get("x")), box.get("y"), box.get("fill"))
        for box in svg.iter(f"{SVG}rect")
        if "rgb" in box.get("fill")
    ]


@pytest.mark.parametrize("at", [0, 2, 10])
def test_the_mark_stands_on_the_curve_at_its_step(at):
    svg = drawn(at)
    whole, so_far = (points(line) for line in svg.iter(f"{SVG}polyline"))
    mark = svg.find(f"{SVG}circle")
    assert so_far == whole[: at + 1]
    assert (float(mark.get("cx")), float(mark.get("cy"))) == whole[at]


@pytest.mark.parametrize("reached", [0, 4, 7])
def test_what_was_not_reached_is_not_there_and_nothing_jumps(reached):
    svg, whole = drawn(0, reached), drawn(0)
    assert points(next(svg.iter(f"{SVG}polyline"))) == points(next(whole.iter(f"{SVG}polyline")))[: reached + 1]
    assert len(shades(svg)) == 2 * (1 + reached // EVERY)
    assert set(shades(svg)) < set(shades(whole))
    assert svg.get("viewBox") == whole.get("viewBox")
    assert [word for word in words(svg) if word != "to come"] == words(whole)


def test_an_empty_part_that_is_large_is_named():
    assert words(drawn(0, 0)).count("to come") == 2
    assert "to come" not in words(drawn(0, 9))


def test_a_row_of_shades_is_one_thing_and_darker_where_it_weighs_more():
    found = shades(drawn())
    rows = {y: [fill for _, at, fill in sorted(found) if at == y] for y in {y for _, y, _ in found}}
    colors = colored(WEIGHTS[::EVERY], (0, 1), SEQUENTIAL["light"])
    expected = [[f"rgb({r},{g},{b})" for r, g, b in colors[:, i]] for i in range(2)]
    assert [rows[y] for y in sorted(rows, key=float)] == expected


def test_lower_numbers_stand_lower_and_steps_run_to_the_right():
    xs, ys = np.array(points(next(drawn(0).iter(f"{SVG}polyline")))).T
    assert (np.diff(xs) > 0).all()
    assert (np.diff(ys) > 0).all()


def test_the_level_stands_at_its_value():
    svg = drawn(0, level=0.1)
    height = points(next(svg.iter(f"{SVG}polyline")))[3][1]  # 0.4 ÷ 4
    dashed = next(path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray"))
    assert float(re.search(r" ([\d.]+)H", dashed.get("d"))[1]) == height


def test_a_level_above_the_curve_is_still_in_the_picture():
    svg = drawn(0, level=2.0)
    dashed = next(path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray"))
    assert float(re.search(r" ([\d.]+)H", dashed.get("d"))[1]) > 0


def test_words_are_text_and_never_markup():
    assert {"step", "error <mean>", "by hand", "weights", "car", "child", "0", "10", "0.40"} <= set(words(drawn(1)))


def test_a_run_that_never_errs_can_be_drawn():
    assert drawn(1, level=0.0, values=np.zeros(11)) is not None


def test_both_themes_have_their_own_ink():
    assert drawn(0).get("fill") != drawn(0, theme="dark").get("fill")
