"""The picture that readers click on, and the object that the network finds there."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from figures.click_marks import answer_payload, cut_out, picture_payload
from figures.mask_files import grey_steps, png
from pages.shared.components import component
from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template
from pages.trained.click_choice import MOST, ask, can_undo, start_over, undo
from pages.trained.click_view import ClickView, finding, reading_id

_CLICK = component("click", ["../common/scales.js", "../common/words.js", "draw.js", "point.js", "click.js"])
KEY = "click_picture"


def choose_mode() -> tuple[str, str]:
    """What a click does, and whether the object is tinted or cut out."""
    does = choice("does", ("new", "add", "not", "box"), "new", texts="click.does", quiet=True)
    shows = choice("shows", ("mask", "cut", "nothing"), "mask", texts="click.shows", quiet=True)
    return does, shows


def ways_back(picture: OpenPicture) -> None:
    """Undo the last click, or begin anew."""
    with st.container(horizontal=True):
        st.button(
            t("click.undo"),
            icon=":material/undo:",
            key="click_undo",
            on_click=undo,
            args=(picture.digest,),
            disabled=not can_undo(picture.digest),
        )
        st.button(
            t("click.start_over"),
            icon=":material/restart_alt:",
            key="click_start_over",
            on_click=start_over,
            args=(picture.digest,),
            disabled=not (st.session_state.points or st.session_state.hull),
        )


def click_picture(picture: OpenPicture, size: int) -> None:
    """Place the picture, read at `size`. A click is taken over before the page runs again."""
    digest, shape = picture.digest, picture.rgb.shape[1::-1]
    _CLICK(
        key=KEY,
        data=picture_payload(picture.url, shape, reading_id(picture, size)),
        on_asked_change=lambda: ask(st.session_state[KEY].get("asked"), digest, shape),
    )


def show_answer(view: ClickView, does: str, shows: str) -> None:
    """Draw the object, and write the finding under the picture."""
    _CLICK(
        key=f"{KEY}_answer",
        data=answer_payload(
            view.mask,
            view.clicks.points,
            view.clicks.box,
            id=view.id,
            sentence=finding(view),
            words={
                "keys": t("click.keys_box" if does == "box" else "click.keys"),
                "drag": t("click.drag"),
                "place": template("click.place"),
            },
            asks=view.asks,
            does=does,
            shows=shows,
            most=MOST,
        ),
        width=1,
        height=1,
    )


def take_object_home(view: ClickView, again: Callable[[], ClickView]) -> None:
    """The object as files; ``again()`` answers the clicks anew: an open page need not hold the masks."""
    picture = view.picture
    height, width = picture.rgb.shape[:2]
    named = f"{Path(picture.file).stem}-" if picture.file.isascii() else ""

    def offer(name: str, make: Callable[[], bytes], icon: str) -> None:
        st.download_button(
            t(f"click.take.{name}", width=width, height=height),
            data=make,
            file_name=f"{named}{name}.png",
            mime="image/png",
            help=t("click.take.help"),
            on_click="ignore",
            icon=f":material/{icon}:",
            key=f"click_take_{name}",
        )

    with st.container(horizontal=True):
        offer("cutout", lambda: cut_out(picture.rgb, again().mask), "content_cut")
        offer("mask", lambda: png(grey_steps(again().mask, (0.0, 1.0), 8)), "contrast")
