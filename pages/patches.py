"""The reader's picture as a sentence of patches: one asks, all answer."""

import streamlit as st

from pages.pictures import patches_blocks as blocks
from pages.pictures import patches_choice as chosen
from pages.pictures.choose import choose_picture
from pages.pictures.patches_grid import patch_grid, take_grid_home
from pages.pictures.patches_opened import opened_pair
from pages.pictures.patches_view import PatchView, open_view
from pages.shared.controls import badge
from pages.shared.texts import prose, t

st.markdown(t("patches.lead"))
picture = choose_picture()
controls = st.container(horizontal=True, vertical_alignment="bottom", key="patch_controls")
left, right = st.columns([3, 2], gap="large")
with right:
    block = chosen.choose_channels()
with controls:
    across, over, touch = chosen.choose_grid(block)
with right:
    settings = chosen.choose_settings(across, over, block)
view = open_view(picture, settings, lambda shape, learned: chosen.read_pins(shape, picture.digest, learned))
pins = view.pins


def again() -> PatchView:
    """The view computed anew, for what is taken home: an open page would keep all its weights."""
    return open_view(picture, settings, lambda shape, learned: pins)


with left:
    patch_grid(view, touch)
    take_grid_home(view, again)
    if block:
        badge("trained", t("learned.badge"))
        st.caption(t("learned.patches", count=view.patches.vectors.shape[1]))
    else:
        badge("illustrative", t("patches.badge"))
        st.caption(t("patches.badge_help"))
with right:
    blocks.spread(view)
    if view.over_channels:
        blocks.channel_bars(view)
    else:
        blocks.matrix(view)
opened_pair(view)
if not view.over_channels:
    blocks.result(view, again)
with st.expander(t("patches.why"), icon=":material/help:"):
    st.markdown(prose("patches"))
