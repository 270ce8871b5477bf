"""The page of patches with a trained classifier's channels: its numbers are those of the network's cells."""

import contextlib

import numpy as np
import pytest

from attention import attend
from attention.images.patch_attention import channel_attention_of_patches, standardise
from figures.packed import unpack
from pages.pictures.patches_choice import LEARNED_TEMPERATURE
from pages.shared.compute import sample_picture
from pages.shared.networks import classifier
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, printed_by
from tests.pages.picture_helpers import ROOT, encoded, gradient, upload

T = LEARNED_TEMPERATURE["places"]


def vectors(block: int, code: str = "coffee") -> np.ndarray:
    """(196, C), compared as the page does."""
    maps = classifier()(sample_picture(code).rgb).blocks[block - 1].output
    return standardise(maps.reshape(len(maps), -1).T)


def grid(app) -> np.ndarray:
    shown = component(app, "patch_grid")
    n = shown["rows"] * shown["columns"]
    return unpack(shown["values"], (n, n))


def learned(open_page, block: int = 6, **address: str):
    return open_page("patches", sample="coffee", bank="trained", learned_block=str(block), **address)


def table(app) -> list[list[str]]:
    (text,) = [text.value for text in app.markdown if text.value.startswith("| ")]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]


@pytest.mark.parametrize("block", [1, 6])
def test_cells_attend_by_the_networks_numbers(open_page, language, block):
    app, X = learned(open_page, block), vectors(block)
    np.testing.assert_allclose(grid(app), attend(X, X, X, temperature=T).weights, atol=1e-5)
    texts, captions = strings(language), [caption.value for caption in app.caption]
    assert texts["learned.patches"].format(count=X.shape[1]) in captions
    assert texts["patches.badge_help"] not in captions


def test_the_blue_square_finds_the_other_one_and_then_the_grey_one():
    """As the text under the page says: the squares by their middles in 640 x 480 pixels."""
    X = vectors(2, "shapes")
    top, other, grey = (y * 14 // 480 * 14 + x * 14 // 640 for x, y in ((560, 80), (240, 400), (560, 400)))
    found = np.argsort(-attend(X, X, X, temperature=T).weights[top])
    assert found[:3].tolist() == [top, other, grey]


def test_cells_attend_to_numbered_channels(open_page):
    app = learned(open_page, over="channels", weighed="37")
    trace = channel_attention_of_patches(vectors(6), temperature=LEARNED_TEMPERATURE["channels"])
    np.testing.assert_allclose(grid(app), trace.output, atol=1e-4)
    assert component(app, "patch_channels")["chosen"] == 36


def test_the_largest_products_and_the_rest_add_up(open_page):
    rows = table(learned(open_page, patch="3,4", looked="5,6"))
    *largest, rest, total = [float(cells[-2 if cells[-1] == "" else -1].replace("−", "-")) for _, *cells in rows]
    X = vectors(6)
    asks, looks = 3 * 14 + 2, 5 * 14 + 4
    assert len(largest) == 20
    assert total == pytest.approx(X[asks] @ X[looks], abs=1e-3)
    assert sum(largest) + rest == pytest.approx(total, abs=0.02)


@pytest.mark.parametrize("over", ["places", "channels"])
def test_the_printed_lines_print_the_opened_number(open_page, over):
    app = learned(open_page, over=over, patch="3,4", looked="5,6")
    (lines,) = [code.value for code in app.code if "load_classifier" in code.value]
    assert "feature_maps" not in lines
    with contextlib.chdir(ROOT):
        (number,) = printed_by(lines)
    assert number == pytest.approx(float(grid(app)[3 * 14 + 2, 5 * 14 + 4]), rel=1e-3, abs=1e-5)


def test_a_picture_with_fewer_pixels_than_cells_has_fewer_patches(open_page):
    app = upload(learned(open_page), encoded(gradient(9, 40)))
    shown = component(app, "patch_grid")
    assert (shown["rows"], shown["columns"]) == (14, 9)
    np.testing.assert_allclose(grid(app).sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("language", ["en"])  # AppTest sets a switch by its English label
def test_the_names_come_back_with_the_channels_made_by_hand(open_page):
    app = learned(open_page, over="channels", weighed="37")
    app.button_group(key="bank").set_value("hand")
    checked(app.run())
    labels = {value for name, value in strings("en").items() if name.startswith("picture.channel.")}
    assert component(app, "patch_channels")["items"][0]["label"] in labels
    assert "weighed" not in app.query_params
