"""Positions: waves, rotations and distances."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError, alibi_bias, attend, rotary, sinusoidal_positions

LAYOUTS = ["interleaved", "halves"]


def test_sinusoidal_positions_equal_the_formula_of_the_paper():
    table = sinusoidal_positions(5, 8)
    for position in range(5):
        for i in range(4):
            angle = position / 10000 ** (2 * i / 8)
            assert table[position, 2 * i] == pytest.approx(math.sin(angle), abs=1e-12)
            assert table[position, 2 * i + 1] == pytest.approx(math.cos(angle), abs=1e-12)


def test_sinusoidal_layouts_hold_the_same_numbers():
    interleaved, halves = (sinusoidal_positions(7, 6, layout=layout) for layout in LAYOUTS)
    np.testing.assert_array_equal(halves, np.hstack([interleaved[:, 0::2], interleaved[:, 1::2]]))


def test_sinusoidal_positions_may_be_given_one_by_one():
    np.testing.assert_array_equal(sinusoidal_positions([[3, 0]], 6)[0], sinusoidal_positions(4, 6)[[3, 0]])
    assert sinusoidal_positions(0, 6).shape == (0, 6)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 2**32 - 1), shift=st.integers(-50, 50))
def test_rotary_scores_depend_on_distance_only(layout, seed, shift):
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(5, 8)), rng.normal(size=(11, 8))
    here = rotary(Q, layout=layout) @ rotary(K, layout=layout).T
    there = rotary(Q, np.arange(5) + shift, layout=layout) @ rotary(K, np.arange(11) + shift, layout=layout).T
    np.testing.assert_allclose(there, here, atol=1e-10)


@pytest.mark.parametrize(("layout", "pair"), [("interleaved", (2, 3)), ("halves", (1, 4))])
def test_rotary_turns_pairs(layout, pair):
    x = np.zeros((1, 6))
    x[0, pair[0]] = 1
    turned = rotary(x, [2.0], layout=layout)
    angle = 2 / 10000 ** (2 / 6)
    expected = np.zeros((1, 6))
    expected[0, pair] = math.cos(angle), math.sin(angle)
    np.testing.assert_allclose(turned, expected, atol=1e-12)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rotary_keeps_lengths_dtype_and_its_input(layout):
    x = np.random.default_rng(0).normal(size=(2, 3, 5, 8)).astype(np.float32)
    x.flags.writeable = False
    turned = rotary(x, layout=layout)
    assert turned.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(turned, axis=-1), np.linalg.norm(x, axis=-1), rtol=1e-5)
    np.testing.assert_array_equal(turned[..., 0, :], x[..., 0, :])
    np.testing.assert_array_equal(rotary(x, [np.arange(5)], layout=layout), turned)


def test_alibi_slopes_of_the_paper():
    bias = alibi_bias(8, 3)
    np.testing.assert_allclose(bias[:, 2, 1], [-(2.0**-h) for h in range(1, 9)])
    np.testing.assert_allclose(bias[0], [[0, -0.5, -1], [-0.5, 0, -0.5], [-1, -0.5, 0]])


@pytest.mark.parametrize("heads", [1, 2, 3, 12, 16])
def test_alibi_has_a_slope_for_every_head(heads):
    bias = alibi_bias(heads, 2, 4, offset=2)
    assert bias.shape == (heads, 2, 4)
    slopes = -bias[:, 0, 1]
    assert len(set(slopes)) == heads
    np.testing.assert_allclose(bias, -slopes[:, None, None] * [[2, 1, 0, 1], [3, 2, 1, 0]])


def test_alibi_is_a_mask_for_attend(random_qkv):
    Q, K, V = random_qkv(0, leading=(2, 4), n_q=6, n_k=6)
    trace = attend(Q, K, V, mask=alibi_bias(4, 6), causal=True)
    np.testing.assert_allclose(np.tril(trace.masked - trace.scaled)[1], np.tril(alibi_bias(4, 6)), atol=1e-12)


def test_refusals():
    with pytest.raises(ShapeError, match="width is 7, but must be even"):
        sinusoidal_positions(3, 7)
    with pytest.raises(ShapeError, match="width is 5"):
        rotary(np.ones((3, 5)))
    with pytest.raises(ShapeError, match="two axes"):
        rotary(np.ones(4))
    with pytest.raises(ShapeError, match=r"positions \(2,\) do not broadcast"):
        rotary(np.ones((3, 4)), [0, 1])
    with pytest.raises(ValueError, match="layout is 'pairs'"):
        sinusoidal_positions(2, 4, layout="pairs")
    with pytest.raises(ValueError, match="layout is 'pairs'"):
        rotary(np.ones((2, 4)), layout="pairs")
    with pytest.raises(ValueError, match="heads is 0"):
        alibi_bias(0, 3)
