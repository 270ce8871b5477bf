"""What travels to the canvas is what was computed."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from figures.maps import MapText, decode_values, map_payload
from figures.palette import DIVERGING, HEADS, MATRIX, OVER_PICTURES, SEQUENTIAL

TEXT = MapText("row", "column", "low", "high", "a sentence", "{row} {column} {value}", "map")


@given(arrays(np.float32, (5, 11), elements=some.floats(-1e6, 1e6, width=32)))
def test_numbers_travel_exactly(values):
    payload = map_payload(values, [], [], TEXT)
    np.testing.assert_array_equal(decode_values(json.loads(json.dumps(payload))), values)


def test_the_range_is_zero_to_largest_or_symmetric():
    values = np.array([[0.25, -2.0]])
    assert map_payload(values, [], [], TEXT)["range"] == [0.0, 2.0]
    assert map_payload(values, [], [], TEXT, scale="diverging")["range"] == [-2.0, 2.0]
    assert map_payload(np.zeros((1, 2)), [], [], TEXT)["range"] == [0.0, 1.0]


def test_a_scale_of_roots_is_for_weights_from_zero():
    assert map_payload(np.eye(2), [], [], TEXT, roots=True)["roots"]
    assert not map_payload(np.eye(2), [], [], TEXT)["roots"]
    with pytest.raises(ValueError, match="roots"):
        map_payload(np.eye(2), [], [], TEXT, scale="diverging", roots=True)


def test_labels_and_words_are_handed_on_untouched():
    payload = map_payload(np.eye(2), ["<b>", "我"], ["a", "b"], TEXT, chosen=(np.int64(1), np.int64(0)))
    assert payload["rowLabels"] == ["<b>", "我"]
    assert payload["chosen"] == [1, 0]
    assert payload["text"]["sentence"] == "a sentence"


@pytest.mark.parametrize("values", [np.ones(3), np.array([[np.nan]]), np.array([[np.inf, 0]])])
def test_what_cannot_be_drawn_is_refused(values):
    with pytest.raises(ValueError, match="map"):
        map_payload(values, [], [], TEXT)


def test_masked_scores_travel_as_they_are_and_do_not_stretch_the_scale():
    values = np.array([[-np.inf, 2.0], [-np.inf, -np.inf]], np.float32)
    payload = map_payload(values, [], [], TEXT, scale="diverging")
    np.testing.assert_array_equal(decode_values(json.loads(json.dumps(payload))), values)
    assert payload["range"] == [-2.0, 2.0]
    assert map_payload(np.full((1, 2), -np.inf), [], [], TEXT)["range"] == [0.0, 1.0]


def test_a_label_too_many_is_refused():
    with pytest.raises(ValueError, match="row_labels has 3 labels for 2"):
        map_payload(np.eye(2), ["a", "b", "c"], [], TEXT)


def test_what_the_strips_and_the_dividers_need_travels_as_plain_numbers():
    payload = map_payload(
        np.eye(2),
        ["a", "b"],
        ["c", "d"],
        TEXT,
        strips=True,
        marked={"rows": np.array([1]), "columns": (0,)},
        least=(0, 1),
        dividers=(np.int64(1), np.int64(1)),
        blocks=(("a", "b"), ("c", "d")),
    )
    payload = json.loads(json.dumps(payload))
    assert payload["marked"] == {"rows": [1], "columns": [0]}
    assert payload["least"] == [0, 1]
    assert payload["dividers"] == [1, 1]
    assert payload["blocks"] == [["a", "b"], ["c", "d"]]
    assert payload["text"]["sums"].keys() == {"row_all", "row_chosen", "column_all", "column_chosen"}


def test_a_plain_map_has_no_strips_and_no_dividers():
    payload = map_payload(np.eye(2), [], [], TEXT)
    assert (payload["strips"], payload["dividers"], payload["blocks"]) == (False, None, None)
    assert payload["marked"] == {"rows": [], "columns": []}


def test_strips_without_names_to_choose_by_are_refused():
    with pytest.raises(ValueError, match="labels"):
        map_payload(np.eye(2), [], [], TEXT, strips=True)


def test_the_canvas_draws_with_the_palette():
    with open("assets/components/common/scales.js", encoding="utf-8") as file:
        script = file.read()
    in_script = re.findall(r'"(#[0-9a-f]{6})"', script.partition("function pageStyle")[0])
    in_python = [*SEQUENTIAL["light"], *SEQUENTIAL["dark"], *DIVERGING]
    in_python += [*MATRIX["light"].values(), *MATRIX["dark"].values()]
    in_python += [*HEADS["light"], *HEADS["dark"]]
    in_python += [stop for name in ("viridis", "magma", "grey", "ice_fire") for stop in OVER_PICTURES[name]]
    assert in_script == in_python


def test_the_diverging_scale_is_white_at_zero():
    assert (DIVERGING[3], len(DIVERGING)) == ("#ffffff", 7)
