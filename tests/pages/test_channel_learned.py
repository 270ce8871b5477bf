"""The Channel attention page with a trained classifier's channels: its numbers are the network's."""

import contextlib

import numpy as np
import pytest

from figures.masks import decode_values
from pages.pictures.learned_choice import pulled_code, pulled_gates
from pages.pictures.learned_stage import arrays
from pages.pictures.learned_view import SHOWN, LearnedView
from pages.shared.compute import sample_picture
from pages.shared.networks import classifier, sample_gates
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values, printed_by
from tests.pages.picture_helpers import ROOT, formulas


def trace(code: str = "coffee", gates=None):
    return classifier()(sample_picture(code).rgb, gates)


def rows(app) -> list[dict]:
    return component(app, "learned_gates")["rows"]


def said(app) -> str:
    return " ".join(text.value for text in app.markdown)


def learned(open_page, block: int = 6, **address: str):
    return open_page("channel", sample="coffee", bank="trained", learned_block=str(block), **address)


@pytest.mark.parametrize("block", [1, 6])
def test_gates_and_means_are_the_networks(open_page, block):
    sent, own = rows(learned(open_page, block)), trace().blocks[block - 1]
    assert len(sent) == SHOWN
    for row in sent:
        channel = int(row["id"]) - 1
        assert row["computed"] == row["gate"] == pytest.approx(float(own.own[channel]))
        assert row["squeezed"] == [pytest.approx(float(own.squeezed[channel]))]


@pytest.mark.parametrize("rank", ["active", "open", "shut", "unusual"])
def test_the_first_of_an_order_are_shown(open_page, rank):
    block = trace().blocks[5]
    usual = np.mean([gates[5] for gates in sample_gates(classifier).values()], axis=0)
    by = {"active": block.squeezed, "open": block.own, "shut": -block.own, "unusual": abs(block.own - usual)}[rank]
    shown = [int(row["id"]) - 1 for row in rows(learned(open_page, learned_rank=rank))]
    assert by[shown].tolist() == sorted(by, reverse=True)[:SHOWN]


def test_only_the_unusual_read_all_samples(monkeypatch):
    monkeypatch.setattr("pages.pictures.learned_view.usual_gates", lambda network, number: 1 / 0)
    for rank in ("active", "open", "shut"):
        assert len(LearnedView(sample_picture("cat"), 2, rank, {}, None).ranked) == SHOWN
    with pytest.raises(ZeroDivisionError):
        _ = LearnedView(sample_picture("cat"), 2, "unusual", {}, None).ranked


def test_pulled_and_opened_channels_stay_in_the_list(open_page):
    sent = rows(learned(open_page, learned_pulled="7:0.25", learned_channel="500"))
    assert [row["id"] for row in sent[SHOWN:]] == ["7", "500"]
    assert [row["gate"] for row in sent if row["pulled"]] == [0.25]


def test_shutting_all_that_are_shown_changes_what_the_network_says(open_page, language):
    app, texts = learned(open_page, 3), strings(language)
    assert {"en": "**espresso**", "zh": "**意式浓缩咖啡**"}[language] in said(app)
    checked(app.button(key="learned_shut_all").click().run())
    gates = trace().blocks[2].own.copy()
    gates[[int(row["id"]) - 1 for row in rows(app)]] = 0
    assert all(row["gate"] == 0 for row in rows(app))
    changed = trace(gates={3: gates}).probabilities
    assert classifier().labels[changed.argmax()] == "cup"
    assert {"en": "**cup**", "zh": "**杯子**"}[language] in said(app)
    assert texts["learned.by_hand"].format(count=SHOWN) in component(app, "learned_gates")["text"]["sentence"]
    checked(app.button(key="learned_pulled_undo").click().run())
    assert not any(row["pulled"] for row in rows(app))
    assert app.button(key="learned_pulled_undo").disabled


def test_gates_pulled_in_one_block_are_let_go_in_another(open_page):
    app = learned(open_page, 6, learned_pulled="339:1")
    assert rows(app)[0]["pulled"]
    app.button_group(key="learned_block").set_value("5")
    checked(app.run())
    assert not any(row["pulled"] for row in rows(app))
    assert "learned_pulled" not in app.query_params


@pytest.mark.parametrize("see", ["before", "after"])
def test_the_opened_channel_is_shown_large(open_page, see):
    app = learned(open_page, learned_channel="278", learned_pulled="278:0.5", learned_see=see)
    X = trace().blocks[5].X[277]
    np.testing.assert_allclose(
        decode_values(component(app, "learned_viewer")), X * (0.5 if see == "after" else 1), atol=2e-4 * X.max()
    )


def test_the_opened_gate_adds_up(open_page):
    app = learned(open_page, learned_channel="278")
    assert formulas(app).rstrip("$\n").endswith(f"= {trace().blocks[5].own[277]:.3f}")
    hidden, weights, products = map_values(app, "learned_units")
    np.testing.assert_allclose(products, hidden * weights, atol=1e-5)
    assert list(abs(products)) == sorted(abs(products), reverse=True)


def test_the_printed_lines_print_the_numbers_on_the_page(open_page):
    app = learned(open_page, 3, learned_channel="12", learned_pulled="12:1;40:0")
    (lines,) = [code.value for code in app.code if "load_classifier" in code.value]
    with contextlib.chdir(ROOT):
        gate, own, changed = printed_by(lines)
    block = trace().blocks[2]
    assert gate == pytest.approx(float(block.own[11]))
    assert own == pytest.approx(float(trace().probabilities.max()))
    gates = block.own.copy()
    gates[[11, 39]] = 1, 0
    assert changed == pytest.approx(float(trace(gates={3: gates}).probabilities.max()))


def test_what_is_taken_home_holds_every_stage():
    stages = arrays(LearnedView(sample_picture("cat"), 2, "active", {3: 0.5}, None))
    np.testing.assert_allclose(stages["maps"].mean(axis=(1, 2)), stages["squeezed"], atol=1e-4)
    hidden = np.maximum(stages["W1"] @ stages["squeezed"] + stages["b1"], 0)
    np.testing.assert_allclose(hidden, stages["hidden"], atol=1e-4)
    np.testing.assert_allclose(1 / (1 + np.exp(-(stages["W2"] @ hidden + stages["b2"]))), stages["gates"], atol=1e-4)
    assert stages["gates_applied"][3] == 0.5
    assert not np.array_equal(stages["probabilities"], stages["probabilities_pulled"])


def test_junk_in_the_address_falls_back(open_page):
    junk = {"learned_pulled": "0:1;513:1;7:2;x:0", "learned_channel": "513", "learned_rank": "?", "learned_see": "x"}
    app = learned(open_page, 9, **junk)
    assert len(rows(app)) == SHOWN
    for name in (*junk, "learned_block"):
        assert name not in app.query_params, name


def test_pulled_gates_read_what_they_write():
    pulled = {36: 0.9, 0: 0.0, 511: 1.0}
    assert pulled_code(pulled) == "37:0.9;1:0;512:1"
    assert pulled_gates(pulled_code(pulled), 512) == pulled
    assert pulled_gates(pulled_code(pulled), 256) == {36: 0.9, 0: 0.0}
    for junk in ("", "37", "37:", "37:1.5", "37:-1", "37:1e-3", "37:٠", "0:1", "red:1"):
        assert pulled_gates(junk, 512) == {}, junk
