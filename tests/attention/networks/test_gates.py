"""Gates of trained networks: their own or those set from outside, and what their variance is made of."""

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images import SqueezeExcitationWeights, squeeze_excitation
from attention.networks.gates import GatedBlocks, GateTrace, OneLayerWeights, gate_maps, split_variance
from attention.networks.picture_layers import hard_sigmoid

RNG = np.random.default_rng(5)
X = RNG.normal(size=(7, 4, 5)).astype(np.float32)
WEIGHTS = SqueezeExcitationWeights(
    *(RNG.normal(size=shape).astype(np.float32) for shape in ((3, 7), (3,), (7, 3), (7,)))
)


def test_left_alone_it_is_squeeze_and_excitation():
    expected, found = squeeze_excitation(X, WEIGHTS), gate_maps(X, WEIGHTS, 1, {})
    for stage in ("X", "squeezed", "hidden", "gates", "output"):
        np.testing.assert_array_equal(getattr(found, stage), getattr(expected, stage))
    np.testing.assert_array_equal(found.own, found.gates)


def test_gates_set_from_outside_are_used_and_its_own_are_kept():
    own = gate_maps(X, WEIGHTS, 2, {1: 0.0}).own
    np.testing.assert_array_equal(gate_maps(X, WEIGHTS, 2, {1: 0.0}).gates, own)  # those of another block
    others = np.linspace(0, 1, 7)
    found = gate_maps(X, WEIGHTS, 2, {2: others})
    np.testing.assert_array_equal(found.own, own)
    np.testing.assert_allclose(found.output, X * others[:, None, None], rtol=1e-6)
    assert found.output.dtype == np.float32


def test_gates_of_one_leave_the_maps_as_they_are():
    np.testing.assert_array_equal(gate_maps(X, WEIGHTS, 1, {1: 1.0}).output, X)


def test_gates_can_be_decided_by_other_maps_and_another_activation():
    seen = RNG.normal(size=(7, 9, 2)).astype(np.float32)
    logits = squeeze_excitation(seen, WEIGHTS).logits
    found = gate_maps(X, WEIGHTS, 1, {}, seen=seen, activation=hard_sigmoid)
    np.testing.assert_allclose(found.own, np.clip(logits + 3, 0, 6) / 6, atol=1e-6)
    assert found.X is X


def test_a_gate_of_one_layer_reads_the_averages_directly():
    W, b = RNG.normal(size=(7, 2)).astype(np.float32), RNG.normal(size=7).astype(np.float32)
    seen = X[:2]
    found = gate_maps(X, OneLayerWeights(W, b), 1, {}, seen=seen)
    np.testing.assert_allclose(found.own, 1 / (1 + np.exp(-(W @ seen.mean((1, 2)) + b))), atol=1e-6)


@pytest.mark.parametrize("gates", [np.ones(6), np.ones((7, 1)), np.ones(1)])
def test_gates_for_other_channels_are_refused(gates):
    with pytest.raises(ShapeError, match="block 3"):
        gate_maps(X, WEIGHTS, 3, {3: gates})


@pytest.mark.parametrize("number", [0, 7, -1, "1"])
def test_gates_for_a_block_that_is_not_there_are_refused(number):
    GatedBlocks({1: 1.0, 6: 0.5}, 6)
    with pytest.raises(ValueError, match="1 to 6"):
        GatedBlocks({number: 1.0}, 6)


def test_blocks_are_counted_as_they_come_and_kept():
    gated = GatedBlocks({2: 0.5}, 3)
    outputs = [gated(X, WEIGHTS) for _ in range(3)]
    own = gate_maps(X, WEIGHTS, 1, {}).output
    for output, trace, expected in zip(outputs, gated.traces, (own, X / 2, own), strict=True):
        np.testing.assert_array_equal(output, expected)
        assert output is trace.output


def test_the_trace_is_computed_on_demand():
    trace = GateTrace(X, *(np.ones(7, np.float32),) * 4)
    assert trace.output is trace.output


def test_variance_of_gates_that_never_change_is_the_channels():
    split = split_variance(np.tile(RNG.random(11), (4, 1)))
    assert (split.channel, split.picture, split.both) == pytest.approx((1, 0, 0), abs=1e-12)


def test_variance_of_gates_that_move_together_is_the_pictures():
    split = split_variance(np.tile(RNG.random(4)[:, None], 11))
    assert (split.channel, split.picture, split.both) == pytest.approx((0, 1, 0), abs=1e-12)


def test_variance_is_split_as_by_its_definition():
    gates = RNG.random((4, 11))
    mean, pictures, channels = gates.mean(), gates.mean(1), gates.mean(0)
    whole = sum((gates[p, c] - mean) ** 2 for p in range(4) for c in range(11))
    left = sum((gates[p, c] - pictures[p] - channels[c] + mean) ** 2 for p in range(4) for c in range(11))
    split = split_variance(gates)
    assert split.channel == pytest.approx(4 * sum((channels - mean) ** 2) / whole)
    assert split.picture == pytest.approx(11 * sum((pictures - mean) ** 2) / whole)
    assert split.both == pytest.approx(left / whole)


def test_gates_that_are_all_alike_have_no_variance_to_split():
    split = split_variance(np.full((3, 4), 0.5))
    assert (split.channel, split.picture, split.both) == (0, 0, 0)


@pytest.mark.parametrize("shape", [(3,), (1, 4), (4, 1), (2, 3, 4)])
def test_variance_needs_two_pictures_and_two_channels(shape):
    with pytest.raises(ShapeError, match="pictures"):
        split_variance(np.ones(shape))
