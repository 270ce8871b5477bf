"""What is drawn of a detector's work is plain JSON, with its cells where they belong."""

import base64
import json

import numpy as np
import pytest

from figures.boxes import Box, Grid, Many, Rated, bins_payload, boxes_payload

WORDS = {"sentence": "said", "name": "file"}
GRID = Grid(3, 4, (10.0, 12.5))
SAID = Rated(np.zeros((12, 4)), np.zeros(12), np.zeros(12, int), ["a"])


def test_boxes_keep_their_corners_words_and_styles():
    boxes = [Box((1, 2, 30, 40), "cup", np.float32(0.75), 41), Box((0, 0, 5, 5), "<b>", 0.5, style="lost")]
    payload = json.loads(json.dumps(boxes_payload("data:,", (60, 50), boxes=boxes, **WORDS)))
    assert payload["boxes"] == [
        {"box": [1, 2, 30, 40], "label": "cup", "score": 0.75, "colour": 41, "style": "kept"},
        {"box": [0, 0, 5, 5], "label": "<b>", "score": 0.5, "colour": 0, "style": "lost"},
    ]
    assert (payload["size"], payload["grid"], payload["cell"], payload["candidates"]) == ([60, 50], None, None, None)


def test_cells_lie_in_their_grid():
    payload = boxes_payload("data:,", (35, 30), grid=GRID, each=SAID, marks=[(2, 3, 7)], cell=(0, 1), **WORDS)
    assert payload["grid"] == {"rows": 3, "columns": 4, "cell": [10.0, 12.5]}
    assert payload["marks"] == [{"cell": [2, 3], "colour": 7}]
    assert payload["cell"] == [0, 1]


@pytest.mark.parametrize("cell", [(3, 0), (0, 4), (-1, 0)])
def test_cells_outside_of_the_grid_are_refused(cell):
    with pytest.raises(ValueError, match="3 x 4"):
        boxes_payload("data:,", (35, 30), grid=GRID, each=SAID, cell=cell, **WORDS)


def test_cells_need_a_grid():
    with pytest.raises(ValueError, match="grid"):
        boxes_payload("data:,", (35, 30), marks=[(0, 0, 1)], **WORDS)


@pytest.mark.parametrize("said", [None, Rated(np.zeros((11, 4)), np.zeros(11), np.zeros(11, int), ["a"])])
def test_every_cell_of_a_grid_says_something(said):
    with pytest.raises(ValueError, match="every cell"):
        boxes_payload("data:,", (35, 30), grid=GRID, each=said, **WORDS)


@pytest.mark.parametrize("n", [0, 3])
def test_candidates_travel_as_rows_of_six_numbers(n):
    rng = np.random.default_rng(5)
    corners, scores = rng.random((n, 4), np.float32) * 100, rng.random(n, np.float32)
    boxes = Rated(corners, scores, np.arange(n), ["a", "b", "c"])
    many = Many(boxes, score=30, iou=60, round=2)
    payload = json.loads(json.dumps(boxes_payload("data:,", (60, 50), many=many, **WORDS)))
    sent = payload["candidates"]
    rows = np.frombuffer(base64.b64decode(sent["values"]["data"]), "<f4").reshape(sent["count"], 6)
    np.testing.assert_array_equal(rows, np.column_stack([corners, scores, np.arange(n)]).astype(np.float32))
    assert (sent["names"], sent["score"], sent["iou"], sent["round"]) == (["a", "b", "c"], 30, 60, 2)


def test_every_side_has_its_bins_and_their_mean():
    bins = np.random.default_rng(2).dirichlet(np.ones(8), size=4).astype(np.float32)
    means = bins @ np.arange(8)
    payload = bins_payload("abcd", "efgh", bins, means, label="sides", opened=2)
    sides = json.loads(json.dumps(payload))["sides"]
    assert [side["name"] + side["sum"] for side in sides] == ["ae", "bf", "cg", "dh"]
    np.testing.assert_allclose([side["weights"] for side in sides], bins)
    np.testing.assert_allclose([side["mean"] for side in sides], means)
    assert (payload["label"], payload["opened"]) == ("sides", 2)
