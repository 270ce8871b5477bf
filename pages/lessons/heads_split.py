"""What splitting into heads changes: as many numbers and as large an answer, but other maps."""

import numpy as np
import streamlit as st

from attention import MultiHeadTrace, multi_head_attention
from figures.numbers import signed
from figures.worksheet import maps_svg
from pages.lessons.heads_words import D_MODEL, choose_seed, place_map, projections, vectors, words
from pages.shared.controls import badge, choice
from pages.shared.texts import t

COUNTS = ("1", "2", "4")


def show() -> None:
    with st.container(horizontal=True):
        heads = int(choice("heads_count", COUNTS, "2", texts="lesson_heads.count"))
        seed = choose_seed()
    trace, names = split(heads, seed), words()
    badge("illustrative", t("lesson_heads.badge"))
    with st.container(horizontal=True):
        for head, weights in enumerate(trace.weights):
            asks, looks = np.unravel_index(weights.argmax(), weights.shape)
            finding = t("lesson_heads.strongest", asks=names[asks], looks=names[looks], value=f"{weights.max():.2f}")
            how = {"width": 300, "title": _title(head, heads), "value_range": (0, 1)}
            place_map(f"split_{head}", weights, names, names, finding, **how)
    n, width = trace.output.shape
    st.markdown(
        t(
            "lesson_heads.size",
            learned=3 * D_MODEL * D_MODEL,
            products=trace.attention.Q.size * n,
            rows=n,
            columns=width,
        )
        + (t("lesson_heads.apart", value=signed(apart(trace), 2)) if heads > 1 else "")
    )


def split(heads: int, seed: int) -> MultiHeadTrace:
    """The words' self-attention with the same matrices, shared out among so many heads."""
    W_Q, W_K, W_V = projections(D_MODEL, seed)
    return multi_head_attention(vectors(words(), seed), W_Q=W_Q, W_K=W_K, W_V=W_V, heads=heads)


def picture(heads: int, seed: int) -> str:
    """All heads as they are printed."""
    maps = {_title(head, heads): weights for head, weights in enumerate(split(heads, seed).weights)}
    return maps_svg(maps, words(), t("lesson_heads.printed", count=heads))


def _title(head: int, heads: int) -> str:
    return t("lesson_heads.head", number=head + 1, width=D_MODEL // heads)


def apart(trace: MultiHeadTrace) -> float:
    """The largest difference between what two heads give to the same word."""
    return float(np.ptp(trace.weights, axis=0).max())
