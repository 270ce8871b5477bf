"""What travels to the grid of patches is what was computed, and what is said of a map is true of it."""

import json

import numpy as np
import pytest

from figures.packed import unpack
from figures.patches import GridText, box_patches, grid_payload, pin_payload, row_facts, telling_patch

TEXT = GridText("title", "low", "high", "a <b> sentence", "hover", "patch", "box", "name", "source", ("c", "r", "v"))
EDGES = (np.array([0, 4, 9]), np.array([0, 5, 10, 15]))


def pins(**options):
    given = {"row": np.zeros(6), "asks": 0, "looks": 0, **options}
    return json.loads(json.dumps(pin_payload(TEXT, (2, 3), **given)))


def test_the_numbers_of_all_patches_travel_exactly():
    values = np.random.default_rng(1).random((6, 6)).astype(np.float32)
    shown = json.loads(json.dumps(grid_payload(values, EDGES, "data:,")))
    np.testing.assert_array_equal(unpack(shown["values"], (6, 6)), values)
    assert (shown["rows"], shown["columns"]) == (2, 3)
    assert (shown["rowEdges"], shown["columnEdges"]) == ([0, 4, 9], [0, 5, 10, 15])


def test_numbers_that_do_not_fit_the_grid_are_refused():
    with pytest.raises(ValueError, match="do not fit 2 x 3"):
        grid_payload(np.zeros((5, 5)), EDGES, "data:,")
    with pytest.raises(ValueError, match="finite"):
        grid_payload(np.full((6, 6), np.nan), EDGES, "data:,")


def test_where_patches_attend_in_windows_only_those_travel():
    values = np.random.default_rng(1).random((6, 4)).astype(np.float32)
    shown = grid_payload(values, EDGES, "data:,", window=2)
    assert shown["window"] == pins(window=2)["window"] == 2
    np.testing.assert_array_equal(unpack(shown["values"], (6, 4)), values)
    with pytest.raises(ValueError, match="do not fit 2 x 3"):
        grid_payload(np.zeros((6, 6)), EDGES, "data:,", window=2)


def test_what_is_pinned_travels_as_plain_numbers():
    shown = pins(row=np.arange(6.0), asks=np.int64(4), looks=np.int64(2), touch="looks")
    assert (shown["asks"], shown["looks"], shown["box"], shown["touch"]) == (4, 2, None, "looks")
    np.testing.assert_array_equal(unpack(shown["row"], (6,)), np.arange(6))
    assert shown["text"]["sentence"] == "a <b> sentence"


def test_a_box_travels_as_its_corners():
    assert pins(box=(0, 1, 2, 1))["box"] == [[1, 0], [1, 2]]


@pytest.mark.parametrize("row", [np.zeros(5), np.zeros((2, 3)), np.array([0, 0, 0, 0, 0, np.inf])])
def test_a_row_that_does_not_fit_is_refused(row):
    with pytest.raises(ValueError, match="6 finite numbers"):
        pins(row=row)


def test_the_patches_of_a_box_are_counted_row_by_row():
    assert box_patches((1, 0, 2, 1), 4) == [1, 2, 5, 6]
    assert box_patches((3, 2, 3, 2), 4) == [11]


def test_the_strongest_are_the_fewest_that_hold_half():
    facts = row_facts(np.array([0.3, 0.05, 0.25, 0.1, 0.1, 0.2]), 3, [0])
    assert facts.strongest == (0, 2)
    assert facts.share == pytest.approx(0.55)
    assert facts.farthest == 2  # two columns away


def test_the_farthest_is_measured_from_the_middle_of_a_box():
    row = np.array([0.3, 0, 0, 0, 0, 0, 0.3, 0.4])
    assert row_facts(row, 8, [0, 1]).farthest == 7
    assert row_facts(row, 8, [6, 7]).strongest == (7, 0, 6)
    assert row_facts(row, 8, [6, 7]).farthest == 0


def test_one_patch_alone_has_everything():
    facts = row_facts(np.array([1.0]), 1, [0])
    assert (facts.strongest, facts.share, facts.farthest) == ((0,), 1.0, 0)


def test_the_telling_patch_looks_far_and_at_few():
    weights = np.full((5, 5), 0.2)  # looks far, but at all
    weights[1] = [0, 1, 0, 0, 0]  # looks at itself
    weights[4] = [0.5, 0, 0, 0, 0.5]
    assert telling_patch(weights, 5) == 4
    assert telling_patch(np.ones((1, 1)), 1) == 0
