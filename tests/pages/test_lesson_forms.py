"""The lesson on channels, places and both: its factors are CBAM's, wherever the reader marks."""

import re

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    RAW_THRESHOLD,
    cbam,
    channel_attention,
    feature_maps,
    illustrative_channel_weights,
    illustrative_spatial_weights,
    spatial_attention,
)
from attention.sources.images import read_image
from figures.masks import decode_values
from figures.numbers import signed
from pages.lessons.forms import CHANNEL, LESSON, OFFERED, ROOMS, SAMPLE
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component
from tests.pages.picture_helpers import sample

STEP = 1 / 255  # numbers travel to the viewer in so many steps at least


def halves(code=SAMPLE):
    """The gates and the mask, each half of CBAM run by itself; and the channels."""
    channels = feature_maps(read_image(sample(code)).rgb)
    gates = channel_attention(channels.maps, illustrative_channel_weights(channels.names)).gates
    spatial_weights = illustrative_spatial_weights(threshold=RAW_THRESHOLD)
    return gates, spatial_attention(channels.maps, spatial_weights).mask, channels.maps


def shown(app, form):
    return decode_values(component(app, f"forms_{form}"))


def sentence(app, form):
    return component(app, f"forms_{form}")["text"]["sentence"]


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", SAMPLES)
def test_each_form_shows_its_factor(open_page, code):
    app, (gates, mask, _) = open_page("lesson_forms", forms_picture=code, forms_channel="blue"), halves(code)
    gate = gates[CHANNELS.index("blue")]
    np.testing.assert_allclose(shown(app, "channels"), np.full_like(mask, gate), atol=STEP)
    np.testing.assert_allclose(shown(app, "places"), mask, atol=STEP)
    np.testing.assert_allclose(shown(app, "both"), gate * mask, atol=STEP)


def test_what_is_left_of_a_map_is_its_product_with_the_factor(open_page):
    app, (gates, mask, maps) = open_page("lesson_forms", forms_show="after"), halves()
    at = CHANNELS.index(CHANNEL)
    factors = {"channels": gates[at], "places": mask, "both": gates[at] * mask}
    for form, factor in factors.items():
        np.testing.assert_allclose(shown(app, form), maps[at] * factor, atol=STEP)
        assert component(app, f"forms_{form}")["text"]["high"].startswith(signed(float(maps[at].max()), 2))


def test_the_sentences_name_the_numbers_at_the_mark(open_page):
    app, (gates, mask, _) = open_page("lesson_forms", forms_place="300,31"), halves()
    gate, here = gates[CHANNELS.index(CHANNEL)], mask[30, 299]
    assert signed(float(gate)) in sentence(app, "channels")
    assert signed(float(here)) in sentence(app, "places")
    assert signed(float(gate * here)) in sentence(app, "both")


def test_each_form_says_how_many_numbers_it_decides(open_page):
    app, (gates, mask, _) = open_page("lesson_forms"), halves()
    said = " ".join(caption.value for caption in app.caption)
    for count in (gates.size, mask.size, gates.size + mask.size):
        assert f"{count:,}" in said


@pytest.mark.parametrize("language", ["en"])
def test_the_moves_do_what_is_said_of_them(open_page):
    app = open_page("lesson_forms")
    before = {form: sentence(app, form) for form in ROOMS}
    checked(app.button(key="move_corner").click().run())
    mask = halves()[1]
    height, width = mask.shape
    assert mask[39, 39] < mask[height // 2, width // 2] / 2  # the one in the middle drops
    assert sentence(app, "channels") == before["channels"]
    assert sentence(app, "places") != before["places"]
    places = shown(app, "places")
    checked(app.button(key="move_other").click().run())
    assert sentence(app, "channels") != before["channels"]
    np.testing.assert_array_equal(shown(app, "places"), places)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("junk", [{"forms_picture": "<b>"}, {"forms_place": "9999,1"}, {"forms_channel": "skin"}])
def test_junk_in_the_address_falls_back(open_page, junk):
    app, (_, mask, _) = open_page("lesson_forms", **junk), halves()
    height, width = mask.shape
    assert signed(float(mask[height // 2, width // 2])) in sentence(app, "places")


def test_the_offered_channels_exist():
    assert set(OFFERED) <= set(CHANNELS)


def test_swapped_both_halves_decide_differently(language):
    maps = halves()[2]
    weights = illustrative_channel_weights(CHANNELS), illustrative_spatial_weights(threshold=RAW_THRESHOLD)
    one, other = (cbam(maps, *weights, order=order) for order in ("channel_first", "spatial_first"))
    answer = LESSON.answer()
    assert answer.right == "both"
    for part, value in answer.values.items():
        apart = np.abs(getattr(one, part) - getattr(other, part)).max()
        assert apart > 0
        assert value == signed(float(apart), 2)


def test_the_answers_on_paper_are_computed(language):
    gates, mask, _ = halves()
    corner, other = (strings(language)[f"lesson_forms.try_answer.{move}"] for move in ("corner", "other"))
    red, blue = (gates[CHANNELS.index(code)] for code in ("red", "blue"))
    column, row = (int(number) - 1 for number in LESSON.moves["corner"]["forms_place"].split(","))
    for value in (red, mask[row, column], red * mask[row, column]):
        assert signed(float(value)) in corner
    for value in (red, blue):
        assert signed(float(value)) in other
    assert re.search(rf"\b{len(CHANNELS)} ", other)
