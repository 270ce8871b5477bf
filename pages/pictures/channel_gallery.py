"""The feature channels as a gallery: small, medium or large; a click shows one in the viewer."""

import streamlit as st

from figures.gallery import Item, gallery_payload
from pages.pictures.channel_choice import open_channel
from pages.pictures.channel_view import View
from pages.shared.components import gallery
from pages.shared.compute import channel_thumbnails
from pages.shared.controls import choice
from pages.shared.texts import t

SIZES = {"small": (10, 80, 96), "medium": (5, 150, 200), "large": (3, 280, 360)}  # most in a row, narrowest, tallest
SHARP = {"small": 144, "medium": 280, "large": 480}  # pixels on the longer side


def channel_gallery(view: View) -> None:
    """All channels with their names and gates."""
    st.subheader(t("channel.gallery.title"), anchor=False)
    st.caption(t("channel.gallery.caption"))
    size = choice("size", tuple(SIZES), "small", texts="channel.size")
    urls = channel_thumbnails(view.picture, SHARP[size])
    codes = view.channels.names
    items = [Item(code, [url], view.size, name) for code, url, name in zip(codes, urls, view.names, strict=True)]
    most, smallest, tallest = SIZES[size]
    payload = gallery_payload(items, chosen=view.code, most=most, smallest=smallest, tallest=tallest)
    gallery(payload, key="channels", on_choose=_show)


def _show(code: str) -> None:
    open_channel(code)
    st.session_state.see = "channel"
