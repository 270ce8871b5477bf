"""What the explorer's benchmark reads, counts and tells. What it does in a browser is in tests/browser."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from attention.networks.encoder import load_encoder
from benchmarks import explorer
from benchmarks.__main__ import names
from benchmarks.bertviz_page import Opening
from benchmarks.explorer import LENGTHS, Drawing, Row, component_data, table, text_of


def row(n=128, view="heads", received=1_000_000, seconds=(1.0, 1.2, 2.0), peer=None):
    return Row(n, view, tuple(Drawing(received, received // 2, s) for s in seconds), peer)


@pytest.mark.parametrize("n", LENGTHS)
def test_texts_have_the_pieces_they_are_measured_at(n):
    tokenizer = load_encoder(explorer.FOLDER).tokenizer
    texts = [text_of(n, start) for start in range(2 * explorer.ROUNDS)]
    for text in texts:
        tokens = tokenizer(text)
        assert len(tokens) == n
        assert tokens.truncated_at is None
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("case", "met"),
    [
        ({}, True),
        ({"received": 1_500_001}, False),
        ({"view": "map", "received": 1_500_001}, True),  # the limit of bytes is for all heads
        ({"view": "map", "seconds": (1.6, 1.0, 1.7)}, False),
        ({"n": 512, "received": 8_000_000, "seconds": (4.0,)}, True),
        ({"n": 512, "received": 8_000_001}, False),
        ({"n": 32, "seconds": (9.0,)}, None),
        ({"view": "arrival", "seconds": (9.0,)}, None),
    ],
)
def test_what_is_claimed_is_checked(case, met):
    assert row(**case).met is met


def test_the_table_tells_bytes_and_seconds_next_to_the_peers():
    opened = Opening(128, 50e6, 6.0)
    lines = table([row(peer=opened), row(n=512, received=9_000_000, peer=opened.at(512)), row(n=8)]).splitlines()
    header, met, missed, alone, _, _, star = lines
    assert " ".join(header.split()) == "view pieces received data drawn slowest BertViz drawn bytes time limit"
    assert " ".join(met.split()) == (
        "heads 128 1.000 MB 0.500 MB 1.20 s 2.00 s 50 MB 6.00 s 0.02 0.2 <= 1.500 MB, 1.50 s met"
    )
    assert " ".join(missed.split()) == (
        "heads 512 9.000 MB 4.500 MB 1.20 s 2.00 s 800 MB* -* 0.011* -* <= 8.000 MB, 4.00 s MISSED"
    )
    assert alone.split()[-5:] == ["-"] * 5
    assert star.startswith("* not attempted")


def test_a_components_data_is_counted_without_its_scripts():
    message = ForwardMsg()
    component = message.delta.new_element.bidi_component
    component.component_name, component.json = "map", '{"weights": [0.25, 0.75]}'
    bare = component_data(message.SerializeToString())
    assert bare >= len(component.json)
    component.js_content = component.css_content = component.html_content = "long" * 1000
    assert component_data(message.SerializeToString()) == bare


def test_what_is_not_a_component_gives_none():
    message = ForwardMsg()
    message.delta.new_element.markdown.body = "words"
    assert component_data(message.SerializeToString()) == 0


def test_without_a_browser_it_is_left_out_and_says_what_it_wants(monkeypatch, capsys):
    monkeypatch.setattr(explorer, "find_browser", lambda: None)
    assert explorer.run() == []
    assert explorer.INSTALL_BROWSER in capsys.readouterr().out


def test_it_is_found_and_its_helpers_are_not():
    assert {"explorer", "browser", "bertviz_page"} & set(names()) == {"explorer"}
