"""The Picture page without a browser: its numbers are the engine's, and no file brings it down."""

import base64
import json

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from pages.shared.picture_blocks import sample_view
from pages.shared.picture_source import SAMPLES
from pages.shared.picture_view import arrays
from pages.shared.picture_weights import CHANNEL, DEFAULT, GAIN, SPATIAL, default
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values
from tests.pages.picture_helpers import engine, formulas, printed_lines, sample, shown


def test_the_map_is_the_engines_mask(open_page):
    app = open_page("picture")
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)


@pytest.mark.parametrize("code", SAMPLES)
def test_every_sample_opens_by_its_code(open_page, code):
    app = open_page("picture", sample=code)
    np.testing.assert_array_equal(shown(app), engine(sample(code)).mask)


def test_the_first_screen_says_what_is_seen_and_whose_the_weights_are(open_page, language):
    app, texts = open_page("picture"), strings(language)
    assert texts["picture.lead"] in [text.value for text in app.markdown]
    assert texts["picture.badge_help"] in [caption.value for caption in app.caption]


def test_every_map_shows_the_engines_numbers(open_page):
    app = open_page("picture", sample="cat", channel="skin")
    trace = engine(sample("cat"))
    for name, values in {
        "map_channels": trace.channel.X[CHANNELS.index("skin")],
        "map_max_map": trace.spatial.pooled[0],
        "map_mean_map": trace.spatial.pooled[1],
        "map_logits": trace.spatial.logits,
    }.items():
        np.testing.assert_array_equal(map_values(app, name), values.astype(np.float32), err_msg=name)


def test_the_bars_are_the_engines_gates(open_page, language):
    app = open_page("picture", sample="coffee")
    channel = engine(sample("coffee")).channel
    (chart,) = app.get("plotly_chart")
    average, maximum, total, gates = json.loads(chart.proto.spec)["data"]
    for bars, numbers in (
        (average, channel.path_logits["avg"]),
        (maximum, channel.path_logits["max"]),
        (total, channel.logits),
        (gates, channel.gates),
    ):
        np.testing.assert_allclose(decoded(bars["x"]), numbers, rtol=1e-6)
    assert gates["customdata"] == [strings(language)[f"picture.channel.{name}"] for name in CHANNELS]
    widest = gates["customdata"][int(channel.gates.argmax())]
    assert widest in chart.proto.alt


def decoded(values) -> np.ndarray:
    """A list, or Plotly's typed array."""
    if isinstance(values, list):
        return np.array(values)
    return np.frombuffer(base64.b64decode(values["bdata"]), np.dtype(values["dtype"]))


def test_the_bars_are_sorted_on_demand(open_page):
    app = open_page("picture", order="gate")
    gates = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][3]
    assert (np.diff(decoded(gates["x"])) <= 0).all()


def test_an_opened_pixel_ends_in_the_number_under_the_pointer(open_page):
    app = open_page("picture", sample="cat", pixel="120,80")
    trace = engine(sample("cat"))
    assert component(app, "map_mask")["chosen"] == [79, 119]
    assert f"= {trace.mask[79, 119]:.3f}" in formulas(app)
    products = [map_values(app, f"products_{plane}") for plane in ("max", "mean")]
    z = sum(plane.astype(np.float64).sum() for plane in products) + illustrative_spatial_weights().bias
    assert z == pytest.approx(trace.spatial.logits[79, 119], abs=1e-4)
    window = map_values(app, "window_mean")
    assert window[3, 3] == trace.spatial.pooled[1, 79, 119]


def test_the_window_of_a_corner_is_filled_with_zeros(open_page):
    app = open_page("picture", sample="cat", pixel="1,1")
    window = map_values(app, "window_max")
    assert (window[:3] == 0).all()
    assert (window[:, :3] == 0).all()
    assert f"= {engine(sample('cat')).mask[0, 0]:.3f}" in formulas(app)


def test_an_opened_gate_ends_in_the_number_of_its_bar(open_page):
    app = open_page("picture", sample="cat", channel="luminance")
    channel = engine(sample("cat")).channel
    i = CHANNELS.index("luminance")
    assert f"= {channel.gates[i]:.3f}" in formulas(app)
    hidden = map_values(app, "hidden_units")
    weights = illustrative_channel_weights(CHANNELS)
    for row, path in enumerate(("avg", "max")):
        z = hidden[row] @ weights.W2[i] + weights.b2[i]
        assert z == pytest.approx(channel.path_logits[path][i], abs=1e-5)


def test_sliders_move_the_mask_and_one_button_puts_them_back(open_page):
    app = open_page("picture")
    app.slider(key="thr").set_value(0.8).run()
    app.slider(key="sur").set_value(0.0).run()
    app.selectbox(key="fav").select("darkness").run()
    checked(app.slider(key="gain").set_value(-4.0).run())
    moved = engine(sample("rocket"), threshold=0.8, surround=0.0, favour={"darkness": -4.0}).mask
    np.testing.assert_array_equal(shown(app), moved)
    assert printed_lines(app)[0] == pytest.approx(moved[tuple(component(app, "map_mask")["chosen"])], abs=5e-7)
    (reset,) = [
        b for b in app.button if b.label in (lang["picture.weights.reset"] for lang in map(strings, ("en", "zh")))
    ]
    checked(reset.click().run())
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)


def test_the_sliders_start_where_the_engine_starts():
    for slider in (*SPATIAL, *CHANNEL, GAIN):
        steps = (default(slider) - slider.lowest) / slider.step
        assert steps == pytest.approx(round(steps)), slider.key
        assert slider.lowest < default(slider) < slider.highest
    names = CHANNELS[::-1]
    np.testing.assert_array_equal(DEFAULT.channel_weights(names).W2, illustrative_channel_weights(names).W2)
    np.testing.assert_array_equal(DEFAULT.spatial_weights().kernel, illustrative_spatial_weights().kernel)


def test_the_printed_lines_print_the_numbers_on_the_page(open_page):
    app = open_page("picture", sample="shapes", pixel="77,33", channel="red_green")
    trace = engine(sample("shapes"))
    mask, gate = printed_lines(app)
    assert (mask, gate) == pytest.approx((trace.mask[32, 76], trace.gates[CHANNELS.index("red_green")]), abs=5e-7)
    assert f"= {mask:.3f}" in formulas(app)
    assert f"= {gate:.3f}" in formulas(app)


def test_junk_in_the_address_falls_back(open_page):
    junk = {"sample": "../../etc/passwd", "pixel": "9999,-1", "channel": "x", "order": "?", "fav": "<b>", "thr": "NaN"}
    app = open_page("picture", **junk)
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)
    for name in ("sample", "pixel", "channel", "order", "fav"):
        assert name not in app.query_params


def test_a_pixel_outside_this_picture_falls_back_to_the_strongest(open_page):
    app = open_page("picture", sample="cat", pixel="256,171")  # the cat is 256 x 170
    row, column = component(app, "map_mask")["chosen"]
    logits = engine(sample("cat")).spatial.logits
    assert logits[row, column] == logits[3:-3, 3:-3].max()


def test_a_mask_that_is_shut_says_so(open_page, language):
    app = open_page("picture", sample="cat")
    app.slider(key="mean").set_value(0.0).run()
    checked(app.slider(key="max").set_value(0.0).run())
    assert component(app, "map_mask")["text"]["sentence"] == strings(language)["picture.mask.closed"]


def test_what_is_taken_home_holds_every_stage():
    stages = arrays(sample_view("cat"))
    z = stages["hidden_average"] @ stages["W2"].T + stages["hidden_maximum"] @ stages["W2"].T + 2 * stages["b2"]
    np.testing.assert_allclose(z, stages["gate_logits"], atol=1e-5)
    np.testing.assert_allclose(1 / (1 + np.exp(-stages["mask_logits"])), stages["mask"], atol=1e-6)
    refined = stages["channels"] * stages["gates"][:, None, None] * stages["mask"]
    np.testing.assert_allclose(refined, stages["refined"], atol=1e-6)
    assert set(stages["names"]) == set(CHANNELS)
