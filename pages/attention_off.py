"""Trained networks with their attention switched off: what they recognise then, block by block."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.controls import badge
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t
from pages.trained.off_blocks import show_blocks
from pages.trained.off_channel import livelier_unit
from pages.trained.off_choice import Choice, arrive_off, arrive_unit, choose_instead, choose_network
from pages.trained.off_closer import look_closer
from pages.trained.off_stage import show_answer, show_picture, take_answer_home
from pages.trained.off_switch import about_instead, big_switch
from pages.trained.off_view import View


@part
def attention(picture: OpenPicture) -> None:
    left, right = st.columns([1, 1], gap="large")
    with left:
        network = choose_network()
    off = arrive_off(network)
    with right:
        big_switch(network, off)
    if network == "segmenter":  # on a phone its map is long: the switch stays over it
        left, right = st.columns([1, 1], gap="large")
    answer = right.container()
    with right:
        choice = Choice(network, off, *choose_instead(picture))
    view = View(picture, choice)
    with left, st.spinner(t("attention_off.reading")):
        show_picture(view)
    with answer, st.spinner(t("attention_off.reading")):
        show_answer(view)
    with right:
        about_instead(view)
        badge("trained", t(f"attention_off.badge.{network}"))
        st.caption(t(f"attention_off.honest.{network}"))
        take_answer_home(view)
    with st.spinner(t("attention_off.comparing")):
        unit = arrive_unit(network, view.sizes) or livelier_unit(view)
    show_blocks(view, unit)
    look_closer(view, unit)


st.markdown(t("attention_off.lead"))
attention(choose_picture("coffee"))
with st.expander(t("attention_off.why"), icon=":material/help:"):
    st.markdown(prose("attention_off"))
