"""Each member of the family does with Q, K and V what sets it apart."""

import numpy as np
import pytest

from attention import attend, softmax
from attention.teaching.relatives import SHARED, WORD_RELATIVES, Layer, relative

HEADS, N, D_K, ASKING = 6, 11, 7, 5


@pytest.fixture
def layer(random_qkv):
    Q, K, V = random_qkv(1, leading=(HEADS,), n_q=N, n_k=N, d_k=D_K, d_v=D_K)
    return Layer(Q, K, V, 2, random_qkv(2, n_q=ASKING, d_k=D_K)[0])


@pytest.mark.parametrize("code", WORD_RELATIVES)
def test_all_share_out_their_attention_over_the_same_words(layer, code):
    weights = relative(code, layer, 2)
    heads, asking = {"multi": HEADS, "grouped": HEADS}.get(code, 1), ASKING if code == "cross" else N
    assert weights.shape == (heads, asking, N)
    np.testing.assert_allclose(weights.sum(axis=-1), 1)


def test_scaling_softens_the_dot_product(layer):
    Q, K = layer.Q[2], layer.K[2]
    np.testing.assert_allclose(relative("dot", layer, 2)[0], softmax(Q @ K.T))
    np.testing.assert_allclose(relative("scaled", layer, 2)[0], softmax(Q @ K.T / np.sqrt(D_K)))
    np.testing.assert_array_equal(relative("self", layer, 2), relative("scaled", layer, 2))


def test_additive_scores_are_sums_of_tanh(layer):
    scores = [[np.tanh(q + k).sum() for k in layer.K[2]] for q in layer.Q[2]]
    np.testing.assert_allclose(relative("additive", layer, 2)[0], softmax(np.array(scores)))


def test_location_does_not_read_the_keys(layer):
    blind = Layer(layer.Q, -layer.K, layer.V, layer.head, layer.asking)
    np.testing.assert_array_equal(relative("location", blind, 2), relative("location", layer, 2))
    assert not np.allclose(relative("additive", blind, 2), relative("additive", layer, 2))


def test_cross_asks_with_the_other_sentence(layer):
    np.testing.assert_allclose(relative("cross", layer, 2)[0], attend(layer.asking, layer.K[2], layer.V[2]).weights)


def test_the_heads_of_a_group_share_the_mean_of_their_keys(layer):
    weights = relative("grouped", layer, 2)
    for head, Q in enumerate(layer.Q):
        group = slice(head // SHARED * SHARED, head // SHARED * SHARED + SHARED)
        np.testing.assert_allclose(weights[head], attend(Q, layer.K[group].mean(axis=0), layer.V[head]).weights)
