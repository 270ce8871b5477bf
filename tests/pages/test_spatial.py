"""The Spatial attention page without a browser: its numbers are the engine's, for every mechanism and stage."""

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    RAW_THRESHOLD,
    bam,
    feature_maps,
    illustrative_bam_weights,
    illustrative_spatial_weights,
    simam,
    spatial_attention,
)
from attention.images.maps import sigmoid
from attention.sources.images import read_image
from figures.masks import decode_values
from pages.pictures import spatial_bam, spatial_cbam, spatial_simam
from pages.shared.compute import sample_picture
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by
from tests.pages.picture_helpers import ROOT, formulas, sample

VIEWER = "spatial_viewer"


def channels(code: str) -> np.ndarray:
    return feature_maps(read_image(sample(code)).rgb).maps


def cbam_half(code: str, **arguments):
    arguments = {"threshold": RAW_THRESHOLD, **arguments}
    return spatial_attention(channels(code), illustrative_spatial_weights(**arguments))


def bam_branch(code: str, dilation: int = 4, **arguments):
    return bam(channels(code), replace(illustrative_bam_weights(CHANNELS, **arguments), dilation=dilation))


def shown(app) -> np.ndarray:
    return decode_values(component(app, VIEWER))


def assert_shows(app, values: np.ndarray) -> None:
    np.testing.assert_allclose(shown(app), values, atol=2e-5 * max(1, np.ptp(values)))  # 16-bit steps


def printed(app) -> list[float]:
    (lines,) = [code.value for code in app.code if "attention.images" in code.value]
    with contextlib.chdir(ROOT):
        return printed_by(lines)


def test_on_arrival_the_mask_is_shown_and_whose_the_weights_are(open_page, language):
    app, texts = open_page("spatial"), strings(language)
    assert_shows(app, cbam_half("rocket").mask)
    assert texts["spatial.lead"] in [text.value for text in app.markdown]
    assert texts["spatial.cbam.about"] in [caption.value for caption in app.caption]


@pytest.mark.parametrize("stage", ["max", "mean", "logits", "mask"])
def test_every_stage_of_cbam_is_the_engines(open_page, stage):
    trace = cbam_half("cat")
    values = {"max": trace.pooled[0], "mean": trace.pooled[1], "logits": trace.logits, "mask": trace.mask}
    app = open_page("spatial", sample="cat", stage=stage)
    assert_shows(app, values[stage])
    assert component(app, "strip_stage")["chosen"] == stage


@pytest.mark.parametrize("stage", ["reduced", "first", "second", "logits", "mask"])
def test_every_stage_of_bam_is_the_engines(open_page, stage):
    trace = bam_branch("cat")
    values = {
        "reduced": trace.reduced.mean(axis=0),
        "first": trace.dilated[0].mean(axis=0),
        "second": trace.dilated[1].mean(axis=0),
        "logits": trace.spatial_logits,
        "mask": sigmoid(trace.spatial_logits),
    }
    assert_shows(open_page("spatial", sample="cat", place="bam", stage=stage), values[stage])


@pytest.mark.parametrize("stage", ["input", "distance", "energy", "mask"])
@pytest.mark.parametrize("only", ["all", "red"])
def test_every_stage_of_simam_is_the_engines(open_page, stage, only):
    X = channels("cat") if only == "all" else channels("cat")[[CHANNELS.index(only)]]
    trace = simam(X)
    squared = np.square(X - X.mean(axis=(1, 2), keepdims=True))
    values = {"input": X, "distance": squared, "energy": trace.energy, "mask": trace.mask}[stage].mean(axis=0)
    assert_shows(open_page("spatial", sample="cat", place="simam", stage=stage, only=only), values)


def test_the_strip_ends_in_what_comes_out(open_page, language):
    items = component(open_page("spatial"), "strip_stage")["items"]
    texts = strings(language)
    assert [item["sign"] for item in items] == ["", "+", "→", "→", "→"]
    assert items[-1]["label"] == texts["spatial.result"]
    assert [item["label"] for item in items[:-1]] == [
        texts[f"spatial.cbam.{stage}.label"] for stage in ("max", "mean", "logits", "mask")
    ]


@pytest.mark.parametrize("kernel", ["3", "5", "11"])
def test_every_kernel_is_read_from_the_address(open_page, kernel):
    app = open_page("spatial", sample="cat", kernel=kernel)
    assert_shows(app, cbam_half("cat", kernel_size=int(kernel)).mask)
    assert component(app, "kernel_max")["rows"] == int(kernel)


def test_sliders_move_the_mask_and_one_button_puts_them_back(open_page):
    app = open_page("spatial", sample="cat", kernel="5")
    app.slider(key="thr").set_value(1.4).run()
    checked(app.slider(key="sur").set_value(0.0).run())
    assert_shows(app, cbam_half("cat", threshold=1.4, surround=0.0, kernel_size=5).mask)
    assert app.button(key="reset_spatial").disabled is False
    checked(app.button(key="reset_spatial").click().run())
    assert_shows(app, cbam_half("cat").mask)
    assert app.button(key="reset_spatial").disabled is True


def test_the_dilation_and_the_sliders_of_bam(open_page):
    app = open_page("spatial", sample="cat", place="bam", dilation="8")
    checked(app.slider(key="bam_thr").set_value(4.0).run())
    assert_shows(app, sigmoid(bam_branch("cat", 8, threshold=4.0).spatial_logits))
    checked(app.button(key="reset_spatial").click().run())
    assert_shows(app, sigmoid(bam_branch("cat").spatial_logits))


def test_lambda_flattens_the_mask_of_simam(open_page):
    app = open_page("spatial", sample="cat", place="simam")
    before = np.ptp(shown(app))
    checked(app.slider(key="lam").set_value(0.0).run())
    assert np.ptp(shown(app)) < before
    assert_shows(app, simam(channels("cat"), lam=1.0).mask.mean(axis=0))


def test_an_opened_pixel_of_cbam_ends_in_its_number(open_page):
    app = open_page("spatial", sample="cat", pixel="120,80")
    trace = cbam_half("cat")
    assert component(app, VIEWER)["chosen"] == [79, 119]
    assert f"= {trace.mask[79, 119]:.3f}" in formulas(app)
    products = [map_values(app, f"products_{plane}").astype(np.float64).sum() for plane in ("max", "mean")]
    bias = illustrative_spatial_weights(threshold=RAW_THRESHOLD).bias
    assert sum(products) + bias == pytest.approx(trace.logits[79, 119], abs=1e-4)
    assert map_values(app, "window_mean")[3, 3] == trace.pooled[1, 79, 119]


def test_beyond_the_border_the_window_is_zero(open_page):
    app = open_page("spatial", sample="cat", pixel="1,1")
    window = map_values(app, "window_max")
    assert (window[:3] == 0).all()
    assert (window[:, :3] == 0).all()
    assert f"= {cbam_half('cat').mask[0, 0]:.3f}" in formulas(app)


@pytest.mark.parametrize("pixel", [(79, 119), (0, 0)])
@pytest.mark.parametrize("dilation", [1, 4])
def test_an_opened_pixel_of_bam_ends_in_its_number(open_page, pixel, dilation):
    row, column = pixel
    app = open_page("spatial", sample="cat", place="bam", dilation=str(dilation), pixel=f"{column + 1},{row + 1}")
    trace = bam_branch("cat", dilation)
    assert f"= {sigmoid(trace.spatial_logits[pixel]):.3f}" in formulas(app)
    answers, counts, products = map_values(app, "spatial_bam_open")
    np.testing.assert_allclose(answers, trace.dilated[1][:, row, column], atol=1e-5)
    np.testing.assert_allclose(answers * counts, products, atol=1e-4)
    s = int(products.argmax())
    for name, made in zip(("first", "second"), trace.dilated, strict=True):
        total = map_values(app, f"products_{name}").astype(np.float64).sum()
        assert max(total, 0) == pytest.approx(made[s, row, column], abs=1e-4)


@pytest.mark.parametrize("only", ["all", "darkness"])
def test_an_opened_pixel_of_simam_ends_in_its_number(open_page, only):
    app = open_page("spatial", sample="cat", place="simam", only=only, pixel="120,80")
    X = channels("cat") if only == "all" else channels("cat")[[CHANNELS.index(only)]]
    assert f"= {simam(X).mask[:, 79, 119].mean():.3f}" in formulas(app)


@pytest.mark.parametrize(
    "address",
    [
        {"kernel": "11", "thr": "1.5"},
        {"place": "bam", "dilation": "2", "bam_sur": "2.0"},
        {"place": "simam"},
        {"place": "simam", "only": "skin", "lam": "-2"},
    ],
)
def test_the_printed_lines_print_the_number_of_the_pixel(open_page, address):
    app = open_page("spatial", sample="shapes", pixel="380,246", **address)
    assert printed(app) == pytest.approx([shown(app)[245, 379]], abs=2e-5)


def test_junk_in_the_address_falls_back(open_page):
    junk = {"place": "?", "stage": "<b>", "kernel": "4", "pixel": "9999,-1", "thr": "NaN", "dilation": "x", "only": "x"}
    app = open_page("spatial", **junk)
    assert_shows(app, cbam_half("rocket").mask)
    for name in ("place", "stage", "kernel", "pixel"):  # the others stand there until their mechanism is chosen
        assert name not in app.query_params


def test_a_stage_of_another_mechanism_falls_back_to_the_mask(open_page):
    app = open_page("spatial", sample="cat", place="bam", stage="energy")
    assert_shows(app, sigmoid(bam_branch("cat").spatial_logits))


def test_a_mask_that_is_shut_says_so(open_page, language):
    app = open_page("spatial", sample="cat")
    app.slider(key="mean").set_value(0.0).run()
    checked(app.slider(key="max").set_value(0.0).run())
    assert component(app, VIEWER)["text"]["sentence"] == strings(language)["spatial.mask.closed"]


@pytest.mark.parametrize("slider", [*spatial_cbam.SLIDERS, *spatial_bam.SLIDERS, spatial_simam.LAM])
def test_the_sliders_start_where_they_can_return_to(slider):
    steps = (slider.default - slider.lowest) / slider.step
    assert steps == pytest.approx(round(steps))
    assert slider.lowest < slider.default < slider.highest


def test_what_is_taken_home_is_computed_anew_and_whole():
    run = spatial_cbam.run_default(sample_picture("cat"))
    arrays = run.again().arrays()
    np.testing.assert_array_equal(arrays["mask"], run.mask)
    np.testing.assert_allclose(arrays["output"], arrays["channels"] * arrays["mask"], atol=1e-6)
    np.testing.assert_allclose(sigmoid(arrays["logits"]), arrays["mask"], atol=1e-6)
