"""Every number on the timeline is the walkthrough's, and every beat leads from one block to the next."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from attention.walkthrough import draw_projections, draw_words, walk
from figures.timeline import BEATS, added, summed, timeline_payload

WORDS = ["my", "cat", "sees", "<b>", "it"]


def say(key, **values):
    return {"comma": ", ", "semicolon": "; "}.get(key, f"{key} {values}")


def road():
    return walk(draw_words(WORDS, 3, 2), *draw_projections(3, 4, 2))


def payload(asks=1, looks=3, time=2.5):
    return timeline_payload(road(), WORDS, asks, looks, time, say)


def values(block, asks=1):
    return np.array(payload(asks)["blocks"][block]["values"])


@pytest.mark.parametrize("asks", range(len(WORDS)))
def test_the_blocks_are_the_roads(asks):
    walked = road()
    expected = {
        "query": walked.Q[asks : asks + 1],
        "keys": walked.K,
        "scores": walked.scores[asks, :, None],
        "scaled": walked.scaled[asks, :, None],
        "weights": walked.weights[asks, :, None],
        "values": walked.V,
        "output": walked.output[asks : asks + 1],
    }
    for name, matrix in expected.items():
        np.testing.assert_array_equal(values(name, asks), matrix, err_msg=name)


def test_each_block_follows_from_the_one_before():
    np.testing.assert_allclose(values("products"), values("query") * values("keys"))
    np.testing.assert_allclose(values("scores")[:, 0], values("products").sum(axis=1))
    np.testing.assert_allclose(values("scaled"), values("scores") / 2)  # √4
    np.testing.assert_allclose(values("raised"), math.e ** values("scaled"))
    np.testing.assert_allclose(values("weights"), values("raised") / values("raised").sum())
    np.testing.assert_allclose(values("taken"), values("weights") * values("values"))
    np.testing.assert_allclose(values("output")[0], values("taken").sum(axis=0))


def test_every_number_is_printed_and_named():
    for name, block in payload()["blocks"].items():
        shape = np.shape(block["values"])
        assert np.shape(block["texts"]) == np.shape(block["names"]) == shape, name


def test_the_name_of_a_cell_tells_how_its_number_is_made():
    def spoken(key, **values):
        return str(values["value"]) if key in ("cell", "cell_only") else say(key, **values)

    q, k, v = np.array([[2.0, -1, 0, 3]]), np.array([[1.0, 2, 5, 0], [0, -1, 1, 0]]), np.array([[3.0], [-1]])
    walked = walk(np.eye(2), np.repeat(q, 2, axis=0), k, v)
    named = {
        name: block["names"]
        for name, block in timeline_payload(walked, ["I", "ate"], 0, 0, 0, spoken)["blocks"].items()
    }
    assert named["query"] == [["2", "−1", "0", "3"]]
    assert named["products"] == [
        ["2 × 1 = 2", "(−1) × 2 = −2", "0 × 5 = 0", "3 × 0 = 0"],
        ["2 × 0 = 0", "(−1) × (−1) = 1", "0 × 1 = 0", "3 × 0 = 0"],
    ]
    assert named["scores"] == [["2 − 2 + 0 + 0 = 0"], ["0 + 1 + 0 + 0 = 1"]]
    assert named["scaled"] == [["0 ÷ 2 = 0"], ["1 ÷ 2 = 0.5"]]
    assert named["raised"] == [["e^0 = 1"], ["e^0.5 ≈ 1.6487"]]
    assert named["weights"] == [["1 ÷ 2.6487 ≈ 0.3775"], ["1.6487 ÷ 2.6487 ≈ 0.6225"]]
    assert named["taken"] == [["0.3775 × 3 ≈ 1.1326"], ["0.6225 × (−1) ≈ −0.6225"]]
    assert named["output"] == [["1.1326 − 0.6225 ≈ 0.5102"]]


def test_every_beat_has_its_words_and_its_blocks():
    shown = payload()
    assert len(shown["beats"]) == len(BEATS)
    reached = set()
    for beat in shown["beats"]:
        assert all(beat[part] for part in ("name", "title", "text"))
        assert set(beat["blocks"]) <= shown["blocks"].keys()
        reached.update(beat["blocks"])
    assert reached == shown["blocks"].keys()
    assert shown["time"] == 2.5


def test_what_the_browser_moves_in_a_beat_is_what_the_beat_is_about():
    script = Path("assets/components/timeline/scene.js").read_text(encoding="utf-8")
    (spans,) = re.findall(r"const LATER = \{(.*)\};", script)
    moved = {name: int(end) for name, end in re.findall(r"(\w+): \[\d, (\d)\]", spans)}
    beats = payload()["beats"]
    assert max(moved.values()) == len(beats) - 1
    for name, end in moved.items():
        assert name in beats[end]["blocks"]


def test_a_sentence_counts_with_the_numbers_of_the_word_that_is_looked_at():
    walked = road()
    text = payload(asks=1, looks=3)["beats"][BEATS.index("collapse")]["text"]
    assert added(walked.Q[1] * walked.K[3]) in text


def test_a_sum_is_written_with_its_signs():
    assert added([2, 6, -2, 0]) == "2 + 6 − 2 + 0"
    assert added([-1.5, -1]) == "−1.5 − 1"


def test_a_sum_of_rounded_numbers_is_no_equation():
    assert summed([2, 6, -2]) == "2 + 6 − 2 = 6"
    assert summed([1 / 3, 1 / 3, 1 / 3]) == "0.3333 + 0.3333 + 0.3333 ≈ 1"


def test_words_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="4 words for 5 rows"):
        timeline_payload(road(), WORDS[:4], 0, 0, 0, say)
