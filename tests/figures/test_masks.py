"""What travels to the mask viewer, and the places that hold a share of the mass."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from figures.masks import Kept, MaskText, decode_values, enlarge, keep_mass, mask_payload, span

TEXT = MaskText("low", "high", "a sentence", "mask", "row", "column", "{row} {column} {value}")
MASKS = arrays(np.float32, (5, 11), elements=some.floats(-4, 4, width=32))


def payload(values, **options):
    return json.loads(json.dumps(mask_payload(values, "data:picture", (44, 20), TEXT, **options)))


@given(MASKS)
def test_numbers_of_patches_travel_exactly(values):
    np.testing.assert_array_equal(decode_values(payload(values)), values)


def test_numbers_of_a_large_picture_travel_finely():
    values = np.random.default_rng(0).random((480, 640), np.float32)
    np.testing.assert_allclose(decode_values(payload(values)), values, atol=1e-5)


def test_a_payload_says_all_that_is_drawn():
    sent = payload(np.zeros((5, 11)), value_range=(-1, 1), scale="diverging", chosen=(2, 3), result="data:out")
    assert sent["size"] == [44, 20]
    assert (sent["rows"], sent["columns"], sent["chosen"], sent["range"]) == (5, 11, [2, 3], [-1.0, 1.0])
    assert (sent["picture"], sent["result"]) == ("data:picture", "data:out")
    assert sent["colours"] == ["blue_red", "ice_fire"]


def test_signed_numbers_have_a_result_only_where_there_is_one():
    values = np.zeros((5, 11))
    assert "result" in payload(values)["looks"]
    assert "result" not in payload(values, scale="diverging")["looks"]
    assert "result" in payload(values, scale="diverging", result="data:out")["looks"]


@pytest.mark.parametrize(
    ("values", "value_range"), [(np.zeros(3), (0, 1)), (np.full((2, 2), np.nan), (0, 1)), (np.zeros((2, 2)), (1, 1))]
)
def test_what_cannot_be_drawn_is_refused(values, value_range):
    with pytest.raises(ValueError, match=r"matrix|finite|range"):
        payload(values, value_range=value_range)


def test_a_range_without_width_gets_one():
    assert span((0.25, 0.75), "sequential") == (0.25, 0.75)
    assert span((2, 2), "sequential") == (2.0, 3.0)
    assert span((0, 0), "diverging") == (-1.0, 1.0)


@given(MASKS, some.floats(0.01, 0.99))
def test_what_is_kept_is_the_smallest_level_set_that_holds_the_share(values, share):
    kept, sizes = keep_mass(values, share), np.abs(values.astype(np.float64))
    if sizes.sum() == 0:
        assert kept == Kept(0.0, 1.0, 1.0)
        return
    inside = sizes >= kept.threshold
    assert kept.area == pytest.approx(inside.mean())
    assert kept.held == pytest.approx(sizes[inside].sum() / sizes.sum())
    assert kept.held >= share - 1e-9
    assert sizes[sizes > kept.threshold].sum() / sizes.sum() < share + 1e-9


def test_half_of_the_mass_of_different_numbers_is_the_fewest_of_them():
    values = np.array([[0.1, 0.4, 0.2], [0.3, 0.0, 0.5]])  # 0.5 + 0.4 are the first to hold half of 1.5
    kept = keep_mass(values, 0.5)
    assert (kept.threshold, kept.area) == (0.4, pytest.approx(2 / 6))
    assert kept.held == pytest.approx(0.9 / 1.5)
    assert keep_mass(-values, 0.5) == kept
    assert keep_mass(values, 1.0) == Kept(0.0, 1.0, 1.0)


def test_equal_numbers_are_kept_together():
    assert keep_mass(np.full((4, 5), 0.7), 0.5) == Kept(pytest.approx(0.7), 1.0, 1.0)


def test_patches_grow_to_blocks_that_fill_the_picture():
    grown = enlarge(np.arange(6.0).reshape(2, 3), (5, 7))
    assert grown.shape == (5, 7)
    np.testing.assert_array_equal(grown[:, 0], [0, 0, 0, 3, 3])
    np.testing.assert_array_equal(grown[0], [0, 0, 0, 1, 1, 2, 2])
    values = np.random.default_rng(0).random((5, 7))
    assert enlarge(values, (5, 7)) is values
