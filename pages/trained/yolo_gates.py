"""The last step of the page about detection: six channel gates, and what is lost when they are switched off."""

import numpy as np
import streamlit as st

from attention.networks.detections import overlap
from attention.networks.detector import BLOCKS
from figures.boxes import Box
from pages.shared.controls import choice
from pages.shared.networks import INSTEAD, OWN, GateChange
from pages.shared.state import arrive, depart
from pages.shared.texts import t
from pages.trained.yolo_components import boxes
from pages.trained.yolo_frame import halves, heading, over_picture
from pages.trained.yolo_place import Place
from pages.trained.yolo_take import take_boxes_home
from pages.trained.yolo_view import View, boxes_of, kinds, listed_boxes, source, view_of

ALL, NONE = "all", "none"
SAME = 0.5  # boxes of one class that overlap by more are the same thing
REPLACED = INSTEAD[:3]  # 1, the mean, the average picture's


def show_gates(view: View, place: Place) -> None:
    """The boxes with some gates switched off, and those that were there before."""
    left, right = halves()
    with right:
        heading("gates")
        silent = _choose_silent()
        instead = choice("silenced", REPLACED, "ones", texts="yolo.gates.with", help=t("yolo.gates.with.help"))
        st.caption(t("yolo.gates.honest"))
    change = GateChange(silent, instead) if silent else OWN
    with right, st.spinner(t("yolo.reading")):
        now = view_of(view.picture, view.thresholds, change)
    names, size = kinds(view.trace), view.trace.size
    own, left_over = (
        listed_boxes(each.found, names, size) if len(each.found) else t("yolo.gates.nothing") for each in (view, now)
    )
    lost = [box for box in boxes_of(view.found, names, "lost") if not _is_among(box, now)]
    case = "on" if not silent else "lost" if lost else "change"
    said = t(f"yolo.gates.{case}", own=own, now=left_over)
    with left:
        payload = over_picture(view, "gates", said, boxes=[*lost, *boxes_of(now.found, names)])
        boxes(payload, source=source(view.thresholds))
    with right:
        take_boxes_home(now, change)


def _is_among(box: Box, view: View) -> bool:
    """Whether a box of the same class is found in nearly the same place."""
    same = view.found.boxes[view.found.classes == box.colour]
    return bool((overlap(np.array(box.corners), same) > SAME).any())


def _choose_silent() -> tuple[int, ...]:
    """The blocks that are switched off, counted from 1; ``silent=2,5`` in the address."""
    arrive("silent", ALL, lambda code: code == NONE or bool(_numbers(code)))
    depart("silent", ALL)
    now = _numbers(st.session_state.silent)
    every = tuple(range(1, len(BLOCKS) + 1))
    st.session_state.silent_blocks = list(now)
    st.pills(
        t("yolo.gates.label"),
        every,
        selection_mode="multi",
        key="silent_blocks",
        format_func=_block_name,
        wrap=True,
        on_change=_keep_silent,
    )
    with st.container(horizontal=True):
        for code, blocks in ((ALL, every), (NONE, ())):
            st.button(
                t(f"yolo.gates.{code}"), disabled=now == blocks, on_click=_silence, args=(code,), key=f"silent_{code}"
            )
    return now


def _block_name(number: int) -> str:
    place, _, which = BLOCKS[number - 1].partition(".")
    return t(f"yolo.gates.{place}", number=which)


def _keep_silent() -> None:
    numbers = sorted(st.session_state.silent_blocks)
    st.session_state.silent = ALL if len(numbers) == len(BLOCKS) else ",".join(map(str, numbers)) or NONE


def _silence(code: str) -> None:
    st.session_state.silent = code


def _numbers(code: str) -> tuple[int, ...]:
    every = range(1, len(BLOCKS) + 1)
    named = {int(part) for part in code.split(",") if part.isascii() and part.isdecimal()}
    return tuple(every) if code == ALL else tuple(number for number in every if number in named)
