"""Which head, which heads together, and what to do with [CLS] and [SEP]: the row of controls above every view."""

import streamlit as st

from attention.networks import EncoderTrace
from attention.profiles import fixed_shares
from figures.numbers import percent
from pages.shared.controls import choice, number_choice
from pages.shared.sentence_controls import OPENING_HEADS
from pages.shared.texts import t


def choose_heads(trace: EncoderTrace, network: str) -> tuple[int, int, tuple[int, ...], str]:
    """Layer and head in focus, the heads of the layer drawn together, and how: "each", "mean" or "max"."""
    layer, head = OPENING_HEADS[network]
    layer = number_choice("layer", trace.layers, layer, label=t("sentence.layer"))
    head = number_choice(
        "head",
        trace.heads,
        head,
        label=t("sentence.head"),
        help=t("sentence.head_help", heads=trace.heads),
    )
    heads, together = _heads_together(trace.heads, head)
    return layer, head, heads, together


def _heads_together(count: int, head: int) -> tuple[tuple[int, ...], str]:
    known = range(1, count + 1)
    asked = st.session_state.get("also", [int(text) for text in st.query_params.get_all("also") if text.isdecimal()])
    chosen = {also for also in asked or () if also in known} | {head}
    name = "one" if len(chosen) == 1 else "all" if len(chosen) == count else "several"
    with st.popover(t(f"heads.{name}", count=len(chosen)), icon=":material/stacks:"):
        also = st.pills(
            t("heads.also"),
            list(known),
            selection_mode="multi",
            key="also",
            wrap=True,
            bind="query-params",
            help=t("heads.also_help"),
        )
        with st.container(horizontal=True):
            st.button(t("heads.take_all"), on_click=_draw_also, args=(list(known),), key="all_heads")
            st.button(t("heads.take_one"), on_click=_draw_also, args=([],), key="one_head")
        together = choice("together", ("each", "mean", "max"), "each", texts="heads.together")
    return tuple(sorted({*also, head})), together


def _draw_also(heads: list[int]) -> None:
    st.session_state.also = heads


def choose_sinks(trace: EncoderTrace, layer: int, head: int) -> str:
    """What to do with [CLS] and [SEP], with how much attention they take in this head."""
    mode = st.session_state.get("sinks", st.query_params.get("sinks"))
    mode = mode if mode in ("show", "hide", "renormalise") else "show"
    with st.popover(t(f"sentence.sinks.popover_{mode}"), icon=":material/visibility:"):
        sinks = choice("sinks", ("show", "hide", "renormalise"), "show", texts="sentence.sinks")
        special = trace.tokens.special
        taken = fixed_shares(trace.weights[layer - 1, head - 1], special, ~special)["special"]
        st.caption(t(f"sentence.sinks.note_{sinks}", share=percent(float(taken))))
    return sinks
