"""Squeeze, excitation and gates as rows that the reader pulls, mounted (assets/components/gates)."""

import numpy as np
import streamlit as st

from attention.images import SEESAWS
from figures.gate_rows import GateRowsText, HiddenUnits, gate_rows_payload
from pages.pictures.channel_choice import PULLED, open_channel, pull
from pages.pictures.channel_view import View
from pages.pictures.channel_words import gates_sentence
from pages.pictures.pulls import offer_undo
from pages.shared.components import COMMON, NODES, component, tool_words
from pages.shared.compute import channel_thumbnails
from pages.shared.controls import choice
from pages.shared.texts import t, template

THUMBNAIL = 144  # pixels on the longer side: what the rows and the small rebuilt picture are drawn from
GATES = component("gates", [*COMMON, NODES, "../common/poster.js", "rows.js", "preview.js", "export.js", "gates.js"])


def gate_rows(view: View) -> None:
    """All gates, in the order that the reader has chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rank = choice("rank", ("stack", "gate", "squeezed"), "stack", texts="channel.rank", help=t("channel.rank.help"))
        offer_undo(PULLED)
    by = {"stack": -np.arange(len(view.names)), "gate": view.computed, "squeezed": view.squeezed["avg"]}[rank]
    payload = gate_rows_payload(
        view.channels.names,
        view.names,
        channel_thumbnails(view.picture, THUMBNAIL),
        view.size,
        view.squeezed,
        view.computed,
        view.choice.pulled,
        _text(view),
        order=np.argsort(-by, kind="stable").tolist(),
        chosen=view.channel,
        spread=view.spread,
        units=HiddenUnits(unit_names(view), view.hidden) if view.hidden else None,
        # The small picture has one number a gate: it cannot follow gates that are maps.
        decoder=None if view.by_place else (view.decoder.D, view.decoder.b),
    )
    key, names = "gates", view.channels.names
    GATES(
        key=key,
        data={**payload, "tools": tool_words()},
        on_pulled_change=lambda: _pulled(st.session_state[key].get("pulled"), names),
        on_chosen_change=lambda: _chosen(st.session_state[key].get("chosen"), names),
    )


def unit_names(view: View) -> list[str]:
    """The hidden units in the reader's language."""
    count = len(next(iter(view.hidden.values())))
    return [t(f"picture.unit.{unit}") for unit in list(SEESAWS)[:count]]


def _pulled(sent: dict | None, names: tuple[str, ...]) -> None:
    if sent and sent["id"] in names and (sent["gate"] is None or 0 <= sent["gate"] <= 1):
        pull(sent["id"], sent["gate"])


def _chosen(name: str | None, names: tuple[str, ...]) -> None:
    if name in names:
        open_channel(name)


def _text(view: View) -> GateRowsText:
    named = {name: t(f"channel.rows.{name}") for name in ("channel", "units", "computed", "gate", "low", "high")}
    templates = {name: template(f"channel.rows.{name}") for name in ("handle", "open", "pulled", "free", "spread")}
    return GateRowsText(
        squeezed={path: t(f"channel.rows.{path}") for path in view.squeezed},
        preview=t("channel.rows.preview"),
        sentence=gates_sentence(view),
        name=f"gates-{view.choice.mechanism}",
        **named,
        **templates,
    )
