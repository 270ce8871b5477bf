"""The blocks of the network with their gates and switches, mounted (assets/components/blocks)."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from figures.off_blocks import Block, BlocksText, blocks_payload
from pages.shared.components import COMMON, NODES, component, tool_words
from pages.shared.controls import choice
from pages.shared.texts import t, template
from pages.trained.off_choice import Choice, keep_off, open_unit
from pages.trained.off_view import View

_SCRIPTS = (NODES, "../common/pointing.js", "../common/poster.js", "strip.js", "export.js", "blocks.js")
FLAT = 1e-6  # a standard deviation below is that of one number for all channels, rounded

_BLOCKS = component("blocks", [*COMMON, *_SCRIPTS])


def show_blocks(view: View, unit: tuple[int, int]) -> None:
    """All blocks along the network's line; a click opens a channel."""
    st.subheader(t("attention_off.blocks.title", count=len(view.choice.blocks)), anchor=False)
    st.caption(t("attention_off.blocks.caption"))
    arranged = choice("arranged", ("size", "stack"), "size", texts="attention_off.arranged")
    payload = blocks_payload(
        [_block(view, number) for number in view.choice.blocks],
        _text(view),
        name=f"gates-{view.choice.network}",
        by_size=arranged == "size",
        chosen=unit,
        moved=view.case != "on",
    )
    asked = view.choice
    sizes = view.sizes
    draw_blocks(
        payload,
        key="gate_blocks",
        on_turned=lambda number: _turned(number, asked),
        on_chosen=lambda sent: _chosen(sent, sizes),
    )


def draw_blocks(
    payload: dict,
    *,
    key: str,
    on_turned: Callable[[int | None], None],
    on_chosen: Callable[[dict | None], None] = lambda sent: None,
) -> None:
    """Show a payload of `figures.off_blocks.blocks_payload`.

    Parameters
    ----------
    payload : dict
    key : str
        Widget key.
    on_turned : callable
        Told the number of the block whose switch was turned.
    on_chosen : callable
        Told ``{"block": number, "channel": channel}``, counted from 1 and from 0, when a channel is clicked.
    """
    _BLOCKS(
        key=key,
        data={**payload, "tools": tool_words()},
        on_turned_change=lambda: on_turned(st.session_state[key].get("turned")),
        on_chosen_change=lambda: on_chosen(st.session_state[key].get("chosen")),
    )


def _block(view: View, number: int) -> Block:
    own, used = view.own.blocks[number - 1].own, view.block(number).gates
    off = number in view.choice.off
    low, high = f"{used.min():.2f}", f"{used.max():.2f}"
    extent = low if low == high else t("attention_off.blocks.range", low=low, high=high)
    note = t(f"attention_off.blocks.{'note_off' if off else 'note'}", channels=len(own), range=extent)
    return Block(number, own, used, off, note)


def _turned(number: int | None, asked: Choice) -> None:
    """Turn one block: on when it was off, and off when it was on."""
    if number in asked.blocks:
        off = set(asked.off) ^ {number}
        keep_off(tuple(sorted(off)), len(asked.blocks))


def _chosen(sent: dict | None, sizes: list[int]) -> None:
    if sent and 1 <= sent["block"] <= len(sizes) and 0 <= sent["channel"] < sizes[sent["block"] - 1]:
        open_unit(sent["block"], sent["channel"])


def _text(view: View) -> BlocksText:
    return BlocksText(
        branch=t("attention_off.blocks.branch"),
        keys=t("attention_off.blocks.keys"),
        legend=tuple(t(f"attention_off.blocks.legend_{kind}") for kind in ("own", "used", "dots")),
        columns=tuple(t(f"attention_off.blocks.column_{column}") for column in ("block", "channel", "own", "used")),
        sentence=finding([view.block(number).gates for number in view.choice.blocks]),
        hover=template(f"attention_off.blocks.{'hover' if view.case == 'on' else 'hover_moved'}"),
        **{name: template(f"attention_off.blocks.{name}") for name in ("block", "turn", "strip", "hover_off")},
    )


def finding(gates: Sequence[np.ndarray]) -> str:
    """In which block the gates spread most, and in which least: `gates` is (C,) a block, in their order."""
    spreads = [float(np.std(block, dtype=np.float64)) for block in gates]
    most, least = int(np.argmax(spreads)), int(np.argmin(spreads))
    if spreads[most] < FLAT:
        return t("attention_off.blocks.finding_flat")
    numbers = {"most": f"{spreads[most]:.2f}", "least": f"{spreads[least]:.2f}"}
    return t("attention_off.blocks.finding", widest=most + 1, narrowest=least + 1, **numbers)
