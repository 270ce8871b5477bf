"""Places that look alike attend to one another."""

import numpy as np
import pytest

from attention.images import CHANNELS, illustrative_non_local_weights, non_local, picture_patches
from attention.images.illustrative import SCALES
from tests.attention.images.samples import THINGS, channels

ACROSS = 32


def look(name, **options):
    """The block over the patches of a picture, and which of them lie on the thing and beside it."""
    patches = picture_patches(channels(name).maps, ACROSS)
    X = patches.vectors.T.reshape(-1, *patches.shape)
    rows, columns = patches.shape
    places = []
    for top, left, bottom, right in THINGS[name]:
        place = np.zeros(patches.shape, bool)
        first = round(left * columns)
        place[round(top * rows) : round(bottom * rows), first : max(round(right * columns), first + 1)] = True
        places.append(place.ravel())
    return non_local(X, illustrative_non_local_weights(CHANNELS, **options)), *places


@pytest.mark.parametrize("name", THINGS)
def test_the_thing_looks_at_itself(name):
    trace, on, off = look(name)
    weights = trace.attention.weights * len(on)  # 1 is as much as an even share
    assert weights[on][:, on].mean() > 4
    assert weights[on][:, off].mean() < 0.3


def test_what_leans_a_little_looks_at_what_leans_far():
    trace, cup, table = look("coffee.jpg")  # brown wood, and a cup of a stronger brown
    weights = trace.attention.weights
    assert weights[table][:, cup].mean() > weights[table][:, table].mean()


@pytest.mark.parametrize("name", THINGS)
def test_what_is_added_is_plain_and_keeps_to_measure(name):
    trace, *_ = look(name)
    assert 0.02 < np.abs(trace.added).mean() < 0.1
    assert 0.2 < np.abs(trace.added).max() < 0.5


def test_a_reading_comes_back_to_the_channels_it_was_taken_from():
    weights = illustrative_non_local_weights(CHANNELS, strength=0.7)
    np.testing.assert_allclose(weights.W_g @ weights.W_z, 0.7 * np.eye(len(SCALES)), atol=1e-6)


def test_no_two_scales_read_the_same_channel():
    read = [channel for scale in SCALES.values() for channel in scale.reads]
    assert len(read) == len(set(read))
    assert set(read) <= set(CHANNELS)


def test_scores_are_symmetric_and_sharpness_multiplies_them():
    plain, sharp = (look("cat.jpg", sharpness=sharpness)[0].attention.scores for sharpness in (1.0, 6.0))
    np.testing.assert_allclose(plain, plain.swapaxes(-1, -2), atol=1e-5)
    np.testing.assert_allclose(sharp, 6 * plain, atol=1e-4)


def test_at_the_ends_of_its_settings():
    even = look("cat.jpg", sharpness=0.0)[0].attention.weights
    np.testing.assert_allclose(even, 1 / even.shape[-1], rtol=1e-5)
    unchanged = look("cat.jpg", strength=0.0)[0]
    np.testing.assert_array_equal(unchanged.output, unchanged.X)
