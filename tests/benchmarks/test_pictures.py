"""What the benchmark of the pictures measures and tells. What it does in a browser is in tests/browser."""

import pytest

from attention.sources.images import read_image
from benchmarks import pictures
from benchmarks.__main__ import names
from benchmarks.pictures import MEGAPIXELS, Row, first_mask, photograph, table


@pytest.fixture(scope="module")
def photo() -> bytes:
    return photograph()


def test_the_photograph_has_twelve_megapixels_and_is_reduced(photo):
    picture = read_image(photo)
    assert picture.original_size == MEGAPIXELS
    assert MEGAPIXELS[0] * MEGAPIXELS[1] == 12_000_000
    assert "reduced" in picture.notes


def test_the_way_to_the_first_mask_is_split_by_its_stages(photo):
    rows = first_mask(photo)
    stages = ["decode", "reduce", "features", "attention", "encode", "all of it"]
    assert [row.what.removeprefix("12 megapixels: ") for row in rows] == stages
    *parts, total = rows
    assert total.seconds == pytest.approx([sum(times) for times in zip(*(row.seconds for row in parts), strict=True)])
    assert all(row.met is None for row in rows)


@pytest.mark.parametrize(("seconds", "met"), [((0.1,) * 20, True), ((0.1,) * 19 + (9.0,), False), ((0.3,), False)])
def test_the_slider_is_claimed_for_95_of_100_moves(seconds, met):
    assert Row("slider", seconds, limit=0.25).met is met


def test_the_table_tells_ours_beside_the_bare_apps():
    header, slider, stage = table([Row("slider", (0.1, 0.1), (0.05, 0.05), 0.25), Row("decode", (0.04,))]).splitlines()
    assert header.split() == ["what", "p50", "p95", "bare", "p50", "bare", "p95", "limit"]
    assert " ".join(slider.split()) == "slider 100 ms 100 ms 50 ms 50 ms <= 250 ms met"
    assert " ".join(stage.split()) == "decode 40 ms 40 ms - - -"


def test_without_a_browser_the_slider_is_left_out(monkeypatch, capsys):
    monkeypatch.setattr(pictures, "find_browser", lambda: None)
    assert pictures.slider() == []
    assert pictures.INSTALL_BROWSER in capsys.readouterr().out


def test_it_is_found_and_the_bare_app_is_not():
    assert {"pictures", "bare", "one_slider"} & set(names()) == {"pictures"}
