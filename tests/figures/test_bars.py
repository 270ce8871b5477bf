"""The bars show the largest weights, and account for the rest."""

import json

import numpy as np
import pytest

from figures.bars import MOST, bars_payload, ranking_payload


def payload(weights, **options):
    labels = [f"w{i}" for i in range(len(weights))]
    return bars_payload(np.array(weights), labels, title="title", rest="{count} share {share}", **options)


def test_largest_first_with_their_own_labels():
    assert payload([0.2, 0.5, 0.3])["items"] == [
        {"index": 1, "label": "w1", "value": 0.5},
        {"index": 2, "label": "w2", "value": 0.3},
        {"index": 0, "label": "w0", "value": 0.2},
    ]


def test_the_rest_is_counted_and_summed():
    weights = np.full(MOST + 4, 1 / (MOST + 4))
    shown = payload(weights)
    assert len(shown["items"]) == MOST
    assert shown["rest"] == f"4 share {400 / (MOST + 4):.1f}"
    assert payload([1.0])["rest"] == ""


def test_the_pinned_word_is_always_drawn():
    weights = np.linspace(1, 0, MOST + 5)
    shown = payload(weights, chosen=MOST + 4)
    assert shown["items"][-1]["index"] == MOST + 4
    assert len(shown["items"]) == MOST


def test_a_ranking_keeps_its_order_and_everything_in_it():
    payload = ranking_payload(
        [0.9, 0.5, 0.1],
        ["b", "c", "a"],
        ["", "next", ""],
        title="t",
        references=[(0.5, "mean"), (np.float64(0.3), "uniform")],
        more=("all 3", "fewer"),
        chosen=1,
        first=2,
    )
    assert [item["label"] for item in payload["items"]] == ["b", "c", "a"]
    assert [item["index"] for item in payload["items"]] == [0, 1, 2]
    assert payload["items"][1]["note"] == "next"
    assert payload["references"] == [{"value": 0.5, "label": "mean"}, {"value": 0.3, "label": "uniform"}]
    assert (payload["first"], payload["more"], payload["chosen"]) == (2, {"more": "all 3", "less": "fewer"}, 1)
    assert json.loads(json.dumps(payload)) == payload


def test_a_ranking_wants_a_label_and_a_note_for_each():
    with pytest.raises(ValueError, match="zip"):
        ranking_payload([0.9], ["b", "c"], [""], title="t", references=[], more=("", ""))
