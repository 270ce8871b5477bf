"""A sentence through a trained network, seen from eight sides: one text, one choice of words and heads."""

import streamlit as st

from pages.explorer import all_heads, find_head, open_word, two_texts, vector, what_if, words
from pages.explorer import map as map_view
from pages.explorer.choice import choose
from pages.shared import sentence_controls as controls
from pages.shared.controls import choice
from pages.shared.texts import prose, t

VIEWS = {  # code in the address: its room
    "words": words,
    "map": map_view,
    "heads": all_heads,
    "find": find_head,
    "open": open_word,
    "vector": vector,
    "change": what_if,
    "pair": two_texts,
}

field = st.container()
under_it = st.container(horizontal=True, horizontal_alignment="distribute", key="under_text")
with field:
    text = controls.ask_for_text(examples_in=under_it)
trace, network = controls.read(text)
with under_it:
    controls.say_who_reads(network, trace)
view = choice("view", tuple(VIEWS), "words", texts="sentence.view", quiet=True)
chosen = choose(trace, network)
with st.container(key=f"view_{view}"):
    VIEWS[view].show(chosen)
with st.expander(t("sentence.why"), icon=":material/help:"):
    st.markdown(prose("sentence"))
