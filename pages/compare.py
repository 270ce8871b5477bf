"""Every mechanism on the reader's picture, side by side."""

import streamlit as st

from attention.images.comparison import MECHANISMS
from figures.small_multiples import SPANS
from pages.pictures.choose import choose_picture
from pages.pictures.compare_opened import difference, opened
from pages.pictures.compare_table import table
from pages.pictures.compare_tiles import OPENED, tiles
from pages.pictures.viewer import arrive_look
from pages.shared.controls import badge, choice
from pages.shared.state import arrive, depart
from pages.shared.texts import prose, t

OPENED_AT_FIRST = "cbam"

st.markdown(t("compare.lead"))
picture = choose_picture()
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    badge("illustrative", t("compare.badge"))
    span = choice("span", tuple(SPANS), "wide", texts="compare.span", quiet=True)
st.caption(t("compare.badge_help"))
arrive("open", OPENED_AT_FIRST, MECHANISMS.__contains__)

left, right = st.columns([3, 2], gap="large")
with left:
    tiles(picture, st.session_state.open, span, arrive_look())
with right, st.container(key=OPENED):
    opened(picture, st.session_state.open, span)
depart("open", OPENED_AT_FIRST)
difference(picture, span)
table(picture)
with st.expander(t("compare.why"), icon=":material/help:"):
    st.markdown(prose("compare"))
