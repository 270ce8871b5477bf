"""The last part of the page about detection: where attention sits in the YOLO family, with what of it runs here."""

import math

import streamlit as st

from attention.networks.detector_weights import STRIDES
from pages.shared.controls import choice
from pages.shared.networks import detector
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t
from pages.trained.family_areas import show_areas
from pages.trained.family_gates import show_family_gates
from pages.trained.family_history import show_history


@part
def family(picture: OpenPicture) -> None:
    """One member at a time: gates, masks, areas; or the history of all, and of their anchors.

    Parameters
    ----------
    picture : OpenPicture
    """
    st.subheader(t("yolo_family.title"), anchor=False)
    st.markdown(t("yolo_family.lead"))
    SHOW[choice("kin", tuple(SHOW), "areas", texts="yolo_family.kin", quiet=True)](picture)


def _masks(picture: OpenPicture) -> None:
    st.markdown(prose("yolo_family_masks"))
    st.page_link("pages/spatial.py", label=t("yolo_family.masks.link"), icon=":material/touch_app:")


def _anchors(picture: OpenPicture) -> None:
    st.markdown(prose("yolo_family_anchors"))
    side = detector().weights.input_size
    cells = {stride: math.ceil(side / stride) ** 2 for stride in STRIDES}
    anchored = 3 * sum(cells[stride] for stride in STRIDES[:3])  # YOLOv3 has three anchors a cell, and no fourth grid
    st.markdown(t("yolo_family.anchors.count", anchored=f"{anchored:,}", free=f"{sum(cells.values()):,}"))


SHOW = {
    "areas": show_areas,
    "gates": show_family_gates,
    "masks": _masks,
    "history": lambda picture: show_history(),
    "anchors": _anchors,
}
