"""What a reader clicks and chooses on the page of clicks. All of it stands in the address.

``points=312.140_-80.90`` are clicks, x and y in pixels of the picture, the second one "not this";
``hull=20.30.200.220`` is a box.
"""

import re
from dataclasses import dataclass

import streamlit as st

from figures.click_marks import Box, Point
from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive_one_of, arrive_read

MOST = 8  # clicks at once
HEADS = tuple(str(head) for head in range(1, 9))
PROPOSALS = ("1", "2", "3", "4")
GOOD = {  # a click in the middle of something: shares of the width and of the height
    "assets/images/astronaut.jpg": (0.33, 0.68),
    "assets/images/cat.jpg": (0.5, 0.62),
    "assets/images/coffee.jpg": (0.47, 0.53),
    "assets/images/rocket.jpg": (0.505, 0.75),
    "assets/images/shapes.png": (0.625, 0.53),
}
_PAST = "click_past"  # what undo goes back to: the codes of clicks and box, on one picture


@dataclass(frozen=True)
class Clicks:
    """What the network is asked: points and a box, at least one of them."""

    points: tuple[Point, ...]
    box: Box | None


@dataclass(frozen=True)
class Settings:
    """Which attention is shown, and of which proposal.

    token : "click" or "mask", whose attention
    look : 0, 1 or 2, which of the three looks at the picture
    head : 0 to 7, None for the mean of all
    proposal : 0 to 3, None for the one that the network would choose
    """

    token: str
    look: int
    head: int | None
    proposal: int | None


def choose_settings(clicks: Clicks) -> Settings:
    """Whose attention and which look; head and proposal are chosen by clicking their pictures."""
    asking = "_box" if not clicks.points else "_last" if len(clicks.points) > 1 else ""
    with st.container(horizontal=True):
        token = choice("token", ("click", "mask"), "mask", texts=f"click.token{asking}", quiet=True)
        look = choice("round", ("1", "2", "3"), "3", texts="click.round", quiet=True)
    head = arrive_one_of("sees", ("mean", *HEADS), "mean")
    proposal = arrive_one_of("candidate", ("best", *PROPOSALS), "best")
    return Settings(
        token,
        int(look) - 1,
        None if head == "mean" else int(head) - 1,
        None if proposal == "best" else int(proposal) - 1,
    )


def read_clicks(picture: OpenPicture) -> Clicks:
    """The clicks on this picture, as far as they lie in it; where there is nothing, a good one to begin with."""
    height, width = picture.rgb.shape[:2]
    points = arrive_read("points", lambda code: points_of(code, (width, height)), picture.digest)
    box = arrive_read("hull", lambda code: box_of(code, (width, height)), picture.digest)
    if points or box:
        return Clicks(points or (), box)
    across, down = GOOD.get(picture.file, (0.5, 0.5))
    return Clicks(((int(across * width), int(down * height), 1),), None)


def pinned_patch(picture: OpenPicture, size: int, patches: tuple[int, int]) -> tuple[int, int] | None:
    """The patch whose number is opened, (row, column); None where the page has to choose."""

    def read(code: str) -> tuple[int, int] | None:
        found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})", code, re.ASCII)
        column, row = (int(number) - 1 for number in found.groups()) if found else (-1, -1)
        return (row, column) if 0 <= row < patches[0] and 0 <= column < patches[1] else None

    return arrive_read("gaze", read, (picture.digest, size))


def points_of(code: str, size: tuple[int, int]) -> tuple[Point, ...] | None:
    """The clicks of a code on a picture of this (width, height); None for junk and for places outside."""
    if not re.fullmatch(r"-?\d{1,4}\.\d{1,4}(_-?\d{1,4}\.\d{1,4})*", code, re.ASCII):
        return None
    points = []
    for part in code.split("_"):
        x, y = (int(number) for number in part.lstrip("-").split("."))
        points.append((x, y, int(not part.startswith("-"))))
    inside = all(x < size[0] and y < size[1] for x, y, _ in points)
    return tuple(points) if inside and len(points) <= MOST else None


def box_of(code: str, size: tuple[int, int]) -> Box | None:
    """The box of a code on a picture of this (width, height); None for junk and for boxes outside or without width."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4}){3}", code, re.ASCII):
        return None
    left, top, right, bottom = (int(number) for number in code.split("."))
    return (left, top, right, bottom) if left < right <= size[0] and top < bottom <= size[1] else None


def ask(sent: object, digest: str, size: tuple[int, int]) -> None:
    """Take over what the browser sent: ``{"points": [[x, y, 1 or 0], ...], "box": [4] or None}``; junk changes nothing.

    Parameters
    ----------
    sent : object
    digest, size : of the picture, (width, height)
    """
    try:
        points = "_".join(f"{'' if wanted else '-'}{int(x)}.{int(y)}" for x, y, wanted in sent["points"])
        box = ".".join(str(int(edge)) for edge in sent["box"] or [])
    except (KeyError, TypeError, ValueError):
        return
    known = points_of(points, size) if points else True
    if known and (box_of(box, size) if box else points):
        _go_on(digest, points, box)


def start_over(digest: str) -> None:
    """Go back to the page's own first click; undo brings back what was there."""
    _go_on(digest, "", "")


def undo(digest: str) -> None:
    """Go back to what was asked before; where a link brought it, without the last click of those, or the box."""
    *past, (points, box) = _past(digest) or [_without_the_last()]
    st.session_state.update({"points": points, "hull": box, "gaze": "", "candidate": "best", _PAST: (digest, past)})


def can_undo(digest: str) -> bool:
    return bool(_past(digest) or st.session_state.points or st.session_state.hull)


def _go_on(digest: str, points: str, box: str) -> None:
    past = [*_past(digest), (st.session_state.points, st.session_state.hull)]
    st.session_state.update({"points": points, "hull": box, "gaze": "", "candidate": "best", _PAST: (digest, past)})


def _past(digest: str) -> list[tuple[str, str]]:
    of, past = st.session_state.get(_PAST, (None, []))
    return past if of == digest else []


def _without_the_last() -> tuple[str, str]:
    points, box = st.session_state.points, st.session_state.hull
    return (points.rpartition("_")[0], box) if points else ("", "")


def pin_patch(row: int, column: int) -> None:
    """Open the number of a patch."""
    st.session_state.gaze = f"{column + 1}.{row + 1}"
