"""Properties of the non-local block, with all sizes different: C=7 channels, D=3 inner, H=4, W=5."""

from dataclasses import replace

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.non_local import NonLocalWeights, non_local

C, D, H, W = 7, 3, 4, 5


@pytest.fixture
def chance():
    return np.random.default_rng(27)


@pytest.fixture(name="X")
def feature_maps(chance):
    return chance.standard_normal((C, H, W))


@pytest.fixture
def weights(chance):
    return NonLocalWeights(*(chance.standard_normal(s) for s in ((D, C), D) * 3), chance.standard_normal((C, D)), None)


@pytest.mark.parametrize("scale", [1.0, C**-0.5])
def test_every_place_by_plain_loops(X, weights, scale):
    trace = non_local(X, weights, scale=scale)
    pixels = [X[:, y, x] for y in range(H) for x in range(W)]
    keys = [weights.W_phi @ pixel + weights.b_phi for pixel in pixels]
    values = [weights.W_g @ pixel + weights.b_g for pixel in pixels]
    for i, pixel in enumerate(pixels):
        query = weights.W_theta @ pixel + weights.b_theta
        shares = np.exp([scale * (query @ key) for key in keys])
        shares /= shares.sum()
        np.testing.assert_allclose(trace.attention.weights[i], shares, atol=1e-12)
        added = weights.W_z @ sum(share * value for share, value in zip(shares, values, strict=True))
        np.testing.assert_allclose(trace.added[:, i // W, i % W], added, atol=1e-12)
    np.testing.assert_allclose(trace.output, X + trace.added)


def test_where_a_place_is_does_not_matter(X, weights, chance):
    order = chance.permutation(H * W)
    shuffled = X.reshape(C, -1)[:, order].reshape(X.shape)
    np.testing.assert_allclose(
        non_local(shuffled, weights).output.reshape(C, -1),
        non_local(X, weights).output.reshape(C, -1)[:, order],
        atol=1e-12,
    )


def test_a_last_layer_of_zeros_changes_nothing(X, weights):
    """The block starts its training as the identity: section 4.1 of the paper."""
    np.testing.assert_array_equal(non_local(X, replace(weights, W_z=np.zeros((C, D)))).output, X)


@pytest.mark.parametrize("name", ["W_theta", "b_theta", "W_phi", "b_phi", "W_g", "b_g", "W_z", "b_z"])
def test_weights_that_do_not_fit_are_named(X, weights, name):
    wrong = {"W_theta": np.ones((D, 9))}.get(name, np.ones((9, 9)))
    with pytest.raises(ShapeError, match=f"^{name} must be"):
        non_local(X, replace(weights, **{name: wrong}))
