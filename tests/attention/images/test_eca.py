"""Properties of efficient channel attention, with all sizes different: C=7 channels, k=3, H=11, W=5."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.eca import eca_kernel_size, efficient_channel_attention

C, H, W = 7, 11, 5


@pytest.fixture(name="X")
def feature_maps():
    return np.random.default_rng(21).standard_normal((C, H, W))


def test_every_stage_written_out(X):
    kernel = [0.5, -1.5, 2.0]
    trace = efficient_channel_attention(X, np.array(kernel))
    means = [0, *(X[c].sum() / (H * W) for c in range(C)), 0]
    for c in range(C):
        z = sum(kernel[i] * means[c + i] for i in range(3))
        assert trace.squeezed[c] == pytest.approx(means[c + 1])
        assert trace.logits[c] == pytest.approx(z)
        assert trace.gates[c] == pytest.approx(1 / (1 + np.exp(-z)))
        np.testing.assert_allclose(trace.output[c], X[c] * trace.gates[c])
    assert trace.X is X


def test_a_kernel_longer_than_the_channels(X):
    kernel = np.arange(2 * C + 1.0)
    logits = efficient_channel_attention(X, kernel).logits
    np.testing.assert_allclose(logits, np.correlate(np.pad(X.mean(axis=(1, 2)), C), kernel, "valid"))


def test_only_neighbours_count(X):
    kernel, changed = np.ones(3), X.copy()
    changed[0] += 1
    before, after = (efficient_channel_attention(maps, kernel).gates for maps in (X, changed))
    assert (before != after).tolist() == [True, True] + [False] * (C - 2)


@pytest.mark.parametrize(
    ("channels", "size"), [(1, 1), (2, 1), (8, 3), (16, 3), (20, 3), (64, 3), (128, 5), (256, 5), (512, 5), (2048, 7)]
)
def test_kernel_sizes(channels, size):
    assert eca_kernel_size(channels) == size


def test_other_constants_of_the_formula():
    assert eca_kernel_size(64, gamma=1) == 7
    assert eca_kernel_size(64, b=4) == 5


def test_no_channels_have_no_kernel():
    with pytest.raises(ValueError, match="channels must be at least 1, got 0"):
        eca_kernel_size(0)


@pytest.mark.parametrize("shape", [(2,), (0,), (1, 3), ()])
def test_kernels_that_do_not_fit(X, shape):
    with pytest.raises(ShapeError, match=r"kernel must be \(k,\) with odd k"):
        efficient_channel_attention(X, np.ones(shape))
