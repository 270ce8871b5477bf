"""The Channel attention page without a browser: its numbers are the engine's, for every mechanism."""

import base64
import contextlib
import io

import numpy as np
import pytest
from PIL import Image

from attention.images import (
    CHANNELS,
    channel_attention,
    efficient_channel_attention,
    feature_maps,
    gather_excite,
    illustrative_channel_weights,
    squeeze_excitation,
)
from attention.images.illustrative import illustrative_eca_kernel, illustrative_se_weights
from attention.images.maps import sigmoid
from attention.images.rebuild import fit_decoder, levels_apart, rebuild
from attention.sources.images import read_image
from figures.masks import decode_values
from pages.pictures.channel_choice import Choice, pulled_gates
from pages.pictures.channel_view import view_of
from pages.pictures.channel_words import arrays
from pages.pictures.pulls import pulls_code
from pages.shared.compute import sample_picture
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by
from tests.pages.picture_helpers import ROOT, formulas, sample

RED, SKIN = CHANNELS.index("red"), CHANNELS.index("skin")
GATING = {  # address: the engine's trace
    ("se", "reduction", "4"): lambda X: squeeze_excitation(X, illustrative_se_weights(CHANNELS)),
    ("se", "reduction", "20"): lambda X: squeeze_excitation(X, illustrative_se_weights(CHANNELS, reduction=20)),
    ("cbam", "reduction", "2"): lambda X: channel_attention(X, illustrative_channel_weights(CHANNELS, reduction=2)),
    ("eca", "k", "3"): lambda X: efficient_channel_attention(X, illustrative_eca_kernel(3)),
    ("eca", "k", "7"): lambda X: efficient_channel_attention(X, illustrative_eca_kernel(7)),
    ("ge", "extent", "0"): lambda X: gather_excite(X, 0),
    ("ge", "extent", "8"): lambda X: gather_excite(X, 8),
}


def maps(code: str) -> np.ndarray:
    return feature_maps(read_image(sample(code)).rgb).maps


def rows(app) -> dict[str, dict]:
    return {row["id"]: row for row in component(app, "gates")["rows"]}


def gates(app) -> np.ndarray:
    by_name = rows(app)
    return np.array([by_name[name]["gate"] for name in CHANNELS])


def assert_share(app, X: np.ndarray, gates: np.ndarray) -> None:
    rgb = read_image(sample("cat")).rgb
    rebuilt = rebuild(X, gates, fit_decoder(X, rgb))
    sent = component(app, "channel_viewer")
    np.testing.assert_allclose(decode_values(sent), rebuilt.share, atol=2e-5)
    data = base64.b64decode(sent["result"].partition(",")[2])
    assert levels_apart(np.asarray(Image.open(io.BytesIO(data))), rebuilt.rgb) < 4  # JPEG


@pytest.mark.parametrize("asked", GATING, ids="-".join)
def test_gates_and_rebuilt_picture_are_the_engines(open_page, asked):
    mechanism, name, number = asked
    app = open_page("channel", sample="cat", gate=mechanism, **{name: number})
    X = maps("cat")
    trace = GATING[asked](X)
    applied = trace.gates
    means = applied.mean(axis=(1, 2)) if applied.ndim == 3 else applied
    np.testing.assert_allclose(gates(app), means, rtol=1e-5)
    assert_share(app, X, applied)
    np.testing.assert_allclose([rows(app)[c]["squeezed"][0] for c in CHANNELS], X.mean(axis=(1, 2)), rtol=1e-4)


def test_on_arrival_it_says_whose_the_weights_are_and_how_well_equal_gates_rebuild(open_page, language):
    app, texts = open_page("channel"), strings(language)
    X, rgb = maps("rocket"), read_image(sample("rocket")).rgb
    np.testing.assert_allclose(gates(app), squeeze_excitation(X, illustrative_se_weights(CHANNELS)).gates, rtol=1e-5)
    captions = [caption.value for caption in app.caption]
    assert texts["channel.badge_help.se"] in captions
    error = levels_apart(rebuild(X, np.ones(20), fit_decoder(X, rgb)).rgb, rgb)
    assert texts["channel.rebuilt.note"].format(error=f"{error:.1f}", mechanism="SE") in captions
    assert error < 4.5


@pytest.mark.parametrize("mechanism", ["se", "eca", "cbam", "ge"])
def test_pulled_gates_replace_the_computed_ones(open_page, language, mechanism):
    app = open_page("channel", sample="cat", gate=mechanism, pulled="red:0;skin:0.9")
    X = maps("cat")
    plain = gates(open_page("channel", sample="cat", gate=mechanism, pulled=""))
    expected = plain.copy()
    expected[RED], expected[SKIN] = 0, 0.9
    np.testing.assert_allclose(gates(app), expected, rtol=1e-5)
    assert [name for name, row in rows(app).items() if row["pulled"]] == ["red", "skin"]
    assert rows(app)["red"]["computed"] == pytest.approx(plain[RED], rel=1e-5)
    assert_share(app, X, expected)
    sentence = component(app, "channel_viewer")["text"]["sentence"]
    assert strings(language)["channel.rebuilt.before_pull"] in sentence
    assert strings(language)["channel.sum.by_hand"].format(gate="0.000") in [text.value for text in app.markdown]


def test_a_gate_pulled_in_a_map_is_the_same_everywhere(open_page):
    app = open_page("channel", sample="cat", gate="ge", extent="4", pulled="skin:0.25")
    X = maps("cat")
    applied = gather_excite(X, 4).gates.copy()
    applied[SKIN] = 0.25
    assert_share(app, X, applied)


def test_all_gates_shut_leave_a_page_that_lives(open_page):
    app = open_page("channel", sample="cat", pulled=";".join(f"{name}:0" for name in CHANNELS))
    assert (gates(app) == 0).all()
    assert (decode_values(component(app, "channel_viewer")) == 0).all()


def test_letting_all_go_can_be_undone(open_page):
    app = open_page("channel", pulled="red:0.5")
    checked(app.button(key="pulled_free").click().run())
    assert not any(row["pulled"] for row in rows(app).values())
    checked(app.button(key="pulled_undo").click().run())
    assert rows(app)["red"]["gate"] == 0.5
    assert app.button(key="pulled_undo").disabled


@pytest.mark.parametrize("rank", ["gate", "squeezed"])
def test_rows_are_sorted_on_demand(open_page, rank):
    sent = component(open_page("channel", sample="coffee", rank=rank, pulled="edge_0:1"), "gates")["rows"]
    numbers = [row["computed"] if rank == "gate" else row["squeezed"][0] for row in sent]
    assert numbers == sorted(numbers, reverse=True)


def test_every_mechanism_opens_down_to_the_number_of_its_bar(open_page):
    for mechanism in ("se", "eca", "cbam", "ge"):
        app = open_page("channel", sample="cat", gate=mechanism, channel="luminance")
        gate = rows(app)["luminance"]["gate"]
        assert formulas(app).rstrip("$\n").endswith(f"= {gate:.3f}"), mechanism


def test_products_of_the_opened_gate_add_up(open_page):
    X, i = maps("cat"), CHANNELS.index("blue_yellow")
    weights = illustrative_channel_weights(CHANNELS)
    hidden = map_values(open_page("channel", sample="cat", gate="cbam", channel="blue_yellow"), "hidden_units")
    z = sum(hidden[path] @ hidden[2] + weights.b2[i] for path in (0, 1))
    assert z == pytest.approx(channel_attention(X, weights).logits[i], abs=1e-4)
    for k in ("3", "7"):
        products = map_values(open_page("channel", sample="cat", gate="eca", k=k, channel="red"), "neighbours")
        np.testing.assert_allclose(products[2], products[0] * products[1], atol=1e-6)
        assert (products[0, : int(k) // 2] == 0).all()  # red is the first of the stack
        logits = efficient_channel_attention(X, illustrative_eca_kernel(int(k))).logits
        assert products[2].sum() == pytest.approx(logits[RED], abs=1e-4)


def test_a_gathered_cell_is_opened_at_the_pinned_place(open_page):
    app = open_page("channel", sample="cat", gate="ge", extent="16", channel="skin", pixel="200,100", see="gate_map")
    gate = gather_excite(maps("cat"), 16).gates[SKIN]
    np.testing.assert_allclose(decode_values(component(app, "channel_viewer")), gate, atol=2e-5)
    assert f"= {gate[99, 199]:.3f}" in formulas(app)


@pytest.mark.parametrize("see", ["channel", "gated"])
def test_the_opened_channel_is_shown_large(open_page, language, see):
    app = open_page("channel", sample="cat", channel="skin", see=see)
    X = maps("cat")[SKIN]
    shown = X if see == "channel" else X * rows(app)["skin"]["gate"]
    sent = component(app, "channel_viewer")
    np.testing.assert_allclose(decode_values(sent), shown, atol=2e-5)
    about = strings(language)["picture.about.skin"]
    assert (about in sent["text"]["sentence"]) == (see == "channel")


def test_the_kernel_size_follows_from_its_formula(open_page):
    said = " ".join(text.value for text in open_page("channel", gate="eca").markdown)
    assert "2.66" in said
    assert "**3**" in said


def test_junk_in_the_address_falls_back(open_page):
    junk = {"gate": "<b>", "reduction": "3", "pulled": "red:nan;x:0.5;skin:7", "rank": "?", "see": "x", "channel": "y"}
    app = open_page("channel", sample="cat", size="huge", **junk)
    np.testing.assert_allclose(
        gates(app), squeeze_excitation(maps("cat"), illustrative_se_weights(CHANNELS)).gates, rtol=1e-5
    )
    for name in (*junk, "size"):
        assert name not in app.query_params, name


def test_pulled_gates_read_what_they_write():
    pulled = {"red": 0.9, "skin": 0.0, "edge_45": 1.0}
    assert pulled_gates(pulls_code(pulled)) == pulled
    assert pulls_code(pulled) == "red:0.9;skin:0;edge_45:1"
    for junk in ("", "red", "red:", "red:1.5", "red:-1", "red:1e-3", "red:٠", "purple:0.5", ";;:"):
        assert pulled_gates(junk) == {}, junk
    assert pulled_gates("x:1;red:0.25;blue:2") == {"red": 0.25}


@pytest.mark.parametrize("mechanism", ["se", "eca", "cbam", "ge"])
def test_the_printed_lines_print_the_numbers_on_the_page(open_page, mechanism):
    app = open_page("channel", sample="shapes", gate=mechanism, channel="red", pulled="red:0.3")
    (lines,) = [code.value for code in app.code if "attention.images" in code.value]
    with contextlib.chdir(ROOT):
        before, after, share = printed_by(lines)
    assert before == pytest.approx(rows(app)["red"]["computed"], rel=1e-5)
    assert after == pytest.approx(0.3)
    assert share == pytest.approx(float(decode_values(component(app, "channel_viewer")).mean()), abs=1e-4)


@pytest.mark.parametrize("choice", [("se", 4), ("cbam", 4), ("eca", 3), ("ge", 0), ("ge", 8)])
def test_what_is_taken_home_holds_every_stage(choice):
    stages = arrays(view_of(sample_picture("cat"), Choice(*choice, {"red": 0.5}), RED))
    if "kernel" in stages:
        z = np.convolve(np.pad(stages["squeezed_avg"], 1), stages["kernel"], "valid")
    elif "gathered" in stages:
        z = stages["gathered"].mean(axis=(1, 2)) if choice[1] == 0 else None
    else:
        z = sum(stages[name] @ stages["W2"].T + stages["b2"] for name in stages if name.startswith("hidden"))
    if z is not None:
        np.testing.assert_allclose(sigmoid(z), stages["gates"], atol=1e-5)
    assert (stages["gates_applied"][RED] == 0.5).all()
    assert np.isnan(stages["pulled"]).sum() == 19
    assert set(stages["names"]) == set(CHANNELS)
    assert stages["rebuilt"].shape == stages["rgb"].shape
