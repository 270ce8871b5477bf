"""The attention of the chosen head as a map: who looks at whom."""

import streamlit as st

from figures.bars import bars_payload
from figures.numbers import percent
from pages.explorer.choice import Choice, ask, look
from pages.explorer.in_view import in_view
from pages.shared import sentence_controls as controls
from pages.shared.components import bars
from pages.shared.opened_cell import opened_cell
from pages.shared.sentence_map import sentence_map
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, t, template


def show(choice: Choice) -> None:
    """Place the map, the row's bars and the opened cell."""
    seen = in_view(choice)
    weights, words = seen.weights[choice.heads.index(choice.head) if len(seen.weights) > 1 else 0], seen.words
    asks, looks = choice.asks, choice.looks[0]
    row, column = seen.unit(asks), seen.unit(looks)

    def pin(row: int, column: int) -> None:
        ask(seen.positions[row][0])
        look(seen.positions[column][0])

    left, right = st.columns([4, 3], gap="large")
    with left:
        sentence_map(
            weights,
            words,
            (row, column),
            layer=choice.layer,
            head=choice.head,
            key="map",
            source=choice.source,
            on_choose=pin,
        )
    with right:
        hidden = t("sentence.rest_hidden", share=percent(1 - weights[row].sum())) if choice.sinks == "hide" else ""
        bars(
            bars_payload(
                weights[row],
                words,
                title=t("sentence.bars", asks=isolate(words[row])),
                rest=template("sentence.rest"),
                note=hidden,
                chosen=column,
            ),
            key="bars",
            on_choose=lambda column: pin(row, column),
        )
    attention = choice.trace.head(choice.layer, choice.head)
    names = (isolate(words[row]), isolate(words[column]))
    place = f"layer{choice.layer}-head{choice.head}"
    opened_cell(attention, asks, looks, names=names, shown=choice.shown, sinks=choice.sinks, place=place)
    take_home(
        f"attention-{place}",
        lambda: controls.arrays(choice.trace),
        controls.python_lines(choice.trace, choice.network, choice.layer, choice.head, asks, looks, choice.sinks),
        key="npz",
    )
