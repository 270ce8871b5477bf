"""Properties of gather-excite without parameters, with all sizes different: C=7 channels, H=11, W=5."""

import numpy as np
import pytest

from attention.images.gather_excite import gather_excite

C, H, W = 7, 11, 5


def window_mean(plane, row, column, extent):
    """The mean of the pixels less than `extent` away from one, in rows and in columns."""
    H, W = plane.shape
    rows = range(max(row - extent + 1, 0), min(row + extent, H))
    columns = range(max(column - extent + 1, 0), min(column + extent, W))
    return sum(plane[y, x] for y in rows for x in columns) / (len(rows) * len(columns))


@pytest.fixture(name="X")
def feature_maps():
    return np.random.default_rng(22).standard_normal((C, H, W))


@pytest.mark.parametrize("extent", [1, 2, 3, 4, 8, 16])
def test_every_stage_written_out(X, extent):
    trace = gather_excite(X, extent)
    h, w = -(-H // extent), -(-W // extent)
    assert trace.gathered.shape == (C, h, w)
    for c, i, j in np.ndindex(C, h, w):
        assert trace.gathered[c, i, j] == pytest.approx(window_mean(X[c], i * extent, j * extent, extent))
    for c, y, x in np.ndindex(C, H, W):
        z = trace.gathered[c, y * h // H, x * w // W]
        assert trace.gates[c, y, x] == pytest.approx(1 / (1 + np.exp(-z)))
    np.testing.assert_allclose(trace.output, X * trace.gates)


def test_extent_zero_is_one_gate_a_channel(X):
    trace = gather_excite(X)
    assert trace.gathered.shape == (C, 1, 1)
    means = X.mean(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(trace.gates, np.broadcast_to(1 / (1 + np.exp(-means)), X.shape))
    np.testing.assert_allclose(trace.output, X / (1 + np.exp(-means)))


def test_extent_one_gates_every_number_by_itself(X):
    np.testing.assert_allclose(gather_excite(X, 1).gates, 1 / (1 + np.exp(-X)))


def test_channels_do_not_know_of_each_other(X):
    np.testing.assert_allclose(gather_excite(X, 4).gates[2:3], gather_excite(X[2:3], 4).gates, atol=1e-14)


def test_an_extent_below_zero_is_refused(X):
    with pytest.raises(ValueError, match="extent must not be negative, got -1"):
        gather_excite(X, -1)
