"""What has nothing to learn, on the shipped pictures: how plain its effect is, and how plain it can be at most."""

import pytest

from attention.images import gather_excite, simam
from tests.attention.images.samples import THINGS, channels, on_and_off


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("extent", [8, 16])
def test_gather_excite_has_gates_between_a_half_and_the_sigmoid_of_one(name, extent):
    gates = gather_excite(channels(name).maps, extent).gates  # averages of maps in 0..1
    assert 0.5 <= gates.min() < 0.51
    assert 0.72 < gates.max() < 0.7311  # sigmoid(1)
    assert (gates.max(axis=(1, 2)) - gates.min(axis=(1, 2))).max() > 0.2


@pytest.mark.parametrize("name", THINGS)
def test_simam_stays_above_the_sigmoid_of_a_half_and_rises_where_channels_are_unusual(name):
    mask = simam(channels(name).maps).mask
    assert 0.622 < mask.min() < 0.63  # sigmoid(1/2)
    assert mask.max() > 0.99
    mean = mask.mean(axis=0)
    assert mean.max() - mean.min() > 0.1


@pytest.mark.parametrize("name", ["rocket.jpg", "shapes.png"])
def test_simam_finds_a_thing_that_is_rare(name):
    on, off = on_and_off(simam(channels(name).maps).mask.mean(axis=0), name)
    assert on > off + 0.1
