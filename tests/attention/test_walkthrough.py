"""The road from X to Z: against `attend`, against plain loops, and with numbers overwritten on the way."""

import math

import numpy as np
import pytest

from attention import ShapeError, attend
from attention.walkthrough import (
    INPUTS,
    MATRICES,
    draw,
    draw_projections,
    draw_words,
    illustrated_transformer,
    split_words,
    walk,
)

WORDS = ["my", "cat", "sees", "the", "moon"]
ASKING = ["我", "看", "见"]


def inputs(d_model=6, d_k=4, seed=7):
    return draw_words(WORDS, d_model, seed), draw_projections(d_model, d_k, seed)


def product(A, B):
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*B, strict=True)] for row in A]


def test_equals_attend():
    X, (W_Q, W_K, W_V) = inputs()
    road = walk(X, W_Q, W_K, W_V)
    trace = attend(X @ W_Q, X @ W_K, X @ W_V)
    for name in ("Q", "K", "V", "scores", "scaled", "weights", "output"):
        np.testing.assert_allclose(getattr(road, name), getattr(trace, name), rtol=0, atol=1e-12)


def test_equals_plain_loops():
    X, (W_Q, W_K, W_V) = inputs()
    Y = draw_words(ASKING, 6, 7)
    road = walk(X, W_Q, W_K, W_V, Y=Y)
    Q, K, V = product(Y, W_Q), product(X, W_K), product(X, W_V)
    scores = [[sum(a * b for a, b in zip(q, k, strict=True)) for k in K] for q in Q]
    scaled = [[score / math.sqrt(4) for score in row] for row in scores]
    weights = [[math.exp(s) / sum(map(math.exp, row)) for s in row] for row in scaled]
    for name, expected in {
        "scores": scores,
        "scaled": scaled,
        "weights": weights,
        "output": product(weights, V),
    }.items():
        np.testing.assert_allclose(getattr(road, name), expected, rtol=0, atol=1e-12)
    assert road.weights.shape == (3, 5)
    assert road.cross
    assert not walk(X, W_Q, W_K, W_V).cross


def test_the_figures_of_the_illustrated_transformer():
    X, projections = illustrated_transformer()
    road = walk(X, *projections)
    assert road.Q.shape == (2, 64)
    assert road.scores[0].tolist() == [112, 96]
    assert 1 / road.scale == 8
    assert road.scaled[0].tolist() == [14, 12]
    assert road.weights[0].round(2).tolist() == [0.88, 0.12]


AFTER = {
    "X": set(MATRICES) - {"W_Q", "W_K", "W_V"},
    "W_Q": {"W_Q", "Q", "scores", "scaled", "weights", "output"},
    "W_K": {"W_K", "K", "scores", "scaled", "weights", "output"},
    "W_V": {"W_V", "V", "output"},
    "Q": {"Q", "scores", "scaled", "weights", "output"},
    "K": {"K", "scores", "scaled", "weights", "output"},
    "V": {"V", "output"},
    "scores": {"scores", "scaled", "weights", "output"},
    "scaled": {"scaled", "weights", "output"},
    "weights": {"weights", "output"},
    "output": {"output"},
}


@pytest.mark.parametrize("name", AFTER)
def test_overwriting_changes_what_follows_and_nothing_before(name):
    X, projections = inputs()
    before = walk(X, *projections)
    after = walk(X, *projections, overwrite=[(name, 1, 2, 0.375)])
    changed = {stage for stage in MATRICES if not np.array_equal(getattr(before, stage), getattr(after, stage))}
    assert changed == AFTER[name]
    assert getattr(after, name)[1, 2] == 0.375
    assert after.overwritten == {(name, 1, 2): 0.375}


def test_in_cross_attention_the_askers_move_the_queries_alone():
    X, projections = inputs()
    Y = draw_words(ASKING, 6, 7)
    before = walk(X, *projections, Y=Y)
    after = walk(X, *projections, Y=Y, overwrite=[("Y", 2, 0, 5)])
    changed = {stage for stage in MATRICES if not np.array_equal(getattr(before, stage), getattr(after, stage))}
    assert changed == {"Y", "Q", "scores", "scaled", "weights", "output"}


def test_later_stages_follow_the_overwritten_number():
    X, projections = inputs()
    road = walk(X, *projections, overwrite=[("scores", 0, 3, 40)])
    assert road.scaled[0, 3] == 20
    assert road.weights[0, 3] == pytest.approx(1, abs=1e-4)
    np.testing.assert_allclose(road.output[0], road.V[3], atol=1e-3)
    np.testing.assert_allclose(road.weights.sum(axis=1), 1)


def test_the_last_of_several_counts_and_absent_cells_do_not():
    X, projections = inputs()
    road = walk(X, *projections, overwrite=[("Q", 0, 0, 1), ("Q", 0, 0, 2), ("Q", 5, 0, 3), ("K", 0, -1, 3)])
    assert road.Q[0, 0] == 2
    assert road.overwritten == {("Q", 0, 0): 2.0}


def test_the_arrays_are_read_only_and_the_givers_stay_as_they_were():
    X, projections = inputs()
    given = X.copy()
    road = walk(X, *projections, overwrite=[("X", 0, 0, 9)])
    np.testing.assert_array_equal(X, given)
    assert not any(getattr(road, name).flags.writeable for name in MATRICES)


def test_sizes_that_do_not_fit_are_named():
    X, (W_Q, W_K, W_V) = inputs()
    with pytest.raises(ShapeError, match=r"W_K has 5 rows.*d_model = 6"):
        walk(X, W_Q, W_K[:5], W_V)


def test_drawn_numbers_are_the_same_always():
    assert draw_words(["Thinking"], 4, 19).tolist() == [[1.7, -0.8, 1.7, 1.3]]
    assert draw("W_Q", 2, 2, 0, low=-10, high=10, parts=10).tolist() == [[0.7, -0.9], [0.7, 0.6]]


def test_a_word_has_its_vector_wherever_it_stands_and_keeps_it_when_it_grows():
    X = draw_words(["a", "b", "a"], 5, 3)
    assert X[0].tolist() == X[2].tolist() != X[1].tolist()
    np.testing.assert_array_equal(draw_words(["a"], 8, 3)[0, :5], X[0])
    for small, large in zip(draw_projections(4, 3, 1), draw_projections(4, 9, 1), strict=True):
        np.testing.assert_array_equal(large[:, :3], small)


def test_drawn_numbers_keep_their_bounds_and_reach_them():
    numbers = draw("W_Q", 40, 64, 5, low=-10, high=10, parts=10)
    assert (numbers.min(), numbers.max()) == (-1, 1)
    np.testing.assert_array_equal(numbers, numbers.round(1))
    assert len(np.unique(numbers)) == 21
    assert abs(numbers.mean()) < 0.05


def test_other_seeds_and_other_names_give_other_numbers():
    assert not np.array_equal(draw_words(WORDS, 4, 0), draw_words(WORDS, 4, 1))
    W_Q, W_K, W_V = draw_projections(4, 4, 0)
    assert not np.array_equal(W_Q, W_K)
    assert not np.array_equal(W_K, W_V)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thinking Machines", ["Thinking", "Machines"]),
        ("  spaces\t and\nlines ", ["spaces", "and", "lines"]),
        ("思考 机器", ["思考", "机器"]),
        ("思考机器", ["思", "考", "机", "器"]),
        ("我喜欢AI", ["我", "喜", "欢", "AI"]),
        ("一句没有空格的话 hello", [*"一句没有空格的话", "hello"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("<b>x</b> 👩‍👩‍👧", ["<b>x</b>", "👩‍👩‍👧"]),
        (" \u3000", []),
    ],
)
def test_words_of_a_text(text, words):
    assert split_words(text) == words


def test_inputs_are_what_nothing_is_computed_for():
    assert INPUTS == ("X", "Y", "W_Q", "W_K", "W_V")
