"""The window of the patch that asks, large, in every head: the choice of a head, made by clicking its picture."""

import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.numbers import percent
from figures.thumbnails import thumbnail_url
from pages.pictures.viewer import arrive_look
from pages.shared.components import gallery
from pages.shared.texts import t
from pages.trained.window_choice import pin_head
from pages.trained.window_state import WindowView

TALLEST = 110  # CSS pixels
SHARP = 16  # pixels a cell is drawn with, so that its edges stay edges


def choose_head(view: WindowView) -> None:
    """One small map a head, each with what the patch gives to itself."""
    side, colours = view.trace.window, arrive_look().colours
    own = tuple(asks - first for asks, first in zip(view.asks, view.first, strict=True))
    items = []
    for head in (None, *range(view.trace.heads)):
        weights = view.inside(head)
        cells = weights.repeat(SHARP, axis=0).repeat(SHARP, axis=1)
        image = thumbnail_url(cells, (0.0, float(weights.max())), colours, longest=len(cells))
        label = t("windows.heads.mean") if head is None else t("windows.heads.one", head=head + 1)
        code = "mean" if head is None else str(head + 1)
        items.append(Item(code, [image], (side, side), label, percent(float(weights[own]))))
    st.caption(t("windows.heads.title"))
    chosen = "mean" if view.choice.head is None else str(view.choice.head + 1)
    gallery(
        gallery_payload(items, most=6, smallest=64, tallest=TALLEST, chosen=chosen),
        key="window_heads",
        on_choose=pin_head,
    )
