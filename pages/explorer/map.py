"""The attention of the chosen heads as a map: who looks at whom."""

import numpy as np
import streamlit as st

from figures.bars import bars_payload
from figures.numbers import percent
from pages.explorer.choice import Choice, ask, code, look, look_first, positions
from pages.explorer.in_view import InView, choose_merged, in_view
from pages.explorer.opened_mixture import opened_mixture
from pages.explorer.printed_lines import mixes_heads, printed_lines
from pages.shared import sentence_controls as controls
from pages.shared.components import bars
from pages.shared.opened_cell import opened_cell
from pages.shared.sentence_map import file_place, sentence_map
from pages.shared.state import depart
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, t, template


def show(choice: Choice) -> None:
    """Place the map, the row's bars and what made the pinned cell."""
    left, right = st.columns([4, 3], gap="large")
    with left:
        merged = choose_merged(choice)
        seen = in_view(choice, merged)
        weights = _matrix(choice, seen)
        row, column = seen.unit(choice.asks), seen.unit(choice.looks[0])
        held = seen.positions  # what is called later holds no weights: an open page would keep them all

        def pin(row: int, column: int) -> None:
            ask(held[row][0])
            look_first(choice, held[column])

        sentence_map(
            weights,
            seen.words,
            (row, column),
            layer=choice.layer,
            head=choice.head,
            heads=choice.heads,
            together=choice.together,
            key="map",
            source=choice.source,
            on_choose=pin,
            marked={"rows": _rows(seen), "columns": list(dict.fromkeys(map(seen.unit, choice.looks)))},
            on_mark=lambda rows, columns: _mark(choice, in_view(choice, merged), rows, columns),
        )
        if choice.together == "each" and len(choice.heads) > 1:
            st.caption(t("map_view.in_focus", count=len(choice.heads), head=choice.head))
        largest = choice.together == "max" and len(choice.heads) > 1
        if largest:
            st.caption(t("map_view.no_distribution"))
    with right:
        hides = choice.sinks == "hide" and not largest
        hidden = t("sentence.rest_hidden", share=percent(1 - weights[row].sum())) if hides else ""
        bars(
            bars_payload(
                weights[row],
                seen.words,
                title=t("sentence.bars", asks=isolate(seen.words[row])),
                rest=template("words_view.rest_max" if largest else "sentence.rest"),
                note=hidden,
                chosen=column,
            ),
            key="bars",
            on_choose=lambda column: pin(row, column),
        )
    _open(choice, seen, (row, column), float(weights[row, column]))
    take_home(
        f"attention-{file_place(choice.layer, choice.head, choice.heads, choice.together)}",
        lambda: _arrays(choice, in_view(choice, merged)),
        printed_lines(choice, seen, (row, column)),
        key="npz",
    )


def _matrix(choice: Choice, seen: InView) -> np.ndarray:
    """What the map draws: the heads together, or the one in focus."""
    return seen.weights[choice.heads.index(choice.head) if len(seen.weights) > 1 else 0]


def _arrays(choice: Choice, seen: InView) -> dict[str, np.ndarray]:
    return {**controls.arrays(choice.trace), "map": _matrix(choice, seen), "map_words": np.array(seen.words)}


def _open(choice: Choice, seen: InView, cell: tuple[int, int], weight: float) -> None:
    """What made the pinned cell: a head's q and k, or the several numbers that it sums up."""
    names = isolate(seen.words[cell[0]]), isolate(seen.words[cell[1]])
    asking, looked = (seen.positions[at] for at in cell)
    if mixes_heads(choice) or len(asking) * len(looked) > 1:
        opened_mixture(choice, asking, looked, names, weight)
        return
    attention = choice.trace.head(choice.layer, choice.head)
    place = file_place(choice.layer, choice.head)
    opened_cell(
        attention, choice.asks, choice.looks[0], names=names, shown=choice.shown, sinks=choice.sinks, place=place
    )


def _rows(seen: InView) -> list[int]:
    """The rows that the reader has chosen by their names, as far as they are in view."""
    held = {position for unit in seen.positions for position in unit}
    found = [position for position in positions(st.session_state.rows) if position in held]
    st.session_state.rows = code(found)
    depart("rows", "")
    return list(dict.fromkeys(map(seen.unit, found)))


def _mark(choice: Choice, seen: InView, rows: list[int], columns: list[int]) -> None:
    """What the reader chose by the names along the map; a merged word is named by its first piece."""
    st.session_state.rows = code([seen.positions[row][0] for row in rows])
    kept = {seen.unit(position): position for position in reversed(choice.looks)}
    look(*(kept.get(column, seen.positions[column][0]) for column in columns))
