"""The Mixed attention page without a browser: four orders, what each lets through, and what another changes."""

import contextlib
from itertools import pairwise

import numpy as np
import pytest

from attention.images import (
    CHANNELS,
    bam,
    cbam,
    feature_maps,
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from attention.images.illustrative import GATED_THRESHOLD, RAW_THRESHOLD
from attention.sources.images import read_image
from figures.masks import decode_values
from figures.numbers import percent
from pages.pictures.mixed_orders import ORDERS, arrays, mixed
from pages.shared.compute import sample_picture
from pages.shared.texts import strings
from tests.pages.conftest import component, printed_by
from tests.pages.picture_helpers import ROOT, sample

THRESHOLDS = {"channel_first": GATED_THRESHOLD, "spatial_first": RAW_THRESHOLD, "parallel": RAW_THRESHOLD}


def engine(code: str, order: str):
    """Gates, mask and share of an order, written out."""
    X = feature_maps(read_image(sample(code)).rgb).maps
    if order == "bam":
        added = bam(X, illustrative_bam_weights(CHANNELS)).attention - 1
        return added.mean(axis=(1, 2)), added.mean(axis=0), (X * added).sum(axis=0) / X.sum(axis=0)
    weights = illustrative_channel_weights(CHANNELS), illustrative_spatial_weights(threshold=THRESHOLDS[order])
    trace = cbam(X, *weights, order=order)
    return trace.gates, trace.mask, trace.output.sum(axis=0) / X.sum(axis=0)


def shown(app, viewer: str) -> np.ndarray:
    return decode_values(component(app, viewer))


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_the_engines_numbers(open_page, order):
    app = open_page("mixed", sample="cat", mix=order)
    gates, _, share = engine("cat", order)
    np.testing.assert_allclose(shown(app, "mixed_viewer"), share, atol=2e-5)
    bars = component(app, "mixed_gates")["items"]
    np.testing.assert_allclose([bar["value"] for bar in bars], np.sort(gates)[::-1], atol=1e-6)


@pytest.mark.parametrize("order", ORDERS)
def test_the_mask_is_one_click_away(open_page, order):
    app = open_page("mixed", sample="cat", mix=order, whole="mask")
    np.testing.assert_allclose(shown(app, "mixed_viewer"), engine("cat", order)[1], atol=2e-5)
    assert [item["id"] for item in component(app, "strip_whole")["items"]] == ["mask", "share", "result"]


@pytest.mark.parametrize(("order", "against"), list(zip(ORDERS, (*ORDERS[1:], ORDERS[0]), strict=True)))
def test_the_difference_is_what_is_let_through_here_less_there(open_page, order, against):
    app = open_page("mixed", sample="shapes", mix=order, against=against)
    difference = engine("shapes", order)[2] - engine("shapes", against)[2]
    payload = component(app, "difference_viewer")
    np.testing.assert_allclose(decode_values(payload), difference, atol=5e-5)
    assert payload["scale"] == "diverging"
    assert payload["range"] == pytest.approx([-np.abs(difference).max(), np.abs(difference).max()], rel=1e-5)


def test_the_sentence_names_the_change_and_the_gate_that_changes_most(open_page, language):
    app = open_page("mixed", sample="cat", mix="spatial_first")
    (after, _, share), (before, _, other) = engine("cat", "spatial_first"), engine("cat", "channel_first")
    most = int(np.abs(after - before).argmax())
    sentence = component(app, "difference_viewer")["text"]["sentence"]
    for told in (
        f"{np.abs(share - other).mean():.2f}",
        strings(language)[f"picture.channel.{CHANNELS[most]}"],
        f"{before[most]:.2f}",
        f"{after[most]:.2f}",
    ):
        assert told in sentence


@pytest.mark.parametrize("order", ORDERS)
def test_the_sentence_says_how_large_its_largest_part_is(open_page, language, order):
    share = engine("astronaut", order)[2]
    height, width = (size // 3 for size in share.shape)
    edges = [(0, n, size - n, size) for n, size in zip((height, width), share.shape, strict=True)]
    largest = max(
        share[top:bottom, left:right].sum() for top, bottom in pairwise(edges[0]) for left, right in pairwise(edges[1])
    )
    app = open_page("mixed", sample="astronaut", mix=order)
    assert percent(largest / share.sum()) in component(app, "mixed_viewer")["text"]["sentence"]


def test_another_gate_is_named_by_the_address(open_page, language):
    app = open_page("mixed", sample="cat", named="blue")
    payload = component(app, "mixed_gates")
    blue = strings(language)["picture.channel.blue"]
    assert payload["items"][payload["chosen"]]["label"] == blue
    assert blue in component(app, "difference_viewer")["text"]["sentence"]


def test_the_pinned_pixel_is_told_in_both_orders(open_page):
    app = open_page("mixed", sample="cat", pixel="120,80", mix="parallel", against="channel_first")
    here, there = (engine("cat", order)[2][79, 119] for order in ("parallel", "channel_first"))
    (told,) = [text.value for text in app.markdown if "120" in text.value and "80" in text.value]
    assert f"{here:.3f}" in told
    assert f"{there:.3f}" in told


@pytest.mark.parametrize("order", ORDERS)
def test_the_printed_lines_print_the_share_at_the_pixel(open_page, order):
    app = open_page("mixed", sample="cat", mix=order, pixel="120,80")
    (lines,) = [code.value for code in app.code if "attention.images" in code.value]
    with contextlib.chdir(ROOT):
        assert printed_by(lines) == pytest.approx([engine("cat", order)[2][79, 119]], abs=1e-5)


def test_an_order_is_never_held_against_itself(open_page):
    app = open_page("mixed", sample="cat", mix="bam", against="bam")
    assert app.session_state["against"] == "channel_first"
    assert "against" not in app.query_params


def test_junk_in_the_address_falls_back(open_page):
    app = open_page("mixed", mix="?", against="x", whole="<b>", named="x", pixel="0,0")
    np.testing.assert_allclose(shown(app, "mixed_viewer"), engine("rocket", "channel_first")[2], atol=2e-5)
    for name in ("mix", "against", "whole", "named", "pixel"):
        assert name not in app.query_params


def test_the_paper_is_named_as_the_source_of_its_finding(open_page, language):
    assert strings(language)["mixed.paper"] in [text.value for text in open_page("mixed").markdown]


@pytest.mark.parametrize("order", ORDERS)
def test_gates_masks_and_shares_are_between_0_and_1(order):
    run = mixed(sample_picture("coffee"), order)
    for values in (run.gates, run.mask, run.share):
        assert values.min() >= 0
        assert values.max() <= 1


def test_what_is_taken_home_holds_both_orders():
    picture = sample_picture("cat")
    taken = arrays(picture, "spatial_first", "bam")
    X = taken["channels"]
    np.testing.assert_allclose(taken["spatial_first_output"], X * _outer(taken), atol=1e-6)
    np.testing.assert_allclose(taken["bam_output"], X * taken["bam_attention"], atol=1e-6)
    np.testing.assert_allclose(taken["bam_share"], (X * (taken["bam_attention"] - 1)).sum(0) / X.sum(0), atol=1e-5)


def _outer(taken: dict[str, np.ndarray]) -> np.ndarray:
    return taken["spatial_first_gates"][:, None, None] * taken["spatial_first_mask"]


def test_in_parallel_the_gates_stay_as_they_are(open_page, language):
    app = open_page("mixed", sample="cat", mix="parallel", named="red")
    gate = engine("cat", "channel_first")[0][CHANNELS.index("red")]
    texts = strings(language)
    stays = texts["mixed.difference.gate_same"].format(name=texts["picture.channel.red"], after=f"{gate:.2f}")
    assert component(app, "difference_viewer")["text"]["sentence"].endswith(stays)
