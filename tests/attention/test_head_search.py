"""Heads ranked by what they link, and marked where a fixed position is all there is to it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError, softmax
from attention.head_search import search_heads

N = 27
SPECIAL = np.zeros(N, bool)
SPECIAL[[0, -1]] = True
RANDOM = softmax(np.random.default_rng(0).normal(size=(3, 4, N, N)) * 2)
OFFSETS = {"previous": -1, "next": 1, "same": 0}


def one_head(position, habit, asks, row):
    """A head whose words give `habit` to a fixed position and the rest to all alike, but `asks` gives `row`."""
    weights = np.full((N, N), (1 - habit) / N)
    for i in range(N):
        column = 0 if position == "special" else i + OFFSETS[position]
        if 0 <= column < N:
            weights[i, column] += habit
    weights[asks] = row
    return weights[None, None]


def row(**shares):
    """A row with the given shares at columns named c5, c9, ..."""
    found = np.zeros(N)
    for name, share in shares.items():
        found[int(name[1:])] = share
    return found


def fixed(position, habit, given, looks, asks=9):
    return str(search_heads(one_head(position, habit, asks, given), SPECIAL, asks, looks).fixed[0, 0])


@given(asks=st.integers(0, N - 1), looks=st.lists(st.integers(0, N - 1), min_size=1, max_size=5))
def test_shares_are_sums_and_the_order_is_theirs(asks, looks):
    search = search_heads(RANDOM, SPECIAL, asks, looks)
    columns = sorted(set(looks))
    assert search.looks == tuple(columns)
    np.testing.assert_allclose(search.shares, RANDOM[:, :, asks, columns].sum(axis=-1))
    assert search.mean == pytest.approx(search.shares.mean())
    assert search.uniform == len(columns) / N
    assert sorted(search.order) == [(layer, head) for layer in (1, 2, 3) for head in (1, 2, 3, 4)]
    in_order = [search.shares[layer - 1, head - 1] for layer, head in search.order]
    assert in_order == sorted(in_order, reverse=True)
    assert search.fixed[search.best[0] - 1, search.best[1] - 1] == "" or (search.fixed != "").all()


def test_equal_shares_are_in_the_order_of_layers_and_heads():
    search = search_heads(np.full((2, 3, N, N), 1 / N), SPECIAL, 9, [2])
    assert search.order == ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3))


@pytest.mark.parametrize("position", ["previous", "next", "same", "special"])
def test_a_head_that_mostly_looks_at_a_fixed_position_is_marked_whatever_it_finds(position):
    assert fixed(position, 0.6, row(c2=1.0), [2]) == position
    assert fixed(position, 0.4, row(c2=1.0), [2]) == ""


@pytest.mark.parametrize(("position", "column"), [("previous", 8), ("next", 10), ("same", 9), ("special", 0)])
def test_a_link_that_lies_mostly_on_a_fixed_position_is_marked_by_a_smaller_habit(position, column):
    mostly, hardly = row(c2=0.2) + row(**{f"c{column}": 0.5}), row(c2=0.5) + row(**{f"c{column}": 0.2})
    assert fixed(position, 0.2, mostly, [2, column]) == position
    assert fixed(position, 0.2, hardly, [2, column]) == ""
    assert fixed(position, 0.2, mostly, [2]) == ""
    assert fixed(position, 0.05, mostly, [2, column]) == ""


def test_of_two_fixed_positions_the_larger_habit_is_named():
    given = row(c0=0.5, c8=0.5)
    weights = one_head("special", 0.6, 9, given) / 2 + one_head("previous", 0.4, 9, given) / 2
    search = search_heads(weights, SPECIAL, 9, [0, 8])
    assert search.fixed[0, 0] == "special"
    weights = one_head("special", 0.4, 9, given) / 2 + one_head("previous", 0.6, 9, given) / 2
    assert search_heads(weights, SPECIAL, 9, [0, 8]).fixed[0, 0] == "previous"


def test_habits_leave_the_asking_word_out():
    weights = np.full((N, N), 1 / N)
    weights[9] = row(c10=1.0)
    search = search_heads(weights[None, None], SPECIAL, 9, [10])
    assert search.shares[0, 0] == 1
    assert search.fixed[0, 0] == ""
    habit = search_heads(one_head("next", 0.3, 9, row(c10=1.0)), SPECIAL, 9, [10]).habits[0, 0]
    assert habit == pytest.approx(0.3 + 0.7 / N)


def test_a_short_text_needs_more_than_chance():
    """With 6 words 0.15 is less than what a head that looks everywhere alike gives."""
    special = np.array([True, False, False, False, False, True])
    search = search_heads(np.full((1, 1, 6, 6), 1 / 6), special, 1, [2])
    assert search.fixed[0, 0] == ""


def test_a_head_that_finds_nothing_is_not_marked_by_a_half_of_nothing():
    assert fixed("next", 0.3, row(c20=1.0), [10]) == ""


def test_a_separator_beside_the_word_is_special_not_its_neighbour():
    assert fixed("next", 0.3, row(c0=1.0), [0], asks=1) == ""
    assert fixed("previous", 0.3, row(c0=1.0), [0], asks=1) == ""
    assert fixed("special", 0.3, row(c0=1.0), [0], asks=1) == "special"


def test_where_every_head_is_marked_the_best_is_the_first():
    weights = one_head("next", 0.8, 9, row(c2=0.5, c20=0.5))
    assert search_heads(weights, SPECIAL, 9, [2]).best == (1, 1)


@pytest.mark.parametrize(("asks", "looks"), [(-1, [2]), (N, [2]), (9, [N]), (9, [2, -1])])
def test_positions_outside_the_text_are_refused(asks, looks):
    with pytest.raises(ValueError, match="27 words"):
        search_heads(RANDOM, SPECIAL, asks, looks)


def test_something_must_be_looked_at():
    with pytest.raises(ValueError, match="at least one"):
        search_heads(RANDOM, SPECIAL, 9, [])


def test_sizes_must_fit():
    with pytest.raises(ShapeError, match=r"\(26,\)"):
        search_heads(RANDOM, SPECIAL[1:], 9, [2])
