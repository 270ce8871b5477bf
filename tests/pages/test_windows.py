"""The view of windows without a browser: what it shows is the network's own attention, whatever is asked."""

from pathlib import Path

import numpy as np
import pytest

from attention.networks.promptable import load_promptable
from attention.sources.images import read_image
from figures.numbers import weight
from figures.packed import unpack
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by
from tests.pages.picture_helpers import encoded, formulas, gradient, upload

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def coffee():
    """The coffee as the network reads it."""
    rgb = read_image(SAMPLES["coffee"].read_bytes()).rgb
    return load_promptable(ROOT / "assets/models/mobile-sam").read(rgb)


@pytest.fixture
def open_windows(open_page):
    def run(**address):
        return open_page("click", **{"sample": "coffee", "eye": "windows", **address})

    return run


def grid(app):
    return component(app, "window_grid")


def pin(app):
    return component(app, "window_grid_pin")


def row_of(app):
    shown = pin(app)
    return unpack(shown["row"], (shown["rows"], shown["columns"]))


@pytest.mark.parametrize(("block", "lens", "head"), [("1", "mean", None), ("2", "4", 3), ("5", "2", 1), ("9", "10", 9)])
def test_the_grid_is_the_networks_own_attention(open_windows, coffee, block, lens, head):
    app = open_windows(depth=block, lens=lens, stands="420.0_300.0")
    trace = coffee.windows(int(block))
    cell = 512 // trace.shape[0]
    row, column = int((300 * 341 / 400 + 0.5) / cell), int((420 * 512 / 600 + 0.5) / cell)
    window, place = trace.find(row, column)
    weights = trace.weights[window, :, place]
    expected = (weights.mean(axis=0) if head is None else weights[head]).reshape(trace.window, -1)

    shown = grid(app)
    rows, columns, n = shown["rows"], shown["columns"], trace.window**2
    assert (rows, columns, shown["window"]) == (-(-341 // cell), trace.shape[1], trace.window)
    assert (shown["rowEdges"][-1], shown["columnEdges"][-1]) == (341, 512)
    sent = unpack(shown["values"], (rows * columns, n))[row * columns + column]
    np.testing.assert_allclose(sent, expected.ravel(), atol=1e-6)

    assert pin(app)["asks"] == row * columns + column
    top, left = (at - at % trace.window for at in (row, column))
    within = row_of(app)[top : top + trace.window, left : left + trace.window]
    np.testing.assert_allclose(within, expected[: within.shape[0], : within.shape[1]], atol=1e-6)
    assert row_of(app).sum() == pytest.approx(within.sum(), abs=1e-5)

    bias = trace.distance_bias
    np.testing.assert_allclose(map_values(app, "window_bias"), bias.mean(axis=0) if head is None else bias[head])


def test_on_arrival_the_patch_of_the_click_asks_and_its_strongest_other_is_opened(open_windows, language):
    app = open_windows(points="300.200")
    shown = pin(app)
    assert divmod(shown["asks"], shown["columns"]) == (10, 16)
    values = row_of(app)
    asks, looks = np.unravel_index(shown["asks"], values.shape), np.unravel_index(shown["looks"], values.shape)
    assert looks != asks
    assert values[looks] == max(value for at, value in np.ndenumerate(values) if at != asks)
    title = app.subheader[-1].value
    assert weight(float(values[looks])) in title
    assert strings(language)["windows.block.label"] in [control.label for control in app.segmented_control]


def test_the_opened_number_is_softmax_of_score_and_bias(open_windows, coffee):
    app = open_windows(depth="4", lens="3", stands="300.0_200.0", meets="330.0_180.0")
    trace = coffee.windows(4)
    window, place = trace.find(10, 16)
    _, other = trace.find(int((180 * 341 / 400 + 0.5) / 16), int((330 * 512 / 600 + 0.5) / 16))
    whole, at = trace.attention, (window, 2, place, other)
    said = formulas(app)
    for number in (whole.scores[at], whole.scaled[at], abs(whole.mask[2, place, other]), whole.masked[at]):
        assert f"{number:.3f}" in said
    lines = app.code[-1].value
    assert printed_by(lines) == pytest.approx([trace.weights[at]], abs=1e-6)


def test_the_lines_print_the_mean_as_well(open_windows):
    app = open_windows()
    shown = pin(app)
    looked = row_of(app).ravel()[shown["looks"]]
    assert printed_by(app.code[-1].value) == pytest.approx([looked], abs=1e-6)


def test_another_block_keeps_the_place_that_asks(open_windows):
    app = open_windows(depth="5", stands="430.0_310.0")
    before = np.array(divmod(pin(app)["asks"], pin(app)["columns"]))
    checked(app.segmented_control(key="depth").set_value("1").run())
    after = np.array(divmod(pin(app)["asks"], pin(app)["columns"]))
    np.testing.assert_array_equal(after // 2, before)


def test_a_head_that_a_block_does_not_have_is_the_mean_of_all(open_windows):
    app = open_windows(depth="9", lens="10")
    checked(app.segmented_control(key="depth").set_value("3").run())
    assert component(app, "window_heads")["chosen"] == "mean"


def test_junk_falls_back(open_windows):
    app = open_windows(depth="99", lens="x", press="?", stands="9999.0_1.0", meets="<b>", points="300.200")
    assert app.segmented_control(key="depth").value == "5"
    assert divmod(pin(app)["asks"], pin(app)["columns"]) == (10, 16)


def test_a_place_outside_the_window_is_not_opened(open_windows):
    app = open_windows(depth="1", stands="300.0_200.0", meets="20.0_20.0")
    shown, values = pin(app), row_of(app)
    assert values.ravel()[shown["looks"]] == np.delete(values.ravel(), shown["asks"]).max()


def test_what_goes_to_the_padding_is_said(open_windows, language):
    app = open_windows(depth="5", stands="300.0_399.0")
    left = 1 - float(row_of(app).sum())
    assert left > 0.05
    beyond = strings(language)["windows.beyond"].split("{share}")[-1]
    assert beyond in pin(app)["text"]["sentence"]


@pytest.mark.parametrize("size", [(1, 1), (3, 300), (300, 3)])
def test_pictures_of_any_shape(open_windows, size):
    app = upload(open_windows(), encoded(gradient(*size)))
    shown = grid(app)
    assert shown["rows"] * shown["columns"] > 0
    assert np.isfinite(row_of(app)).all()
