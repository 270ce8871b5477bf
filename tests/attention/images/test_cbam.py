"""Properties of CBAM and its two halves, with all sizes different: C=6 channels, R=3 hidden, H=9, W=11."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.cbam import (
    ORIGINAL,
    TIMM,
    TIMM_LIGHT,
    SpatialWeights,
    cbam,
    channel_attention,
    spatial_attention,
)
from attention.images.convolution import convolve
from attention.images.squeeze_excitation import SqueezeExcitationWeights, squeeze_excitation

C, R, H, W = 6, 3, 9, 11


@pytest.fixture
def chance():
    return np.random.default_rng(12)


@pytest.fixture(name="X")
def feature_maps(chance):
    return chance.standard_normal((C, H, W))


@pytest.fixture
def layers(chance):
    return SqueezeExcitationWeights(*(chance.standard_normal(s) for s in ((R, C), R, (C, R), C)))


@pytest.fixture
def kernel(chance):
    return SpatialWeights(chance.standard_normal((1, 2, 7, 7)), scale=0.7, bias=-0.2)


def test_pools_over_pixels(X, layers):
    squeezed = channel_attention(X, layers, pools=("avg", "max", "lp", "lse", "midpoint")).squeezed
    for c in range(C):
        pixels = X[c].ravel()
        assert squeezed["avg"][c] == pytest.approx(pixels.mean())
        assert squeezed["max"][c] == pixels.max()
        assert squeezed["lp"][c] == pytest.approx(np.sqrt((pixels**2).sum()))
        assert squeezed["lse"][c] == pytest.approx(np.log(np.exp(pixels).sum()))
        assert squeezed["midpoint"][c] == pytest.approx((pixels.mean() + pixels.max()) / 2)


def test_the_paths_add_up(X, layers):
    trace = channel_attention(X, layers)
    assert list(trace.path_logits) == ["avg", "max"]
    np.testing.assert_allclose(trace.logits, trace.path_logits["avg"] + trace.path_logits["max"])
    np.testing.assert_allclose(trace.gates, 1 / (1 + np.exp(-trace.logits)))
    np.testing.assert_allclose(trace.output, X * trace.gates[:, None, None])


def test_the_average_path_alone_is_squeeze_and_excitation(X, layers):
    one, other = channel_attention(X, layers, pools=("avg",)), squeeze_excitation(X, layers)
    np.testing.assert_array_equal(one.gates, other.gates)
    np.testing.assert_array_equal(one.hidden["avg"], other.hidden)


@pytest.mark.parametrize("pools", [ORIGINAL, TIMM])
def test_every_spatial_stage(X, kernel, pools):
    trace = spatial_attention(X, kernel, pools=pools)
    planes = {"max": X.max(axis=0), "mean": X.mean(axis=0)}
    np.testing.assert_allclose(trace.pooled, [planes[pool] for pool in pools], atol=1e-15)
    np.testing.assert_array_equal(trace.convolved, convolve(trace.pooled, kernel.kernel))
    np.testing.assert_allclose(trace.logits, 0.7 * trace.convolved - 0.2)
    np.testing.assert_allclose(trace.mask, 1 / (1 + np.exp(-trace.logits)))
    np.testing.assert_allclose(trace.output, X * trace.mask)
    assert trace.pools == pools


def test_conventions_differ_in_the_order_of_the_planes_only(X, kernel):
    swapped = SpatialWeights(kernel.kernel[:, ::-1], kernel.scale, kernel.bias)
    np.testing.assert_allclose(
        spatial_attention(X, kernel, pools=ORIGINAL).mask, spatial_attention(X, swapped, pools=TIMM).mask
    )


def test_the_light_plane_is_the_mean_of_both(X, chance):
    weights = SpatialWeights(chance.standard_normal((1, 1, 5, 5)))
    pooled = spatial_attention(X, weights, pools=TIMM_LIGHT).pooled
    np.testing.assert_allclose(pooled[0], (X.max(axis=0) + X.mean(axis=0)) / 2)


def test_the_mask_does_not_depend_on_the_order_of_channels(X, kernel, chance):
    np.testing.assert_allclose(
        spatial_attention(X, kernel).mask, spatial_attention(chance.permutation(X), kernel).mask, atol=1e-12
    )


def test_batch_norm_is_folded():
    numbers = {"weight": 1.5, "bias": -0.3, "running_mean": 0.8, "running_var": 2.5}
    weights = SpatialWeights.with_batch_norm(np.ones((1, 2, 3, 3)), **numbers)
    for x in (-2.0, 0.0, 3.1):
        expected = (x - 0.8) / np.sqrt(2.5 + 1e-5) * 1.5 - 0.3
        assert weights.scale * x + weights.bias == pytest.approx(expected, abs=1e-14)


def test_channels_first_then_places(X, layers, kernel):
    trace = cbam(X, layers, kernel)
    np.testing.assert_array_equal(trace.spatial.X, trace.channel.output)
    assert trace.gates is trace.channel.gates
    assert trace.mask is trace.spatial.mask
    np.testing.assert_allclose(trace.output, X * trace.gates[:, None, None] * trace.mask)


def test_places_first_then_channels(X, layers, kernel):
    trace = cbam(X, layers, kernel, order="spatial_first")
    np.testing.assert_array_equal(trace.mask, spatial_attention(X, kernel).mask)
    np.testing.assert_array_equal(trace.gates, channel_attention(X * trace.mask, layers).gates)
    np.testing.assert_allclose(trace.output, X * trace.mask * trace.gates[:, None, None])


def test_both_at_once(X, layers, kernel):
    trace = cbam(X, layers, kernel, order="parallel")
    np.testing.assert_array_equal(trace.mask, spatial_attention(X, kernel).mask)
    np.testing.assert_array_equal(trace.gates, channel_attention(X, layers).gates)
    np.testing.assert_allclose(trace.output, X * trace.mask * trace.gates[:, None, None])


def test_the_order_changes_the_result(X, layers, kernel):
    first, second, parallel = (
        cbam(X, layers, kernel, order=order).output for order in ("channel_first", "spatial_first", "parallel")
    )
    for one, other in ((first, second), (first, parallel), (second, parallel)):
        assert np.abs(one - other).max() > 0.01


def test_another_order_is_refused(X, layers, kernel):
    with pytest.raises(ValueError, match="order must be one of channel_first, spatial_first, parallel, got 'both'"):
        cbam(X, layers, kernel, order="both")


def test_leading_axes_and_float32(chance, layers, kernel):
    X = chance.standard_normal((2, 3, C, H, W), dtype=np.float32)
    trace = cbam(X, layers, kernel)
    assert (trace.gates.shape, trace.mask.shape, trace.output.shape) == ((2, 3, C), (2, 3, H, W), X.shape)
    assert {trace.gates.dtype, trace.mask.dtype, trace.output.dtype} == {np.dtype(np.float32)}
    np.testing.assert_allclose(trace.mask[1, 2], cbam(X[1, 2], layers, kernel).mask, atol=1e-6)


def test_the_input_is_left_alone(X, layers, kernel):
    before = X.copy()
    cbam(X, layers, kernel)
    np.testing.assert_array_equal(X, before)


def test_unknown_pools_are_refused(X, layers, kernel):
    with pytest.raises(ValueError, match="median"):
        channel_attention(X, layers, pools=("avg", "median"))
    with pytest.raises(ValueError, match="median"):
        spatial_attention(X, kernel, pools=("max", "median"))
    with pytest.raises(ValueError, match="at least one"):
        channel_attention(X, layers, pools=())
    with pytest.raises(ValueError, match="at least one"):
        spatial_attention(X, kernel, pools=())


def test_a_kernel_for_another_number_of_planes_is_refused(X, kernel):
    with pytest.raises(ShapeError, match="kernel must be"):
        spatial_attention(X, kernel, pools=TIMM_LIGHT)
