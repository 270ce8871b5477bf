"""Costs against the arrays that the engine learns with, and against the shapes of the stages that it computes."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from attention.dot_product import attend
from attention.images import (
    CHANNELS,
    bam,
    cbam,
    coordinate_attention,
    efficient_channel_attention,
    gather_excite,
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_coordinate_weights,
    illustrative_eca_kernel,
    illustrative_non_local_weights,
    illustrative_se_weights,
    illustrative_spatial_weights,
    non_local,
    simam,
    squeeze_excitation,
)
from attention.images.costs import (
    Cost,
    bam_cost,
    cbam_cost,
    channel_attention_cost,
    coordinate_cost,
    eca_cost,
    gather_excite_cost,
    non_local_cost,
    patches_cost,
    simam_cost,
    spatial_attention_cost,
    squeeze_excitation_cost,
)

C, H, W = 20, 6, 9


@pytest.fixture(name="X")
def feature_maps():
    return np.random.default_rng(5).random((C, H, W))


def numbers(weights) -> int:
    """How many numbers the arrays of a weights dataclass hold; settings such as a dilation are none."""
    if is_dataclass(weights):
        return sum(numbers(getattr(weights, field.name)) for field in fields(weights))
    if isinstance(weights, tuple):
        return sum(map(numbers, weights))
    return weights.size if isinstance(weights, np.ndarray) else 0


@pytest.mark.parametrize("reduction", [2, 4, 5, 10, 20])
def test_squeeze_excitation(X, reduction):
    weights = illustrative_se_weights(CHANNELS, reduction=reduction)
    R, trace = C // reduction, squeeze_excitation(X, weights)
    cost = squeeze_excitation_cost(C, H, W, R=R)
    assert cost.parameters == numbers(weights)
    assert cost.multiply_adds == trace.hidden.size * C + trace.logits.size * R + trace.output.size
    assert squeeze_excitation_cost(C, H, W, R=R, biases=False).parameters == weights.W1.size + weights.W2.size


@pytest.mark.parametrize("k", [3, 5])
def test_eca(X, k):
    kernel = illustrative_eca_kernel(k)
    trace = efficient_channel_attention(X, kernel)
    assert eca_cost(C, H, W, k=k) == Cost(numbers(kernel), trace.logits.size * k + trace.output.size)


def test_what_has_nothing_to_learn(X):
    assert gather_excite_cost(C, H, W) == Cost(0, gather_excite(X).output.size)
    trace = simam(X)
    assert simam_cost(C, H, W) == Cost(0, 2 * trace.energy.size + trace.output.size)


@pytest.mark.parametrize("k", [3, 7, 11])
def test_cbam_and_its_halves(X, k):
    weights = illustrative_channel_weights(CHANNELS), illustrative_spatial_weights(kernel_size=k)
    R, trace = 5, cbam(X, *weights)
    channel, spatial = channel_attention_cost(C, H, W, R=R), spatial_attention_cost(C, H, W, k=k)
    assert channel.parameters == numbers(weights[0])
    assert spatial.parameters == numbers(weights[1].kernel) + 2  # and the batch normalisation's two
    paths = trace.channel.hidden, trace.channel.path_logits
    layers = sum(paths[0][pool].size * C + paths[1][pool].size * R for pool in ("avg", "max"))
    assert channel.multiply_adds == layers + trace.channel.output.size
    assert spatial.multiply_adds == trace.spatial.convolved.size * 2 * k * k + trace.spatial.output.size
    assert cbam_cost(C, H, W, R=R, k=k) == channel + spatial


def test_bam(X):
    weights = illustrative_bam_weights(CHANNELS, reduction=5)
    R, S, trace = 4, len(weights.W_reduce), bam(X, weights)
    cost = bam_cost(C, H, W, R=R, S=S)
    normalised = R + S + 2 * S  # channels with a batch normalisation, two numbers each, here folded away
    assert cost.parameters == numbers(weights) + 2 * normalised
    channel = trace.hidden.size * C + trace.channel_logits.size * R
    dilated = sum(stage.size * 9 * S for stage in trace.dilated)
    spatial = trace.reduced.size * C + dilated + trace.spatial_logits.size * S
    assert cost.multiply_adds == channel + spatial + trace.attention.size + trace.output.size


def test_the_spatial_branch_of_bam_is_as_wide_as_the_other_unless_said():
    assert bam_cost(C, H, W, R=3) == bam_cost(C, H, W, R=3, S=3) != bam_cost(C, H, W, R=3, S=4)


def test_coordinate_attention(X):
    weights = illustrative_coordinate_weights(CHANNELS)
    R, trace = len(weights.W1), coordinate_attention(X, weights)
    cost = coordinate_cost(C, H, W, R=R)
    assert cost.parameters == numbers(weights) + 2 * R  # and one batch normalisation
    hidden = (trace.hidden_rows.size + trace.hidden_columns.size) * C
    gates = (trace.gates_rows.size + trace.gates_columns.size) * R
    assert cost.multiply_adds == hidden + gates + 2 * trace.output.size


def test_non_local(X):
    weights = illustrative_non_local_weights(CHANNELS)
    n, D, trace = H * W, len(weights.W_g), non_local(X, weights)
    cost = non_local_cost(C, n, D=D)
    assert cost.parameters == numbers(weights) + C + 2 * C  # the bias of W_z, here none, and a batch normalisation
    attention = trace.attention
    projections = (attention.Q.size + attention.K.size + attention.V.size) * C + trace.added.size * D
    assert cost.multiply_adds == projections + attention.scores.size * D + attention.output.size * n


def test_patches(X):
    vectors = X.reshape(C, -1).T
    n, trace = len(vectors), attend(vectors, vectors, vectors)
    assert patches_cost(C, n) == Cost(0, trace.scores.size * C + trace.output.size * n)


def test_costs_add_up():
    assert Cost(1, 20) + Cost(3, 500) == Cost(4, 520)
