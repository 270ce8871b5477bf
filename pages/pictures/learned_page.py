"""The channel page with the channels that a classifier has learned, in the place of those made by hand."""

import streamlit as st

from pages.pictures import learned_choice as chosen
from pages.pictures.learned_opened import learned_gate
from pages.pictures.learned_rows import learned_gallery, learned_rows
from pages.pictures.learned_stage import answers, learned_stage
from pages.pictures.learned_view import LearnedView
from pages.shared.controls import badge
from pages.shared.networks import classifier, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t


def learned_channels(picture: OpenPicture, block: int) -> None:
    """A block's channels and gates, the opened one large, and what the network says once gates are pulled."""
    count = len(read_with(classifier, picture).blocks[block - 1].own)
    pulled, opened = chosen.arrive_pulled(block, count), chosen.arrive_channel(block, count)
    left, right = st.columns([1, 1], gap="large")
    with right:
        st.markdown(t("learned.about", block=block, count=count))
        rank = chosen.choose_rank()
        view = LearnedView(picture, block, rank, pulled, opened)
        with st.container(horizontal=True):
            chosen.offer_pulls(view.ranked, count)
        learned_rows(view)
    with left:
        learned_stage(view)
        answers(view)
        badge("trained", t("learned.badge"))
        st.caption(t("learned.honest"))
    learned_gate(view)
    learned_gallery(view)
