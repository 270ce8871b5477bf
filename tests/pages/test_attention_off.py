"""The page about attention that is off, without a browser: its numbers are the networks', whatever is switched off."""

import numpy as np
import pytest

from attention.sources.images import read_image
from figures.masks import decode_values
from figures.packed import unpack
from pages.shared.compute import sample_picture
from pages.shared.networks import GateChange, gates_used, segmenter
from pages.shared.texts import LANGUAGES, strings
from pages.trained.off_choice import block_numbers
from pages.trained.off_classes import probability
from pages.trained.off_person import agreement, covered
from tests.pages.attention_off_helpers import network, own_gates, replaced, rgb
from tests.pages.conftest import checked, component, printed_by
from tests.pages.picture_helpers import ROOT, encoded, gradient, upload


def said(app) -> dict[str, list]:
    sent = component(app, "classes")
    return {part: [(item["label"], item["value"]) for item in sent[part]["items"]] for part in ("now", "beside")}


def assert_classes(rows: list, trace) -> None:
    order = np.argsort(-trace.logits, kind="stable")[:5]
    assert [label for label, _ in rows] in [[strings(code)[f"imagenet.c{i}"] for i in order] for code in LANGUAGES]
    np.testing.assert_allclose([value for _, value in rows], trace.probabilities[order], rtol=2e-4, atol=1e-7)


def drawn(app, number: int, which: str) -> np.ndarray:
    block = component(app, "gate_blocks")["blocks"][number - 1]
    return unpack(block[which], (block["channels"],))


def test_it_greets_with_the_coffee_attention_on_and_says_what_the_switch_would_do(open_page):
    app = open_page("attention_off")
    assert component(app, "attention_switch")["on"] is True
    own = network("classifier")(rgb("coffee"))
    ones = network("classifier")(rgb("coffee"), gates=dict.fromkeys(range(1, 7), 1.0))
    assert_classes(said(app)["now"], own)
    assert_classes(said(app)["beside"], ones)
    for number in range(1, 7):
        np.testing.assert_array_equal(drawn(app, number, "own"), drawn(app, number, "used"))


@pytest.mark.parametrize("instead", ["ones", "mean", "average", "other"])
@pytest.mark.parametrize("blocks", ["all", "2,5"])
@pytest.mark.parametrize("language", ["en"])
def test_every_replacement_is_truly_computed(open_page, instead, blocks):
    app = open_page("attention_off", sample="cat", attention="off", instead=instead, blocks=blocks, donor="rocket")
    numbers = tuple(range(1, 7)) if blocks == "all" else (2, 5)
    gates = replaced("classifier", "cat", instead, numbers, "rocket")
    trace = network("classifier")(rgb("cat"), gates=gates)
    assert_classes(said(app)["now"], trace)
    assert_classes(said(app)["beside"], network("classifier")(rgb("cat")))
    for number in range(1, 7):
        np.testing.assert_allclose(drawn(app, number, "used"), trace.blocks[number - 1].gates, atol=1e-6)
        np.testing.assert_allclose(drawn(app, number, "own"), own_gates("classifier", "cat")[number - 1], atol=1e-6)
    assert [block["off"] for block in component(app, "gate_blocks")["blocks"]] == [
        number in numbers for number in range(1, 7)
    ]


@pytest.mark.parametrize("attention", ["on", "off"])
def test_the_mask_and_how_far_it_agrees_are_the_segmenters(open_page, attention):
    app = open_page("attention_off", sample="astronaut", net="segmenter", attention=attention)
    own = network("segmenter")(rgb("astronaut")).mask
    ones = network("segmenter")(rgb("astronaut"), gates=dict.fromkeys(range(1, 11), 1.0)).mask
    now, other = (own, ones) if attention == "on" else (ones, own)
    np.testing.assert_allclose(decode_values(component(app, "person_viewer")), now, atol=1e-5)
    iou = ((own >= 0.5) & (ones >= 0.5)).sum() / ((own >= 0.5) | (ones >= 0.5)).sum()
    rows = said(app)
    with_iou, without = ("beside", "now") if attention == "on" else ("now", "beside")
    assert [len(rows[with_iou]), len(rows[without])] == [2, 1]
    assert rows["now"][0][1] == pytest.approx((now >= 0.5).mean())
    assert rows["beside"][0][1] == pytest.approx((other >= 0.5).mean())
    assert rows[with_iou][1][1] == pytest.approx(iou, abs=1e-6)
    assert f"{iou:.2f}" == "0.56"  # as MediaPipe's own file gives it
    outlined = (
        component(app, "person_viewer")["picture"]
        != component(open_page("attention_off", sample="astronaut", net="classifier"), "off_picture")["items"][0][
            "images"
        ][0]
    )
    assert outlined == (attention == "off")


@pytest.mark.parametrize("language", ["en"])
def test_gates_after_a_block_that_is_off_are_described_as_they_are_drawn(open_page):
    app = open_page("attention_off", sample="rocket", attention="off", blocks="3", unit="6:362")
    trace = network("classifier")(rgb("rocket"), gates={3: 1.0})
    sent = component(app, "gate_blocks")
    notes = [f"gates {b.gates.min():.2f} to {b.gates.max():.2f}" for b in trace.blocks]
    notes[2] = "instead 1.00"
    assert [block["note"].splitlines()[1] for block in sent["blocks"]] == notes
    spreads = [block.gates.std() for block in trace.blocks]
    assert f"block {np.argmax(spreads) + 1} (standard deviation {max(spreads):.2f})" in sent["text"]["sentence"]
    own, now = own_gates("classifier", "rocket")[5][361], trace.blocks[5].own[361]
    assert f"{own:.3f}" != f"{now:.3f}"
    said = f"With all attention on, this picture opens it to {own:.3f}; now, with block 3 off, to {now:.3f}."
    assert any(said in text.value for text in app.markdown)
    assert any(f"Why its gate is {now:.3f}" in head.value for head in app.subheader)


@pytest.mark.parametrize("language", ["en"])
def test_a_gate_that_is_not_used_is_told_from_the_one_that_is(open_page):
    app = open_page("attention_off", sample="rocket", attention="off", unit="6:362")
    trace = network("classifier")(rgb("rocket"), gates=dict.fromkeys(range(1, 7), 1.0))
    now = f"{trace.blocks[5].own[361]:.3f}"
    heads = [head.value for head in app.subheader]
    assert any(f"would be now: {now} (not used; 1.000 is used instead)" in head for head in heads)
    assert component(app, "gate_blocks")["text"]["sentence"].startswith("In every block")


@pytest.mark.parametrize("attention", ["on", "off"])
def test_where_no_person_was_marked_there_is_no_agreement(open_page, attention):
    app = open_page("attention_off", sample="rocket", net="segmenter", attention=attention)
    assert covered(network("segmenter")(rgb("rocket")).mask) < 0.01
    sent = component(app, "classes")
    (printed,) = [sent[part]["items"][1]["text"] for part in ("now", "beside") if len(sent[part]["items"]) > 1]
    assert printed == "–"
    assert "IoU" not in sent["said"]


@pytest.mark.parametrize(
    ("share", "printed"),
    [(1.0, "> 99.99 %"), (0.99992, "> 99.99 %"), (0.9997, "99.97 %"), (0.55, "55 %"), (0.0, "< 0.01 %")],
)
def test_a_probability_is_never_printed_as_none_or_all(share, printed):
    assert probability(share).replace("\u00a0", " ") == printed


@pytest.mark.parametrize("language", ["en"])
def test_scores_out_of_all_proportion_are_no_certainty(open_page):
    app = open_page("attention_off", sample="coffee", attention="off")
    trace = network("classifier")(rgb("coffee"), gates=dict.fromkeys(range(1, 7), 1.0))
    assert any(f"{trace.logits.max():,.0f}" in text.value and "not certainty" in text.value for text in app.caption)
    app = open_page("attention_off", sample="coffee")
    assert not any("not certainty" in text.value for text in app.caption)


def test_masks_that_mark_nothing_agree():
    nothing = np.zeros((4, 4))
    assert agreement(nothing, nothing) == 1
    assert agreement(nothing, nothing + 1) == 0
    assert covered(nothing) == 0


def test_a_block_by_its_own(open_page):
    app = open_page("attention_off", sample="coffee", attention="off", blocks="3")
    turned = component(app, "attention_switch")
    assert turned["on"] is False
    gates = {3: 1.0}
    assert_classes(said(app)["now"], network("classifier")(rgb("coffee"), gates=gates))


@pytest.mark.parametrize(
    "junk",
    [
        {"attention": "maybe", "blocks": "99"},
        {"attention": "off", "blocks": "99,x,²"},
        {"net": "x", "instead": "x", "donor": "x", "closer": "x", "unit": "7:1"},
        {"unit": "6:513", "moment": "x", "arranged": "x", "evidence": "tench"},
        {"unit": "٣:١", "evidence": "1000", "attention": "on", "blocks": "2"},
    ],
)
def test_junk_falls_back(open_page, junk):
    app = open_page("attention_off", sample="cat", **junk)
    numbers = range(1, 7) if junk.get("attention") == "off" else ()
    assert_classes(said(app)["now"], network("classifier")(rgb("cat"), gates=dict.fromkeys(numbers, 1.0)))


def test_block_numbers_of_an_address():
    assert block_numbers("all", 6) == (1, 2, 3, 4, 5, 6)
    assert block_numbers("5,2,5", 6) == (2, 5)
    assert block_numbers("7,0,-1,02", 6) == ()


@pytest.mark.parametrize(
    ("net", "change"),
    [
        ("classifier", {}),
        ("classifier", {"attention": "off", "blocks": "2,5", "instead": "mean"}),
        ("classifier", {"attention": "off", "instead": "average"}),
        ("segmenter", {"attention": "off", "instead": "other", "donor": "cat"}),
    ],
)
@pytest.mark.parametrize("language", ["en"])
def test_the_printed_python_prints_what_the_page_shows(open_page, net, change, monkeypatch):
    monkeypatch.chdir(ROOT)
    app = open_page("attention_off", sample="coffee", net=net, **change)
    lines = next(code.value for code in app.code if "load_" in code.value)
    assert printed_by(lines) == pytest.approx([said(app)["now"][0][1]], rel=1e-4)


def test_a_readers_own_picture_is_read_as_it_is(open_page):
    app = open_page("attention_off", sample="rocket", attention="off", instead="other", donor="cat")
    mine = encoded(gradient())
    upload(app, mine)
    gates = replaced("classifier", "", "other", (1, 2, 3, 4, 5, 6), "cat")
    assert_classes(said(app)["now"], network("classifier")(read_image(mine).rgb, gates=gates))


@pytest.mark.parametrize("language", ["en"])
def test_blocks_belong_to_their_network(open_page):
    app = open_page("attention_off", sample="cat", attention="off", blocks="2", unit="2:300")
    checked(app.button_group(key="net").set_value("segmenter").run())
    assert all(block["off"] for block in component(app, "gate_blocks")["blocks"])
    assert component(app, "gate_blocks")["chosen"][0] == 10


@pytest.mark.parametrize("language", ["en"])
def test_a_picture_is_never_given_its_own_gates(open_page):
    app = open_page("attention_off", sample="astronaut", attention="off", instead="other", donor="astronaut")
    gates = replaced("classifier", "astronaut", "other", (1, 2, 3, 4, 5, 6), "cat")
    assert_classes(said(app)["now"], network("classifier")(rgb("astronaut"), gates=gates))


def test_no_change_sets_no_gates():
    assert gates_used(segmenter, sample_picture("cat"), GateChange()) == {}
