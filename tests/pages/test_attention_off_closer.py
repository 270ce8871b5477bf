"""The closer looks of the page about attention that is off: a channel, what is fixed, evidence for a class."""

import gc
import weakref

import numpy as np
import pytest

from attention.networks.class_evidence import class_evidence
from attention.networks.gates import split_variance
from figures.masks import decode_values
from figures.numbers import latex, percent
from pages.shared import compute
from pages.shared.picture_source import SAMPLES
from pages.trained.off_person import agreement, covered
from pages.trained.off_view import View
from tests.pages.attention_off_helpers import BLOCKS, network, own_gates, replaced, rgb
from tests.pages.conftest import checked, component, printed_by
from tests.pages.picture_helpers import ROOT, encoded, gradient, remove, upload


@pytest.mark.parametrize(("net", "unit"), [("classifier", "3:41"), ("segmenter", "2:9"), ("segmenter", "9:4")])
def test_a_gate_opens_down_to_its_number(open_page, net, unit):
    number, channel = map(int, unit.split(":"))
    app = open_page("attention_off", sample="cat", net=net, unit=unit)
    trace = network(net)(rgb("cat"))
    block = trace.blocks[number - 1]
    np.testing.assert_allclose(decode_values(component(app, "unit_viewer")), block.X[channel - 1], atol=1e-4)
    own = float(block.own[channel - 1])
    assert app.get("latex")[-1].value.rstrip("$\n").endswith(f"= {own:.4f}")
    opened = tables(app)
    assert len(opened) == 2
    for table in opened:
        *parts, total = table
        assert sum(parts) == pytest.approx(total, abs=6e-4)


def tables(app) -> list[list[float]]:
    """The last column of every table of products."""
    texts = [text.value for text in app.markdown if text.value.startswith("| |")]
    return [
        [float(line.split("|")[-2].strip(" *").replace("−", "-")) for line in text.splitlines()[2:]] for text in texts
    ]


@pytest.mark.parametrize("language", ["en"])
def test_a_product_is_checked_by_its_printed_factors(open_page):
    app = open_page("attention_off", sample="rocket", closer="evidence", attention="off")
    (text,) = [text.value for text in app.markdown if text.value.startswith("| |")]
    rows = [[cell.strip(" *").replace("−", "-") for cell in line.split("|")[2:5]] for line in text.splitlines()[2:]]
    factors = [[float(cell) for cell in row] for row in rows if row[0]]
    assert len(factors) == 8
    for value, weight, product in factors:
        assert value * weight == pytest.approx(product, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("language", ["en"])
def test_the_printed_python_prints_what_is_fixed(open_page, monkeypatch):
    monkeypatch.chdir(ROOT)
    app = open_page("attention_off", sample="cat", closer="follows")
    printed = printed_by(next(code.value for code in app.code if "split_variance" in code.value))
    tables_ = [np.stack([own_gates("classifier", code)[k] for code in SAMPLES]) for k in range(6)]
    assert printed == pytest.approx([split_variance(table).channel for table in tables_], rel=1e-4)


def test_a_gate_without_hidden_units_opens_too(open_page):
    app = open_page("attention_off", sample="cat", net="segmenter", unit="7:100")
    own = float(network("segmenter")(rgb("cat")).blocks[6].own[99])
    assert app.get("latex")[-1].value.rstrip("$\n").endswith(f"= {own:.4f}")


def test_after_its_gate_a_map_is_multiplied(open_page):
    app = open_page("attention_off", sample="cat", unit="3:41", moment="after", attention="off", instead="mean")
    gates = replaced("classifier", "cat", "mean", (1, 2, 3, 4, 5, 6))
    block = network("classifier")(rgb("cat"), gates=gates).blocks[2]
    np.testing.assert_allclose(
        decode_values(component(app, "unit_viewer")), block.X[40] * gates[3], rtol=1e-4, atol=1e-5
    )


def test_samples_stand_in_the_order_in_which_they_open_a_channel(open_page):
    app = open_page("attention_off", sample="cat", unit="6:7")
    shown = [item["id"] for item in component(app, "unit_pictures")["items"]]
    gates = {code: own_gates("classifier", code)[5][6] for code in SAMPLES}
    assert shown == sorted(gates, key=gates.get, reverse=True)


@pytest.mark.parametrize("net", ["classifier", "segmenter"])
def test_how_much_is_fixed_is_measured(open_page, net):
    app = open_page("attention_off", sample="cat", net=net, closer="follows")
    tables_ = [np.stack([own_gates(net, code)[k] for code in SAMPLES]) for k in range(BLOCKS[net])]
    splits = [split_variance(table) for table in tables_]
    squares = [((table - table.mean()) ** 2).sum() for table in tables_]
    fixed = sum(split.channel * square for split, square in zip(splits, squares, strict=True)) / sum(squares)
    most = max(splits, key=lambda split: split.both)
    sentences = [text.value for text in app.markdown]
    assert any(percent(fixed) in text and percent(most.both) in text for text in sentences)


@pytest.mark.parametrize("language", ["en"])
def test_what_is_left_is_counted_on_all_samples(open_page):
    app = open_page("attention_off", sample="cat", closer="follows")
    rows = next(text.value for text in app.markdown if "first class stays |" in text.value).splitlines()[2:]
    counted = []
    for instead in ("ones", "mean", "average", "other"):
        same = []
        for code in SAMPLES:
            first = network("classifier")(rgb(code)).logits.argmax()
            for donor in [other for other in SAMPLES if other != code] if instead == "other" else [""]:
                gates = replaced("classifier", code, instead, (1, 2, 3, 4, 5, 6), donor)
                same.append(network("classifier")(rgb(code), gates=gates).logits.argmax() == first)
        counted.append(f"{sum(same)} of {len(same)}")
    assert [row.split("|")[2].strip() for row in rows] == counted


@pytest.mark.parametrize("language", ["en"])
def test_masks_of_nobody_are_left_out_of_the_average(open_page):
    app = open_page("attention_off", sample="cat", net="segmenter", closer="follows")
    table = next(text.value for text in app.markdown if "| IoU |" in text.value).splitlines()[2:]
    found = []
    for code in SAMPLES:
        own = network("segmenter")(rgb(code)).mask
        if covered(own) >= 0.01:
            ones = network("segmenter")(rgb(code), gates=dict.fromkeys(range(1, 11), 1.0)).mask
            found.append(agreement(own, ones))
    assert len(found) == 3
    assert table[0].split("|")[2].strip() == f"{np.mean(found):.2f} (mean of 3)"
    assert any("3 of 5 samples" in caption.value for caption in app.caption)


def test_evidence_is_grad_cam_of_the_class_that_is_named(open_page):
    app = open_page("attention_off", sample="cat", closer="evidence")
    trace = network("classifier")(rgb("cat"))
    first = int(trace.logits.argmax())
    assert app.selectbox(key="evidence_class").value == first
    evidence = class_evidence(network("classifier"), trace, first)
    np.testing.assert_allclose(decode_values(component(app, "evidence_viewer")), evidence.map, atol=1e-5)


@pytest.mark.parametrize("language", ["en"])
def test_evidence_for_any_class_with_the_gates_as_they_are_set(open_page, monkeypatch):
    monkeypatch.chdir(ROOT)
    app = open_page("attention_off", sample="cat", closer="evidence", attention="off", instead="mean", signs="both")
    checked(app.selectbox(key="evidence_class").select_index(967).run())
    assert app.session_state["evidence"] == "967"
    trace = network("classifier")(rgb("cat"), gates=replaced("classifier", "cat", "mean", (1, 2, 3, 4, 5, 6)))
    evidence = class_evidence(network("classifier"), trace, 967)
    np.testing.assert_allclose(decode_values(component(app, "evidence_viewer")), evidence.signed, atol=1e-5)
    assert app.get("latex")[-1].value.rstrip("$\n").endswith(rf"\approx {latex(evidence.score, 5)}")
    lines = next(code.value for code in app.code if "class_evidence" in code.value)
    assert printed_by(lines) == pytest.approx([evidence.map.max()], rel=1e-4)


def test_a_field_opens_down_to_its_number(open_page):
    app = open_page("attention_off", sample="cat", closer="evidence", evidence="967", field="2,6")
    trace = network("classifier")(rgb("cat"))
    signed = class_evidence(network("classifier"), trace, 967).signed
    assert component(app, "evidence_viewer")["chosen"] == [5, 1]
    (table,) = tables(app)
    assert sum(table[:-1]) == pytest.approx(table[-1], abs=6e-4)
    assert table[-1] == pytest.approx(signed[5, 1], abs=1e-4)


def test_classes_of_one_name_are_told_apart(open_page):
    app = open_page("attention_off", sample="cat", closer="evidence", evidence="517")
    options = app.selectbox(key="evidence_class").options
    assert len(set(options)) == len(options) == 1000
    assert app.selectbox(key="evidence_class").value == 517


@pytest.mark.parametrize("language", ["en"])
def test_a_channel_that_the_next_block_does_not_have_becomes_its_last(open_page):
    app = open_page("attention_off", sample="cat", unit="6:500")
    checked(app.selectbox(key="unit_block").set_value(1).run())
    assert app.session_state["unit"] == "1:256"
    checked(app.number_input(key="unit_channel").set_value(7).run())
    assert component(app, "gate_blocks")["chosen"] == [1, 6]


LOOKS = [("classifier", "channel"), ("classifier", "follows"), ("classifier", "evidence"), ("segmenter", "channel")]


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(("net", "closer"), LOOKS)
def test_an_open_page_keeps_no_trace_and_nothing_of_a_picture_that_is_removed(open_page, net, closer):
    app = open_page("attention_off", sample="coffee", net=net, closer=closer, attention="off")
    gc.collect()
    assert [type(kept) for kept in gc.get_objects() if type(kept) is View] == []
    before = compute._of_pictures().nbytes
    upload(app, encoded(gradient(320, 200)))
    gone = weakref.ref(app.session_state["mine"])
    assert compute._of_pictures().nbytes > before
    remove(app)
    gc.collect()
    assert gone() is None
    assert compute._of_pictures().nbytes == before
