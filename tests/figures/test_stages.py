"""What the road shows is what the engine computed, and every opened cell adds up to its number."""

import contextlib
import io
import math
import re

import numpy as np
import pytest

from attention.walkthrough import MATRICES, draw_projections, draw_words, illustrated_transformer, walk
from figures.arithmetic import FOLD, open_cell
from figures.printed import exact, is_short, print_matrix, short
from figures.reproduce import road_lines
from figures.stages import FIRST_OF, PAIRS, STEP_OF, STEPS, View, finding, opened_cell, stages_payload

WORDS, ASKING = ["my", "cat", "sees", "<b>"], ["我", "看", "见"]


def say(key, **values):
    return f"{key} {values}" if values else key


def road(*, cross=False, d_model=5, d_k=3, overwrite=()):
    Y = draw_words(ASKING, d_model, 2) if cross else None
    return walk(draw_words(WORDS, d_model, 2), *draw_projections(d_model, d_k, 2), Y=Y, overwrite=overwrite)


def shown(a_road, view, *, cross=False):
    return stages_payload(a_road, WORDS, ASKING if cross else WORDS, view, say)


@pytest.mark.parametrize("cross", [False, True])
def test_every_matrix_is_the_engines(cross):
    a_road = road(cross=cross)
    payload = shown(a_road, View(4), cross=cross)
    names = [matrix["name"] for matrix in payload["matrices"]]
    assert names == [name for name in MATRICES if cross or name != "Y"]
    for matrix in payload["matrices"]:
        np.testing.assert_array_equal(matrix["values"], getattr(a_road, matrix["name"]))
        assert matrix["step"] == STEP_OF[matrix["name"]]
        low, high = matrix["range"]
        assert low <= np.min(matrix["values"]) <= np.max(matrix["values"]) <= high
        if matrix["scale"] == "diverging":
            assert low == -high  # white is zero


def test_words_label_the_rows_and_the_columns_of_pairs():
    matrices = {m["name"]: m for m in shown(road(cross=True), View(4), cross=True)["matrices"]}
    for name in ("Y", "Q", *PAIRS, "output"):
        assert matrices[name]["rows"] == ASKING
        assert matrices[name]["asking"]
    for name in ("X", "K", "V"):
        assert matrices[name]["rows"] == WORDS
        assert not matrices[name]["asking"]
    for name in PAIRS:
        assert matrices[name]["columns"] == WORDS


def test_wide_matrices_are_strips_without_printed_numbers():
    matrices = {m["name"]: m for m in shown(road(d_k=64), View(3))["matrices"]}
    assert matrices["Q"]["thin"]
    assert not any(matrices["Q"]["texts"])
    assert len(matrices["Q"]["exact"][0]) == 64
    assert not matrices["scores"]["thin"]


def test_overwritten_cells_are_marked():
    matrices = {m["name"]: m for m in shown(road(overwrite=[("scores", 1, 2, 96)]), View(4))["matrices"]}
    assert matrices["scores"]["overwritten"] == [[1, 2]]
    assert matrices["scaled"]["overwritten"] == []


def test_labels_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="words has 1 words for 4 rows"):
        stages_payload(road(), ["one"], WORDS, View(1), say)


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_each_step_opens_a_cell_of_its_own(step):
    name, row, column = opened_cell(road(cross=True), View(step, asks=2))
    assert name == FIRST_OF[step or STEPS]
    assert row == (0 if name.startswith("W_") else 2)
    if name in PAIRS:
        assert column == road(cross=True).weights[2].argmax()


@pytest.mark.parametrize("cell", [("scores", 9, 0), ("Y", 0, 0), ("X", 0, -1)])
def test_a_cell_that_does_not_exist_falls_back(cell):
    assert opened_cell(road(), View(4, cell=cell))[0] == "scores"


def number(text):
    mantissa, _, power = text.strip(" ()=≈").replace("−", "-").partition("×10")
    return float(mantissa) * 10 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)


@pytest.mark.parametrize("cross", [False, True])
@pytest.mark.parametrize("name", ["Q", "K", "V", "scores", "output"])
def test_products_add_up_to_the_number(name, cross):
    a_road = road(cross=cross)
    matrix = getattr(a_road, name)
    asking = ASKING if cross else WORDS
    for row, column in np.ndindex(matrix.shape):
        opened = open_cell(a_road, WORDS, asking, (name, row, column), say)
        total = sum(number(a) * number(b) for (a, _), _, (b, _) in (term["pieces"] for term in opened["terms"]))
        assert total == pytest.approx(matrix[row, column], abs=5e-3)  # printed with 4 decimals
        assert number(opened["tail"][-1][0]) == pytest.approx(matrix[row, column], abs=5e-5)
        assert float(opened["value"]) == matrix[row, column]


def test_the_roles_of_a_score_and_its_sources():
    opened = open_cell(road(), WORDS, WORDS, ("scores", 1, 3), say)
    assert [role for _, role in opened["terms"][0]["pieces"]] == ["Q", "", "K"]
    assert opened["sources"] == [["Q", "row", 1], ["K", "row", 3]]


def test_a_share_is_its_power_over_the_sum():
    a_road = road()
    opened = open_cell(a_road, WORDS, WORDS, ("weights", 2, 1), say)
    powers = [math.exp(number(term["pieces"][1][0])) for term in opened["terms"]]
    assert powers[1] / sum(powers) == pytest.approx(a_road.weights[2, 1], rel=2e-4)
    above, below = re.fullmatch(r" \) ≈ (.+) ÷ (.+)", opened["tail"][0][0]).groups()
    assert number(above) / number(below) == pytest.approx(a_road.weights[2, 1], abs=2e-4)  # as a reader divides
    assert number(opened["tail"][-1][0]) == pytest.approx(a_road.weights[2, 1], abs=5e-5)
    assert [term["note"] for term in opened["terms"]] == WORDS


def test_huge_scores_are_shifted_before_the_exponential():
    a_road = road(overwrite=[("scaled", 0, 0, 1000), ("scaled", 0, 1, 999)])
    opened = open_cell(a_road, WORDS, WORDS, ("weights", 0, 1), say)
    assert opened["terms"][0]["pieces"][1][0] == "1000 − 1000"
    assert number(opened["tail"][-1][0]) == pytest.approx(0.2689, abs=1e-4)


def test_sixty_four_terms_are_folded_and_add_up():
    X, projections = illustrated_transformer()
    words = ["Thinking", "Machines"]
    opened = open_cell(walk(X, *projections), words, words, ("scores", 0, 0), say)
    assert len(opened["terms"]) == 64 > FOLD
    assert opened["fold"] == "fold {'count': 64}"
    assert opened["tail"] == [[" = ", ""], ["112", "result"]]
    scaled = open_cell(walk(X, *projections), words, words, ("scaled", 0, 1), say)
    assert "".join(text for text, _ in scaled["lead"] + scaled["tail"]) == "96 ÷ √64 = 96 ÷ 8 = 12"


def test_an_overwritten_cell_still_shows_what_it_would_be():
    computed = road()
    opened = open_cell(road(overwrite=[("scores", 1, 2, 96)]), WORDS, WORDS, ("scores", 1, 2), say)
    assert opened["sentence"].startswith("overwritten ")
    assert number(opened["tail"][-1][0]) == pytest.approx(computed.scores[1, 2], abs=5e-5)
    assert float(opened["value"]) == 96


def say_finding(key, **values):
    texts = {"share": "{percent} on {word}", "and": " and ", "comma": ", ", "rest": "{percent} on {count} others"}
    return texts.get(key, " (adds up to {total})").format(**values)


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ([1.0], "100 % on a"),
        ([0.001, 0.999], "99.9 % on b and 0.10 % on a"),
        ([0.1, 0.55, 0.35], "55 % on b, 35 % on c and 10 % on a"),
        ([0.1, 0.5, 0.2, 0.12, 0.08], "50 % on b, 20 % on c and 30 % on 3 others"),
        ([1.0, 0.5], "100 % on a and 50 % on b (adds up to 1.5)"),
    ],
)
def test_the_finding_leaves_no_share_out(weights, text):
    said = finding(np.array(weights), list("abcde")[: len(weights)], say_finding)
    assert said == text.replace(" %", "\u00a0%")  # a line never breaks between a number and its percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.00001, "−1.00×10⁻⁵"),
        (1.5, "1.5"),
        (-2.0, "−2"),
        (1 / 3, "0.3333"),
        (123456.7, "123457"),
        (2e12, "2.00×10¹²"),
    ],
)
def test_numbers_have_no_more_digits_than_help(value, text):
    assert short(value) == text


def test_rounded_is_told_from_exact():
    assert is_short(0.1 + 0.2)
    assert not is_short(1 / 3)
    assert exact(1 / 3) == "0.333333"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([[112.0, 96.0]], ["112", "96"]),
        ([[0.5, -1.0]], ["0.5", "−1.0"]),
        ([[0.123, -0.001]], ["0.12", "0.00"]),
        ([[250.125, 1.5]], ["250.1", "1.5"]),
        ([[1e6, 2.0]], ["1.0e+06", "2.0e+00"]),
    ],
)
def test_a_matrix_prints_with_one_number_of_decimals(values, texts):
    assert print_matrix(np.array(values)) == [texts]


CHANGES = [("W_Q", 0, 1, 2.5), ("Q", 1, 0, -1.0), ("weights", 0, 2, 0.9)]


@pytest.mark.parametrize("cross", [False, True])
@pytest.mark.parametrize("overwrite", [(), CHANGES[:2], CHANGES])
@pytest.mark.parametrize("name", MATRICES)
def test_the_printed_lines_give_the_number(name, overwrite, cross):
    a_road = road(cross=cross, overwrite=overwrite)
    lines = road_lines(a_road, (name, 1, 2), WORDS, ASKING if cross else WORDS, seed=2)
    assert run(lines) == pytest.approx(getattr(a_road, name)[1, 2], abs=1e-12)


@pytest.mark.parametrize("cross", [False, True])
def test_the_printed_lines_give_the_figures_of_the_article(cross):
    X, projections = illustrated_transformer()
    Y = draw_words(ASKING, 4, 0) if cross else None
    a_road = walk(X, *projections, Y=Y)
    lines = road_lines(a_road, ("scores", 0, 1), ["Thinking", "Machines"], ASKING, seed=None)
    assert run(lines) == pytest.approx(a_road.scores[0, 1], abs=1e-12)
    assert cross or run(lines) == 96


def run(lines):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lines, {})
    return float(printed.getvalue())
