"""The gates of a trained block as rows to pull, and its channels as a gallery."""

import numpy as np
import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.gate_rows import GateRowsText, gate_rows_payload
from pages.pictures.channel_gallery import SHARP, SIZES
from pages.pictures.channel_rows import GATES, THUMBNAIL
from pages.pictures.learned_choice import open_channel, pull
from pages.pictures.learned_view import LearnedView
from pages.shared.components import gallery, tool_words
from pages.shared.controls import choice
from pages.shared.texts import t, template

_NAMED = ("channel", "units", "computed", "gate", "low", "high", "preview")
_TEMPLATES = ("handle", "open", "pulled", "free", "spread")


def learned_rows(view: LearnedView) -> None:
    """The gates of the channels that are shown."""
    shown = list(view.shown)
    ids = [str(channel + 1) for channel in shown]
    squeezed, own = view.gated.squeezed, view.gated.own
    payload = gate_rows_payload(
        ids,
        [t("learned.short", number=code) for code in ids],
        view.tiles(THUMBNAIL),
        view.size,
        {"avg": squeezed[shown]},
        own[shown],
        {str(channel + 1): gate for channel, gate in view.pulled.items()},
        GateRowsText(
            squeezed={"avg": t("channel.rows.avg")},
            sentence=_sentence(view),
            name=f"gates-block-{view.block}",
            **{name: t(f"channel.rows.{name}") for name in _NAMED},
            **{name: template(f"channel.rows.{name}") for name in _TEMPLATES},
        ),
        order=range(len(shown)),
        chosen=shown.index(view.channel),
        largest=float(squeezed.max()),
    )
    key, count = "learned_gates", view.count

    def pulled() -> None:
        sent = st.session_state[key].get("pulled")
        if sent and sent["id"] in ids and (sent["gate"] is None or 0 <= sent["gate"] <= 1):
            pull([int(sent["id"]) - 1], sent["gate"], count)

    def chosen() -> None:
        code = st.session_state[key].get("chosen")
        if code in ids:
            open_channel(code)

    GATES(key=key, data={**payload, "tools": tool_words()}, on_pulled_change=pulled, on_chosen_change=chosen)


def _sentence(view: LearnedView) -> str:
    """How open the block's gates are, all of them, and which were pulled."""
    own = view.gated.own
    most, least = int(own.argmax()), int(own.argmin())
    said = t(
        "learned.finding",
        count=view.count,
        most=view.name(most),
        high=f"{own[most]:.3f}",
        least=view.name(least),
        low=f"{own[least]:.3f}",
        half=int((own > 0.5).sum()),
        mean=f"{np.mean(own):.3f}",
    )
    return said + t("learned.by_hand", count=len(view.pulled)) if view.pulled else said


def learned_gallery(view: LearnedView) -> None:
    """The channels that are shown, as pictures."""
    st.subheader(t("learned.gallery.title", shown=len(view.shown), count=view.count), anchor=False)
    st.caption(t("learned.gallery.caption"))
    size = choice("size", tuple(SIZES), "small", texts="channel.size")
    items = [
        Item(str(channel + 1), [url], view.size, view.name(channel), t("learned.gate", value=f"{gate:.2f}"))
        for channel, url, gate in zip(view.shown, view.tiles(SHARP[size]), view.applied[list(view.shown)], strict=True)
    ]
    most, smallest, tallest = SIZES[size]
    chosen = str(view.channel + 1)
    payload = gallery_payload(items, chosen=chosen, most=most, smallest=smallest, tallest=tallest)
    gallery(payload, key="learned_channels", on_choose=open_channel)
