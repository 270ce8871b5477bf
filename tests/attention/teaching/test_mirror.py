"""How far a map is from its mirror image, and that no K Kᵀ ever matches one way only."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from attention.teaching.mirror import asymmetry, count_one_way, one_way_pairs, self_share


def test_a_mirror_has_none_and_its_opposite_all():
    S = np.arange(9.0).reshape(3, 3)
    assert asymmetry(S + S.T) == 0
    assert asymmetry(S - S.T) == pytest.approx(1)
    assert asymmetry(np.zeros((3, 3))) == 0


def test_the_two_parts_are_those_of_the_definition():
    S = np.random.default_rng(0).normal(size=(2, 4, 5, 5))
    found = asymmetry(S)
    assert found.shape == (2, 4)
    one_sided = (S[1, 2] - S[1, 2].T) / 2
    assert found[1, 2] == pytest.approx(np.sqrt((one_sided**2).sum() / (S[1, 2] ** 2).sum()))
    np.testing.assert_allclose(asymmetry(7 * S), found)


def test_directions_that_have_nothing_to_do_with_each_other_give_the_root_of_a_half():
    assert asymmetry(np.random.default_rng(1).normal(size=(400, 400))) == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_one_way_is_above_zero_there_and_below_zero_back():
    S = np.array([[-1.0, 2, 3], [-2, -5, 0], [4, -6, 1]])
    assert one_way_pairs(S) == 1  # 0 with 1; 1 with 2 is 0 one way; the diagonal is no pair
    assert one_way_pairs(-S) == 1


@given(some.integers(0, 2**32 - 1))
def test_keys_that_ask_keys_never_match_one_way_only(seed):
    K = np.random.default_rng(seed).normal(size=(6, 3))
    S = np.array([[sum(a * b for a, b in zip(p, q, strict=True)) for q in K] for p in K])
    assert one_way_pairs(S) == 0
    assert asymmetry(S) == 0
    assert (np.diagonal(S) >= 0).all()
    np.testing.assert_allclose(K @ K.T, S, atol=1e-12)


def test_a_words_own_share_is_the_mean_of_the_diagonal():
    weights = np.stack([np.eye(4), np.full((4, 4), 0.25)])
    np.testing.assert_allclose(self_share(weights), [1, 0.25])


def test_counting_over_seeds():
    words = ("a", "b", "c")
    own, mirrored, pairs = count_one_way(words, 4, 3, 20)
    assert (mirrored, pairs) == (0, 60)
    assert 10 < own < 50
    assert count_one_way(words, 4, 3, 1)[0] <= own
