"""One word opened: how its q meets the k of every other word, number by number."""

import numpy as np
import streamlit as st

from figures.numbers import percent, signed
from figures.word_table import ORDERS, word_table_payload
from pages.explorer.choice import Choice, look
from pages.explorer.strip import word_strip
from pages.shared import controls
from pages.shared import sentence_controls as sentence
from pages.shared.opened_cell import opened_cell
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, t
from pages.shared.word_table import word_table


def show(choice: Choice) -> None:
    """Place the words to choose from, the table, and under it the pinned cell in full."""
    word_strip(choice)
    with st.container(horizontal=True, vertical_alignment="bottom", key="open_controls"):
        order = controls.choice("order", ORDERS, "position", texts="open_view.order")
        numbers = controls.switch("numbers", label=t("open_view.numbers"), help=t("open_view.numbers_help"))
    attention = choice.trace.head(choice.layer, choice.head)
    asks, looks, shown = choice.asks, choice.looks[0], choice.shown
    rescale = choice.sinks == "renormalise"
    place = f"layer{choice.layer}-head{choice.head}"
    payload = word_table_payload(
        attention, asks, looks, choice.labels, shown=shown, rescale=rescale, order=order, numbers=numbers
    )
    first = int(shown[np.argmax(attention.scores[asks, shown])])
    finding = t(
        "open_view.finding",
        asks=isolate(choice.labels[asks]),
        count=len(shown),
        score=signed(attention.scores[asks, first]),
        first=isolate(choice.labels[first]),
        weight=percent(attention.weights[asks, first] / payload["left"]),
    )
    source = t("open_view.source", source=choice.source, layer=choice.layer, head=choice.head)
    word_table(payload, finding, key="table", name=f"word-{place}-{asks}", source=source, on_pin=look)
    names = (isolate(choice.labels[asks]), isolate(choice.labels[looks]))
    opened_cell(attention, asks, looks, names=names, shown=shown, sinks=choice.sinks, place=place)
    take_home(
        f"attention-{place}",
        lambda: sentence.arrays(choice.trace),
        sentence.python_lines(choice.trace, choice.network, choice.layer, choice.head, asks, looks, choice.sinks),
        key="npz",
    )
