"""A sentence through a trained network, seen from eight sides: one text, one choice of words and heads."""

import streamlit as st

from pages.explorer import map as map_view
from pages.explorer.choice import choose
from pages.shared import sentence_controls as controls
from pages.shared.controls import choice
from pages.shared.texts import prose, t

VIEWS = {  # code in the address: its room
    "map": map_view,
}

text = controls.ask_for_text()
trace, network = controls.read(text)
controls.say_who_reads(network, trace)
view = choice("view", tuple(VIEWS), "map", texts="sentence.view", quiet=True)
chosen = choose(trace, network)
with st.container(key=f"view_{view}"):
    VIEWS[view].show(chosen)
with st.expander(t("sentence.why"), icon=":material/help:"):
    st.markdown(prose("sentence"))
