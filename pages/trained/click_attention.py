"""Where the click's token looks, large; and the choices that are pictures: the proposals and the heads."""

from collections.abc import Callable

import streamlit as st

from figures.gallery import Item, gallery_payload
from figures.masks import MaskText
from figures.numbers import percent
from figures.numbers import weight as number
from figures.overlays import jpeg_url, masked
from figures.thumbnails import thumbnail_url
from pages.pictures.viewer import arrive_look, mask_viewer
from pages.shared.components import gallery
from pages.shared.texts import t, template
from pages.trained.click_choice import HEADS, pin_patch
from pages.trained.click_lines import arrays, python_lines
from pages.trained.click_view import ClickView, shown_sentence

LONGEST = 160  # pixels of a small picture
TALLEST = 96  # CSS pixels
DIMMED = 0.25


def show_attention(view: ClickView, patch: tuple[int, int], again: Callable[[], ClickView]) -> None:
    """The attention that is chosen, over the picture; ``again()`` computes the view anew for the files."""
    most = view.shown_facts.most
    mask_viewer(
        view.framed,
        view.shown,
        MaskText(
            low=t("click.map.low"),
            high=t("click.map.high", value=number(most)),
            sentence=shown_sentence(view),
            name=f"attention-{view.settings.token}-look{view.settings.look + 1}",
            row_title=t("click.map.row_title"),
            column_title=t("click.map.column_title"),
            hover=template("click.map.hover"),
        ),
        key="click_attention",
        again=lambda: again().shown,
        value_range=(0.0, most),
        chosen=patch,
        on_choose=pin_patch,
        lines=python_lines(view, patch),
        arrays=lambda: arrays(again()),
        multiplies=False,
        called="map",
    )


def choose_proposal(view: ClickView) -> None:
    """The four masks, small, each with the quality that the network expects of it."""
    height, width = view.picture.rgb.shape[:2]
    step = -(-max(height, width) // LONGEST)
    rgb = view.picture.rgb[::step, ::step]
    items = []
    for at, quality in enumerate(view.trace.qualities):
        inside = view.trace.logits(at, rgb.shape[:2]) > 0
        image = jpeg_url(masked(rgb, DIMMED + (1 - DIMMED) * inside))
        label = t("click.proposals.one", number=at + 1)
        items.append(
            Item(str(at + 1), [image], (width, height), label, t("click.proposals.note", quality=f"{quality:.3f}"))
        )
    st.caption(t("click.proposals.title"))
    chosen = str(view.proposal + 1)
    gallery(
        gallery_payload(items, most=4, smallest=72, tallest=TALLEST, chosen=chosen),
        key="click_proposals",
        on_choose=lambda code: st.session_state.update(candidate=code),
    )


def choose_head(view: ClickView) -> None:
    """What the token looks at in every head, small, each with its share on the mask."""
    rows, columns = view.patches
    look, colours = view.settings.look, arrive_look().colours
    items = []
    for code in ("mean", *HEADS):
        head = None if code == "mean" else int(code) - 1
        facts = view.facts(view.token, look, head)
        weights = view.weights(view.token, look, head)[:rows, :columns]
        image = thumbnail_url(weights, (0.0, facts.most), colours, longest=max(rows, columns))
        label = t("click.heads.mean_short") if head is None else t("click.heads.one_short", head=code)
        items.append(Item(code, [image], (columns, rows), label, percent(facts.on_object)))
    st.caption(t("click.heads.title"))
    chosen = "mean" if view.settings.head is None else str(view.settings.head + 1)
    gallery(
        gallery_payload(items, most=9, smallest=52, tallest=TALLEST, chosen=chosen),
        key="click_heads",
        on_choose=lambda code: st.session_state.update(sees=code),
    )
