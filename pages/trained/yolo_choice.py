"""What the reader chooses on the page about detection: the step and the thresholds."""

from dataclasses import dataclass

import streamlit as st

from pages.shared.controls import choice
from pages.shared.state import arrive_one_of

STEPS = ("boxes", "grid", "scores", "sides", "fewer", "gates")
STRIDES = ("8", "16", "32", "64")
PERCENT = tuple(str(share) for share in range(5, 96))
SIDES = ("left", "top", "right", "bottom")
SCORE, IOU = 30, 60  # percent
ROUNDS = tuple(str(step) for step in range(1001))


@dataclass(frozen=True)
class Thresholds:
    """From candidates to boxes, both in percent; and which step of the suppression is shown."""

    score: int
    iou: int
    round: int


def choose_step() -> str:
    """Which part of the detector's work is shown."""
    return choice("detect", STEPS, "boxes", texts="yolo.step", quiet=True)


def go_to(step: str) -> None:
    """What the button to another step does, before the page runs again."""
    st.session_state.detect = step


def thresholds() -> Thresholds:
    """What the sliders under the boxes were set to; they run in the browser."""
    score, iou = arrive_one_of("score", PERCENT, str(SCORE)), arrive_one_of("iou", PERCENT, str(IOU))
    return Thresholds(int(score), int(iou), int(arrive_one_of("nms", ROUNDS, ROUNDS[0])))


def keep_thresholds(sent: dict | None) -> None:
    """Take over what was set in the browser, as far as it can stand in the address."""
    if not isinstance(sent, dict):
        return
    for name, part, options in (("score", "score", PERCENT), ("iou", "iou", PERCENT), ("nms", "round", ROUNDS)):
        if str(sent.get(part)) in options:
            st.session_state[name] = str(sent[part])
