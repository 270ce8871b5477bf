"""Candidates above a threshold, and suppression as torchvision documents it, against plain loops."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.networks.detections import candidates, overlap, suppress
from attention.networks.detector_head import StrideTrace


def random_boxes(seed, n):
    """Boxes that overlap often, of three classes, with some equal scores."""
    rng = np.random.default_rng(seed)
    corners, sides = rng.uniform(0, 60, (n, 2)), rng.uniform(5, 60, (n, 2))
    scores = np.round(rng.uniform(0, 1, n), 1 if seed % 2 else 6)
    return np.concatenate([corners, corners + sides], axis=1), scores, rng.integers(0, 3, n)


def iou(a, b):
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    area = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return width * height / (sum(area) - width * height)


def nms(boxes, scores, threshold):
    """torchvision.ops.nms in words: iteratively remove lower scoring boxes with an IoU above the threshold."""
    kept = []
    for i in sorted(range(len(boxes)), key=lambda i: (-scores[i], i)):
        if all(iou(boxes[i], boxes[j]) <= threshold for j in kept):
            kept.append(i)
    return kept


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_keeps_what_torchvisions_nms_keeps(seed, threshold):
    boxes, scores, _ = random_boxes(seed, 40)
    assert [step.kept for step in suppress(boxes, scores, threshold)] == nms(boxes, scores, threshold)


@pytest.mark.parametrize("seed", range(4))
def test_classes_are_suppressed_apart(seed):
    boxes, scores, classes = random_boxes(seed, 40)
    kept = []
    for name in range(3):
        own = np.flatnonzero(classes == name)
        kept += [int(own[i]) for i in nms(boxes[own], scores[own], 0.4)]
    best_first = sorted(kept, key=lambda i: (-scores[i], i))
    assert [step.kept for step in suppress(boxes, scores, 0.4, classes=classes)] == best_first


def test_every_box_is_kept_or_removed_once_with_its_overlap():
    boxes, scores, classes = random_boxes(7, 60)
    steps = suppress(boxes, scores, 0.3, classes=classes)
    gone = [int(i) for step in steps for i in step.removed]
    assert sorted([step.kept for step in steps] + gone) == list(range(60))
    assert gone
    for step in steps:
        for i, share in zip(step.removed, step.overlaps, strict=True):
            assert classes[i] == classes[step.kept]
            assert scores[i] <= scores[step.kept]
            assert share == pytest.approx(iou(boxes[i], boxes[step.kept]))
            assert share > 0.3


def test_an_overlap_of_exactly_the_threshold_stays():
    boxes = np.array([[0.0, 0, 2, 1], [1.0, 0, 2, 1]])  # half of the first
    scores = np.array([0.9, 0.8])
    assert len(suppress(boxes, scores, 0.5)) == 2
    assert len(suppress(boxes, scores, 0.49)) == 1


def test_overlap_of_known_boxes():
    box = np.array([0.0, 0, 2, 2])
    others = np.array([[0.0, 0, 2, 2], [1, 1, 3, 3], [2, 0, 4, 2], [5, 5, 6, 6], [0, 0, 1, 1]])
    np.testing.assert_allclose(overlap(box, others), [1, 1 / 7, 0, 0, 1 / 4])


def test_empty_boxes_overlap_nothing():
    point = np.array([1.0, 1, 1, 1])
    assert overlap(point, np.stack([point, point])).tolist() == [0, 0]


def test_no_boxes_make_no_steps():
    assert suppress(np.empty((0, 4)), np.empty(0), 0.5) == ()


def test_sizes_are_checked():
    boxes, scores, classes = random_boxes(0, 5)
    with pytest.raises(ShapeError, match=r"\(5, 4\), \(4,\)"):
        suppress(boxes, scores[:4], 0.5)
    with pytest.raises(ShapeError, match=r"\(3,\)"):
        suppress(boxes, scores, 0.5, classes=classes[:3])


def grids(seed):
    rng = np.random.default_rng(seed)
    return [
        StrideTrace(
            stride,
            (stride * 1.5, stride * 0.5),
            rng.uniform(0, 1, (5, rows, columns)).astype(np.float32),
            rng.uniform(0, 1, (rows, columns)).astype(np.float32),
            rng.normal(0, 2, (4, 7, rows, columns)).astype(np.float32),
        )
        for stride, rows, columns in ((8, 4, 6), (16, 2, 3))
    ]


def test_candidates_are_every_cell_and_class_above_the_threshold_best_first():
    strides = grids(0)
    found = candidates(strides, 0.6)
    plain = {
        (grid.stride, row, column, name): grid.scores[name, row, column]
        for grid in strides
        for name, row, column in np.ndindex(grid.scores.shape)
        if grid.scores[name, row, column] > 0.6
    }
    places = [
        (int(stride), int(row), int(column), int(name))
        for stride, (row, column), name in zip(found.strides, found.cells, found.classes, strict=True)
    ]
    assert len(found) == len(plain) > 10
    assert dict(zip(places, found.scores, strict=True)) == plain
    assert list(found.scores) == sorted(found.scores, reverse=True)
    for (stride, row, column, _), box in zip(places, found.boxes, strict=True):
        grid = next(grid for grid in strides if grid.stride == stride)
        np.testing.assert_array_equal(box, grid.boxes[row, column])


def test_a_threshold_of_one_leaves_no_candidates():
    assert candidates(grids(1), 1.0).boxes.shape == (0, 4)
