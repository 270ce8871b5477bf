"""What all steps of the page about detection have in common: where things stand, and the way to the next step."""

import streamlit as st

from attention.networks.detector_head import StrideTrace
from figures.boxes import Grid, Rated, boxes_payload
from pages.shared.controls import badge
from pages.shared.texts import t
from pages.trained.yolo_choice import STEPS, go_to
from pages.trained.yolo_view import View, kinds


def halves() -> list:
    """The picture at the left, what is said of it at the right; on a phone one above the other."""
    return st.columns([3, 2], gap="large")


def heading(step: str, title: str = "title", **values: object) -> None:
    """What a step is about."""
    st.subheader(t(f"yolo.{step}.{title}", **values), anchor=False)
    st.markdown(t(f"yolo.{step}.text", **values))
    badge("trained", t("yolo.badge"))


def onward(step: str) -> None:
    """The button to the step after this one."""
    after = STEPS[STEPS.index(step) + 1]
    label = t("yolo.next", step=t(f"yolo.step.{after}"))
    st.button(label, icon=":material/arrow_forward:", on_click=go_to, args=(after,), key="onward")


def cells_of(grid: StrideTrace) -> Grid:
    """The cells of one stride, to be drawn."""
    return Grid(*grid.alignment.shape, grid.cell)


def said_by_each(view: View, grid: StrideTrace) -> Rated:
    """The loudest word of every cell, and the box that goes with it."""
    scores = grid.scores.reshape(len(grid.scores), -1)
    loudest = scores.argmax(axis=0)
    return Rated(grid.boxes.reshape(-1, 4), scores.max(axis=0), loudest, kinds(view.trace))


def over_picture(view: View, name: str, sentence: str, **drawn: object) -> dict:
    """The payload of what is drawn over the reader's picture; `drawn` as `figures.boxes.boxes_payload`."""
    picture = view.picture
    return boxes_payload(picture.url, picture.rgb.shape[1::-1], sentence=sentence, name=name, **drawn)
