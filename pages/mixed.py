"""Channel and spatial attention together on the reader's picture: one after the other, side by side, multiplied."""

import streamlit as st

from pages.pictures import mixed_view as view
from pages.pictures.choose import choose_picture
from pages.pictures.mixed_orders import mixed
from pages.pictures.spatial_pixel import choose_pixel, strongest_place
from pages.shared.controls import badge
from pages.shared.texts import prose, t

st.markdown(t("mixed.lead"))
picture = choose_picture()
choices, drawing = st.columns([3, 2], gap="large")
with choices:
    order = view.choose_order()
    badge("illustrative", t("mixed.badge"))
with drawing:
    view.draw_order(order)
run = mixed(picture, order)

left, right = st.columns(2, gap="large")
with right:
    st.subheader(t("mixed.difference.title"), anchor=False)
    against = mixed(picture, view.choose_other(order))
pixel = choose_pixel(*run.share.shape, strongest_place(run.share))
named = view.named_channel(run, against)
with left:
    view.show_whole(picture, run, against.code, pixel)
with right:
    view.show_difference(picture, run, against, named, pixel)

gates, words = st.columns(2, gap="large")
with gates:
    view.show_gates(run, named)
with words:
    view.say_pixel(run, against, pixel)
    st.caption(t("mixed.difference.caption"))
    st.markdown(t("mixed.paper"))
    for page in ("channel", "spatial"):
        st.page_link(f"pages/{page}.py", label=t(f"mixed.link.{page}"), icon=":material/arrow_forward:")
with st.expander(t("mixed.why"), icon=":material/help:"):
    st.markdown(prose("mixed"))
