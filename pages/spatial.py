"""Spatial attention on the reader's picture, stage by stage: CBAM's spatial half, BAM's dilated branch, SimAM."""

import streamlit as st

from pages.pictures import spatial_bam, spatial_cbam, spatial_simam
from pages.pictures.choose import choose_picture
from pages.pictures.spatial_pixel import choose_pixel, strongest_place
from pages.pictures.spatial_view import choose_stage, open_pixel, show_stage, show_strip
from pages.shared.controls import badge, choice
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t

MECHANISMS = {"cbam": spatial_cbam, "bam": spatial_bam, "simam": spatial_simam}


@part
def attention(picture: OpenPicture) -> None:
    left, right = st.columns([3, 2], gap="large")

    with right:
        place = choice("place", tuple(MECHANISMS), "cbam", texts="spatial.place", quiet=True)
        badge("illustrative", t(f"spatial.{place}.badge"))
        st.caption(t(f"spatial.{place}.about"))
        stages = st.container()
        run = MECHANISMS[place].run(picture)
    stage = choose_stage(run)
    pixel = choose_pixel(*run.mask.shape, strongest_place(run.ranked))
    with left:
        show_stage(picture, run, stage, pixel)
    with stages:  # after the viewer, whose colours they share
        show_strip(picture, run, stage)

    open_pixel(run, pixel)


st.markdown(t("spatial.lead"))
attention(choose_picture())
with st.expander(t("spatial.why"), icon=":material/help:"):
    st.markdown(prose("spatial"))
