"""What every mechanism over pictures promises: even pictures, turned pictures, one pixel, many pictures, bad shapes."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.bam import BAMWeights, bam
from attention.images.cbam import SpatialWeights, cbam
from attention.images.coordinate import CoordinateWeights, coordinate_attention
from attention.images.eca import efficient_channel_attention
from attention.images.gather_excite import gather_excite
from attention.images.global_context import GlobalContextWeights, global_context
from attention.images.non_local import NonLocalWeights, non_local
from attention.images.simam import simam
from attention.images.squeeze_excitation import (
    SqueezeExcitationWeights,
    effective_squeeze_excitation,
    squeeze_excitation,
)

C, R, H, W = 7, 3, 11, 5
CHANCE = np.random.default_rng(20)


def draw(*shape):
    return CHANCE.standard_normal(shape)


def symmetric(*shape):
    """A kernel that a quarter turn leaves as it is."""
    kernel = draw(*shape)
    return sum(np.rot90(kernel, turns, axes=(-2, -1)) for turns in range(4))


LAYERS = SqueezeExcitationWeights(draw(R, C), draw(R), draw(C, R), draw(C))
PLACES = SpatialWeights(symmetric(1, 2, 3, 3), bias=0.2)
BOTH = BAMWeights(
    LAYERS, draw(R, C), draw(R), tuple((symmetric(R, R, 3, 3), draw(R)) for _ in range(2)), draw(1, R), draw(1)
)
ONE_WAY = draw(C, R), draw(C)
LINES = CoordinateWeights(draw(R, C), draw(R), *ONE_WAY, *ONE_WAY)
PAIRS = NonLocalWeights(*(draw(*s) for s in ((R, C), (R,)) * 3), draw(C, R), draw(C))
CONTEXT = GlobalContextWeights(draw(C), draw(R, C), draw(R), draw(R), draw(R), draw(C, R), draw(C))
SQUARE, KERNEL = (draw(C, C), draw(C)), draw(3)
MECHANISMS = {
    "squeeze-and-excitation": lambda X: squeeze_excitation(X, LAYERS),
    "effective squeeze-and-excitation": lambda X: effective_squeeze_excitation(X, *SQUARE),
    "efficient channel attention": lambda X: efficient_channel_attention(X, KERNEL),
    "cbam": lambda X: cbam(X, LAYERS, PLACES),
    "cbam, spatial first": lambda X: cbam(X, LAYERS, PLACES, order="spatial_first"),
    "cbam, parallel": lambda X: cbam(X, LAYERS, PLACES, order="parallel"),
    "bam": lambda X: bam(X, BOTH),
    "gather-excite": gather_excite,
    "gather-excite, extent 4": lambda X: gather_excite(X, 4),
    "simam": simam,
    "coordinate attention": lambda X: coordinate_attention(X, LINES),
    "non-local": lambda X: non_local(X, PAIRS),
    "global context": lambda X: global_context(X, CONTEXT),
    "global context, scale": lambda X: global_context(X, CONTEXT, fusion="scale"),
}
# How far the zeros around the picture are felt inside of it.
MARGIN = {"cbam": 1, "cbam, spatial first": 1, "cbam, parallel": 1, "bam": 8}
# Its windows lie on every extent-th pixel from the top left, so not all sizes are symmetric.
GRID = {"gather-excite, extent 4"}
every = pytest.mark.parametrize("name", MECHANISMS)


@every
@pytest.mark.parametrize("value", [0.0, 0.3, -2.0, 1e3])
def test_an_even_picture_stays_even(name, value):
    margin = MARGIN.get(name, 0)
    X = np.full((C, H + 2 * margin, W + 2 * margin), value)
    output = MECHANISMS[name](X).output
    assert np.isfinite(output).all()
    inside = output[:, margin : margin + H, margin : margin + W]
    np.testing.assert_allclose(inside, np.broadcast_to(inside[:, :1, :1], inside.shape), rtol=1e-9, atol=1e-12)


@every
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_picture_gives_a_turned_result(name, turns):
    X = draw(C, 9, 9) if name in GRID else draw(C, H, W)
    upright, turned = (MECHANISMS[name](Y).output for Y in (X, np.rot90(X, turns, axes=(-2, -1))))
    np.testing.assert_allclose(turned, np.rot90(upright, turns, axes=(-2, -1)), rtol=0, atol=1e-10)


@every
def test_one_pixel(name):
    output = MECHANISMS[name](draw(C, 1, 1)).output
    assert output.shape == (C, 1, 1)
    assert np.isfinite(output).all()


@every
def test_leading_axes_are_pictures_of_their_own(name):
    X = draw(2, 3, C, H, W)
    output = MECHANISMS[name](X).output
    assert output.shape == X.shape
    for i, j in np.ndindex(2, 3):
        np.testing.assert_allclose(output[i, j], MECHANISMS[name](X[i, j]).output, rtol=0, atol=1e-10)


@every
@pytest.mark.parametrize(
    ("given_dtype", "dtype"), [(np.float32, np.float32), (np.float16, np.float32), (np.uint8, np.float64)]
)
def test_types(name, given_dtype, dtype):
    X = CHANCE.integers(0, 4, (C, H, W)).astype(given_dtype)
    output = MECHANISMS[name](X).output
    assert output.dtype == dtype
    np.testing.assert_allclose(output, MECHANISMS[name](X.astype(np.float64)).output, rtol=1e-4, atol=1e-4)


@every
def test_planes_need_not_be_contiguous_and_are_left_alone(name):
    X = draw(H, W, C).transpose(2, 0, 1)
    before = X.copy()
    output = MECHANISMS[name](X).output
    np.testing.assert_array_equal(X, before)
    np.testing.assert_allclose(output, MECHANISMS[name](before).output, rtol=0, atol=1e-12)


@every
@pytest.mark.parametrize("shape", [(H, W), (C, 0, W), (0, H, W)])
def test_what_is_no_stack_of_maps_is_refused(name, shape):
    with pytest.raises(ShapeError, match=r"feature maps must be \(\.\.\., C, H, W\)"):
        MECHANISMS[name](np.ones(shape))


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("squeeze-and-excitation", "W1"),
        ("effective squeeze-and-excitation", "W"),
        ("cbam", "W1"),
        ("bam", "W1"),
        ("coordinate attention", "W1"),
        ("non-local", "W_theta"),
        ("global context", "W_k"),
    ],
)
def test_another_number_of_channels_is_refused(name, weight):
    with pytest.raises(ShapeError, match=rf"^{weight}\b.* must be .*\(9, {H}, {W}\)"):
        MECHANISMS[name](np.ones((9, H, W)))
