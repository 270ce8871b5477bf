"""The thumbnails show what is there, and a head's card says only what was measured."""

import base64
import json

import numpy as np
import pytest

from attention.profiles import HeadProfiles, head_profiles
from figures.head_grid import CELLS, MEASURES, SORTS, finding, habit, head_grid_payload, measures, ordered, thumbnails


def say(key: str, **values) -> str:
    return f"{key} {' '.join(map(str, values.values()))}".strip()


def softmaxed(*shape: int) -> np.ndarray:
    weights = np.exp(np.random.default_rng(0).normal(0, 2, shape))
    return weights / weights.sum(-1, keepdims=True)


def special_of(n: int) -> np.ndarray:
    return np.isin(np.arange(n), [0, n - 1])


def payload(weights: np.ndarray, sort: str = "layer", chosen: tuple[int, int] = (2, 3)) -> dict:
    profiles = head_profiles(weights, special_of(weights.shape[-1]))
    words = {"name": "file", "source": "source", "say": say}
    made = head_grid_payload(weights, profiles, pieces=99, chosen=chosen, sort=sort, **words)
    return json.loads(json.dumps(made))


@pytest.mark.parametrize("n", [1, 2, 27, 64])
def test_up_to_64_words_every_weight_is_a_cell(n):
    weights = softmaxed(2, 5, n, n).astype(np.float32)
    small = thumbnails(weights)
    assert small.shape == (2, 5, n, n)
    np.testing.assert_allclose((small / 255) ** 2, weights, atol=1 / 255)


@pytest.mark.parametrize(("n", "side"), [(65, 33), (128, 64), (130, 44), (511, 64), (512, 64)])
def test_a_cell_of_a_longer_text_is_the_largest_weight_of_its_block(n, side):
    weights = softmaxed(2, 3, n, n).astype(np.float32).swapaxes(-1, -2)
    small = thumbnails(weights)
    assert small.shape == (2, 3, side, side)
    assert side <= CELLS
    block = -(-n // CELLS)
    for row, column in [(0, 0), (side // 2, 3), (side - 1, side - 1)]:
        within = weights[:, :, row * block : (row + 1) * block, column * block : (column + 1) * block]
        np.testing.assert_array_equal(small[:, :, row, column], np.rint(255 * np.sqrt(within.max((-1, -2)))))


def test_a_diagonal_one_word_thin_stays_whole():
    weights = np.eye(512, k=-1, dtype=np.float32)[None, None]
    assert (np.diagonal(thumbnails(weights)[0, 0]) == 255).all()


def test_what_travels_is_small():
    weights = np.broadcast_to(np.float32(1 / 512), (6, 12, 512, 512))
    assert len(json.dumps(payload(weights))) < 500_000
    assert len(json.dumps(payload(weights[..., :128, :128]))) < 500_000


def test_the_payload_holds_the_thumbnails_and_the_measures_in_full():
    weights = softmaxed(4, 12, 9, 9)
    sent = payload(weights)
    cells = np.frombuffer(base64.b64decode(sent["cells"]), np.uint8).reshape(4, 12, 9, 9)
    np.testing.assert_array_equal(cells, thumbnails(weights))
    profiles = head_profiles(weights, special_of(9))
    numbers = {measure["code"]: measure["numbers"] for measure in sent["measures"]}
    np.testing.assert_array_equal(numbers["focus"], 2 ** profiles.entropy.ravel())
    for name in ("reach", "to_special", "to_previous", "to_next", "to_same"):
        np.testing.assert_array_equal(numbers[name.removeprefix("to_")], getattr(profiles, name).ravel())
    assert [head["name"] for head in sent["each"]][11:13] == ["L1H12", "L2H1"]
    assert sent["chosen"] == 14
    assert sent["measures"][0]["about"] == "focus.about 99"


@pytest.mark.parametrize("sort", SORTS)
def test_every_head_stands_once_in_every_order(sort):
    measured = measures(head_profiles(softmaxed(4, 12, 9, 9), special_of(9)))
    order = ordered(measured, sort)
    assert sorted(order) == list(range(48))
    if sort == "layer":
        assert order == list(range(48))
    else:
        values = measured[sort].ravel()[order]
        assert (np.diff(values if sort == "focus" else -values) >= 0).all()


def profiles_with(**shares: float) -> HeadProfiles:
    values = {"entropy": 1.0, "reach": 0.0, "to_special": 0.0, "to_previous": 0.0, "to_next": 0.0, "to_same": 0.0}
    return HeadProfiles(**{name: np.full((1, 1), value) for name, value in {**values, **shares}.items()})


@pytest.mark.parametrize("place", ["special", "previous", "next", "same"])
def test_a_place_that_gets_half_of_the_attention_is_a_habit(place):
    assert habit(measures(profiles_with(**{f"to_{place}": 0.5})), 0, 0) == place
    assert habit(measures(profiles_with(**{f"to_{place}": 0.499})), 0, 0) == "spread"


def test_a_head_in_words():
    n = 9
    previous = np.eye(n, k=-1)
    previous[0, 0] = 1
    uniform = np.full((n, n), 1 / n)
    sent = payload(np.stack([[previous, uniform]]), chosen=(1, 2))
    assert sent["each"][0]["does"] == "does.previous 1 1 100\u00a0%"
    assert sent["each"][1]["does"] == "does.spread 1 2 focus.value 9.0"
    at = {measure: i for i, measure in enumerate(MEASURES)}
    assert sent["each"][0]["values"][at["focus"]] == "focus.value 1.0"
    assert sent["each"][0]["values"][at["reach"]] == "reach.value 1.0"
    assert sent["each"][1]["values"][at["special"]] == "22\u00a0%"


def test_the_finding_names_heads_that_look_at_a_neighbour():
    shares = np.zeros((1, 9))
    measured = {name: shares.copy() for name in MEASURES}
    measured["special"] += 0.41
    assert finding(measured, say) == "finding.special 41\u00a0%finding.none"
    measured["previous"][0, 2] = 0.97
    assert finding(measured, say) == "finding.special 41\u00a0%finding.previous_one 1 L1H3"
    measured["next"][0, 3:9] = 0.6
    assert "finding.next_some 6 finding.more L1H4finding.joinL1H5finding.joinL1H6finding.joinL1H7 2" in finding(
        measured, say
    )
