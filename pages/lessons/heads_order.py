"""The same words in another order: what changes in each word's answer, with and without positions."""

import numpy as np
import streamlit as st

from attention.teaching.positions import POSITIONS, attend_in_place, changed_answers
from figures.numbers import signed
from pages.lessons.heads_words import place_map, projections, vectors, words
from pages.shared.controls import badge, choice
from pages.shared.texts import t

D_K = 4
ORDERS = ("swapped", "backwards", "shuffled")
SHUFFLE = 5  # seed of the order that is drawn


def show() -> None:
    left, right = st.columns(2, gap="large")
    with left:
        positions = choice("heads_positions", POSITIONS, "none", texts="lesson_heads.positions")
    with right:
        order = choice("heads_order", ORDERS, "swapped", texts="lesson_heads.order")
    names, places = words(), arranged(order)
    moved = [names[i] for i in places]
    X, W = vectors(names), projections(D_K)
    badge("illustrative", t("lesson_heads.badge"))
    with st.container(horizontal=True):
        for key, line, rows in (("before", names, X), ("after", moved, X[places])):
            weights = attend_in_place(rows, *W, positions).weights
            place_map(key, weights, line, line, " ".join(line), width=400, value_range=(0, 1))
        changes = changed(positions, order)
        finding = t("lesson_heads.largest", value=signed(float(np.abs(changes).max())))
        numbers = [str(i + 1) for i in range(D_K)]
        end = max(float(np.abs(changed(each, order)).max()) for each in POSITIONS)
        how = {"texts": "change", "scale": "diverging", "value_range": (-end, end)}
        place_map("change", changes, names, numbers, finding, width=400, **how)
    if positions == "alibi" and not changes.any():  # said where the reader meets it
        st.caption(t("lesson_heads.mirror"))


def arranged(order: str) -> list[int]:
    """Which word stands in each place: dog and man changed places, the last word first, or drawn."""
    n = len(words())
    if order == "backwards":
        return list(range(n))[::-1]
    if order == "shuffled":
        return np.random.default_rng(SHUFFLE).permutation(n).tolist()
    first, second = (words().index(word) for word in t("lesson_heads.swapped").split())
    places = list(range(n))
    places[first], places[second] = second, first
    return places


def changed(positions: str, order: str) -> np.ndarray:
    """(n, D_K) ndarray: the change in each word's answer; what rounding leaves of nothing is nothing."""
    return np.round(changed_answers(vectors(words()), *projections(D_K), arranged(order), positions), 12) + 0.0
