"""The scenes: one thing in each moves and is near, no single feature gives it away, and no place does."""

import numpy as np
import pytest

from attention.teaching.street import NOTICED, RIGHT, SEEN, STREET, UNSEEN, scene


@pytest.mark.parametrize("name", STREET)
def test_only_the_right_thing_moves_and_is_near(name):
    here = scene(name)
    both = np.minimum(here.things[:, NOTICED.index("moving")], here.things[:, NOTICED.index("near")])
    assert both.argmax() == here.right
    assert (both > 0.5).sum() == 1


@pytest.mark.parametrize("name", STREET)
def test_another_thing_moves_as_well_and_another_one_is_near(name):
    here = scene(name)
    others = np.delete(here.things, here.right, axis=0)
    assert (others[:, NOTICED.index("moving")] >= 0.9).any()
    assert (others[:, NOTICED.index("near")] >= 0.8).any()


def test_the_right_thing_stands_at_another_place_each_time():
    places = [scene(name).right for name in STREET]
    assert len(set(places)) == len(places)


def test_the_scene_of_the_test_is_none_of_those_learned_from():
    assert set(STREET) == set(RIGHT) == {*SEEN, UNSEEN}
    assert UNSEEN not in SEEN
    assert not set(STREET[UNSEEN]) & {thing for name in SEEN for thing in STREET[name]}
