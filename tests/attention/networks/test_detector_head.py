"""Scores as geometric means, distances as means over bins, boxes around the centres of cells: against plain loops."""

import numpy as np
import pytest

from attention.networks.detector_head import StrideTrace, boxes_around

STRIDE, CELL = 16, (20.0, 12.0)
N_CLASSES, N_BINS, ROWS, COLUMNS = 5, 7, 3, 4


@pytest.fixture
def grid():
    rng = np.random.default_rng(0)
    classes = rng.uniform(0, 1, (N_CLASSES, ROWS, COLUMNS)).astype(np.float32)
    alignment = rng.uniform(0, 1, (ROWS, COLUMNS)).astype(np.float32)
    logits = rng.normal(0, 3, (4, N_BINS, ROWS, COLUMNS)).astype(np.float32)
    return StrideTrace(STRIDE, CELL, classes, alignment, logits)


def test_a_score_is_the_geometric_mean_of_class_and_alignment(grid):
    for name, row, column in np.ndindex(grid.scores.shape):
        product = float(grid.classes[name, row, column]) * float(grid.alignment[row, column])
        assert grid.scores[name, row, column] == pytest.approx(product**0.5)


def test_boxes_by_a_plain_loop(grid):
    for row, column in np.ndindex(ROWS, COLUMNS):
        distances = []
        for side in range(4):
            shares = np.exp(grid.logits[side, :, row, column].astype(float))
            shares /= shares.sum()
            np.testing.assert_allclose(grid.bins[side, :, row, column], shares, atol=1e-6)
            distances.append(sum(share * number for number, share in enumerate(shares)))
        np.testing.assert_allclose(grid.distances[:, row, column], distances, atol=1e-5)
        x, y = (column + 0.5) * CELL[0], (row + 0.5) * CELL[1]
        np.testing.assert_allclose(grid.centres[row, column], [x, y])
        left, top, right, bottom = distances
        box = [x - left * CELL[0], y - top * CELL[1], x + right * CELL[0], y + bottom * CELL[1]]
        np.testing.assert_allclose(grid.boxes[row, column], box, atol=1e-3)


def test_all_weight_on_one_bin_is_that_many_cells(grid):
    logits = np.full_like(grid.logits, -np.inf)
    for side, number in enumerate((2, 0, 3, 6)):
        logits[side, number] = 0
    sure = StrideTrace(STRIDE, CELL, grid.classes, grid.alignment, logits)
    np.testing.assert_array_equal(sure.distances[:, 1, 2], [2, 0, 3, 6])
    np.testing.assert_allclose(sure.boxes[1, 2], [50 - 40, 18, 50 + 60, 18 + 72])


def test_no_distance_is_no_box(grid):
    boxes = boxes_around(grid.centres, np.zeros((4, ROWS, COLUMNS), np.float32), CELL)
    np.testing.assert_array_equal(boxes[..., :2], boxes[..., 2:])
