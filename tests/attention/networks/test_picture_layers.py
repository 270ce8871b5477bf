"""The layers of the picture networks, against plain loops and published conventions."""

import numpy as np
import pytest
from PIL import Image

from attention.errors import ShapeError
from attention.networks import picture_layers as layers

RNG = np.random.default_rng(3)
PLACES = [(1, 1, 0), (3, 1, 1), (3, 2, 1), (5, 2, 2), (5, 1, 2), (3, 2, (0, 1, 0, 1)), (2, 2, 0), (3, 1, (2, 0, 1, 3))]


def numbers(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def by_loop(X, W, bias, stride, padding):
    """Kernel W : (O, C, k, k) over X : (C, H, W), one multiplication after the other."""
    top, bottom, left, right = (padding,) * 4 if isinstance(padding, int) else padding
    X = np.pad(X.astype(float), ((0, 0), (top, bottom), (left, right)))
    k = W.shape[-1]
    h, w = (X.shape[1] - k) // stride + 1, (X.shape[2] - k) // stride + 1
    Y = np.zeros((len(W), h, w))
    for o, row, column in np.ndindex(Y.shape):
        under = X[:, row * stride : row * stride + k, column * stride : column * stride + k]
        Y[o, row, column] = sum((under * W[o]).ravel()) + bias[o]
    return Y


@pytest.mark.parametrize(("k", "stride", "padding"), PLACES)
@pytest.mark.parametrize("size", [(7, 10), (8, 5)])
def test_convolution_is_its_definition(k, stride, padding, size):
    X, W, bias = numbers(3, *size), numbers(4, 3, k, k), numbers(4)
    Y = layers.convolve(X, W, bias, stride=stride, padding=padding)
    np.testing.assert_allclose(Y, by_loop(X, W, bias, stride, padding), atol=1e-5)
    assert Y.dtype == np.float32
    np.testing.assert_allclose(
        layers.convolve(X, W, stride=stride, padding=padding), Y - bias[:, None, None], atol=1e-5
    )


@pytest.mark.parametrize(("k", "stride", "padding"), PLACES)
@pytest.mark.parametrize("size", [(7, 10), (8, 5)])
def test_depthwise_convolution_is_one_convolution_a_map(k, stride, padding, size):
    X, W, bias = numbers(5, *size), numbers(5, k, k), numbers(5)
    expected = [by_loop(X[[c]], W[None, None, c], bias[[c]], stride, padding)[0] for c in range(5)]
    Y = layers.depthwise(X, W, bias, stride=stride, padding=padding)
    np.testing.assert_allclose(Y, expected, atol=1e-5)
    assert Y.dtype == np.float32
    np.testing.assert_allclose(
        layers.depthwise(X, W, stride=stride, padding=padding), Y - bias[:, None, None], atol=1e-5
    )


def test_depthwise_convolution_of_more_maps_than_it_works_on_at_once():
    X, W = numbers(300, 20, 30), numbers(300, 3, 3)
    Y = layers.depthwise(X, W, padding=1)
    for c in (0, 150, 299):
        np.testing.assert_allclose(Y[c], layers.convolve(X[[c]], W[None, None, c], padding=1)[0], atol=1e-5)


def test_transposed_convolution_writes_two_by_two_pixels_for_each():
    X, W, bias = numbers(3, 4, 5), numbers(3, 2, 2, 2), numbers(2)
    expected = np.zeros((2, 8, 10)) + bias[:, None, None]
    for c, row, column in np.ndindex(X.shape):
        expected[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2] += X[c, row, column] * W[c]
    np.testing.assert_allclose(layers.transposed(X, W, bias), expected, atol=1e-5)
    np.testing.assert_allclose(layers.transposed(X, W), expected - bias[:, None, None], atol=1e-5)


@pytest.mark.parametrize("size", [(8, 15), (3, 4), (4, 1), (1, 5)])
def test_resizing_reads_between_the_two_nearest_pixels(size):
    X = numbers(2, 4, 5)

    def place(i, n, N):
        return (i + 0.5) * N / n - 0.5

    def read(line, where):
        where = min(max(where, 0), len(line) - 1)
        low = int(where)
        return line[low] + (where - low) * (line[min(low + 1, len(line) - 1)] - line[low])

    Y = layers.resize(X, size)
    assert Y.shape == (2, *size)
    for c, row, column in np.ndindex(Y.shape):
        across = [read(line, place(column, size[1], 5)) for line in X[c].astype(float)]
        assert Y[c, row, column] == pytest.approx(read(across, place(row, size[0], 4)), abs=1e-5)


def test_resizing_to_the_same_size_changes_nothing():
    X = numbers(2, 4, 5)
    np.testing.assert_array_equal(layers.resize(X, (4, 5)), X)


def test_activations_are_their_definitions_and_write_where_they_are_told():
    X = np.array([-9, -3, -1.5, 0, 1.5, 3, 9], np.float32)
    for activation, expected in (
        (layers.relu, [0, 0, 0, 0, 1.5, 3, 9]),
        (layers.hard_sigmoid, [0, 0, 0.25, 0.5, 0.75, 1, 1]),
        (layers.hard_swish, [0, 0, -0.375, 0, 1.125, 3, 9]),
    ):
        before = X.copy()
        np.testing.assert_allclose(activation(X), expected, atol=1e-6)
        np.testing.assert_array_equal(X, before)
        own = X.copy()
        assert activation(own, out=own) is own
        np.testing.assert_allclose(own, expected, atol=1e-6)


@pytest.mark.parametrize("size", [(20, 30), (48, 50), (100, 130), (48, 130), (1, 1)])
def test_a_picture_is_fitted_as_pillow_resizes_it(size):
    rgb = RNG.integers(0, 256, (48, 50, 3), np.uint8)
    fitted = layers.fit_picture(rgb, size)
    pillow = np.asarray(Image.fromarray(rgb).resize(size[::-1], Image.Resampling.BILINEAR))
    assert fitted.shape == (3, *size)
    assert fitted.dtype == np.float32
    assert ((fitted >= 0) & (fitted <= 1)).all()
    np.testing.assert_allclose(fitted.transpose(1, 2, 0) * 255, pillow, atol=1.01)  # which rounds to whole numbers


def test_a_picture_of_one_colour_keeps_it():
    fitted = layers.fit_picture(np.full((301, 7, 3), (0, 128, 255), np.uint8), (40, 50))
    colour = np.array([0, 128 / 255, 1])[:, None, None]
    np.testing.assert_allclose(fitted, np.broadcast_to(colour, (3, 40, 50)), atol=1e-6)


@pytest.mark.parametrize(
    "call",
    [
        lambda: layers.convolve(numbers(3, 8, 8), numbers(4, 2, 3, 3)),
        lambda: layers.convolve(numbers(3, 2, 8), numbers(4, 3, 3, 3)),
        lambda: layers.depthwise(numbers(3, 8, 8), numbers(4, 3, 3)),
        lambda: layers.depthwise(numbers(3, 8, 2), numbers(3, 3, 3)),
        lambda: layers.transposed(numbers(3, 8, 8), numbers(3, 2, 3, 3)),
        lambda: layers.fit_picture(np.zeros((8, 8), np.uint8), (4, 4)),
        lambda: layers.fit_picture(np.zeros((0, 8, 3), np.uint8), (4, 4)),
    ],
)
def test_wrong_shapes_are_refused(call):
    with pytest.raises(ShapeError):
        call()
