"""A trained network that attends to where the reader clicks, layer by layer."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.controls import badge, choice, switch
from pages.shared.networks import read_by_promptable
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t
from pages.trained import click_attention as attention
from pages.trained.click_choice import choose_settings, pinned_patch, read_clicks
from pages.trained.click_opened import opened_number
from pages.trained.click_picture import choose_mode, click_picture, show_answer, take_object_home, ways_back
from pages.trained.click_view import ClickView, open_view
from pages.trained.window_view import window_view

COARSE, FINE = 512, 1024  # pixels that the longer side is read with


@part
def clicks_and_attention(picture: OpenPicture, size: int) -> None:
    clicks = read_clicks(picture)
    left, right = st.columns(2, gap="large")
    with right:
        settings = choose_settings(clicks)
    with left:
        does, shows = choose_mode()
        reading = st.container(gap=None)
        click_picture(picture, size)
        ways_back(picture)

        def again() -> ClickView:
            return open_view(picture, size, clicks, settings)

        with reading:
            view = again()
        show_answer(view, does, shows)
        attention.choose_proposal(view)
        take_object_home(view, again)
    patch = pinned_patch(picture, size, view.patches) or view.shown_facts.strongest
    with right:
        attention.show_attention(view, patch, again)
        attention.choose_head(view)
    opened_number(view, patch)


@part
def windows(picture: OpenPicture, size: int) -> None:
    with st.container(gap=None):
        read = read_by_promptable(picture, size)
    window_view(read, picture)


st.markdown(t("click.lead"))
picture = choose_picture()
with st.container(horizontal=True, vertical_alignment="center"):
    eye = choice("eye", ("click", "windows"), "click", texts="click.eye", quiet=True)
    size = FINE if switch("fine", label=t("click.fine.label"), help=t("click.fine.help")) else COARSE
if eye == "click":
    clicks_and_attention(picture, size)
else:
    windows(picture, size)
badge("trained", t("click.badge"))
st.caption(t("click.honest"))
with st.expander(t("click.why"), icon=":material/help:"):
    st.markdown(prose("click"))
