"""The page of patches without a browser: its numbers are the engine's, whatever is asked and by whom."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention import attend, hard_attention
from attention.images import CHANNELS, feature_maps
from attention.images.patch_attention import channel_attention_of_patches, standardise, with_positions
from attention.images.patches import grid_positions, picture_patches
from attention.sources.images import read_image
from figures.numbers import percent
from figures.packed import unpack
from pages.pictures.patches_choice import Pins, Settings
from pages.pictures.patches_lines import arrays
from pages.pictures.patches_view import open_view
from pages.shared.compute import sample_picture
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by
from tests.pages.picture_helpers import encoded, gradient, upload

ROOT = Path(__file__).parents[2]
T = 0.3  # the page's own


def patches_of(code, across=16):
    return picture_patches(feature_maps(read_image(SAMPLES[code].read_bytes()).rgb).maps, across)


def grid(app):
    shown = component(app, "patch_grid")
    n = shown["rows"] * shown["columns"]
    return unpack(shown["values"], (n, n))


def pinned(app):
    return component(app, "patch_grid_pin")


def pinned_row(app):
    shown = pinned(app)
    return unpack(shown["row"], (shown["rows"] * shown["columns"],))


def printed(app):
    (lines,) = [code.value for code in app.code if "picture_patches" in code.value]
    with contextlib.chdir(ROOT):
        (number,) = printed_by(lines)
    return number


def table(app):
    """The rows of the opened table: [name, number, number, product]."""
    (text,) = [text.value for text in app.markdown if text.value.startswith("| ")]
    rows = [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]
    return [[name, *(float(cell.replace("−", "-")) for cell in cells if cell)] for name, *cells in rows]


@pytest.mark.parametrize("code", SAMPLES)
def test_the_maps_are_the_engines_attention(open_page, code):
    app = open_page("patches", sample=code)
    X = standardise(patches_of(code).vectors)
    np.testing.assert_allclose(grid(app), attend(X, X, X, temperature=T).weights, atol=1e-7)
    np.testing.assert_array_equal(map_values(app, "patch_matrix"), grid(app))
    np.testing.assert_allclose(pinned_row(app), grid(app)[pinned(app)["asks"]], atol=1e-6)


def is_blue(pixels):
    """Whether a patch is the blue of the squares and nothing else."""
    red, green, blue = pixels.mean(axis=(0, 1))
    return pixels.std(axis=(0, 1)).max() < 1 and blue > green + 20 and blue > red + 80


def test_a_blue_square_lights_the_other_one(open_page):
    app = open_page("patches", sample="shapes")
    rgb = read_image(SAMPLES["shapes"].read_bytes()).rgb
    patches = patches_of("shapes")
    blue = [i for i, (a, b, c, d) in enumerate(patches.boxes) if is_blue(rgb[a:c, b:d])]
    asks, row = pinned(app)["asks"], pinned_row(app)
    assert asks in blue
    columns = {i % 16 for i in blue}
    assert max(columns) - min(columns) > 6, "both blue squares have patches of nothing but blue"
    others = np.setdiff1d(np.arange(len(row)), blue)
    assert row[blue].min() > 5 * np.median(row[others])
    assert row[blue].sum() > 0.5


def test_across_cuts_the_longer_side(open_page):
    for across in (8, 24):
        app = open_page("patches", sample="cat", across=str(across))
        X = standardise(patches_of("cat", across).vectors)
        assert component(app, "patch_grid")["columns"] == across
        np.testing.assert_allclose(grid(app), attend(X, X, X, temperature=T).weights, atol=1e-7)


def test_a_link_brings_who_asks_and_what_is_opened(open_page):
    app = open_page("patches", sample="coffee", patch="4,4", looked="12,6")
    X = standardise(patches_of("coffee").vectors)
    asks, looked = 3 * 16 + 3, 5 * 16 + 11
    assert (pinned(app)["asks"], pinned(app)["looks"]) == (asks, looked)
    assert component(app, "patch_matrix")["chosen"] == [asks, looked]
    *products, total = table(app)
    q_k = {product[0]: product[3] for product in products}
    assert len(q_k) == 20
    np.testing.assert_allclose(sorted(q_k.values()), sorted(X[asks] * X[looked]), atol=6e-4)
    assert total[1] == pytest.approx(X[asks] @ X[looked], abs=6e-4)
    assert [product[3] for product in products] == sorted(q_k.values(), reverse=True)
    assert printed(app) == pytest.approx(attend(X, X, X, temperature=T).weights[asks, looked], rel=1e-4)


def test_a_box_asks_with_the_mean_of_its_vectors(open_page):
    app = open_page("patches", sample="cat", box="2,3,4,4")
    X = standardise(patches_of("cat").vectors)
    inside = [row * 16 + column for row in (2, 3) for column in (1, 2, 3)]
    row = attend(X[inside].mean(axis=0, keepdims=True), X, X, temperature=T).weights[0]
    np.testing.assert_allclose(pinned_row(app), row, atol=1e-6)
    assert pinned(app)["box"] == [[2, 1], [3, 3]]
    assert component(app, "patch_matrix")["chosen"] is None
    assert printed(app) == pytest.approx(row[pinned(app)["looks"]], rel=1e-4)


def test_positions_and_own_lengths_change_what_is_compared(open_page):
    app = open_page("patches", sample="rocket")
    app.toggle(key="lengths").set_value(True).run()
    checked(app.toggle(key="position").set_value(True).run())
    checked(app.slider(key="position_strength").set_value(0.5).run())
    patches = patches_of("rocket")
    X = standardise(patches.vectors, equal_lengths=False)
    X = with_positions(X, grid_positions(*patches.shape, 20), 0.5)
    np.testing.assert_allclose(grid(app), attend(X, X, X, temperature=T).weights, atol=1e-6)
    assert len(table(app)) == 41
    assert printed(app) == pytest.approx(pinned_row(app)[pinned(app)["looks"]], rel=1e-4)


def test_at_temperature_zero_one_patch_has_it_all(open_page, language):
    app = open_page("patches", sample="cat", patch="5,5")
    app.toggle(key="lengths").set_value(True).run()
    checked(app.select_slider(key="places_temperature").set_value(0.0).run())
    X = standardise(patches_of("cat").vectors, equal_lengths=False)
    np.testing.assert_array_equal(grid(app), hard_attention(X, X, X).weights)
    best = int((X[68] @ X.T).argmax())
    sentence = strings(language)["patches.finding.hard_itself" if best == 68 else "patches.finding.hard"]
    assert pinned(app)["text"]["sentence"].endswith(sentence.format(who="", column=best % 16 + 1, row=best // 16 + 1))
    assert printed(app) == 1


def test_a_patch_that_keeps_its_attention_is_said_to_keep_it(open_page, language):
    app = open_page("patches", sample="cat", patch="7,6")
    kept = pinned_row(app)[pinned(app)["asks"]]
    assert kept > 0.9
    sentence = strings(language)["patches.finding.one_itself"].format(who="", share=percent(kept))
    assert pinned(app)["text"]["sentence"].endswith(sentence)


def test_the_channels_answer_with_a_mixture_of_their_maps(open_page, language):
    app = open_page("patches", sample="coffee", over="channels")
    X = standardise(patches_of("coffee").vectors)
    trace = channel_attention_of_patches(X, temperature=0.1)
    np.testing.assert_allclose(grid(app), trace.output, atol=1e-5)
    asks, looks = pinned(app)["asks"], pinned(app)["looks"]
    shown = component(app, "patch_channels")
    strongest = int(trace.weights[asks].argmax())
    assert shown["items"][0]["label"] == strings(language)[f"picture.channel.{CHANNELS[strongest]}"]
    assert shown["items"][0]["value"] == pytest.approx(trace.weights[asks, strongest], abs=1e-5)
    assert shown["chosen"] == strongest
    *_, total = table(app)
    assert total[1] == pytest.approx(trace.output[asks, looks], abs=6e-4)
    assert printed(app) == pytest.approx(trace.output[asks, looks], abs=1e-5)


def test_a_channels_weight_can_be_opened_by_a_link(open_page):
    app = open_page("patches", sample="coffee", over="channels", weighed="luminance")
    assert component(app, "patch_channels")["chosen"] == CHANNELS.index("luminance")


def test_the_opened_weight_ends_in_the_number_on_the_map(open_page):
    app = open_page("patches", sample="shapes")
    weight = pinned_row(app)[pinned(app)["looks"]]
    last = app.latex[-1].value.rstrip("$").split("=")[-1]
    assert float(last) == pytest.approx(weight, rel=6e-3)


JUNK = {"patch": "17,1", "box": "5,5,2,2", "looked": "x", "across": "999", "over": "<b>", "touch": "0", "weighed": "?"}


def test_junk_in_the_address_falls_back(open_page):
    app = open_page("patches", sample="cat", **JUNK)
    plain = open_page("patches", sample="cat")
    assert pinned(app)["asks"] == pinned(plain)["asks"]
    np.testing.assert_array_equal(grid(app), grid(plain))
    for name in JUNK:
        assert name not in app.query_params


def test_another_grid_asks_anew(open_page):
    app = open_page("patches", sample="cat", patch="16,11")
    checked(app.segmented_control(key="across").set_value("8").run())
    assert pinned(app)["asks"] == pinned(open_page("patches", sample="cat", across="8"))["asks"]
    assert "patch" not in app.query_params


@pytest.mark.parametrize("size", [(1, 40), (90, 1), (37, 23), (1, 1)])
@pytest.mark.parametrize("over", ["places", "channels"])
def test_a_picture_of_any_shape_becomes_patches(open_page, size, over):
    picture = gradient(*size) if min(size) > 20 else Image.new("RGB", size, (200, 40, 90))
    app = upload(open_page("patches", over=over), encoded(picture))
    data = component(app, "patch_grid")
    assert (data["columnEdges"][-1], data["rowEdges"][-1]) == size
    X = standardise(picture_patches(feature_maps(np.asarray(picture)).maps, 16).vectors)
    expected = (
        channel_attention_of_patches(X, temperature=0.1).output
        if over == "channels"
        else attend(X, X, X, temperature=T).weights
    )
    np.testing.assert_allclose(grid(app), expected, atol=1e-5)


def test_what_is_taken_home_holds_every_stage(open_page):
    app = open_page("patches", sample="shapes")
    ours = arrays(sample_view("shapes"))
    np.testing.assert_allclose(ours["weights"], grid(app), atol=1e-6)
    np.testing.assert_allclose(ours["asking_Q"], ours["X"][ours["asking"]].mean(axis=0, keepdims=True))
    powers = np.exp(ours["scaled"].astype(float) / T)
    np.testing.assert_allclose(powers / powers.sum(axis=1, keepdims=True), ours["weights"], atol=1e-5)
    np.testing.assert_allclose(ours["weights"] @ ours["V"], ours["output"], atol=0.01)


def sample_view(code):
    settings, nothing = Settings(16, "places", T, 0.0, True), Pins(None, None, None, None)
    return open_view(sample_picture(code), settings, lambda shape, learned: nothing)
