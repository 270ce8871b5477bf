"""Attention in windows, against a plain loop over patches."""

from pathlib import Path

import numpy as np
import pytest

from attention.networks.promptable import load_promptable
from attention.networks.tiny_vit import attend_in_windows, window_grid

RNG = np.random.default_rng(5)
MODEL = Path(__file__).parents[3] / "assets/models/mobile-sam"


@pytest.fixture(scope="module")
def block():
    _, blocks = load_promptable(MODEL).weights.encoder.stages[0]
    return blocks[1]


@pytest.fixture(scope="module")
def entered(block):
    return RNG.normal(size=(10, 16, len(block.norm[0]))).astype(np.float32)  # windows of 7: 2 x 3, with padding


def asked_of(block, X, row, column, head):
    """Weights of one patch over the places of its window, in float64, patch by patch."""
    C, w = X.shape[2], block.window
    d_k = C // block.heads
    part = slice(head * d_k, (head + 1) * d_k)
    W, bias = (tensor.astype(np.float64) for tensor in block.query_key_value)

    def projected(i, j, which):
        x = X[i, j].astype(np.float64) if i < X.shape[0] and j < X.shape[1] else np.zeros(C)
        x = (x - x.mean()) / np.sqrt(x.var() + 1e-5) * block.norm[0] + block.norm[1]
        return (x @ W + bias)[which * C : (which + 1) * C][part]

    top, left = row // w * w, column // w * w
    scores = np.array(
        [
            [
                projected(row, column, 0) @ projected(top + i, left + j, 1) / np.sqrt(d_k)
                + block.distance_bias[head, abs(top + i - row), abs(left + j - column)]
                for j in range(w)
            ]
            for i in range(w)
        ]
    )
    return np.exp(scores) / np.exp(scores).sum()


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 13), (9, 15)])  # the last window is half padding
def test_a_patch_attends_in_its_window_and_to_its_padding(block, entered, row, column):
    trace = attend_in_windows(block, entered)
    i, j = row // 7, column // 7
    found = trace.weights[i * 3 + j, :, row % 7 * 7 + column % 7].reshape(block.heads, 7, 7)
    expected = [asked_of(block, entered, row, column, head) for head in range(block.heads)]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_nothing_outside_a_window_changes_what_is_looked_at(block, entered):
    before = attend_in_windows(block, entered).weights
    moved = entered.copy()
    moved[:, 7:] = RNG.normal(size=moved[:, 7:].shape)
    after = attend_in_windows(block, moved).weights
    np.testing.assert_allclose(after[[0, 3]], before[[0, 3]], atol=1e-6)
    assert np.abs(after[[1, 2, 4, 5]] - before[[1, 2, 4, 5]]).max() > 0.1


def test_windows_cover_the_map():
    assert window_grid((14, 7), 7) == (2, 1)
    assert window_grid((15, 6), 7) == (3, 1)


def test_a_trace_finds_a_patch_and_its_distances():
    picture = load_promptable(MODEL).read(RNG.integers(0, 256, (60, 128, 3), dtype=np.uint8), 128)
    first, fifth = picture.windows(1), picture.windows(5)
    assert (first.shape, first.grid, first.window, first.heads) == ((16, 16), (3, 3), 7, 4)
    assert (fifth.shape, fifth.grid, fifth.window, fifth.heads) == ((8, 8), (1, 1), 14, 5)
    assert first.find(0, 0) == (0, 0)
    assert first.find(8, 15) == (5, 1 * 7 + 1)
    for place in ((16, 0), (0, -1)):
        with pytest.raises(ValueError, match="16 x 16"):
            first.find(*place)
    added = first.attention.masked - first.attention.scaled
    np.testing.assert_allclose(added[5, 2, 8, 3 * 7 + 5], first.distance_bias[2, 2, 4], atol=1e-5)
