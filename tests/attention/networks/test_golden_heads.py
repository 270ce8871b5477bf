"""What single heads of the English network are known to do. Layers and heads are counted from 1."""

import pytest

from attention.head_search import search_heads
from attention.profiles import head_profiles

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."
TIRED = "The animal didn't cross the street because it was too tired."
WIDE = TIRED.replace("tired", "wide")


@pytest.fixture(scope="module")
def law(english):
    """Which heads link "its" to "law" and "application"."""
    trace = english(LAW)
    return search_heads(trace.weights, trace.tokens.special, asks=9, looks=(2, 10))


def link(encoder, text, asks, looks):
    trace = encoder(text)
    at = trace.tokens.pieces.index
    return search_heads(trace.weights, trace.tokens.special, at(asks), [at(looks)])


@pytest.mark.parametrize(
    ("layer", "head", "name", "expected"),
    [(1, 3, "to_previous", 1.00), (2, 9, "to_next", 0.73), (3, 2, "to_next", 0.22), (4, 2, "to_special", 0.33)],
)
def test_habits(english, layer, head, name, expected):
    trace = english(LAW)
    share = getattr(head_profiles(trace.weights, trace.tokens.special), name)[layer - 1, head - 1]
    assert share == pytest.approx(expected, abs=0.005)


def test_its_is_linked_to_law_and_application(law):
    assert law.order[:2] == ((3, 2), (4, 2))
    assert law.shares[2, 1] == pytest.approx(0.911, abs=0.0005)
    assert law.shares[3, 1] == pytest.approx(0.897, abs=0.0005)
    assert law.mean == pytest.approx(0.204, abs=0.0005)
    assert law.uniform == pytest.approx(0.074, abs=0.0005)


@pytest.mark.parametrize(("layer", "head"), [(3, 2), (5, 10), (3, 9), (2, 9), (2, 5)])
def test_heads_that_find_application_because_it_comes_next(law, layer, head):
    assert law.fixed[layer - 1, head - 1] == "next"
    assert law.habits[layer - 1, head - 1] > 0.15


@pytest.mark.parametrize(("layer", "head"), [(4, 2), (3, 7), (5, 12)])
def test_heads_that_find_law_wherever_it_stands(law, layer, head):
    assert law.fixed[layer - 1, head - 1] == ""
    assert law.habits[layer - 1, head - 1] == 0


def test_the_best_head_is_not_the_trap(law):
    assert law.order[0] == (3, 2)
    assert law.best == (4, 2)


def test_a_head_links_it_to_the_animal_whatever_it_is(english):
    """The head that finds "animal" for "tired" finds it for "wide" too: it is no proof of what "it" stands for."""
    tired, wide = (link(english, text, "it", "animal") for text in (TIRED, WIDE))
    assert tired.order[:2] == ((4, 2), (6, 12))
    assert tired.shares[3, 1] == pytest.approx(0.677, abs=0.0005)
    assert tired.shares[5, 11] == pytest.approx(0.673, abs=0.0005)
    assert wide.order[0] == wide.best == (6, 12)
    assert wide.shares[5, 11] == pytest.approx(0.558, abs=0.0005)
    assert link(english, WIDE, "it", "street").shares.max() < 0.25
