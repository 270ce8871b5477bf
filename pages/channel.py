"""Channel attention on the reader's picture: squeeze, excitation, gates to pull, and the picture they give back."""

import streamlit as st

from pages.pictures.channel_choice import Choice, arrive_channel, choose_gating
from pages.pictures.channel_gallery import channel_gallery
from pages.pictures.channel_opened import opened_gate
from pages.pictures.channel_rows import gate_rows
from pages.pictures.channel_stage import stage
from pages.pictures.channel_view import view_of
from pages.pictures.channel_words import about
from pages.pictures.choose import choose_picture
from pages.pictures.learned_choice import choose_bank, choose_block
from pages.pictures.learned_page import learned_channels
from pages.pictures.spatial_pixel import choose_pixel, strongest_place
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t


@part
def attention(picture: OpenPicture) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        learned = choose_bank()
        chosen = choose_block() if learned else choose_gating()
    (learned_channels if learned else channels_by_hand)(picture, chosen)


def channels_by_hand(picture: OpenPicture, choice: Choice) -> None:
    """The 20 channels that have names, gated in one of four ways."""
    view = view_of(picture, choice, arrive_channel())
    pixel = choose_pixel(*view.maps.shape[1:], strongest_place(view.gates[view.channel]) if view.by_place else (0, 0))
    left, right = st.columns([1, 1], gap="large")
    with right:
        about(view)
        gate_rows(view)
    with left:
        stage(view, pixel)

    opened_gate(view, pixel)
    channel_gallery(view)


st.markdown(t("channel.lead"))
attention(choose_picture())
with st.expander(t("channel.why"), icon=":material/help:"):
    st.markdown(prose("channel"))
