"""The picture that the reader looks at: a sample or their own. It is the same on all pages about pictures."""

import streamlit as st

from attention.sources.images import MAX_BYTES
from pages.pictures.own_picture import MINE, own_picture, say_what_was_done, take_in, turn, ways_in
from pages.shared.components import component
from pages.shared.compute import sample_picture
from pages.shared.picture_source import SAMPLES, OpenPicture
from pages.shared.state import arrive, depart
from pages.shared.texts import t

DEFAULT_SAMPLE = "rocket"

_STRIP = component("samples", ["../capture/send.js", "samples.js"])


def choose_picture(opening: str = DEFAULT_SAMPLE) -> OpenPicture:
    """A row of samples, and beside it the ways to bring a picture; what is chosen is chosen for all pages.

    `opening` is the sample with which a page greets those who come to it first.
    """
    arrive("sample", opening, SAMPLES.__contains__)
    with st.container(key="chooser", horizontal=True, vertical_alignment="center"):
        _strip()
        ways_in()
    with st.container():  # a place of its own, so that a line that comes or goes moves nothing into another's
        say_what_was_done()
    depart("sample", opening)
    return own_picture() or sample_picture(st.session_state.sample)


def _strip() -> None:
    """The pictures to choose from. They also listen for one that is pasted."""
    pictures = {code: sample_picture(code).thumbnail for code in SAMPLES}
    if MINE in st.session_state:
        pictures[MINE] = st.session_state[MINE].thumbnail
    sent = _STRIP(
        key="samples",
        data={
            "items": [
                {"id": code, "image": image, "label": t(f"own_picture.sample.{code}")}
                for code, image in pictures.items()
            ],
            "chosen": MINE if own_picture() else st.session_state.sample,
            "label": t("own_picture.strip"),
            "pasted": t("own_picture.capture.pasted"),
            "refused": t("own_picture.capture.refused"),
            "limit": MAX_BYTES,
            "turn": turn(),
        },
        on_chosen_change=_choose,
        on_picture_change=lambda: None,
        width="content",
    )
    if sent.picture:
        take_in(sent.picture)


def _choose() -> None:
    code = st.session_state.samples.get("chosen")
    if code == MINE or code in SAMPLES:
        st.session_state.update(shows_mine=code == MINE, pixel="")
        st.session_state.pop("refused", None)
    if code in SAMPLES:
        st.session_state.sample = code
