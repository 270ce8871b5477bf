"""The last step of the page about detection: six channel gates, and what is lost when they are switched off."""

import numpy as np
import streamlit as st

from attention.networks.detections import overlap
from attention.networks.detector import BLOCKS
from figures.boxes import Box
from figures.off_blocks import Block, BlocksText, blocks_payload
from pages.shared.controls import choice
from pages.shared.networks import INSTEAD, OWN, GateChange
from pages.shared.state import arrive, depart
from pages.shared.texts import t, template
from pages.trained.off_blocks import draw_blocks
from pages.trained.yolo_components import boxes
from pages.trained.yolo_frame import halves, heading, over_picture
from pages.trained.yolo_place import Place
from pages.trained.yolo_take import take_boxes_home
from pages.trained.yolo_view import View, boxes_of, kinds, listed_boxes, source, view_of

ALL, NONE = "all", "none"
EVERY = tuple(range(1, len(BLOCKS) + 1))
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
    _draw_gates(view, now, silent)


def _is_among(box: Box, view: View) -> bool:
    """Whether a box of the same class is found in nearly the same place."""
    same = view.found.boxes[view.found.classes == box.colour]
    return bool((overlap(np.array(box.corners), same) > SAME).any())


def _choose_silent() -> tuple[int, ...]:
    """The blocks that are switched off, counted from 1; ``silent=2,5`` in the address."""
    arrive("silent", ALL, lambda code: code == NONE or bool(_numbers(code)))
    depart("silent", ALL)
    now = _numbers(st.session_state.silent)
    with st.container(horizontal=True):
        for code, blocks in ((ALL, EVERY), (NONE, ())):
            label = t(f"yolo.gates.{code}")
            st.button(label, disabled=now == blocks, on_click=_silence, args=(code,), key=f"silent_{code}")
    return now


def _draw_gates(view: View, now: View, silent: tuple[int, ...]) -> None:
    """All six with their gates and switches."""
    blocks = [_block(number, view, now, number in silent) for number in EVERY]
    named = {name: t(f"yolo.gates.drawn.{name}") for name in ("branch", "keys", "sentence")}
    templates = {
        name: template(f"yolo.gates.drawn.{name}") for name in ("block", "turn", "strip", "hover", "hover_off")
    }
    text = BlocksText(
        legend=tuple(t(f"yolo.gates.drawn.{kind}") for kind in ("own", "used", "dots")),
        columns=tuple(t(f"yolo.gates.drawn.column_{column}") for column in ("block", "channel", "own", "used")),
        **named,
        **templates,
    )
    payload = blocks_payload(blocks, text, name="detector-gates", by_size=True)
    draw_blocks(payload, key="detector_gates", on_turned=_turn)


def _block(number: int, view: View, now: View, off: bool) -> Block:
    own = view.trace.blocks[number - 1].own
    place, _, which = BLOCKS[number - 1].partition(".")
    note = t(
        "yolo.gates.drawn.note",
        name=t(f"yolo.gates.{place}", number=which),
        channels=len(own),
        low=f"{own.min():.2f}",
        high=f"{own.max():.2f}",
    )
    return Block(number, own, now.trace.blocks[number - 1].gates, off, note)


def _turn(number: int | None) -> None:
    """Turn one block: on when it was off, and off when it was on."""
    if number in EVERY:
        _keep(set(_numbers(st.session_state.silent)) ^ {number})


def _keep(numbers: set[int]) -> None:
    st.session_state.silent = ALL if len(numbers) == len(EVERY) else ",".join(map(str, sorted(numbers))) or NONE


def _silence(code: str) -> None:
    st.session_state.silent = code


def _numbers(code: str) -> tuple[int, ...]:
    named = {int(part) for part in code.split(",") if part.isascii() and part.isdecimal()}
    return EVERY if code == ALL else tuple(number for number in EVERY if number in named)
