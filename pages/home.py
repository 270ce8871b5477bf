"""What this is, and at once something alive: a sentence with its map, a picture with its mask, the ways on."""

import streamlit as st

from pages.shared import sentence_controls as controls
from pages.shared.controls import badge
from pages.shared.picture_blocks import mask_over_picture, sample_view
from pages.shared.picture_view import arrays, python_lines
from pages.shared.sentence_map import sentence_map
from pages.shared.state import depart
from pages.shared.take_home import take_home
from pages.shared.texts import t

st.markdown(t("home.lead"))
left, right = st.columns([3, 2], gap="large")

with left:
    st.subheader(t("home.sentence"), anchor=False)
    text = controls.ask_for_text()
    trace, network = controls.read(text)
    layer, head = controls.OPENING_HEADS[network]
    weights = trace.weights[layer - 1, head - 1]
    words = controls.labels(trace.tokens)
    cell = controls.pinned_cell(trace, network)
    sentence_map(
        weights,
        words,
        cell,
        layer=layer,
        head=head,
        key="home_map",
        source=controls.reader(network, trace),
        on_choose=controls.pin_cell,
    )
    depart("pin", "")
    st.caption(t("home.sentence_note"))
    badge("trained", controls.reader(network, trace))
    st.page_link(
        "pages/sentence.py",
        label=t("home.sentence_link"),
        icon=":material/arrow_forward:",
        query_params=controls.address(text, layer, head, cell),
    )
    lines = controls.python_lines(trace, network, layer, head, *cell, sinks="show")
    take_home(f"attention-layer{layer}-head{head}", lambda: controls.arrays(trace), lines, key="home_npz")

with right:
    st.subheader(t("home.picture"), anchor=False)
    view = sample_view("rocket")
    mask_over_picture(view, on_choose=None)
    badge("illustrative", t("picture.badge"))
    st.page_link("pages/picture.py", label=t("home.picture_link"), icon=":material/arrow_forward:")
    take_home("picture-attention", lambda: arrays(view), python_lines(view), key="home_picture_npz")

for place, name in zip(st.columns(3), ("steps", "sentence", "picture"), strict=True):
    with place.container(border=True, height="stretch"):
        st.markdown(f"#### {t(f'home.card.{name}.title')}\n\n{t(f'home.card.{name}.text')}")
        st.page_link(f"pages/{name}.py", label=t(f"home.card.{name}.link"), icon=":material/arrow_forward:")
