"""What the reader chooses on the page about detection: the step and the thresholds."""

import re
from dataclasses import dataclass

import streamlit as st

from pages.shared.controls import choice
from pages.shared.state import arrive, depart

STEPS = ("boxes", "grid", "scores", "sides", "fewer", "gates")
STRIDES = ("8", "16", "32", "64")
PERCENT = tuple(str(share) for share in range(5, 96))
SIDES = ("left", "top", "right", "bottom")
SCORE, IOU = 30, 60  # percent
LAST_ROUND = 1000


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
    for name, default, accept in (
        ("score", str(SCORE), PERCENT.__contains__),
        ("iou", str(IOU), PERCENT.__contains__),
        ("nms", "0", lambda code: _number(code, LAST_ROUND) is not None),
    ):
        arrive(name, default, accept)
        depart(name, default)
    state = st.session_state
    return Thresholds(int(state.score), int(state.iou), int(state.nms))


def keep_thresholds(sent: dict | None) -> None:
    """Take over what was set in the browser, as far as it can stand in the address."""
    if not isinstance(sent, dict):
        return
    for name in ("score", "iou"):
        if str(sent.get(name)) in PERCENT:
            st.session_state[name] = str(sent[name])
    if _number(str(sent.get("round")), LAST_ROUND) is not None:
        st.session_state.nms = str(sent["round"])


def _number(code: str, most: int) -> int | None:
    return int(code) if re.fullmatch(r"\d{1,4}", code, re.ASCII) and int(code) <= most else None
