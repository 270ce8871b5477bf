"""Channel attention on the reader's picture: squeeze, excitation, gates to pull, and the picture they give back."""

import math

import streamlit as st

from attention.images import eca_kernel_size
from attention.images.rebuild import fit_decoder
from pages.pictures.channel_choice import arrive_channel, choose_gating
from pages.pictures.channel_gallery import channel_gallery
from pages.pictures.channel_opened import opened_gate
from pages.pictures.channel_rows import gate_rows
from pages.pictures.channel_stage import stage
from pages.pictures.channel_view import View
from pages.pictures.choose import choose_picture
from pages.pictures.spatial_pixel import choose_pixel, strongest_place
from pages.shared.compute import of_picture, picture_channels
from pages.shared.controls import badge
from pages.shared.texts import prose, t

st.markdown(t("channel.lead"))
picture = choose_picture()
choice = choose_gating()
channels = picture_channels(picture)
decoder = of_picture(picture, "decoder", lambda: fit_decoder(channels.maps, picture.rgb))
view = View(picture, channels, choice, decoder, arrive_channel())
pixel = choose_pixel(*view.X.shape[1:], strongest_place(view.gates[view.channel]) if view.by_place else (0, 0))
mechanism, k = choice.mechanism, eca_kernel_size(len(channels.names))
st.markdown(
    t(
        f"channel.about.{mechanism}{'_extent' if view.by_place else ''}",
        channels=len(channels.names),
        exact=f"{(math.log2(len(channels.names)) + 1) / 2:.2f}",
        k=k,
        window=2 * choice.number - 1,
    )
)
with st.container(horizontal=True, vertical_alignment="center"):
    badge("illustrative", t(f"channel.badge.{mechanism}"))
    st.caption(t(f"channel.badge_help.{mechanism}"))

left, right = st.columns([1, 1], gap="large")
with right:
    gate_rows(view)
with left:
    stage(view, pixel)

opened_gate(view, pixel)
channel_gallery(view)
with st.expander(t("channel.why"), icon=":material/help:"):
    st.markdown(prose("channel"))
