"""The last step of the page about detection: six channel gates, and what is lost when they are switched off."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.networks.detections import overlap
from attention.networks.detector import BLOCKS
from figures.boxes import Box
from figures.off_blocks import Block, BlocksText, blocks_payload
from pages.shared.controls import choice
from pages.shared.networks import INSTEAD, OWN, GateChange
from pages.shared.state import arrive, depart
from pages.shared.texts import t, template
from pages.trained.off_blocks import draw_blocks
from pages.trained.off_choice import ALL, block_numbers
from pages.trained.yolo_components import boxes
from pages.trained.yolo_frame import halves, heading, over_picture
from pages.trained.yolo_place import Place
from pages.trained.yolo_take import take_boxes_home
from pages.trained.yolo_view import View, boxes_of, kinds, listed_boxes, source, told, view_of

NONE = "none"
EVERY = tuple(range(1, len(BLOCKS) + 1))
SAME = 0.5  # boxes of one class that overlap by more are the same thing
REPLACED = INSTEAD[:3]  # 1, the mean, the average picture's


def show_gates(view: View, place: Place) -> None:
    """The boxes with some gates switched off, and those that were there before."""
    left, right = halves()
    with right:
        heading("gates")
        silent, reading = _choose_silent()
        st.markdown(_turned(silent))
        instead = choice("silenced", REPLACED, "ones", texts="yolo.gates.with", help=t("yolo.gates.with.help"))
        st.caption(
            t("yolo.gates.honest") if instead != "ones" else t("yolo.gates.louder") + " " + t("yolo.gates.honest")
        )
    change = GateChange(silent, instead) if silent else OWN
    with reading, st.spinner(t("yolo.reading")):
        now = view_of(view.picture, view.thresholds, change)
    names = kinds(view.trace)
    own, found = boxes_of(view.found, names, "lost"), boxes_of(now.found, names)
    lost = [box for box in own if _same(box, found) is None]
    said = t("yolo.gates.on", own=_listed(view)) if not silent else _finding(view, now, own, found)
    with left:
        payload = over_picture(view, "gates", said, boxes=[*lost, *found])
        boxes(payload, source=source(view.thresholds), states="gates")
    with right:
        take_boxes_home(now, change)
    _draw_gates(view, now, silent)


def _finding(view: View, now: View, own: list[Box], found: list[Box]) -> str:
    """What the gates that are off change."""
    again = [_same(box, found) for box in own]
    if not own or None in again:
        return t("yolo.gates.lost" if own else "yolo.gates.change", own=_listed(view), now=_listed(now))
    threshold = view.thresholds.score / 100
    scores = [
        (box.label, told(box.score, threshold), told(other.score, threshold))
        for box, other in zip(own, again, strict=True)
    ]
    changed = [
        t("yolo.gates.score", label=label, own=before, now=after) for label, before, after in scores if before != after
    ]
    new = [f"{box.label} {told(box.score, threshold)}" for box in found if _same(box, own) is None]
    said = t(
        f"yolo.gates.{'scores' if changed else 'same'}",
        score=f"{threshold:.2f}",
        changes=t("yolo.boxes.comma").join(changed),
        own=_listed(view),
    )
    return t("yolo.gates.new", said=said, things=t("yolo.boxes.comma").join(new)) if new else said


def _listed(view: View) -> str:
    return listed_boxes(view, view.found) if len(view.found) else t("yolo.gates.nothing")


def _same(box: Box, others: list[Box]) -> Box | None:
    """The best of the boxes of its class that lie in nearly the same place."""
    like = [other for other in others if other.colour == box.colour]
    near = overlap(np.array(box.corners), np.array([other.corners for other in like]).reshape(-1, 4)) > SAME
    return next((other for other, is_near in zip(like, near, strict=True) if is_near), None)


def _turned(silent: tuple[int, ...]) -> str:
    """Which gates are off, and what to do now."""
    if silent in (EVERY, ()):
        return t(f"yolo.gates.turn_{'all' if silent else 'none'}")
    return t("yolo.gates.turn_some", gates=t("listed.comma").join(map(str, silent)))


def _choose_silent() -> tuple[tuple[int, ...], DeltaGenerator]:
    """The blocks that are switched off, counted from 1, ``silent=2,5`` in the address; and room in the same line."""
    arrive("silent", ALL, lambda code: code == NONE or bool(block_numbers(code, len(BLOCKS))))
    depart("silent", ALL)
    now = block_numbers(st.session_state.silent, len(BLOCKS))
    with st.container(horizontal=True, vertical_alignment="center"):
        for code, blocks in ((ALL, EVERY), (NONE, ())):
            label = t(f"yolo.gates.{code}")
            st.button(label, disabled=now == blocks, on_click=_silence, args=(code,), key=f"silent_{code}")
        return now, st.empty()


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
    payload = blocks_payload(blocks, text, name="detector-gates", by_size=True, moved=True)
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
        _keep(set(block_numbers(st.session_state.silent, len(BLOCKS))) ^ {number})


def _keep(numbers: set[int]) -> None:
    st.session_state.silent = ALL if len(numbers) == len(EVERY) else ",".join(map(str, sorted(numbers))) or NONE


def _silence(code: str) -> None:
    st.session_state.silent = code
