"""The gates of this network in numbers, and which boxes are lost without them."""

import streamlit as st

from attention.networks.detector import BLOCKS
from pages.shared.networks import GateChange
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t
from pages.trained.yolo_choice import IOU, SCORE, Thresholds
from pages.trained.yolo_view import View, listed_boxes, view_of

SHUT = 0.1  # a gate below lets less than a tenth through
USUAL = Thresholds(SCORE, IOU, 0)  # those of the steps above may be moved, and this part would not hear of it


def show_family_gates(picture: OpenPicture) -> None:
    """A line a block, and one sentence."""
    with_own = view_of(picture, USUAL)
    without = view_of(picture, USUAL, GateChange(tuple(range(1, len(BLOCKS) + 1)), "ones"))
    st.markdown(t("yolo_family.gates.text"))
    columns = [t(f"yolo_family.gates.{column}") for column in ("block", "channels", "low", "mean", "high", "shut")]
    lines = ["| " + " | ".join(columns) + " |", "|:--|--:|--:|--:|--:|--:|"]
    for number, (block, trace) in enumerate(zip(BLOCKS, with_own.trace.blocks, strict=True), 1):
        place, which = block.split(".")
        place, own = t(f"yolo.gates.{place}", number=which), trace.own
        name = t("yolo_family.gates.named", gate=t("yolo.gates.drawn.block", number=number), place=place)
        numbers = (len(own), f"{own.min():.2f}", f"{own.mean():.2f}", f"{own.max():.2f}", int((own < SHUT).sum()))
        lines.append(f"| {name} | " + " | ".join(map(str, numbers)) + " |")
    st.markdown("\n".join(lines))
    st.markdown(t("yolo_family.gates.lost", score=f"{SCORE / 100:.2f}", own=_told(with_own), now=_told(without)))
    st.caption(t("yolo_family.gates.source"))


def _told(view: View) -> str:
    if not len(view.found):
        return t("yolo_family.gates.nothing")
    return listed_boxes(view, view.found)
