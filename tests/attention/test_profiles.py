"""What each head does, against plain loops and by cases whose answer is obvious."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import ShapeError, softmax
from attention.profiles import HeadProfiles, fixed_shares, head_profiles

NAMES = tuple(HeadProfiles.__dataclass_fields__)


def measured(weights, special):
    """The profile of one head, row by row and cell by cell."""
    n = len(special)
    real = [i for i in range(n) if not special[i]]

    def mean(values):
        return sum(values) / len(values) if values else 0.0

    near = sum(weights[i, j] for i in real for j in real)
    far = sum(weights[i, j] * abs(i - j) for i in real for j in real)
    return {
        "entropy": mean([-sum(w * math.log2(w) for w in weights[i].tolist() if w > 0) for i in real]),
        "reach": far / near if near else 0.0,
        "to_special": mean([sum(weights[i, j] for j in range(n) if special[j]) for i in real]),
        "to_previous": mean([weights[i, i - 1] for i in real if i - 1 in real]),
        "to_next": mean([weights[i, i + 1] for i in real if i + 1 in real]),
        "to_same": mean([weights[i, i] for i in real]),
    }


@given(
    special=st.lists(st.booleans(), min_size=1, max_size=9),
    dtype=st.sampled_from([np.float32, np.float64]),
    stored=st.sampled_from(["query by key", "key by query", "neither"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_measure_is_that_of_a_plain_loop(special, dtype, stored, seed):
    special = np.array(special)
    n = len(special)
    rng = np.random.default_rng(seed)
    weights = softmax(rng.normal(size=(2, 3, n, n)) * 4).astype(dtype)
    weights[rng.random(weights.shape) < 0.1] = 0
    if stored == "key by query":
        weights = weights.swapaxes(-1, -2).copy().swapaxes(-1, -2)
    elif stored == "neither":
        weights = np.repeat(np.repeat(weights, 2, axis=-1), 2, axis=-2)[..., ::2, ::2]
    before = weights.copy()
    profiles = head_profiles(weights, special)
    np.testing.assert_array_equal(weights, before)
    for head in np.ndindex(2, 3):
        expected = measured(weights[head].astype(np.float64), special)
        for name in NAMES:
            assert getattr(profiles, name)[head] == pytest.approx(expected[name], abs=1e-5), name


SPECIAL = np.array([True, False, False, False, False, True])


@pytest.mark.parametrize(("offset", "name"), [(-1, "to_previous"), (1, "to_next"), (0, "to_same")])
def test_a_head_that_looks_at_one_position_only(offset, name):
    weights = np.zeros((6, 6))
    for i in range(6):
        weights[i, min(max(i + offset, 0), 5)] = 1
    profiles = head_profiles(weights, SPECIAL)
    assert getattr(profiles, name) == 1
    assert profiles.entropy == 0
    assert profiles.reach == abs(offset)
    assert profiles.to_special == (0 if offset == 0 else 0.25)  # of the word beside [CLS] or [SEP]


def test_a_head_that_looks_everywhere_alike():
    profiles = head_profiles(np.full((6, 6), 1 / 6), SPECIAL)
    assert profiles.entropy == pytest.approx(math.log2(6))
    assert profiles.reach == pytest.approx((0 * 4 + 1 * 6 + 2 * 4 + 3 * 2) / 16)
    assert profiles.to_special == pytest.approx(2 / 6)
    assert profiles.to_previous == profiles.to_next == profiles.to_same == pytest.approx(1 / 6)


def test_a_head_that_looks_at_special_words_only_has_no_reach():
    weights = np.zeros((6, 6))
    weights[:, 0] = 1
    profiles = head_profiles(weights, SPECIAL)
    assert profiles.to_special == 1
    assert profiles.reach == 0


def test_no_real_word_is_all_zeros():
    profiles = head_profiles(np.full((3, 2, 2), 0.5), np.array([True, True]))
    for name in NAMES:
        np.testing.assert_array_equal(getattr(profiles, name), np.zeros(3))


def test_neighbours_across_a_separator_do_not_count():
    special = np.array([True, False, True, False, True])
    profiles = head_profiles(np.full((5, 5), 0.2), special)
    assert profiles.to_previous == profiles.to_next == 0


def test_weights_a_hair_above_one_have_no_negative_entropy():
    assert head_profiles(np.eye(3, dtype=np.float32) * np.float32(1.000001), np.zeros(3, bool)).entropy == 0


def test_shares_of_chosen_rows_only():
    weights = softmax(np.random.default_rng(0).normal(size=(2, 6, 6)))
    rows = np.array([False, True, False, True, False, False])
    shares = fixed_shares(weights, SPECIAL, rows)
    np.testing.assert_allclose(shares["special"], weights[:, [1, 3]][:, :, [0, 5]].sum(-1).mean(-1))
    np.testing.assert_allclose(shares["previous"], weights[:, 3, 2])
    np.testing.assert_allclose(shares["next"], (weights[:, 1, 2] + weights[:, 3, 4]) / 2)
    np.testing.assert_allclose(shares["same"], (weights[:, 1, 1] + weights[:, 3, 3]) / 2)


def test_everything_is_float64():
    profiles = head_profiles(np.full((4, 6, 6), 1 / 6, np.float32), SPECIAL)
    for name in NAMES:
        assert getattr(profiles, name).dtype == np.float64
        assert getattr(profiles, name).shape == (4,)


def test_sizes_must_fit():
    with pytest.raises(ShapeError, match=r"\(5,\)"):
        head_profiles(np.ones((2, 6, 6)), SPECIAL[:5])
    with pytest.raises(ShapeError, match=r"\(5, 6\)"):
        head_profiles(np.ones((5, 6)), SPECIAL)
