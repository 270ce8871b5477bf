"""What stands beside and under the grid of patches: all patches at once, the channels as bars, the picture redrawn."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from attention.images.patch_attention import effective_number, redraw
from figures.bars import bars_payload
from figures.gallery import Item, gallery_payload
from figures.maps import MapText, map_payload
from figures.masks import MaskText
from figures.numbers import percent
from figures.overlays import jpeg_url
from pages.pictures.patches_choice import choose_mix, open_channel, pin_looked, pin_patch
from pages.pictures.patches_grid import source
from pages.pictures.patches_view import PatchView
from pages.pictures.viewer import mask_viewer
from pages.shared.components import attention_map, bars, gallery
from pages.shared.texts import t, template


def spread(view: PatchView) -> None:
    """How many patches, or channels, the one that asks looks at: in effect, and as entropy."""
    weights = view.trace.weights[0]
    effective = float(effective_number(weights))
    over = view.settings.over
    st.markdown(
        t(
            f"patches.spread.{over}",
            effective=f"{effective:.1f}",
            all=len(weights),
            entropy=f"{abs(np.log(effective)):.2f}",
            most=f"{np.log(len(weights)):.2f}",
        )
    )


def matrix(view: PatchView) -> None:
    """Every patch against every other, in the map that words have."""
    weights = view.all.weights
    labels = [view.short(patch) for patch in range(len(weights))]
    largest = float(weights.max())
    columns = view.columns

    def pin(row: int, column: int) -> None:
        pin_patch(row, columns)
        pin_looked(column, columns)

    attention_map(
        map_payload(
            weights,
            labels,
            labels,
            MapText(
                row_title=t("patches.matrix.row_title"),
                column_title=t("patches.matrix.column_title"),
                low=t("patches.matrix.low"),
                high=t("patches.matrix.high", largest=f"{largest:.3f}"),
                sentence=t("patches.matrix.finding", itself=percent(float(np.trace(weights)) / len(weights))),
                hover=template("patches.matrix.hover"),
                name="patches-matrix",
                source=source(view),
            ),
            chosen=None if view.pins.box else (view.asking[0], view.looked),
            value_range=(0, largest),
            roots=True,
            axis_colors=("Q", "K"),
            cell=(1, 24),
        ),
        key="patch_matrix",
        on_choose=pin,
    )


def channel_bars(view: PatchView) -> None:
    """What the asking patch is strong in, channel by channel."""
    block = view.settings.block
    bars(
        bars_payload(
            view.trace.weights[0],
            view.names,
            title=t("patches.channels.title", who=view.who),
            rest=template("patches.channels.rest"),
            chosen=view.weighed,
        ),
        key="patch_channels",
        on_choose=lambda channel: open_channel(channel, block),
    )


def result(view: PatchView, again: Callable[[], PatchView]) -> None:
    """The picture in which every patch has become the mixture of all, and how much each is looked at.

    ``again()`` computes the view anew when the reader takes the numbers home.
    """
    st.subheader(t("patches.result.title"), anchor=False)
    st.markdown(t("patches.result.caption"))
    left, right = st.columns(2, gap="large")
    with right:
        redrawn = redraw(view.picture.rgb, view.patches, view.all.output, choose_mix())
        height, width = redrawn.shape[:2]
        item = Item("redrawn", [jpeg_url(redrawn)], (width, height), t("patches.result.redrawn"))
        gallery(gallery_payload([item], most=1, smallest=200, tallest=560), key="patch_redrawn")
    looked_at, shape = _looked_at(view.all.weights), view.patches.shape
    most = int(looked_at.argmax())
    with left:
        mask_viewer(
            view.picture,
            looked_at.reshape(shape),
            MaskText(
                low=t("patches.result.low"),
                high=t("patches.result.high", most=f"{looked_at[most]:.1f}"),
                sentence=t("patches.result.finding", most=f"{looked_at[most]:.1f}", **view.place(most)),
                name="patches-looked-at",
                row_title=t("patches.result.row_title"),
                column_title=t("patches.result.column_title"),
                hover=template("patches.result.hover"),
            ),
            key="patch_result",
            value_range=(0.0, float(looked_at[most])),
            result=redrawn,
            again=lambda: _looked_at(again().all.weights).reshape(shape),
        )


def _looked_at(weights: np.ndarray) -> np.ndarray:
    """How much every patch is looked at by all, 1 being an even share: (n, n) -> (n,)."""
    return weights.mean(axis=0) * len(weights)
