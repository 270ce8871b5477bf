"""The table's numbers are the engine's, and what is not in view is handed on as one sum."""

import json

import numpy as np
import pytest

from attention import attend
from figures.packed import unpack
from figures.word_table import ORDERS, word_table_payload

N, D_K = 11, 7
LABELS = [f"word{i}" for i in range(N)]


@pytest.fixture
def head():
    random = np.random.default_rng(0)
    return attend(*(random.normal(size=(N, size)).astype(np.float32) for size in (D_K, D_K, 13)))


def payload(head, asks=5, looks=8, shown=None, **options) -> dict:
    options = {"rescale": False, "order": "position", "numbers": False, **options}
    shown = np.arange(N) if shown is None else shown
    return json.loads(json.dumps(word_table_payload(head, asks, looks, LABELS, shown=shown, **options)))


def test_every_column_is_the_engines(head):
    sent = payload(head)
    np.testing.assert_array_equal(unpack(sent["q"], (D_K,)), head.Q[5])
    np.testing.assert_array_equal(unpack(sent["k"], (N, D_K)), head.K)
    for name in ("scores", "scaled", "weights"):
        np.testing.assert_array_equal(unpack(sent[name], (N,)), getattr(head, name)[5])
    assert sent["hidden"] == {"count": 0, "weight": 0, "exponentials": 0}
    assert (sent["asks"], sent["chosen"], sent["total"], sent["dimensions"]) == ("word5", 8, N, D_K)


def test_what_is_not_in_view_is_summed_up(head):
    shown = np.arange(1, N - 1)
    sent = payload(head, shown=shown)
    np.testing.assert_array_equal(unpack(sent["weights"], (N - 2,)), head.weights[5, shown])
    np.testing.assert_array_equal(unpack(sent["k"], (N - 2, D_K)), head.K[shown])
    assert sent["hidden"]["count"] == 2
    assert sent["hidden"]["weight"] == pytest.approx(1 - head.weights[5, shown].sum(), abs=1e-6)
    share = np.exp(head.scaled[5, shown])
    np.testing.assert_allclose(
        share / (share.sum() + sent["hidden"]["exponentials"]), head.weights[5, shown], rtol=1e-5
    )
    assert sent["positions"] == shown.tolist()
    assert sent["chosen"] == 7


def test_rescaled_weights_add_up_to_one_and_the_divisor_is_told(head):
    shown = np.arange(1, N - 1)
    sent = payload(head, shown=shown, rescale=True)
    weights = unpack(sent["weights"], (N - 2,))
    assert weights.sum() == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(weights * sent["left"], head.weights[5, shown], rtol=1e-6)


@pytest.mark.parametrize("order", ORDERS)
def test_every_row_stands_once_in_each_order(head, order):
    rows = payload(head, order=order)["order"]
    assert sorted(rows) == list(range(N))
    expected = np.arange(N) if order == "position" else np.argsort(-head.weights[5])
    np.testing.assert_array_equal(rows, expected)


def test_a_row_with_nothing_left_to_rescale_is_zero(head):
    Q, K = np.ones((N, D_K), np.float32), np.zeros((N, D_K), np.float32)
    K[0] = 100  # takes all of it
    sent = payload(attend(Q, K, head.V), shown=np.arange(1, N), rescale=True)
    assert sent["left"] == 0
    np.testing.assert_array_equal(unpack(sent["weights"], (N - 1,)), 0)
