"""Causal and padding masks: minus infinity before the softmax, 0 after, and rows with nothing left."""

import numpy as np
import streamlit as st

from attention import AttentionTrace, attend, causal_mask, padding_mask
from pages.lessons import projector
from pages.lessons.heads_words import NARROW, choose_seed, place_map, projections, vectors, words
from pages.shared.controls import badge, choice, switch
from pages.shared.texts import listed, t

D_K, PAD, MOST = 4, "[PAD]", 3
SIDES = ("end", "start")


def show() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        causal = switch("heads_causal", label=t("lesson_heads.causal"))
        side = choice("heads_side", SIDES, "end", texts="lesson_heads.side")
        label, width = t("lesson_heads.padding"), projector.larger(NARROW)
        kept = {"bind": "query-params", "persist_state": "session"}
        pads = st.slider(label, 0, MOST, 1, key="heads_pads", width=width, **kept)
        seed = choose_seed()
    names, trace = masked(pads, side, seed, causal=causal)
    badge("illustrative", t("lesson_heads.badge"))
    out = int((trace.masked == -np.inf).sum())
    finding = t("lesson_heads.out", count=out, all=trace.masked.size)
    sums = trace.weights.sum(axis=-1)
    empty = [f"{name} ({place + 1})" for place, name in enumerate(names) if not sums[place]]
    after = t("lesson_heads.empty", rows=listed(empty), count=len(empty)) if empty else t("lesson_heads.sums")
    with st.container(horizontal=True):
        how = {"texts": "scores", "scale": "diverging"}
        place_map("masked", trace.masked, names, names, finding, width=400, **how)
        place_map("weights", trace.weights, names, names, after, width=400, value_range=(0, 1))


def masked(pads: int, side: str, seed: int, *, causal: bool) -> tuple[list[str], AttentionTrace]:
    """The words with so many [PAD] at one side, and their attention."""
    real = words()
    n = len(real) + pads
    names = real + pads * [PAD] if side == "end" else pads * [PAD] + real
    mask = padding_mask(len(real), n)  # (1, n)
    mask = mask if side == "end" else mask[:, ::-1]
    X, (W_Q, W_K, W_V) = vectors(names, seed), projections(D_K, seed)
    return names, attend(X @ W_Q, X @ W_K, X @ W_V, mask=mask & causal_mask(n) if causal else mask)
