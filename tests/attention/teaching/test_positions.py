"""Words in another order: the same answers without positions, others with them."""

import numpy as np
import pytest

from attention import attend
from attention.teaching.positions import POSITIONS, attend_in_place, changed_answers

rng = np.random.default_rng(3)
X, W_Q, W_K, W_V = rng.normal(size=(5, 8)), *rng.normal(size=(3, 8, 4))
ORDERS = [rng.permutation(5) for _ in range(6)]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_without_positions_every_word_gets_the_same_answer_in_every_order(order):
    np.testing.assert_allclose(changed_answers(X, W_Q, W_K, W_V, order), 0, atol=1e-12)


@pytest.mark.parametrize("positions", POSITIONS[1:])
def test_with_positions_the_order_counts(positions):
    changed = changed_answers(X, W_Q, W_K, W_V, [4, 1, 0, 3, 2], positions)
    assert (np.abs(changed).max(axis=1) > 1e-3).all()
    np.testing.assert_array_equal(changed_answers(X, W_Q, W_K, W_V, range(5), positions), 0)


def test_rotary_and_alibi_know_distances_only():
    """Words moved along together keep their scores; with added waves they do not."""
    repeated = np.tile(X[:1], (5, 1))
    for positions, is_even in (("rotary", True), ("alibi", True), ("sinusoidal", False)):
        scores = attend_in_place(repeated, W_Q, W_K, W_V, positions).masked
        diagonals = [np.ptp(np.diagonal(scores, at)) for at in range(-3, 4)]
        assert (max(diagonals) < 1e-9) == is_even, positions


def test_none_is_plain_attention_and_another_name_is_refused():
    plain = attend(X @ W_Q, X @ W_K, X @ W_V)
    np.testing.assert_array_equal(attend_in_place(X, W_Q, W_K, W_V).weights, plain.weights)
    with pytest.raises(ValueError, match="learned"):
        attend_in_place(X, W_Q, W_K, W_V, "learned")
