"""Pools over the pixels of feature maps."""

import numpy as np
import pytest

from attention.images.maps import pool_pixels


@pytest.mark.parametrize("turned", [np.asarray, np.fliplr, np.rot90, np.transpose])
def test_an_average_is_as_exact_however_the_pixels_lie_in_memory(turned):
    X = turned(np.random.default_rng(11).random((3, 500_000), np.float32) + 100)[None]
    np.testing.assert_allclose(pool_pixels(X, "avg"), X.mean(axis=(1, 2), dtype=np.float64), rtol=1e-6)
