"""The stages of a computation as a strip of small pictures with signs between; the chosen one is shown large."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.thumbnails import thumbnail_url
from pages.shared.components import gallery
from pages.shared.state import arrive, depart

LONGEST = 128  # pixels of a thumbnail
TALLEST = 84  # of which so many are shown, in CSS pixels


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of a computation over a picture.

    code : str
        Its name in the address and in the texts.
    values : (H, W) ndarray
    value_range : (low, high)
        The ends of its scale.
    diverging : bool
        Signed numbers.
    sign : str
        What leads to it in the strip: an arrow, a plus.
    """

    code: str
    values: np.ndarray
    value_range: tuple[float, float] = (0.0, 1.0)
    diverging: bool = False
    sign: str = "→"


def signed_stage(code: str, values: np.ndarray, sign: str = "→") -> Stage:
    """A stage of signed numbers, its scale symmetric around zero."""
    largest = float(np.abs(values).max()) or 1.0
    return Stage(code, values, (-largest, largest), diverging=True, sign=sign)


def chosen_stage(name: str, stages: Sequence[Stage], default: str) -> Stage:
    """The stage that stands in the address under `name`; one that does not exist here falls back to the default."""
    by_code = {stage.code: stage for stage in stages}
    arrive(name, default, by_code.__contains__)
    if st.session_state[name] not in by_code:
        st.session_state[name] = default
    depart(name, default)
    return by_code[st.session_state[name]]


def stage_strip(name: str, stages: Sequence[Stage], labels: Sequence[str], chosen: Stage) -> None:
    """Show the strip; a click puts the stage's code into the state called `name`.

    Parameters
    ----------
    name : str
        Of the state, which `chosen_stage` reads, and of the widget.
    stages : sequence of Stage
    labels : sequence of str
        Their names in the reader's language.
    chosen : Stage
    """

    def choose(code: str) -> None:
        st.session_state[name] = code

    theme = st.context.theme.type or "light"
    items = []
    for at, (stage, label) in enumerate(zip(stages, labels, strict=True)):
        url = thumbnail_url(stage.values, stage.value_range, longest=LONGEST, diverging=stage.diverging, theme=theme)
        height, width = stage.values.shape
        items.append(Item(stage.code, [url], (width, height), label, sign=stage.sign if at else ""))
    payload = gallery_payload(items, chosen=chosen.code, most=len(items), smallest=72, tallest=TALLEST)
    gallery(payload, key=f"strip_{name}", on_choose=choose)
