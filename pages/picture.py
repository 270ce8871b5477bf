"""A picture through both halves of CBAM: its channel gates and its spatial mask, down to the arithmetic of a pixel."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared import picture_blocks as blocks
from pages.shared import picture_controls as controls
from pages.shared.compute import picture_attention, picture_channels
from pages.shared.controls import badge
from pages.shared.picture_view import View, arrays, python_lines, strongest_place
from pages.shared.picture_weights import choose_weights
from pages.shared.take_home import take_home
from pages.shared.texts import prose, t

st.markdown(t("picture.lead"))
picture = choose_picture()
left, right = st.columns([3, 2], gap="large")

with right:
    badge("illustrative", t("picture.badge"))
    st.caption(t("picture.badge_help"))
    weights = choose_weights()

channels = picture_channels(picture)
trace = picture_attention(picture, weights)
view = View(
    picture,
    weights,
    channels,
    trace,
    channel=controls.arrive_channel(),
    pixel=controls.choose_pixel(*trace.mask.shape, strongest_place(trace.spatial.logits)),
)

with left:
    blocks.mask_over_picture(view)
with right:
    blocks.refined_picture(view)

blocks.channel_bank(view)
blocks.channel_gates(view)
blocks.reweighted_channels(view)
blocks.spatial_stages(view)
blocks.result(view)

take_home("picture-attention", lambda: arrays(view), python_lines(view), key="picture_npz")
with st.expander(t("picture.why"), icon=":material/help:"):
    st.markdown(prose("picture"))
