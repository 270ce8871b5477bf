"""The Compare page without a browser: its numbers are the engine's, whatever the picture and the address."""

import numpy as np
import pytest
from PIL import Image

from attention.images import feature_maps
from attention.images.comparison import MECHANISMS, compared
from attention.sources.images import read_image
from figures.masks import decode_values
from figures.numbers import percent
from figures.packed import unpack
from figures.small_multiples import correlation, reduced
from pages.pictures.compare_facts import FACTS
from pages.pictures.compare_opened import PAIR
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, printed_by
from tests.pages.picture_helpers import encoded, gradient, sample, upload


def engine(data: bytes) -> dict[str, np.ndarray]:
    channels = feature_maps(read_image(data).rgb)
    return {code: compared(code, channels) for code in MECHANISMS}


def tiles(app) -> np.ndarray:
    data = component(app, "tiles")
    return unpack(data["values"], (len(data["tiles"]), data["rows"], data["columns"]))


def sentence(app, viewer: str) -> str:
    return component(app, viewer)["text"]["sentence"]


@pytest.mark.parametrize("code", SAMPLES)
def test_tiles_show_every_mechanism_by_the_engines_numbers(open_page, code):
    app = open_page("compare", sample=code)
    maps = engine(sample(code))
    assert [tile["id"] for tile in component(app, "tiles")["tiles"]] == list(maps)
    shown = tiles(app)
    expected = np.stack([reduced(values) for values in maps.values()])
    np.testing.assert_allclose(shown, expected, atol=expected.max() / 65535)


def test_the_opened_map_is_the_engines_at_full_size(open_page, language):
    app = open_page("compare", sample="cat", open="coordinate")
    values = engine(sample("cat"))["coordinate"]
    np.testing.assert_allclose(decode_values(component(app, "opened_map")), values, atol=1e-4)
    assert component(app, "tiles")["opened"] == "coordinate"
    assert strings(language)["compare.about.coordinate"] in [text.value for text in app.markdown]
    row, column = np.unravel_index(values.argmax(), values.shape)
    for number in (f"{row + 1}", f"{column + 1}", f"{values.max():.2f}"):
        assert number in sentence(app, "opened_map")


def test_the_difference_is_of_the_two_that_are_chosen(open_page):
    app = open_page("compare", sample="cat", a="bam", b="simam")
    maps = engine(sample("cat"))
    difference = maps["bam"] - maps["simam"]
    np.testing.assert_allclose(decode_values(component(app, "difference_map")), difference, atol=1e-4)
    place = np.unravel_index(np.abs(difference).argmax(), difference.shape)
    for number in (maps["bam"][place], maps["simam"][place], correlation(maps["bam"], maps["simam"])):
        assert f"{number:.2f}".lstrip("-") in sentence(app, "difference_map")
    assert component(app, "difference_map")["scale"] == "diverging"


def test_other_two_are_chosen_by_hand(open_page):
    app = open_page("compare", sample="cat")
    app.selectbox(key="b").select("eca").run()
    maps = engine(sample("cat"))
    shown = decode_values(component(checked(app), "difference_map"))
    np.testing.assert_allclose(shown, maps[PAIR["a"]] - maps["eca"], atol=1e-4)
    assert app.query_params["b"] == "eca"


def test_a_mechanism_does_not_differ_from_itself(open_page, language):
    app = open_page("compare", a="ge", b="ge")
    assert sentence(app, "difference_map") == strings(language)["compare.difference.same"]


def test_one_switch_sets_the_colours_of_all_maps(open_page):
    app = open_page("compare", span="near")
    assert component(app, "tiles")["range"] == component(app, "opened_map")["range"] == [0.5, 1.5]
    assert component(app, "difference_map")["range"] == [-1, 1]
    assert component(open_page("compare"), "tiles")["range"] == [0, 3]


def test_tiles_look_as_the_reader_has_set_the_viewer(open_page):
    data = component(open_page("compare", opacity="30", colours="magma"), "tiles")
    assert (data["opacity"], data["colours"]) == (0.3, "magma")


def test_junk_in_the_address_falls_back(open_page):
    junk = {"sample": "../etc", "open": "<b>", "a": "none", "b": "9", "span": "x", "opacity": "-1", "colours": "pink"}
    app = open_page("compare", **junk)
    assert component(app, "tiles")["opened"] == "cbam"
    assert component(app, "tiles")["range"] == [0, 3]
    assert [app.selectbox(key=name).value for name in PAIR] == list(PAIR.values())
    for name in junk:
        assert name not in app.query_params


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (90, 120, 30)])
def test_a_picture_of_one_colour_is_compared_too(open_page, colour):
    app = upload(open_page("compare"), encoded(Image.new("RGB", (70, 50), colour)))
    assert np.isfinite(tiles(app)).all()
    np.testing.assert_allclose(tiles(app).mean(axis=(1, 2)), 1, atol=1e-2)
    assert (tiles(app)[list(MECHANISMS).index("simam")] > 0).all()


@pytest.mark.parametrize("size", [(1, 1), (300, 2), (3, 200)])
def test_no_picture_is_too_thin(open_page, size):
    app = upload(open_page("compare"), encoded(Image.new("RGB", size, (200, 40, 90))))
    assert np.isfinite(tiles(app)).all()


def test_of_one_pixel_all_maps_are_alike(open_page, language):
    app = upload(open_page("compare"), encoded(Image.new("RGB", (1, 1), (200, 40, 90))))
    said = strings(language)["compare.tiles.alike"].format(area=percent(1.0))
    assert said in [text.value for text in app.markdown]
    assert sentence(app, "opened_map") == strings(language)["compare.opened.even"].format(name="CBAM")


def test_the_readers_own_picture_is_compared(open_page):
    data = encoded(gradient())
    app = upload(open_page("compare"), data)
    np.testing.assert_allclose(decode_values(component(app, "opened_map")), engine(data)["cbam"], atol=1e-4)


def test_the_table_has_a_row_and_a_source_for_every_mechanism(open_page, language):
    app = open_page("compare", sample="cat")
    assert set(FACTS) == set(MECHANISMS)
    (table,) = [frame.value for frame in app.table]
    assert len(table) == len(MECHANISMS)
    shown = " ".join(table.astype(str).to_numpy().ravel())
    for code, facts in FACTS.items():
        assert all(f"]({url})" in shown for _, url in facts.papers)
        assert f"${facts.formula}$" in shown
        assert strings(language)[f"compare.pools.{code}"] in shown
    times = table[strings(language)["compare.table.time"]].astype(float)
    assert (times > 0).all()


def test_multiples_of_an_average_are_not_shown_as_what_comes_out(open_page):
    app = open_page("compare", look="result")
    assert component(app, "opened_map")["looks"] == ["overlay", "pair", "swipe", "mask"]


def test_every_mechanism_links_to_the_page_where_it_is_computed_alike(open_page):
    """Coordinate attention has no page, and so no link."""
    links = open_page("compare", open="bam").get("page_link")
    asked = [(link.proto.page, link.proto.query_string) for link in links]
    assert asked.count(("mixed", "mix=bam")) == 2  # of what is open, and under the table
    assert ("channel", "gate=ge&extent=16") in asked
    assert ("patches", "over=places&across=16&places_temperature=1") in asked
    assert len(asked) == len(MECHANISMS)
    assert len(open_page("compare", open="coordinate").get("page_link")) == len(MECHANISMS) - 1


def test_the_page_says_whose_the_weights_are(open_page, language):
    texts = strings(language)
    app = open_page("compare")
    assert texts["compare.badge_help"] in [caption.value for caption in app.caption]


def test_the_printed_lines_print_the_numbers_that_the_sentences_name(open_page):
    app = open_page("compare", sample="shapes", open="non_local", a="se", b="patches")
    opened, difference = [code.value for code in app.code if "compared(" in code.value]
    maps = engine(sample("shapes"))
    assert printed_by(opened) == [pytest.approx(maps["non_local"].max(), rel=1e-5)]
    (number,) = printed_by(difference)
    assert abs(number) == pytest.approx(np.abs(maps["se"] - maps["patches"]).max(), rel=1e-5)
