"""One-stage detection with a trained detector: grid, scores, distances, boxes; and where attention sits in it."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.components import bring_back
from pages.shared.part import part
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import prose, t
from pages.trained.family import family
from pages.trained.yolo_boxes import show_boxes, show_grid
from pages.trained.yolo_choice import choose_step, thresholds
from pages.trained.yolo_fewer import show_fewer
from pages.trained.yolo_gates import show_gates
from pages.trained.yolo_place import arrive_place
from pages.trained.yolo_scores import show_scores
from pages.trained.yolo_sides import show_sides
from pages.trained.yolo_view import view_of

SHOW = {
    "boxes": show_boxes,
    "grid": show_grid,
    "scores": show_scores,
    "sides": show_sides,
    "fewer": show_fewer,
    "gates": show_gates,
}


@part
def detection(picture: OpenPicture) -> None:
    with st.container(gap=None):
        step = choose_step()
        bring_back("detect", step)
    view = view_of(picture, thresholds())
    SHOW[step](view, arrive_place(view))


st.markdown(t("yolo.lead"))
picture = choose_picture("coffee")
detection(picture)
family(picture)
with st.expander(t("yolo.why"), icon=":material/help:"):
    st.markdown(prose("yolo"))
