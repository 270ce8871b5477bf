"""Many heads, positions, masks: one short sentence, four things to touch."""

import numpy as np
import streamlit as st

from attention.teaching.positions import POSITIONS
from figures.numbers import signed
from figures.worksheet import matrix_svg
from pages.lessons import heads_jobs, heads_masks, heads_order, heads_split
from pages.lessons.heads_words import SEED, chosen_seed, words
from pages.lessons.lesson import Answer, Lesson
from pages.shared.controls import choice
from pages.shared.state import arrive
from pages.shared.texts import t

PARTS = {"split": heads_split, "jobs": heads_jobs, "order": heads_order, "masks": heads_masks}

CHOICES = {  # of all parts: options, default; a move sets those of a part that is not shown yet
    "heads_count": (heads_split.COUNTS, "2"),
    "heads_positions": (POSITIONS, "none"),
    "heads_order": (heads_order.ORDERS, "swapped"),
    "heads_side": (heads_masks.SIDES, "end"),
}


def _toy() -> None:
    for name, (options, default) in CHOICES.items():
        arrive(name, default, options.__contains__)
    part = choice("heads_part", tuple(PARTS), "split", texts="lesson_heads.part", quiet=True)
    PARTS[part].show()


def _answer() -> Answer:
    seed, asked = chosen_seed(), heads_order.asked_word()
    changes = {each: float(np.abs(heads_order.changed(each, "swapped", seed)[asked]).max()) for each in POSITIONS}
    values = {each: signed(change) for each, change in changes.items()}
    return Answer("same" if changes["none"] == 0 else "other", {"seed": seed, **values})


def _picture() -> str:
    state, seed = st.session_state, chosen_seed()
    if state.get("heads_part") == "masks":
        pads, side = state.get("heads_pads", 1), state.get("heads_side", "end")
        names, trace = heads_masks.masked(pads, side, seed, causal=bool(state.get("heads_causal")))
        maps = np.hstack([trace.masked, trace.weights])
        return matrix_svg(maps, names, 2 * names, t("lesson_heads.printed_masks"), maps=2)
    if state.get("heads_part") == "order":
        positions, order = state.get("heads_positions", "none"), state.get("heads_order", "swapped")
        names = words()
        changes = heads_order.changed(positions, order, seed)
        return matrix_svg(changes, names, [str(i + 1) for i in range(heads_order.D_K)], t("lesson_heads.map.change"))
    if state.get("heads_part") == "jobs":
        return heads_jobs.picture()
    return heads_split.picture(int(state.get("heads_count", 2)), seed)


LESSON = Lesson(
    "heads",
    _toy,
    moves={
        "four": {"heads_part": "split", "heads_count": "4", "heads_seed": SEED},
        "waves": {"heads_part": "order", "heads_positions": "sinusoidal", "heads_order": "swapped", "heads_seed": SEED},
        "alone": {"heads_part": "masks", "heads_causal": True, "heads_pads": 2, "heads_side": "start"},
    },
    options=("same", "other", "place"),
    answer=_answer,
    picture=_picture,
)
