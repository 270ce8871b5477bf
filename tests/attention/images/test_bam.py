"""Properties of BAM, with all sizes different: C=7 channels, R=3 and S=2 hidden, H=11, W=5."""

from dataclasses import replace

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images.bam import BAMWeights, bam
from attention.images.convolution import convolve_many
from attention.images.squeeze_excitation import SqueezeExcitationWeights, squeeze_excitation

C, R, S, H, W = 7, 3, 2, 11, 5


@pytest.fixture
def chance():
    return np.random.default_rng(25)


@pytest.fixture(name="X")
def feature_maps(chance):
    return chance.standard_normal((C, H, W))


@pytest.fixture
def weights(chance):
    draw = chance.standard_normal
    channel = SqueezeExcitationWeights(draw((R, C)), draw(R), draw((C, R)), draw(C))
    dilated = tuple((draw((S, S, 3, 3)), draw(S)) for _ in range(2))
    return BAMWeights(channel, draw((S, C)), draw(S), dilated, draw((1, S)), draw(1), dilation=2)


def test_every_stage_written_out(X, weights):
    trace = bam(X, weights)
    channel = squeeze_excitation(X, weights.channel)
    np.testing.assert_allclose(trace.squeezed, channel.squeezed)
    np.testing.assert_allclose(trace.hidden, channel.hidden)
    np.testing.assert_allclose(trace.channel_logits, channel.logits)
    for s, y, x in np.ndindex(S, H, W):
        z = sum(weights.W_reduce[s, c] * X[c, y, x] for c in range(C)) + weights.b_reduce[s]
        assert trace.reduced[s, y, x] == pytest.approx(max(z, 0))
    below = trace.reduced
    for (kernel, bias), stage in zip(weights.dilated, trace.dilated, strict=True):
        np.testing.assert_allclose(stage, np.maximum(convolve_many(below, kernel, bias, dilation=2), 0))
        below = stage
    for y, x in np.ndindex(H, W):
        z = sum(weights.W_final[0, s] * below[s, y, x] for s in range(S)) + weights.b_final[0]
        assert trace.spatial_logits[y, x] == pytest.approx(z)
        for c in range(C):
            assert trace.attention[c, y, x] == pytest.approx(1 + 1 / (1 + np.exp(-trace.channel_logits[c] * z)))
    np.testing.assert_allclose(trace.output, X * trace.attention)


def test_a_silent_branch_strengthens_everything_by_half(X, weights):
    silent = replace(weights, W_final=np.zeros((1, S)), b_final=np.zeros(1))
    np.testing.assert_allclose(bam(X, silent).output, 1.5 * X)


def test_nothing_is_weakened_and_nothing_more_than_doubled(X, weights):
    attention = bam(50 * X, weights).attention
    assert attention.min() >= 1
    assert attention.max() <= 2


def test_a_wider_dilation_sees_further(X, weights):
    changed = X.copy()
    changed[:, 0, 2] += 1
    without_channels = replace(
        weights, channel=SqueezeExcitationWeights(*(0 * w for w in vars(weights.channel).values()))
    )
    for dilation in (1, 2):
        before, after = (bam(Y, replace(without_channels, dilation=dilation)).spatial_logits for Y in (X, changed))
        rows = np.flatnonzero((before != after).any(axis=1))
        assert rows.max() <= 2 * dilation


def test_without_dilated_convolutions(X, weights):
    trace = bam(X, replace(weights, dilated=()))
    np.testing.assert_allclose(
        trace.spatial_logits, np.tensordot(weights.W_final[0], trace.reduced, 1) + weights.b_final[0]
    )


@pytest.mark.parametrize(
    ("name", "shape"), [("W_reduce", (S, 9)), ("b_reduce", (9,)), ("W_final", (1, 9)), ("b_final", (9,))]
)
def test_weights_that_do_not_fit_are_named(X, weights, name, shape):
    with pytest.raises(ShapeError, match=f"^{name} must be"):
        bam(X, replace(weights, **{name: np.ones(shape)}))


def test_a_dilated_kernel_for_other_channels_is_refused(X, weights):
    with pytest.raises(ShapeError, match=r"^kernel must be"):
        bam(X, replace(weights, dilated=((np.ones((S, 9, 3, 3)), np.ones(S)),)))
