"""What this is, and at once something alive: a sentence with its map, a picture with its mask, the ways on."""

import streamlit as st

from pages.lessons import path
from pages.pictures.spatial_view import sample_mask
from pages.shared import sentence_controls as controls
from pages.shared.controls import badge
from pages.shared.sentence_map import sentence_map
from pages.shared.state import depart
from pages.shared.take_home import take_home
from pages.shared.texts import t

CARDS = {
    "words": ("steps", "sentence"),
    "pictures": ("channel", "spatial", "mixed", "patches", "compare"),
    "trained": ("attention_off", "click", "yolo"),
}

st.markdown(t("home.lead"))
path.take_up()
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
    sample_mask("rocket", key="home_mask")
    badge("illustrative", t("spatial.cbam.badge"))
    st.page_link(
        "pages/spatial.py",
        label=t("home.picture_link"),
        icon=":material/arrow_forward:",
        query_params={"sample": "rocket"},
    )

with st.container(border=True):
    st.markdown(f"#### {t('section.lessons')}\n\n{t('home.lessons')}")
    with st.container(horizontal=True):
        path.links()

for section, pages in CARDS.items():
    st.subheader(t(f"section.{section}"), anchor=False)
    for place, name in zip(st.columns(len(pages)), pages, strict=True):
        with place.container(border=True, height="stretch"):
            st.markdown(f"#### {t(f'page.{name}')}\n\n{t(f'home.card.{name}.text')}")
            st.page_link(f"pages/{name}.py", label=t(f"home.card.{name}.link"), icon=":material/arrow_forward:")
