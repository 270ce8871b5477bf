"""The blocks of a network as they are drawn: gates travel exactly, rows are of equal length."""

import json

import numpy as np
import pytest

from figures.off_blocks import Block, BlocksText, blocks_payload
from figures.packed import unpack

TEXT = BlocksText(
    block="Block {number}",
    turn="Attention of block {number}",
    strip="Gates of block {number}",
    branch="two layers",
    hover="{channel} {used}",
    hover_off="{channel} {used} {own}",
    legend=("own", "used", "dots"),
    keys="keys",
    columns=("block", "channel", "own", "used"),
    sentence="a finding",
)


def block(number: int, channels: int, off: bool = False) -> Block:
    rng = np.random.default_rng(number)
    own = rng.random(channels, np.float32)
    return Block(number, own, np.ones_like(own) if off else own, off, f"{channels} channels")


def test_gates_travel_exactly():
    blocks = [block(1, 7), block(2, 13, off=True)]
    payload = blocks_payload(blocks, TEXT, name="gates", by_size=True, chosen=(2, 5))
    for sent, drawn in zip(payload["blocks"], blocks, strict=True):
        np.testing.assert_array_equal(unpack(sent["own"], (sent["channels"],)), drawn.own)
        np.testing.assert_array_equal(unpack(sent["used"], (sent["channels"],)), drawn.used)
    assert [sent["off"] for sent in payload["blocks"]] == [False, True]
    assert payload["chosen"] == [2, 5]
    assert json.loads(json.dumps(payload)) == payload


@pytest.mark.parametrize(("count", "across"), [(1, 1), (6, 6), (7, 4), (10, 5), (13, 5)])
def test_rows_are_as_equal_as_they_can_be(count, across):
    blocks = [block(number, 3) for number in range(1, count + 1)]
    assert blocks_payload(blocks, TEXT, name="gates", by_size=False)["across"] == across


@pytest.mark.parametrize(
    ("own", "used"),
    [
        (np.array([0.5, 1.2]), np.array([0.5, 1.0])),
        (np.array([0.5, 0.2]), np.array([-0.1, 1.0])),
        (np.array([0.5, 0.2]), np.array([0.5])),
        (np.array([0.5, np.nan]), np.array([0.5, 0.5])),
        (np.empty(0), np.empty(0)),
    ],
)
def test_what_is_no_gate_is_refused(own, used):
    with pytest.raises(ValueError, match="block 3"):
        blocks_payload([Block(3, own, used, True, "")], TEXT, name="gates", by_size=False)
