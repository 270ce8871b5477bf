"""The stages of a computation as a strip of small pictures with signs between; the chosen one is shown large."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.overlays import jpeg_url, masked
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


def stage_from(code: str, values: np.ndarray, low: float = 0.0, sign: str = "→") -> Stage:
    """A stage whose scale runs from `low` to its own largest number."""
    return Stage(code, values, (low, max(float(values.max()), low + 1e-3)), sign=sign)


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


def stage_strip(name: str, stages: Sequence[Stage], labels: Sequence[str], chosen: Stage, result: Item) -> None:
    """Show the strip, in the colours of the viewer; a click puts the stage's code into the state called `name`.

    Parameters
    ----------
    name : str
        Of the state, which `chosen_stage` reads.
    stages : sequence of Stage
        The last one is what the picture is multiplied by.
    labels : sequence of str
        Their names in the reader's language.
    chosen : Stage
    result : Item
        What comes out: the end of the strip, and the last stage in the viewer's look "result".
    """

    last, end = stages[-1].code, result.id  # an open page keeps `choose`, which shall keep no stage

    def choose(code: str) -> None:
        st.session_state[name] = last if code == end else code
        if code == end:
            st.session_state.look = "result"
        elif st.session_state.look == "result":
            st.session_state.look = "auto"

    height, width = chosen.values.shape
    items = []
    for at, (stage, label) in enumerate(zip(stages, labels, strict=True)):
        colours = st.session_state["signed" if stage.diverging else "colours"]
        url = thumbnail_url(stage.values, stage.value_range, colours, longest=LONGEST)
        items.append(Item(stage.code, [url], (width, height), label, sign=stage.sign if at else ""))
    shows_result = chosen is stages[-1] and st.session_state.look == "result"
    payload = gallery_payload(
        [*items, result],
        chosen=end if shows_result else chosen.code,
        most=len(items) + 1,
        smallest=52,
        tallest=TALLEST,
    )
    gallery(payload, key=f"strip_{name}", on_choose=choose)


def result_item(rgb: np.ndarray, mask: np.ndarray, label: str) -> Item:
    """The picture times a mask, as the end of a strip: (H, W, 3) uint8 and (H, W) in 0..1."""
    step = max(1, max(mask.shape) // (2 * LONGEST))
    url = jpeg_url(masked(rgb[::step, ::step], mask[::step, ::step]), longest=LONGEST)
    return Item("result", [url], mask.shape[::-1], label, sign="→")
