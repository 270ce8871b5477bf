"""What attention carries into a vector is told from cosines, against the other words."""

import numpy as np
import pytest

from attention.carried import carried
from attention.networks import load_encoder
from attention.similarity import cosine_similarity

SPECIAL = np.array([True, False, False, False, False, True])
ASKS, LOOKS = 2, (1,)


def states(*cosines):
    """Two states of six vectors in the plane, with these cosines to that of ASKS at the end."""
    angles = np.arccos(np.array([0.0, *cosines, 0.0]))
    last = np.stack([np.cos(angles), np.sin(angles)], -1)
    return np.stack([np.eye(6, 2) + 0.1, last])


def compare(on, off):
    return carried(states(*on), states(*off), ASKS, LOOKS, SPECIAL)


def test_means_are_over_the_words_in_question_and_over_the_rest():
    found = compare((0.9, 1, 0.2, 0.4), (0.1, 1, 0.0, 0.2))
    np.testing.assert_allclose(found.on[-1], [0, 0.9, 1, 0.2, 0.4, 0], atol=1e-12)
    np.testing.assert_array_equal(found.off, cosine_similarity(states(0.1, 1, 0.0, 0.2), ASKS))
    assert (found.words_on[-1], found.rest_on[-1]) == pytest.approx((0.9, 0.3))
    assert (found.gain, found.rest_gain) == pytest.approx((0.8, 0.2))


@pytest.mark.parametrize(
    ("on", "off", "verdict"),
    [
        ((0.9, 1, 0.2, 0.4), (0.1, 1, 0.0, 0.2), "carries"),
        ((0.9, 1, 0.8, 0.8), (0.1, 1, 0.0, 0.0), "mixes"),  # the others gain as much
        ((0.5, 1, 0.6, 0.6), (0.1, 1, 0.5, 0.5), "level"),  # the others are still closer
        ((0.5, 1, 0.2, 0.2), (0.48, 1, 0.0, 0.0), "not"),
        ((0.1, 1, 0.2, 0.2), (0.7, 1, 0.0, 0.0), "not"),
    ],
)
def test_the_verdict(on, off, verdict):
    assert compare(on, off).verdict == verdict


def test_without_other_words_there_is_nothing_to_hold_it_against():
    special = np.array([True, False, False, True])
    on, off = np.array([[[0, 1], [1, 1], [1, 1], [0, 1.0]]]), np.array([[[0, 1], [1, 0], [0, 1], [0, 1.0]]])
    found = carried(on, off, 2, (1,), special)
    assert np.isnan(found.rest_gain)
    assert found.verdict == "alone"


def test_the_word_itself_which_is_always_1_counts_for_nothing():
    on, off = states(0.9, 1, 0.2, 0.4), states(0.1, 1, 0.0, 0.2)
    found = carried(on, off, ASKS, (*LOOKS, ASKS), SPECIAL)
    assert (found.words_on[-1], found.words_off[-1]) == pytest.approx((0.9, 0.1))
    assert found.verdict == "carries"
    alone = carried(on, off, ASKS, (ASKS,), SPECIAL)
    assert np.isnan(alone.words_on).all()
    assert alone.verdict == "itself"


def test_the_special_words_given_are_not_changed():
    before = SPECIAL.copy()
    compare((0.9, 1, 0.2, 0.4), (0.1, 1, 0.0, 0.2))
    np.testing.assert_array_equal(SPECIAL, before)


def test_its_comes_as_close_to_the_other_words_as_to_law():
    """Figures of the trained network."""
    english = load_encoder("assets/models/all-minilm-l6-v2")
    text = (
        "The Law will never be perfect, but its application should be just - "
        "this is what we are missing, in my opinion."
    )
    every_head = [(layer, head) for layer in range(1, 7) for head in range(1, 13)]
    on, off = english(text), english(text, without=every_head)
    found = carried(on.hidden_states, off.hidden_states, 9, (2,), on.tokens.special)
    assert (found.words_on[-1], found.words_off[-1]) == pytest.approx((0.35, 0.01), abs=0.005)
    assert found.rest_on[-1] > found.words_on[-1]
    assert found.verdict == "level"
