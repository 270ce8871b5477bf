"""Tiles travel small and on one scale, and what they show is the mean of what they stand for."""

import json

import numpy as np
import pytest

from figures.packed import unpack
from figures.small_multiples import LONGEST, SPANS, Tile, correlation, multiples_payload, reduced

WORDS = {"low": "little", "middle": "average", "high": "much", "hover": "{value} ×", "sentence": "Two maps."}


def payload(*maps: np.ndarray, span: str = "wide") -> dict:
    tiles = [Tile(f"m{at}", values, f"M {at}", "even") for at, values in enumerate(maps)]
    return json.loads(json.dumps(multiples_payload(tiles, "data:,picture", span=span, opened="m0", **WORDS)))


def decoded(data: dict) -> np.ndarray:
    return unpack(data["values"], (len(data["tiles"]), data["rows"], data["columns"]))


def test_a_small_map_travels_as_it_is():
    rng = np.random.default_rng(1)
    maps = rng.random((2, 7, 11)) * 5
    data = payload(*maps)
    assert (data["rows"], data["columns"], data["range"]) == (7, 11, [0, 3])
    np.testing.assert_allclose(decoded(data), maps, atol=5 / 65535)
    assert [tile["id"] for tile in data["tiles"]] == ["m0", "m1"]
    assert data["opened"] == "m0"
    assert data["text"] == WORDS


def test_a_large_map_is_reduced_by_the_mean_of_areas():
    values = np.random.default_rng(2).random((2 * LONGEST, 3 * LONGEST // 2))
    small = reduced(values)
    assert small.shape == (LONGEST, 3 * LONGEST // 4)
    np.testing.assert_allclose(small, values.reshape(LONGEST, 2, -1, 2).mean(axis=(1, 3)), rtol=1e-5)


@pytest.mark.parametrize("shape", [(480, 640), (641, 97), (1, 640), (5, 3), (1, 1)])
def test_reducing_keeps_the_mean_and_the_proportions(shape):
    values = np.random.default_rng(3).random(shape)
    small = reduced(values)
    assert max(small.shape) == min(LONGEST, max(shape))
    assert small.shape[0] / small.shape[1] == pytest.approx(shape[0] / shape[1], rel=0.05, abs=1 / LONGEST)
    assert small.mean() == pytest.approx(values.mean(), abs=1e-3)


def test_the_scale_has_the_average_within_it():
    for span, (low, high) in SPANS.items():
        assert payload(np.ones((3, 4)), span=span)["range"] == [low, high]
        assert 0 <= low < 1 < high


def test_even_maps_and_empty_ones_travel():
    np.testing.assert_allclose(decoded(payload(np.ones((3, 4)), np.zeros((3, 4)))), [np.ones((3, 4)), np.zeros((3, 4))])
    assert (decoded(payload(np.zeros((3, 4)))) == 0).all()


@pytest.mark.parametrize(
    "maps",
    [[], [np.ones((2, 3)), np.ones((3, 2))], [np.full((2, 2), np.nan)], [np.full((2, 2), -0.1)]],
)
def test_what_cannot_be_compared_is_refused(maps):
    with pytest.raises(ValueError, match="tiles"):
        payload(*maps)


def test_correlation_is_pearsons():
    rng = np.random.default_rng(4)
    A, B = rng.random((5, 7)), rng.random((5, 7))
    assert correlation(A, B) == pytest.approx(np.corrcoef(A.ravel(), B.ravel())[0, 1])
    assert correlation(A, 3 * A + 2) == pytest.approx(1)
    assert correlation(A, -A) == pytest.approx(-1)
    assert correlation(A, np.ones((5, 7))) is None
