"""BAM's questions find the thing, and the product of its branches is plain to see."""

import numpy as np
import pytest

from attention.images import CHANNELS, bam, feature_maps, illustrative_bam_weights
from attention.images.illustrative import QUESTIONS
from tests.attention.images.samples import THINGS, channels, on_and_off


def look(name, **options):
    return bam(channels(name).maps, illustrative_bam_weights(CHANNELS, **options))


@pytest.mark.parametrize("name", THINGS)
def test_attention_strengthens_the_thing(name):
    attention = look(name).attention.mean(axis=0)
    on, off = on_and_off(attention, name)
    assert on > 1.5
    assert off < 1.4
    assert 1.2 < attention.mean() < 1.5


@pytest.mark.parametrize("name", THINGS)
def test_the_places_answer_yes_and_no(name):
    logits = look(name).spatial_logits
    on, off = on_and_off(logits, name)
    assert on > 0.5
    assert off < -0.5
    assert 0.05 < (logits > 0).mean() < 0.4


@pytest.mark.parametrize("name", THINGS)
def test_most_channels_follow_the_places_and_some_are_turned_round(name):
    trace = look(name)
    turned = trace.channel_logits < 0
    assert 1 <= turned.sum() <= 6
    logits = trace.spatial_logits
    strongest, weakest = (np.unravel_index(place, logits.shape) for place in (logits.argmax(), logits.argmin()))
    rises = trace.attention[:, *strongest] > trace.attention[:, *weakest]
    np.testing.assert_array_equal(rises, ~turned)


def test_what_lies_in_the_dark_counts_less():
    grey, dark = (
        bam(feature_maps(np.full((30, 40, 3), level, np.uint8)).maps, illustrative_bam_weights(CHANNELS)).spatial_logits
        for level in (128, 10)
    )
    assert dark[15, 20] < grey[15, 20] - 1


def test_an_even_area_passes_the_dilated_kernels_unchanged():
    trace = bam(np.full((20, 60, 60), 0.6), illustrative_bam_weights(CHANNELS))
    for stage in trace.dilated:
        np.testing.assert_allclose(stage[:, 30, 30], trace.reduced[:, 30, 30], atol=1e-6)


def test_every_question_is_a_plane_of_its_own():
    weights = illustrative_bam_weights(CHANNELS)
    assert weights.W_reduce.shape == (len(QUESTIONS), 20)
    for kernel, _ in weights.dilated:
        assert all(not kernel[i, j].any() for i in range(len(QUESTIONS)) for j in range(len(QUESTIONS)) if i != j)
    assert all(set(question.reads) <= set(CHANNELS) for question in QUESTIONS.values())


def test_the_threshold_is_taken_from_every_logit():
    low, high = (look("cat.jpg", threshold=threshold).spatial_logits for threshold in (0.0, 3.0))
    np.testing.assert_allclose(low - high, 3, atol=1e-4)
