"""A sentence through a trained network: one head's attention, down to the arithmetic of one cell."""

import numpy as np
import streamlit as st

from attention.sinks import set_aside
from figures.bars import bars_payload
from figures.numbers import percent
from pages.shared import sentence_controls as controls
from pages.shared.components import bars
from pages.shared.controls import badge
from pages.shared.opened_cell import opened_cell
from pages.shared.sentence_map import sentence_map
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, prose, t, template

text = controls.ask_for_text()
trace, network = controls.read(text)
left, right = st.columns([4, 3], gap="large")

with right:
    badge("trained", controls.reader(network, trace))
    layer, head = controls.choose_head(trace, network)
    chosen_words, row_bars, set_aside_place = st.container(), st.container(), st.container()
with set_aside_place:
    sinks = controls.choose_sinks()
with chosen_words:
    attention = trace.head(layer, head)
    # The positions in view, and where each stands on the map.
    shown = np.flatnonzero(~trace.tokens.special | (sinks == "show"))
    asks, looks = controls.choose_words(trace, network, attention.weights, shown)

weights = set_aside(attention.weights, np.isin(np.arange(len(trace.tokens)), shown), sinks)
labels = controls.labels(trace.tokens)
words = [labels[i] for i in shown]
row, column = int(np.searchsorted(shown, asks)), int(np.searchsorted(shown, looks))


def choose(row: int, column: int) -> None:
    controls.pin_words(int(shown[row]), int(shown[column]))


with left:
    source = " · ".join([controls.reader(network, trace), t(f"sentence.sinks.source_{sinks}")])
    sentence_map(weights, words, (row, column), layer=layer, head=head, key="map", source=source, on_choose=choose)

hidden = ""
if sinks == "hide":
    hidden = t("sentence.rest_hidden", share=percent(1 - weights[row].sum()))
with row_bars:
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
        on_choose=lambda column: choose(row, column),
    )
with set_aside_place:
    controls.sinks_note(sinks, attention.weights, trace.tokens.special)
    controls.choose_network_that_reads()

names = (isolate(words[row]), isolate(words[column]))
opened_cell(attention, asks, looks, names=names, shown=shown, sinks=sinks, place=f"layer{layer}-head{head}")
take_home(
    f"attention-layer{layer}-head{head}",
    lambda: controls.arrays(trace),
    controls.python_lines(trace, network, layer, head, asks, looks, sinks),
    key="npz",
)
with st.expander(t("sentence.why"), icon=":material/help:"):
    st.markdown(prose("sentence"))
