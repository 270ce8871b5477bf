"""Properties of SimAM, with all sizes different: C=7 channels, H=11, W=5."""

import numpy as np
import pytest

from attention.images.simam import simam

C, H, W = 7, 11, 5


@pytest.fixture(name="X")
def feature_maps():
    return np.random.default_rng(23).standard_normal((C, H, W))


@pytest.mark.parametrize("lam", [1e-4, 0.5])
def test_every_stage_written_out(X, lam):
    trace = simam(X, lam=lam)
    for c in range(C):
        mean = X[c].sum() / (H * W)
        variance = sum((x - mean) ** 2 for x in X[c].flat) / (H * W - 1)
        assert trace.mean[c] == pytest.approx(mean)
        assert trace.variance[c] == pytest.approx(variance)
        for y, x in np.ndindex(H, W):
            energy = (X[c, y, x] - mean) ** 2 / (4 * (variance + lam)) + 0.5
            assert trace.energy[c, y, x] == pytest.approx(energy)
            assert trace.mask[c, y, x] == pytest.approx(1 / (1 + np.exp(-energy)))
    np.testing.assert_allclose(trace.output, X * trace.mask)


def test_energy_is_one_over_the_minimum_of_the_paper(X):
    """Equation 5 has the minimal energy 4 (v + lam) / (d + 2 v + 2 lam), with its variance v."""
    trace, lam = simam(X, lam=0.1), 0.1
    v = trace.variance[:, None, None]
    d = (X - trace.mean[:, None, None]) ** 2
    np.testing.assert_allclose(trace.energy, (d + 2 * v + 2 * lam) / (4 * (v + lam)))


def test_the_odd_one_out_has_the_highest_mask():
    X = np.full((1, H, W), 0.4)
    X[0, 3, 2] = 0.9
    mask = simam(X).mask[0]
    assert np.unravel_index(mask.argmax(), mask.shape) == (3, 2)
    assert mask[3, 2] > 0.99
    assert mask[0, 0] == pytest.approx(1 / (1 + np.exp(-0.5)), abs=1e-2)


def test_brightness_and_contrast_do_not_matter(X):
    np.testing.assert_allclose(simam(3 * X + 5, lam=9e-4).mask, simam(X, lam=1e-4).mask, atol=1e-12)


def test_far_from_zero_float32_keeps_its_digits():
    X = np.random.default_rng(24).random((C, 40, 50))
    close = simam((X + 100).astype(np.float32))
    np.testing.assert_allclose(close.variance, simam(X).variance, rtol=1e-3)


@pytest.mark.parametrize("lam", [0, -1, np.nan])
def test_lambda_must_be_above_zero(X, lam):
    with pytest.raises(ValueError, match="lam must be above 0"):
        simam(X, lam=lam)
