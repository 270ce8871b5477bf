"""One channel of one block: its map before and after its gate, and which pictures open it."""

import numpy as np
import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.masks import MaskText
from pages.pictures.viewer import mask_viewer
from pages.shared.components import gallery
from pages.shared.compute import sample_picture
from pages.shared.controls import choice
from pages.shared.networks import sample_gates, usual_gates
from pages.shared.texts import t, template
from pages.trained.off_choice import Choice, open_unit
from pages.trained.off_opened import opened_gate
from pages.trained.off_view import View

_BEFORE_AFTER = ("before", "after")


def livelier_unit(view: View) -> tuple[int, int]:
    """The channel of the last block whose gate here is farthest from its average over the samples."""
    number = len(view.own.blocks)
    usual = usual_gates(view.network, number)
    return number, int(np.abs(view.own.blocks[number - 1].own - usual).argmax())


def show_channel(view: View, unit: tuple[int, int]) -> None:
    """The opened channel, and what its gate is made of."""
    number, channel = unit
    st.subheader(t("attention_off.channel.title", block=number, channel=channel + 1), anchor=False)
    st.caption(t("attention_off.channel.about"))
    left, right = st.columns([1, 1], gap="large")
    with left:
        _choose_unit(view, unit)
        _show_map(view, unit)
    with right:
        _show_pictures(view, unit)
    opened_gate(view, unit)


def _choose_unit(view: View, unit: tuple[int, int]) -> None:
    """Block and channel as numbers, for who does not point at a strip."""
    number, channel = unit
    sizes = view.sizes
    st.session_state.update(unit_block=number, unit_channel=channel + 1)

    def changed() -> None:
        block = st.session_state.unit_block
        open_unit(block, min(st.session_state.unit_channel, sizes[block - 1]) - 1)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = t("attention_off.channel.block")
        st.selectbox(label, list(view.choice.blocks), key="unit_block", on_change=changed, width=110)
        label = t("attention_off.channel.number", count=sizes[number - 1])
        st.number_input(label, 1, sizes[number - 1], key="unit_channel", on_change=changed, width=200)


def _show_map(view: View, unit: tuple[int, int]) -> None:
    number, channel = unit
    moment = choice("moment", _BEFORE_AFTER, "before", texts="attention_off.moment", quiet=True)
    asked = (view.picture, view.choice, unit, moment)  # the files are made anew: an open page holds no trace
    values = _map(*asked)
    before = view.block(number).X[channel]
    largest = float(np.abs(before).max()) or 1.0
    is_signed = bool(before.min() < 0)
    ends = ("signed_low", "signed_high") if is_signed else ("low", "high")
    low, high = (t(f"attention_off.channel.{end}", value=f"{largest:.2f}") for end in ends)
    sentence = t(
        f"attention_off.channel.{moment}_sentence",
        channel=channel + 1,
        rows=values.shape[0],
        columns=values.shape[1],
        gate=f"{view.block(number).gates[channel]:.3f}",
        mean=f"{values.mean():.3f}",
        largest=f"{values.max():.3f}",
    )
    mask_viewer(
        view.picture,
        values,
        MaskText(
            low=low,
            high=high,
            sentence=sentence,
            name=f"block-{number}-channel-{channel + 1}-{moment}",
            **{name: template(f"attention_off.channel.{name}") for name in ("row_title", "column_title", "hover")},
        ),
        key="unit_viewer",
        value_range=(-largest, largest) if is_signed else (0.0, largest),
        scale="diverging" if is_signed else "sequential",
        multiplies=False,
        again=lambda: _map(*asked),
    )


def _map(picture, asked: Choice, unit: tuple[int, int], moment: str) -> np.ndarray:
    number, channel = unit
    block = View(picture, asked).block(number)
    return block.X[channel] * (block.gates[channel] if moment == "after" else 1)


def _show_pictures(view: View, unit: tuple[int, int]) -> None:
    """The samples in the order in which they open the channel, each with its map."""
    number, channel = unit
    gates = {code: float(found[number - 1][channel]) for code, found in sample_gates(view.network).items()}
    ranked = sorted(gates, key=gates.get, reverse=True)
    st.markdown(f"**{t('attention_off.channel.pictures')}**")
    items = []
    for code in ranked:
        picture = sample_picture(code)
        name = t(f"own_picture.sample.{code}")
        note = t("attention_off.channel.gate", value=f"{gates[code]:.3f}")
        items.append(Item(code, [picture.thumbnail], picture.rgb.shape[1::-1], name, note))
    gallery(gallery_payload(items, most=3, smallest=110, tallest=150), key="unit_pictures")
    words = {"most": t(f"own_picture.sample.{ranked[0]}"), "least": t(f"own_picture.sample.{ranked[-1]}")}
    ends = {"high": f"{gates[ranked[0]]:.3f}", "low": f"{gates[ranked[-1]]:.3f}"}
    st.markdown(f"{_opens(view, unit)} {t('attention_off.channel.samples', **words, **ends)}")


def _opens(view: View, unit: tuple[int, int]) -> str:
    """How far this picture opens the channel with all attention on, and how far now."""
    number, channel = unit
    gates = {
        "own": f"{view.own.blocks[number - 1].own[channel]:.3f}",
        "now": f"{view.block(number).gates[channel]:.3f}",
    }
    if number in view.choice.off:
        return t("attention_off.channel.opens_off", **gates)
    if gates["own"] == gates["now"]:
        return t("attention_off.channel.opens", own=gates["own"])
    numbers = t("listed.comma").join(map(str, view.choice.off))
    off = t(f"attention_off.channel.off_{'one' if len(view.choice.off) == 1 else 'more'}", numbers=numbers)
    return t("attention_off.channel.opens_moved", off=off, **gates)
