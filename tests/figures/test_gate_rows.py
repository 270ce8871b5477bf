"""The rows of gates hold the numbers they are given, in the order that is asked for."""

import json

import numpy as np
import pytest

from figures.gate_rows import GateRowsText, HiddenUnits, gate_rows_payload

C = 3
WORDS = ("channel", "units", "computed", "gate", "handle", "open", "pulled", "free", "spread", "low", "high")
TEXT = GateRowsText(
    squeezed={"avg": "mean", "max": "maximum"},
    preview="rebuilt",
    sentence="Widest open: <b>.",
    name="gates",
    **{word: f"{word} {{name}}" for word in WORDS},
)
AVERAGE, MAXIMUM = np.array([0.5, 0.25, 0.125], np.float32), np.array([1.0, 0.75, 0.5])
COMPUTED = np.array([0.9, 0.1, 0.5])


def payload(pulled=None, **options) -> dict:
    options = {"order": (2, 0, 1), "chosen": 1, **options}
    sent = gate_rows_payload(
        ("a", "b", "c"),
        ("<b>A</b>", "B", "C"),
        [f"data:,{i}" for i in range(C)],
        (4, 3),
        {"avg": AVERAGE, "max": MAXIMUM},
        COMPUTED,
        pulled or {},
        TEXT,
        **options,
    )
    return json.loads(json.dumps(sent))


def test_every_row_has_its_own_numbers_in_the_order_asked_for():
    sent = payload()
    assert [row["id"] for row in sent["rows"]] == ["c", "a", "b"]
    for row, i in zip(sent["rows"], (2, 0, 1), strict=True):
        assert row["squeezed"] == [AVERAGE[i], MAXIMUM[i]]
        assert row["gate"] == row["computed"] == COMPUTED[i]
        assert row["image"] == f"data:,{i}"
        assert not row["pulled"]
    assert sent["stack"] == {"a": 0, "b": 1, "c": 2}
    assert sent["chosen"] == "b"


def test_a_pulled_gate_keeps_what_was_computed():
    sent = payload({"a": 0.0, "c": 1.0})
    rows = {row["id"]: row for row in sent["rows"]}
    assert (rows["a"]["gate"], rows["a"]["computed"], rows["a"]["pulled"]) == (0, 0.9, True)
    assert (rows["c"]["gate"], rows["c"]["computed"], rows["c"]["pulled"]) == (1, 0.5, True)
    assert not rows["b"]["pulled"]


def test_the_squeezed_number_whose_bar_is_full_can_be_set():
    assert payload()["largest"] == 1
    assert payload(largest=7.5)["largest"] == 7.5


def test_words_travel_as_they_are():
    text = payload()["text"]
    assert text["squeezed"] == ["mean", "maximum"]
    assert text["sentence"] == "Widest open: <b>."
    assert text["pulled"] == "pulled {name}"


def test_hidden_units_spread_and_decoder_come_when_there_are_any():
    without = payload()
    assert without["units"] is without["decoder"] is None
    assert {row["spread"] for row in without["rows"]} == {None}
    D, b = np.arange(9).reshape(3, C) / 10, np.array([0.1, 0.2, 0.3], np.float32)
    sent = payload(
        units=HiddenUnits(["Warm", "Dark"], {"avg": np.array([1.5, 0]), "max": np.array([0.5, 2])}),
        spread=(COMPUTED / 2, COMPUTED),
        decoder=(D, b),
    )
    assert sent["units"] == {"labels": ["Warm", "Dark"], "values": [[1.5, 0], [0.5, 2]]}
    assert sent["rows"][1]["spread"] == [0.45, 0.9]
    assert sent["decoder"]["D"] == D.tolist()
    assert sent["decoder"]["b"] == pytest.approx([0.1, 0.2, 0.3])
