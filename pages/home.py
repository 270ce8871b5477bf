"""What this is, and at once something alive: a sentence with its map, a picture with its mask, the ways on."""

import streamlit as st

from pages.shared import sentence_controls as controls
from pages.shared.controls import badge
from pages.shared.sentence_map import sentence_map
from pages.shared.texts import t

HEADS = {"en": (4, 2), "zh": (1, 3)}  # a head of each network that often links words by meaning

st.markdown(t("home.lead"))
left, right = st.columns([3, 2], gap="large")

with left:
    st.subheader(t("home.sentence"), anchor=False)
    text = controls.ask_for_text(with_examples=False)
    trace, network = controls.read(text)
    layer, head = HEADS[network]
    weights = trace.weights[layer - 1, head - 1]
    pinned_in, pinned = st.session_state.get("home_cell", (None, None))
    sentence_map(
        weights,
        controls.labels(trace.tokens),
        pinned if pinned_in == text else controls.default_words(trace, weights),
        layer=layer,
        head=head,
        key="home_map",
        on_choose=lambda *cell: st.session_state.update(home_cell=(text, cell)),
        tools=(),
    )
    st.caption(t("home.sentence_note"))
    badge("trained", controls.reader(network, trace))
    st.page_link("pages/sentence.py", label=t("home.sentence_link"), icon=":material/arrow_forward:")

for place, name in zip(st.columns(3), ("steps", "sentence", "picture"), strict=True):
    with place.container(border=True, height="stretch"):
        st.markdown(f"#### {t(f'home.card.{name}.title')}\n\n{t(f'home.card.{name}.text')}")
        st.page_link(f"pages/{name}.py", label=t(f"home.card.{name}.link"), icon=":material/arrow_forward:")
