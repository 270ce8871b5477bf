"""The detector against onnxruntime running the published graph (tests/vectors/picodet), and its own promises."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.networks.detections import candidates, suppress
from attention.networks.detector import BLOCKS, load_detector

ROOT = Path(__file__).parents[3]
PICTURES = ("astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg", "shapes.png")
EVERY = 3  # the cells that tools/reference_picodet.py keeps
PIXELS, SCORES = 0.5, 0.01


@pytest.fixture(scope="module")
def detector():
    return load_detector(ROOT / "assets/models/picodet")


@pytest.fixture(scope="module")
def seen(detector, picture):
    """What the detector makes of a sample picture, computed once."""
    return cache(lambda name, ones=False: detector(picture(name), dict.fromkeys(range(1, 7), 1.0) if ones else {}))


def reference(name):
    return np.load(ROOT / "tests/vectors/picodet" / f"{name.split('.')[0]}.npz")


def laid_out(trace):
    """Scores (80, cells) and boxes (cells, 4) of all strides one after the other."""
    scores = np.concatenate([grid.scores.reshape(len(trace.labels), -1) for grid in trace.strides], axis=1)
    return scores, np.concatenate([grid.boxes.reshape(-1, 4) for grid in trace.strides])


def check(trace, expected):
    scores, boxes = laid_out(trace)
    np.testing.assert_allclose(scores[:, ::EVERY], expected["scores"], atol=SCORES)
    np.testing.assert_allclose(boxes[::EVERY], expected["boxes"], atol=PIXELS)


@pytest.mark.parametrize("name", PICTURES)
def test_scores_boxes_and_gates_are_the_reference_runtimes(seen, name):
    trace, expected = seen(name), reference(name)
    check(trace, expected)
    for number, block in enumerate(trace.blocks, 1):
        np.testing.assert_allclose(block.own, expected[f"gates_{number}"], atol=1e-4)


@pytest.mark.parametrize("name", PICTURES)
def test_what_suppression_keeps_is_what_the_published_graph_keeps(seen, detector, name):
    weights = detector.weights
    found = candidates(seen(name).strides, weights.score_threshold)
    steps = suppress(found.boxes, found.scores, weights.iou_threshold, classes=found.classes)
    kept = [step.kept for step in steps][: weights.boxes_kept]
    expected = reference(name)["detections"]
    # By class and score: of two classes with nearly the same score either may come first.
    ours = sorted(zip(found.classes[kept], found.scores[kept], map(tuple, found.boxes[kept]), strict=True))
    theirs = sorted((int(row[0]), row[1], tuple(row[2:])) for row in expected)
    assert len(ours) == len(theirs)
    for (label, score, box), (their_label, their_score, their_box) in zip(ours, theirs, strict=True):
        assert label == their_label
        assert score == pytest.approx(their_score, abs=SCORES)
        np.testing.assert_allclose(box, their_box, atol=PIXELS)


def test_gates_of_one_are_the_network_without_its_multiplications(seen):
    trace = seen("coffee.jpg", ones=True)
    check(trace, reference("coffee-ones"))
    for block in trace.blocks:
        np.testing.assert_array_equal(block.output, block.X)


@pytest.mark.parametrize(
    ("name", "label", "score"),
    [("cat.jpg", "cat", 0.98), ("coffee.jpg", "cup", 0.91), ("astronaut.jpg", "person", 0.97)],
)
def test_finds_what_is_in_the_picture(seen, name, label, score):
    trace = seen(name)
    scores, _ = laid_out(trace)
    assert scores[trace.labels.index(label)].max() == pytest.approx(score, abs=0.005)


def test_setting_the_gates_that_a_block_computes_changes_nothing(detector, seen, picture):
    trace = seen("cat.jpg")
    again = detector(picture("cat.jpg"), {number: block.own for number, block in enumerate(trace.blocks, 1)})
    for ours, same in zip(laid_out(again), laid_out(trace), strict=True):
        np.testing.assert_array_equal(ours, same)


def test_a_gate_of_the_head_changes_its_own_stride_only(detector, seen, picture):
    trace = seen("coffee.jpg")
    changed = detector(picture("coffee.jpg"), {BLOCKS.index("head.16") + 1: 0.5})
    same = [
        np.array_equal(ours.scores, theirs.scores) for ours, theirs in zip(changed.strides, trace.strides, strict=True)
    ]
    assert same == [True, False, True, True]
    np.testing.assert_array_equal(changed.blocks[3].own, trace.blocks[3].own)
    assert (changed.blocks[3].gates == 0.5).all()


def test_grids_and_boxes_follow_the_pictures_shape(detector):
    wide = detector(np.full((100, 300, 3), 90, np.uint8))
    assert wide.size == (100, 300)
    assert [grid.alignment.shape for grid in wide.strides] == [(52, 52), (26, 26), (13, 13), (7, 7)]
    np.testing.assert_allclose(wide.strides[0].centres[0, 0], [150 / 52, 50 / 52])
    np.testing.assert_allclose(wide.strides[2].centres[-1, -1], [300 - 150 / 13, 100 - 50 / 13], rtol=1e-5)


@pytest.mark.parametrize("shape", [(1, 1), (2, 700), (900, 3)])
def test_reads_pictures_of_any_shape(detector, shape):
    scores, boxes = laid_out(detector(np.zeros((*shape, 3), np.uint8)))
    assert ((scores >= 0) & (scores <= 1)).all()
    assert np.isfinite(boxes).all()


def test_has_a_name_for_every_class(detector):
    assert len(set(detector.labels)) == 80
    assert detector.labels[0] == "person"


def test_refuses_other_numbers_and_sizes_of_gates(detector):
    rgb = np.zeros((20, 20, 3), np.uint8)
    with pytest.raises(ValueError, match="1 to 6"):
        detector(rgb, {7: 1.0})
    with pytest.raises(ShapeError, match="block 2"):
        detector(rgb, {2: np.ones(5)})
