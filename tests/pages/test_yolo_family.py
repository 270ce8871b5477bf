"""The part about attention in the YOLO family: three attentions on the picture's patches, gates, history, anchors."""

import contextlib
import re
from pathlib import Path

import numpy as np
import pytest

from attention import attend
from attention.images import feature_maps, picture_patches
from attention.images.patch_attention import standardise
from attention.sources.images import read_image
from figures.masks import decode_values
from figures.numbers import percent
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import TEXTS, strings
from pages.trained import family_areas
from pages.trained.family_history import VERSIONS
from tests.pages.conftest import component, printed_by

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = 11, 16  # patches of the coffee


@pytest.fixture
def family(open_page):
    """The page about detection with one part of the family opened."""
    return lambda kin="areas", **address: open_page("yolo", sample="coffee", kin=kin, **address)


def said(app):
    return " ".join(element.value for kind in ("markdown", "caption") for element in getattr(app, kind))


def table(app):
    """The cells of the table of this part, row by row, without its head."""
    (text,) = [text.value for text in app.markdown if text.value.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]


def weights():
    """(n, n): full attention, as the page of patches computes it."""
    X = standardise(picture_patches(feature_maps(read_image(SAMPLES["coffee"].read_bytes()).rgb).maps, 16).vectors)
    return attend(X, X, X, temperature=0.3).weights


def shown(app, kind):
    return decode_values(component(app, f"family_{kind}"))


def test_three_maps_of_the_patch_that_asks(family):
    app = family(asker="6,5")
    full = weights()[4 * COLUMNS + 5].reshape(ROWS, COLUMNS)
    np.testing.assert_allclose(shown(app, "full"), full, atol=1e-6)
    inside = {"windows": np.zeros((ROWS, COLUMNS), bool), "areas": np.zeros((ROWS, COLUMNS), bool)}
    inside["windows"][4:8, 4:8] = True  # of side 4
    inside["areas"][3:6] = True  # rows 3 to 5 are the second of four areas
    for kind, within in inside.items():
        expected = np.where(within, full, 0) / full[within].sum()
        np.testing.assert_allclose(shown(app, kind), expected, atol=1e-5)


def test_the_arrays_to_take_home_are_of_all_three(family, monkeypatch):
    taken = []
    monkeypatch.setattr(family_areas, "mask_viewer", lambda *_, arrays, **__: taken.append(arrays()))
    family(asker="6,5")
    assert len(taken) == 3
    for arrays in taken:
        assert arrays["asks"] == 4 * COLUMNS + 5
        np.testing.assert_allclose(arrays["full_weights"], weights(), atol=1e-6)
        for kind in ("full", "windows", "areas"):
            groups, found = arrays[f"{kind}_groups"], arrays[f"{kind}_weights"]
            np.testing.assert_array_equal(found > 0, groups[:, None] == groups)


def test_costs_and_what_is_out_of_reach(family):
    app = family(asker="6,5")
    full = weights()[4 * COLUMNS + 5].reshape(ROWS, COLUMNS)
    _, of_windows, of_areas = table(app)
    assert [row[1] for row in table(app)] == ["176", "16", "48"]
    sizes = np.array([3, 3, 3, 2]) * COLUMNS
    assert of_areas[3] == percent(np.square(sizes).sum() / 176**2)
    assert of_windows[4] == percent(1 - full[4:8, 4:8].sum())
    assert of_areas[4] == percent(1 - full[3:6].sum())


def test_fewer_areas_and_larger_windows(family):
    app = family(asker="1,1", areas="2", window="8")
    assert [row[1] for row in table(app)] == ["176", "64", "96"]


def test_a_click_asks_and_stands_in_the_address(family):
    app = family()
    app.session_state.asker = "16,11"
    app.run()
    assert component(app, "family_areas")["chosen"] == [10, 15]
    assert app.query_params["asker"] == "16,11"


@pytest.mark.parametrize("junk", ["0,0", "17,1", "a,b", "1"])
def test_a_patch_that_is_not_there_is_the_telling_one(family, junk):
    assert component(family(asker=junk), "family_full")["chosen"] == component(family(), "family_full")["chosen"]


def test_the_lines_print_the_largest_number(family):
    app = family()
    lines = [code.value for code in app.code if "attend_within" in code.value]
    with contextlib.chdir(ROOT):
        numbers = [printed_by(text)[0] for text in lines]
    np.testing.assert_allclose(numbers, [shown(app, kind).max() for kind in ("full", "windows", "areas")], rtol=1e-5)


def test_gates_in_numbers_and_the_boxes_without_them(family, language):
    app = family("gates")
    assert [row[1] for row in table(app)] == ["192", "384", "96", "96", "96", "96"]
    for low, mean, high in (map(float, row[2:5]) for row in table(app)):
        assert 0 <= low < mean < high <= 1
    cup = strings(language)["coco.cup"]
    told = next(text.value for text in app.markdown if f"{cup} 0.9" in text.value)
    with_own, without = re.split(r"[.。]\s*(?:With all|六个)", told)
    assert cup in with_own
    assert cup not in without


def test_every_version_has_its_line_and_its_source(family):
    rows = table(family("history"))
    assert len(rows) == len(VERSIONS)
    for row, (_, name, year, _, address) in zip(rows, VERSIONS, strict=True):
        assert row[:2] == [str(year), f"[{name}]({address})"]
        assert all(row)
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)


def test_anchors_are_counted(family):
    text = said(family("anchors"))
    assert "**10,647**" in text
    assert "**3,598**" in text


def test_masks_name_their_sources(family):
    text = said(family("masks"))
    assert "https://arxiv.org/abs/2004.10934" in text
    assert "https://arxiv.org/abs/1807.06521" in text


def test_both_languages_give_the_same_sources():
    for name in ("yolo_family_masks.md", "yolo_family_anchors.md"):
        links = [
            sorted(part.split(")")[0] for part in (TEXTS / code / name).read_text().split("](")[1:])
            for code in ("en", "zh")
        ]
        assert links[0] == links[1]
