"""The fifth step of the page about detection: thresholds and suppression, moved by the reader in the browser."""

import streamlit as st

from figures.boxes import Many, Rated
from pages.shared.networks import detector
from pages.shared.texts import t
from pages.trained.yolo_choice import IOU, SCORE, keep_thresholds
from pages.trained.yolo_components import boxes
from pages.trained.yolo_frame import halves, heading, onward, over_picture
from pages.trained.yolo_place import Place
from pages.trained.yolo_take import take_boxes_home
from pages.trained.yolo_view import FLOOR, MOST, View, kinds, sentence, source


def show_fewer(view: View, place: Place) -> None:
    """All candidates, and what stays of them."""
    trace, chosen = view.trace, view.thresholds
    candidates = view.candidates
    left, right = halves()
    with left:
        rated = Rated(candidates.boxes, candidates.scores, candidates.classes, kinds(trace))
        many = Many(rated, chosen.score, chosen.iou, chosen.round)
        payload = over_picture(view, "candidates", sentence(view), many=many)
        boxes(payload, source=source(chosen), states="fewer", on_settings=keep_thresholds)
    with right:
        heading(
            "fewer",
            "title" if len(view.found) else "nothing",
            score=f"{chosen.score / 100:.2f}",
            count=int((candidates.scores > chosen.score / 100).sum()),
            kept=len(view.found),
            all=f"{sum(grid.scores.size for grid in trace.strides):,}",
        )
        weights = detector().weights
        st.caption(
            t("yolo.fewer.published", score=f"{weights.score_threshold:g}", iou=f"{weights.iou_threshold:.2f}")
            + t("yolo.fewer.note", floor=f"{FLOOR:.2f}", most=f"{MOST:,}")
        )
        changed = (chosen.score, chosen.iou) != (SCORE, IOU)
        st.button(
            t("yolo.fewer.reset"), icon=":material/restart_alt:", type="tertiary", disabled=not changed, on_click=_reset
        )
        onward("fewer")
        take_boxes_home(view)


def _reset() -> None:
    st.session_state.update(score=str(SCORE), iou=str(IOU), nms="0")
