"""Channels, places, both: what each of the three forms multiplies one number of a picture's channels by."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from attention.images import (
    CHANNELS,
    RAW_THRESHOLD,
    cbam,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from figures.gallery import Item, gallery_payload
from figures.masks import MaskText
from figures.numbers import signed
from figures.worksheet import bars_svg
from pages.lessons.frame import Answer, Lesson
from pages.pictures.viewer import mask_viewer
from pages.shared.components import gallery
from pages.shared.compute import channel_thumbnails, of_picture, picture_channels, sample_picture
from pages.shared.controls import badge, choice
from pages.shared.picture_source import SAMPLES, OpenPicture
from pages.shared.state import arrive_cell, arrive_one_of, keep_cell
from pages.shared.texts import t

SAMPLE, CHANNEL = "coffee", "red"
ROOMS = {"channels": "channel", "places": "spatial", "both": "mixed"}  # form: the page where it is at home
SHOWS = ("factor", "after")
# Of the 20 channels those that a reader sees at once on a picture.
OFFERED = ("red", "blue", "red_green", "luminance", "darkness", "saturation", "global_contrast", "edge_90", "texture")


@dataclass(frozen=True, eq=False)
class Forms:
    """The two halves of CBAM, each run on the same channels.

    gates : (C,) ndarray, in 0..1
        One number for each channel.
    mask : (H, W) ndarray, in 0..1
        One number for each place.
    """

    gates: np.ndarray
    mask: np.ndarray

    def factors(self, channel: int) -> dict[str, np.ndarray]:
        """What the forms multiply a channel by at every place: {form: (H, W)}."""
        gate = np.full_like(self.mask, self.gates[channel])
        return {"channels": gate, "places": self.mask, "both": gate * self.mask}


def _forms(picture: OpenPicture) -> Forms:
    def run() -> Forms:
        trace = _cbam(picture, "parallel")
        return Forms(trace.gates, trace.mask)

    return of_picture(picture, "lesson forms", run)


def _cbam(picture: OpenPicture, order: str):
    channels = picture_channels(picture)
    spatial = illustrative_spatial_weights(threshold=RAW_THRESHOLD)
    return cbam(channels.maps, illustrative_channel_weights(channels.names), spatial, order=order)


def _toy() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picture = sample_picture(choice("forms_picture", tuple(SAMPLES), SAMPLE, texts="lesson_forms.picture"))
        shows = choice("forms_show", SHOWS, SHOWS[0], texts="lesson_forms.show")
    code = arrive_one_of("forms_channel", OFFERED, CHANNEL)
    height, width = picture.rgb.shape[:2]
    place = arrive_cell("forms_place", (height, width)) or (height // 2, width // 2)
    forms = _forms(picture)
    for where, form in zip(st.columns(3, gap="medium"), ROOMS, strict=True):
        with where:
            st.markdown(f"#### {t(f'lesson_forms.{form}.name')}")
            decides = {"channels": len(CHANNELS), "places": height * width, "both": len(CHANNELS) + height * width}
            st.caption(t(f"lesson_forms.{form}.decides", count=f"{decides[form]:,}"))
            _view(picture, forms, form, code, place, after=shows == "after")
            _link(ROOMS[form], t("lesson_forms.room", page=t(f"page.{ROOMS[form]}")), "arrow_forward")
    _choose_channel(picture, forms, code)
    badge("illustrative", t("lesson_forms.badge"))
    st.markdown(t("lesson_forms.off"))
    _link("attention_off", t("lesson_forms.off_link"), "toggle_off")


def _view(picture: OpenPicture, forms: Forms, form: str, code: str, place: tuple[int, int], *, after: bool) -> None:
    """One form over the picture: what it multiplies the channel by, or what comes out."""
    channel = CHANNELS.index(code)
    before, factor = picture_channels(picture).maps[channel], forms.factors(channel)[form]
    name, values = t(f"picture.channel.{code}"), before * factor if after else factor
    numbers = {"gate": forms.gates[channel], "mask": forms.mask[place], "factor": factor[place]}
    numbers |= {"before": before[place], "after": before[place] * factor[place]}
    said = {key: signed(float(number)) for key, number in numbers.items()}
    kind = "after" if after else "factor"
    mask_viewer(
        picture,
        values,
        MaskText(
            low=t(f"lesson_forms.{kind}.low"),
            high=t(f"lesson_forms.{kind}.high", most=signed(float(before.max()), 2)),
            sentence=t(f"lesson_forms.{form}.{kind}", name=name, channels=len(CHANNELS), **said),
            name=f"{form}-{code}-{kind}",
        ),
        key=f"forms_{form}",
        again=lambda: values,
        value_range=(0.0, max(float(before.max()), 1e-3)) if after else (0.0, 1.0),
        chosen=place,
        on_choose=lambda row, column: keep_cell("forms_place", row, column),
        opening="mask" if after else "overlay",
        controls=False,
        take=False,
        multiplies=False,
        called="map",
    )


def _link(page: str, label: str, icon: str) -> None:
    """To a page about pictures, with the one that is shown here."""
    address = {"sample": st.session_state.forms_picture}
    st.page_link(f"pages/{page}.py", label=label, icon=f":material/{icon}:", query_params=address)


def _choose_channel(picture: OpenPicture, forms: Forms, code: str) -> None:
    """Some of the channels, small, with their gates; a click takes one."""
    st.markdown(t("lesson_forms.choose", count=len(OFFERED), channels=len(CHANNELS)))
    urls, size = channel_thumbnails(picture, 144), picture.rgb.shape[1::-1]
    items = []
    for each in OFFERED:
        at = CHANNELS.index(each)
        note = t("lesson_forms.gate", value=signed(float(forms.gates[at]), 2))
        items.append(Item(each, [urls[at]], size, t(f"picture.channel.{each}"), note))

    def take(channel: str) -> None:
        st.session_state.forms_channel = channel

    gallery(
        gallery_payload(items, chosen=code, most=len(items), smallest=78, tallest=96),
        key="forms_gallery",
        on_choose=take,
    )


def _answer() -> Answer:
    """CBAM's two orders, held against each other: what do the second halves read?"""
    picture = sample_picture(SAMPLE)

    def differences() -> dict[str, float]:
        one, other = _cbam(picture, "channel_first"), _cbam(picture, "spatial_first")
        return {part: _largest(getattr(one, part), getattr(other, part)) for part in ("gates", "mask", "output")}

    found = of_picture(picture, "lesson forms orders", differences)
    right = "same" if not found["output"] else "both" if found["gates"] else "mask"
    return Answer(right, {part: signed(value, 2) for part, value in found.items()})


def _largest(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).max())


def _picture() -> str:
    state = st.session_state
    picture = sample_picture(state.get("forms_picture") or SAMPLE)
    code = state.get("forms_channel") or CHANNEL
    height, width = picture.rgb.shape[:2]
    code_of_place = state.get("forms_place") or f"{width // 2 + 1},{height // 2 + 1}"
    column, row = (int(number) - 1 for number in code_of_place.split(","))
    place = min(row, height - 1), min(column, width - 1)  # it may have been marked on another picture
    factors = _forms(picture).factors(CHANNELS.index(code))
    title = t("lesson_forms.printed", name=t(f"picture.channel.{code}"), row=place[0] + 1, column=place[1] + 1)
    return bars_svg([factors[form][place] for form in ROOMS], [t(f"lesson_forms.{form}.name") for form in ROOMS], title)


LESSON = Lesson(
    "forms",
    _toy,
    moves={
        "corner": {"forms_place": "40,40", "forms_show": "factor"},
        "other": {"forms_channel": "blue", "forms_show": "factor"},
        "after": {"forms_show": "after"},
    },
    options=("same", "mask", "both"),
    answer=_answer,
    picture=_picture,
)
