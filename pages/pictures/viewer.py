"""The mask viewer: numbers over a picture, looked at in five ways, and what the reader takes home of them.

All looking happens in the browser (assets/components/mask), without the server: the look, opacity, colours, the share
of the mass that is kept, its contour, zoom. These settings are the same for all viewers of all pages. When one is
changed, the server hears of it once, and it stands in the address:
``look=swipe&beside=mask&opacity=40&colours=magma&signed=ice_fire&keep=60&contour=on``. They travel apart from the
pictures and numbers, which are not sent again while they stay the same.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np
import streamlit as st

from figures.masks import COLOURS, LOOKS, Look, MaskText, mask_payload, span
from figures.overlays import jpeg_url
from pages.pictures.mask_take_home import take_mask_home
from pages.shared.components import COMMON, WINDOW, component
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive, depart
from pages.shared.texts import t, template

_SCRIPTS = ("settings.js", "kept.js", "layers.js", "layout.js", "draw.js", "controls.js", "mask.js")
_MASK = component("mask", [*COMMON, *WINDOW, "../common/poster.js", "../common/talk.js", *_SCRIPTS])
_TELL = component("mask_settings", ["mask_settings.js"])
_DEFAULT = Look()
_PERCENT = tuple(str(share) for share in range(101))
_SETTINGS = {  # name in the address: default, what may stand there
    "look": ("auto", ("auto", *LOOKS)),  # "auto": the one that a page opens with
    "beside": ("auto", ("auto", "overlay", "mask", "result")),  # what stands beside the picture in "pair" and "swipe"
    "opacity": (f"{100 * _DEFAULT.opacity:.0f}", _PERCENT),
    "colours": (_DEFAULT.colours, COLOURS["sequential"]),
    "signed": (_DEFAULT.signed, COLOURS["diverging"]),
    "keep": (f"{100 * _DEFAULT.keep:.0f}", _PERCENT[1:]),
    "contour": ("off", ("off", "on")),
}
_LABELS = ("beside", "opacity", "opacity_share", "scale", "keep", "keep_share", "kept", "all", "contour")


def mask_viewer(
    picture: OpenPicture,
    values: np.ndarray,
    text: MaskText,
    *,
    key: str,
    again: Callable[[], np.ndarray],
    value_range: tuple[float, float] = (0.0, 1.0),
    scale: Literal["sequential", "diverging"] = "sequential",
    result: np.ndarray | None = None,
    chosen: tuple[int, int] | None = None,
    on_choose: Callable[[int, int], None] | None = None,
    lines: str | None = None,
    arrays: Callable[[], dict[str, np.ndarray]] | None = None,
    opening: str = "overlay",
    controls: bool = True,
    take: bool = True,
    multiplies: bool = True,
    called: Literal["mask", "map"] = "mask",
) -> None:
    """Show numbers over a picture.

    Parameters
    ----------
    picture : OpenPicture
    values : (rows, columns) ndarray
        Finite; one a pixel of `picture.rgb`, or fewer: those of patches that fill the picture.
    text : figures.masks.MaskText
        ``MaskText(low, high, sentence, name, row_title="", column_title="", hover="")``.
    key : str
        Widget key, one a viewer.
    again : callable returning (rows, columns) ndarray
        `values` computed anew, for the files: an open page need not hold them.
    value_range : (low, high)
        The ends of the colour bar, of "picture times mask", and of the grey files; widened where they are equal.
    scale : {"sequential", "diverging"}
        Numbers from low to high, or signed ones around zero.
    result : (H, W, 3) uint8 ndarray, optional
        What comes out. Default: the picture times the numbers, as a share of their range.
    chosen : (row, column), optional
        The pinned place, counted from 0 in `values`.
    on_choose : callable, optional
        ``on_choose(row, column)`` when a place is clicked, before the page runs again. Without it nothing is pinned.
    lines : str, optional
        Python that reproduces a number on the page.
    arrays : callable returning dict of str to ndarray, optional
        All numbers of the page, asked only when the reader downloads them.
    opening : str
        The one of `figures.masks.LOOKS` in which the reader finds it, until another one is chosen.
    controls : bool
        Whether the look and its settings can be changed here; a viewer without follows those of the others.
    take : bool
        Whether the files to take home are offered under the viewer.
    multiplies : bool
        Whether the picture times the numbers means something; else there is no look "result" without a `result`.
    called : {"mask", "map"}
        What the numbers are called, where they stand alone.
    """
    look = arrive_look()
    value_range = span(value_range, scale)
    payload = mask_payload(
        values,
        picture.url,
        picture.rgb.shape[1::-1],
        _complete(text),
        value_range=value_range,
        scale=scale,
        result=None if result is None else jpeg_url(result),
        chosen=chosen,
        multiplies=multiplies,
    )
    with st.container(gap=None):
        _MASK(
            key=key,
            data={
                **payload,
                "pinnable": on_choose is not None,
                "opening": opening,
                "controls": controls,
                "words": _words(on_choose is not None, called),
                "tools": {"link": {"label": t("map.link"), "help": t("map.link_help"), "done": t("map.link_done")}},
            },
            on_chosen_change=_chosen(key, np.shape(values), on_choose),
            on_settings_change=lambda: _keep(st.session_state[key].get("settings")),
        )
        _tell(key)
    for name, (default, _) in _SETTINGS.items():
        depart(name, default)
    if take:
        take_mask_home(
            picture,
            again,
            look,
            name=text.name,
            key=key,
            value_range=value_range,
            scale=scale,
            lines=lines,
            arrays=arrays,
            called=called,
        )


def arrive_look() -> Look:
    """The settings from the address, else from this visit; junk is the default."""
    state = st.session_state
    for name, (default, allowed) in _SETTINGS.items():
        arrive(name, default, allowed.__contains__)
    return Look(
        opacity=int(state.opacity) / 100,
        colours=state.colours,
        signed=state.signed,
        keep=int(state.keep) / 100,
        contour=state.contour == "on",
    )


def _keep(sent: dict | None) -> None:
    """Take over what the reader has set in the browser, as far as it can stand in the address."""
    for name, (_, allowed) in _SETTINGS.items():
        if sent and sent.get(name) in allowed:
            st.session_state[name] = sent[name]


def _tell(key: str) -> None:
    """The settings for the viewers in the browser."""
    _TELL(key=f"{key}_settings", data={name: st.session_state[name] for name in _SETTINGS}, width=1, height=1)


def _chosen(key: str, shape: tuple[int, int], on_choose: Callable[[int, int], None] | None) -> Callable[[], None]:
    def chosen() -> None:
        place = st.session_state[key].get("chosen")
        if on_choose and place and 0 <= place["row"] < shape[0] and 0 <= place["column"] < shape[1]:
            on_choose(place["row"], place["column"])

    return chosen


def _complete(text: MaskText) -> MaskText:
    """With the viewer's own words for what a mask does not say itself."""
    own = {
        "row_title": t("viewer.row_title"),
        "column_title": t("viewer.column_title"),
        "hover": template("viewer.hover"),
    }
    return replace(text, **{name: getattr(text, name) or words for name, words in own.items()})


def _words(pinnable: bool, called: str) -> dict:
    """What the viewer says by itself."""
    return {
        "look": {
            **{look: t(f"viewer.look.{look}") for look in ("label", "original", *LOOKS) if look != "mask"},
            "mask": t(f"viewer.{called}.alone"),
        },
        "colours": {name: t(f"viewer.colours.{name}") for names in COLOURS.values() for name in names},
        "zoom": {
            way: {"label": t(f"map.zoom.{way}"), "help": t(f"map.zoom.{way}_help")} for way in ("in", "out", "all")
        },
        "keys": t("viewer.keys" if pinnable else "viewer.keys_read"),
        "swipe": t(f"viewer.{called}.swipe"),
        **{name: template(f"viewer.{name}") for name in _LABELS},
    }
