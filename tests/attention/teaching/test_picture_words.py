from pathlib import Path

import numpy as np
import pytest

from attention.images import feature_maps
from attention.images.patches import picture_patches
from attention.sources.images import read_image
from attention.teaching.picture_words import MEANS, ask_patches, word_query

IMAGES = Path(__file__).parents[3] / "assets" / "images"


@pytest.fixture(scope="module")
def shapes():
    rgb = read_image((IMAGES / "shapes.png").read_bytes()).rgb
    patches = picture_patches(feature_maps(rgb).maps, 16)
    top, left, bottom, right = patches.boxes.T
    return patches, rgb[(top + bottom) // 2, (left + right) // 2].astype(float)  # the colour in each patch's middle


@pytest.mark.parametrize("word", MEANS)
def test_a_question_is_as_long_as_a_patch(word):
    q = word_query(word)
    assert np.square(q).sum() == pytest.approx(len(q))
    assert np.count_nonzero(q) == len(MEANS[word])


@pytest.mark.parametrize(("word", "channel"), [("orange", 0), ("blue", 2)])
def test_a_colour_finds_the_shapes_that_have_it(shapes, word, channel):
    patches, colours = shapes
    trace = ask_patches(word, patches.vectors, colours)
    best = colours[np.argsort(-trace.weights[0])[:2]]
    assert (best.argmax(axis=1) == channel).all()
    assert trace.output.shape == (1, 3)
    assert np.allclose(trace.output, trace.weights @ colours)


def test_louder_is_narrower_and_silent_is_even(shapes):
    patches, colours = shapes
    most = [ask_patches("orange", patches.vectors, colours, loudness=loud).weights.max() for loud in (0, 1, 2)]
    assert most[0] == pytest.approx(1 / len(colours))
    assert most[0] < most[1] < most[2]


def test_a_word_that_stands_for_no_channels_is_named():
    with pytest.raises(ValueError, match="teapot"):
        word_query("teapot")
