"""The same words in another order: what changes in each word's answer, with and without positions."""

import numpy as np
import streamlit as st

from attention.teaching.positions import POSITIONS, attend_in_place, changed_answers
from figures.numbers import signed
from pages.lessons.heads_words import choose_seed, place_map, projections, vectors, words
from pages.shared.controls import badge, choice
from pages.shared.texts import t

D_K = 4
ORDERS = ("swapped", "backwards", "shuffled")
SHUFFLE = 5  # seed of the order that is drawn


def show() -> None:
    with st.container(horizontal=True):
        positions = choice("heads_positions", POSITIONS, "none", texts="lesson_heads.positions")
        order = choice("heads_order", ORDERS, "swapped", texts="lesson_heads.order")
        seed = choose_seed()
    names, places = words(), arranged(order)
    moved = [names[i] for i in places]
    X, W = vectors(names, seed), projections(D_K, seed)
    badge("illustrative", t("lesson_heads.badge"))
    with st.container(horizontal=True):
        for key, line, rows in (("before", names, X), ("after", moved, X[places])):
            weights = attend_in_place(rows, *W, positions).weights
            place_map(key, weights, line, line, " ".join(line), width=352, value_range=(0, 1))
        changes = changed(positions, order, seed)
        numbers = [str(i + 1) for i in range(D_K)]
        end = max(float(np.abs(changed(each, order, seed)).max()) for each in POSITIONS)
        how = {"texts": "change", "scale": "diverging", "value_range": (-end, end)}
        place_map("change", changes, names, numbers, _finding(changes), width=352, **how)
    if positions == "alibi" and not changes.any():  # said where the reader meets it
        st.caption(t("lesson_heads.mirror"))


def _finding(changes: np.ndarray) -> str:
    """The word whose answer changes most, and the word of the question."""
    sizes, names = np.abs(changes).max(axis=-1), words()
    if not sizes.any():
        return t("lesson_heads.unchanged")
    most, asked = ({"word": names[at], "value": signed(float(sizes[at]))} for at in (int(sizes.argmax()), asked_word()))
    return t("lesson_heads.largest", **most) + (t("lesson_heads.also", **asked) if asked != most else "")


def asked_word() -> int:
    """Of the two that change places the first: the prediction asks about it."""
    return words().index(t("lesson_heads.swapped").split()[0])


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


def changed(positions: str, order: str, seed: int) -> np.ndarray:
    """(n, D_K) ndarray: the change in each word's answer; what rounding leaves of nothing is nothing."""
    X = vectors(words(), seed)
    return np.round(changed_answers(X, *projections(D_K, seed), arranged(order), positions), 12) + 0.0
