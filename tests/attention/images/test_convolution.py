"""The fast convolution against the definition written out, on sizes that share no factor."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention.errors import ShapeError
from attention.images.convolution import STRIP, convolve, convolve_many, fold_batch_norm, mix_channels


def by_definition(X, kernel, dilation=1):
    """One output plane: (C, H, W) and (1, C, k, k) -> (H, W)."""
    H, W = X.shape[1:]
    margin = kernel.shape[-1] // 2 * dilation
    padded = np.pad(X, ((0, 0), (margin, margin), (margin, margin)))

    def under(y, x):
        return padded[:, y : y + 2 * margin + 1 : dilation, x : x + 2 * margin + 1 : dilation]

    return np.array([[(under(y, x) * kernel[0]).sum() for x in range(W)] for y in range(H)])


@given(
    C=st.integers(1, 4),
    H=st.integers(1, 2 * STRIP + 3),
    W=st.integers(1, 13),
    k=st.sampled_from([1, 3, 5, 7, 11]),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_the_definition(C, H, W, k, seed):
    chance = np.random.default_rng(seed)
    X, kernel = chance.standard_normal((C, H, W)), chance.standard_normal((1, C, k, k))
    np.testing.assert_allclose(convolve(X, kernel), by_definition(X, kernel), rtol=0, atol=1e-12)


@given(
    C=st.integers(1, 4),
    outputs=st.integers(1, 3),
    H=st.integers(1, 2 * STRIP + 3),
    W=st.integers(1, 13),
    k=st.sampled_from([1, 3, 5]),
    dilation=st.integers(1, 6),
    seed=st.integers(0, 2**32 - 1),
)
def test_many_outputs_and_dilation_equal_the_definition(C, outputs, H, W, k, dilation, seed):
    chance = np.random.default_rng(seed)
    X, kernel = chance.standard_normal((C, H, W)), chance.standard_normal((outputs, C, k, k))
    bias = chance.standard_normal(outputs)
    output = convolve_many(X, kernel, bias, dilation=dilation)
    assert output.shape == (outputs, H, W)
    for o in range(outputs):
        np.testing.assert_allclose(
            output[o], by_definition(X, kernel[o : o + 1], dilation) + bias[o], rtol=0, atol=1e-12
        )


def test_mixing_channels_is_a_convolution_with_one_pixel():
    chance = np.random.default_rng(6)
    X, W, b = chance.standard_normal((2, 4, 9, 7)), chance.standard_normal((3, 4)), chance.standard_normal(3)
    np.testing.assert_allclose(mix_channels(X, W, b), convolve_many(X, W[:, :, None, None], b), atol=1e-12)
    np.testing.assert_allclose(mix_channels(X, W), convolve_many(X, W[:, :, None, None]), atol=1e-12)


@pytest.mark.parametrize("b", [None, np.array([0.5, -0.2, 0.1])])
def test_a_folded_batch_norm_does_the_same(b):
    chance = np.random.default_rng(7)
    X, kernel = chance.standard_normal((4, 9, 7)), chance.standard_normal((3, 4, 3, 3))
    weight, bias, mean = (chance.standard_normal(3) for _ in range(3))
    var = chance.random(3)
    folded = fold_batch_norm(kernel, b, weight=weight, bias=bias, running_mean=mean, running_var=var, eps=0.01)
    plain = convolve_many(X, kernel, b)
    for o in range(3):
        expected = (plain[o] - mean[o]) / np.sqrt(var[o] + 0.01) * weight[o] + bias[o]
        np.testing.assert_allclose(convolve_many(X, *folded)[o], expected, atol=1e-12)


def test_leading_axes_are_pictures_of_their_own():
    chance = np.random.default_rng(3)
    X, kernel = chance.standard_normal((2, 3, 4, 19, 11)), chance.standard_normal((1, 4, 5, 5))
    output = convolve(X, kernel)
    assert output.shape == (2, 3, 19, 11)
    for i, j in np.ndindex(2, 3):
        np.testing.assert_array_equal(output[i, j], convolve(X[i, j], kernel))


def test_input_need_not_be_contiguous():
    chance = np.random.default_rng(4)
    X, kernel = chance.standard_normal((17, 9, 2)), chance.standard_normal((1, 2, 3, 3))
    planes = X.transpose(2, 0, 1)
    np.testing.assert_array_equal(convolve(planes, kernel), convolve(planes.copy(), kernel))
    np.testing.assert_allclose(
        convolve(planes[:, ::-1, ::2], kernel), by_definition(planes[:, ::-1, ::2], kernel), atol=1e-12
    )


@pytest.mark.parametrize(
    ("given_dtype", "dtype"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.float16, np.float32), (np.uint8, np.float64)],
)
def test_types(given_dtype, dtype):
    assert convolve(np.ones((2, 5, 4), given_dtype), np.ones((1, 2, 3, 3))).dtype == dtype


def test_it_is_not_flipped():
    impulse, kernel = np.zeros((1, 5, 5)), np.zeros((1, 1, 3, 3))
    impulse[0, 2, 2] = 1
    kernel[0, 0, 0, 2] = 1  # reads above and to the right
    assert np.argwhere(convolve(impulse, kernel)).tolist() == [[3, 1]]


@pytest.mark.parametrize("shape", [(1, 3, 3, 3), (2, 2, 3, 3), (1, 2, 3, 5), (1, 2, 4, 4), (2, 3, 3), (1, 2, 0, 0)])
def test_kernels_that_do_not_fit(shape):
    with pytest.raises(ShapeError, match="kernel must be"):
        convolve(np.ones((2, 6, 6)), np.ones(shape))


@pytest.mark.parametrize("shape", [(0, 2, 3, 3), (3, 3, 3, 3), (3, 2, 3, 5), (3, 2, 4, 4), (2, 3, 3)])
def test_many_kernels_that_do_not_fit(shape):
    with pytest.raises(ShapeError, match=r"kernel must be \(O, 2, k, k\) with odd k"):
        convolve_many(np.ones((2, 6, 6)), np.ones(shape))


def test_biases_and_dilations_that_do_not_fit():
    with pytest.raises(ShapeError, match=r"bias must be \(3,\)"):
        convolve_many(np.ones((2, 6, 6)), np.ones((3, 2, 3, 3)), np.ones(2))
    with pytest.raises(ValueError, match="dilation must be at least 1, got 0"):
        convolve_many(np.ones((2, 6, 6)), np.ones((3, 2, 3, 3)), dilation=0)


@pytest.mark.parametrize("shape", [(6, 6), (2, 0, 6), (0, 6, 6)])
def test_maps_that_are_none(shape):
    with pytest.raises(ShapeError, match="feature maps must be"):
        convolve(np.ones(shape), np.ones((1, 2, 3, 3)))
