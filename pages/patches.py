"""The reader's picture as a sentence of patches: one asks, all answer."""

import numpy as np
import streamlit as st

from pages.pictures import patches_blocks as blocks
from pages.pictures import patches_choice as chosen
from pages.pictures.choose import choose_picture
from pages.pictures.patches_grid import patch_grid
from pages.pictures.patches_lines import arrays, python_lines
from pages.pictures.patches_opened import opened_pair
from pages.pictures.patches_view import open_view
from pages.shared.controls import badge
from pages.shared.take_home import take_home
from pages.shared.texts import prose, t

st.markdown(t("patches.lead"))
picture = choose_picture()
with st.container(horizontal=True, vertical_alignment="bottom", key="patch_controls"):
    across, over, touch = chosen.choose_grid()

left, right = st.columns([3, 2], gap="large")
with right:
    settings = chosen.choose_settings(across, over)
view = open_view(picture, settings, lambda shape: chosen.read_pins(shape, picture.digest))
with left:
    patch_grid(view, touch)
    badge("illustrative", t("patches.badge"))
    st.caption(t("patches.badge_help"))
with right:
    blocks.spread(view)
    if view.over_channels:
        blocks.channel_bars(view)
    else:
        blocks.matrix(view)
opened_pair(view)

pins = view.pins  # what is called later holds no weights: an open page would keep them all


def numbers() -> dict[str, np.ndarray]:
    return arrays(open_view(picture, settings, lambda shape: pins))


if view.over_channels:
    take_home("patches", numbers, python_lines(view), key="patches_npz")
else:
    blocks.result(view, numbers)
with st.expander(t("patches.why"), icon=":material/help:"):
    st.markdown(prose("patches"))
