"""The road from X to Z mounted (assets/components/stages), and what the reader does with it.

Step, asking word, opened cell and changed numbers stand in the address by codes that every language reads: ``step=4``,
``asks=2``, ``cell=scores.1.2``, ``edits=X.1.2:3;scores.1.1:96`` (rows and columns counted from 1).
"""

import math
import re
from collections.abc import Sequence

import streamlit as st

from attention.walkthrough import MATRICES
from figures.stages import ASKING, STEP_OF, STEPS, View, stages_payload
from pages.shared.components import COMMON, component, tool_words
from pages.shared.state import arrive, depart
from pages.shared.texts import language, strings, t

LARGEST = 1000  # of a number typed in
MOST_EDITS = 200

Edit = tuple[str, int, int, float]

_DEFAULTS = {"step": "1", "asks": "1", "cell": "", "edits": ""}
_CELL = re.compile(rf"({'|'.join(MATRICES)})\.(\d{{1,3}})\.(\d{{1,3}})")
_WORDS = (
    "first", "back", "next", "last", "all", "asks", "try_label", "edit", "undo", "reset", "changed", "refused", "keys",
    "edit_label", "cell_label", "about_label", "low_signed", "high_signed", "low_weight", "high_weight",
)  # fmt: skip
_ROAD = component("stages", [*COMMON, "take.js", "road.js", "edit.js", "stages.js"])


def read_cell(text: str) -> tuple[str, int, int] | None:
    """``"scores.1.2"`` as ``("scores", 0, 1)``; None for anything else."""
    found = _CELL.fullmatch(text)
    return (found[1], int(found[2]) - 1, int(found[3]) - 1) if found else None


def read_edits(text: str) -> list[Edit]:
    """``"X.1.2:3;scores.1.1:96"`` as a list, oldest first; what is not one is left out."""
    edits = []
    for piece in text.split(";")[:MOST_EDITS]:
        place, _, number = piece.partition(":")
        cell = read_cell(place)
        try:
            value = float(number)
        except ValueError:
            continue
        if cell and math.isfinite(value) and abs(value) <= LARGEST:
            edits.append((*cell, value))
    return edits


def write_edits(edits: Sequence[Edit]) -> str:
    """The reverse of `read_edits`."""
    return ";".join(f"{name}.{row + 1}.{column + 1}:{value:.12g}" for name, row, column, value in edits)


def arrive_on_road(inputs: Sequence[object]) -> list[Edit]:
    """Read the road's state; returns the changed numbers, forgotten when the inputs they stood in are others now."""
    for name, default in _DEFAULTS.items():
        arrive(name, default, lambda text: True)
    inputs = tuple(inputs)
    state = st.session_state
    before, edits = state.get("road_inputs", (inputs, None))
    if before != inputs and edits == state.edits:  # a link to other inputs brings its own
        state.update(edits="", cell="")
    state.road_inputs = inputs, state.edits
    return read_edits(state.edits)


def view_of_road(n_q: int) -> View:
    """What the reader looks at; a step or a word that does not exist falls back to the first."""
    state = st.session_state
    if state.step not in {"all", *map(str, range(1, STEPS + 1))}:
        state.step = "1"
    if state.asks not in set(map(str, range(1, n_q + 1))):
        state.asks = "1"
    return View(0 if state.step == "all" else int(state.step), int(state.asks) - 1, read_cell(state.cell))


def depart_from_road() -> None:
    """Write the road's state into the address."""
    for name, default in _DEFAULTS.items():
        depart(name, default)


def road_component(road, words: list[str], asking: list[str], view: View, edits: list[Edit], *, key: str) -> dict:
    """Show the road, and keep what the reader does with it; returns the payload that was shown."""
    payload = stages_payload(road, words, asking, view, lambda name, **values: t(f"steps.{name}", **values))
    state = st.session_state

    def event(name: str):
        return state[key].get(name)

    def go() -> None:
        step = event("go")
        if step in range(STEPS + 1):
            state.update(step=str(step or "all"), cell="")

    def asked() -> None:
        if event("asked") in range(len(asking)):
            state.update(asks=str(event("asked") + 1), cell="")

    def chosen() -> None:
        if cell := existing(event("chosen")):
            open_cell(*cell)

    def edited() -> None:
        change = event("edited")
        if not (cell := existing(change)):
            return
        value = change.get("value")
        if isinstance(value, int | float) and abs(value) <= LARGEST and len(edits) < MOST_EDITS:
            state.edits = write_edits([*edits, (*cell, float(value))])
            open_cell(*cell)

    def undone() -> None:
        state.edits = write_edits(edits[:-1])

    def reset() -> None:
        state.edits = ""

    def existing(cell) -> tuple[str, int, int] | None:
        cell = read_cell("{matrix}.{0}.{1}".format(cell["row"] + 1, cell["column"] + 1, **cell)) if cell else None
        if cell is None or (cell[0] == "Y" and not road.cross):
            return None
        rows, columns = getattr(road, cell[0]).shape
        return cell if cell[1] < rows and cell[2] < columns else None

    def open_cell(name: str, row: int, column: int) -> None:
        state.cell = f"{name}.{row + 1}.{column + 1}"
        if name in ASKING:
            state.asks = str(row + 1)
        if view.step and STEP_OF[name] > view.step:
            state.step = str(STEP_OF[name])

    own = strings(language())
    _ROAD(
        key=key,
        data={
            **payload,
            "changes": len(road.overwritten),
            "words": {word: own[f"steps.{word}"] for word in _WORDS},
            "tools": tool_words(texts="steps"),
        },
        on_go_change=go,
        on_asked_change=asked,
        on_chosen_change=chosen,
        on_edited_change=edited,
        on_undone_change=undone,
        on_reset_change=reset,
    )
    return payload
