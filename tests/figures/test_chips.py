"""What travels to the chips is what was computed, and what a click does is decided once."""

import json

import numpy as np
import pytest

from figures.chips import COMPARABLE, chips_payload
from figures.packed import unpack

WORDS = ["<b>", "我", "its"]


def payload(weights=None, words=WORDS, **options):
    weights = np.eye(len(words))[None] if weights is None else weights
    return chips_payload(words, weights, sentence="a finding", **options)


def test_the_weights_travel_exactly():
    weights = np.random.default_rng(0).random((2, 3, 3)).astype(np.float32)
    shown = json.loads(json.dumps(payload(weights, heads=(4, 11))))
    np.testing.assert_array_equal(unpack(shown["weights"], weights.shape), weights)
    assert shown["heads"] == [4, 11]
    assert shown["words"] == WORDS


@pytest.mark.parametrize(
    ("direction", "role", "pinned", "pins"),
    [
        ("out", "asks", 2, True),
        ("out", "looks", 2, False),
        ("out", "mask", 2, False),
        ("in", "looks", 1, True),
        ("in", "asks", 1, False),
    ],
)
def test_the_pin_is_the_word_whose_attention_is_shown(direction, role, pinned, pins):
    shown = payload(asks=2, looks=[1, 0], direction=direction, role=role)
    assert (shown["asks"], shown["looks"]) == (2, [1, 0])
    assert (shown["pinned"], shown["pins"]) == (pinned, pins)


def test_nothing_need_be_pinned():
    assert payload()["pinned"] is None
    assert payload(direction="in")["pinned"] is None


def test_marks_travel_as_positions():
    shown = json.loads(
        json.dumps(
            payload(
                looks=np.array([1]),
                special=np.array([0]),
                masked=[2],
                continued=[False, True, True],
                full={2: "its-own"},
            )
        )
    )
    assert shown["special"] == [0]
    assert shown["masked"] == [2]
    assert shown["continues"] == [1, 2]
    assert shown["full"] == {"2": "its-own"}


def test_only_long_texts_are_scaled_to_their_largest_weight():
    for size, top in ((COMPARABLE, 1.0), (COMPARABLE + 1, 0.25)):
        words = ["w"] * size
        assert payload(np.full((1, size, size), 0.25), words)["top"] == top
    assert payload(np.zeros((1, size, size)), words)["top"] == 1.0


@pytest.mark.parametrize(
    ("weights", "heads"), [(np.zeros((2, 3, 3)), ()), (np.zeros((1, 3, 2)), ()), (np.zeros((1, 3, 3)), (1, 2))]
)
def test_what_does_not_fit_is_refused(weights, heads):
    with pytest.raises(ValueError, match="do not fit"):
        payload(weights, heads=heads)


def test_a_weight_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        payload(np.full((1, 3, 3), np.nan))
