"""Full, windowed and area attention on the patches of the reader's picture, side by side."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import streamlit as st

from attention.images.area_attention import GroupedTrace, areas, attend_within, moved, whole, windows
from attention.images.patch_attention import standardise
from attention.images.patches import Patches, picture_patches
from figures.masks import MaskText
from figures.numbers import percent
from figures.overlays import fogged, jpeg_url
from figures.reproduce import picture_lines
from figures.small_multiples import magnitude
from pages.pictures.patches_view import TELLING
from pages.pictures.viewer import mask_viewer
from pages.shared.compute import picture_channels
from pages.shared.controls import badge, choice
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive_cell, keep_cell
from pages.shared.texts import t, template

ACROSS = 16  # patches along the longer side
TEMPERATURE = 0.3  # as on the page of patches
KINDS = ("full", "windows", "areas")


@dataclass(frozen=True, eq=False)
class AreaView:
    """A picture's patches, who attends within what, and the patch that asks.

    side, count : of a window, in patches; of areas
    """

    picture: OpenPicture
    patches: Patches
    side: int
    count: int
    asks: int

    @cached_property
    def groups(self) -> dict[str, np.ndarray]:
        """{kind: (n,)}: the group of each patch"""
        rows, columns = self.patches.shape
        together = whole(rows, columns), windows(rows, columns, self.side), areas(rows, columns, self.count)
        return dict(zip(KINDS, together, strict=True))

    @cached_property
    def traces(self) -> dict[str, GroupedTrace]:
        """All three, computed for real."""
        X = standardise(self.patches.vectors)
        return {kind: attend_within(X, X, X, groups, temperature=TEMPERATURE) for kind, groups in self.groups.items()}

    def row(self, kind: str) -> np.ndarray:
        """(rows, columns): what the patch that asks looks at"""
        return self.traces[kind].weights[self.asks].reshape(self.patches.shape)

    def reached(self, kind: str) -> int:
        """How many patches it may look at."""
        groups = self.groups[kind]
        return int((groups == groups[self.asks]).sum())

    def elsewhere(self, kind: str) -> np.ndarray:
        """(n,): of every patch, the share of its attention that lies elsewhere than with full attention"""
        return moved(self.traces[kind].weights, self.traces["full"].weights)

    def place(self) -> dict[str, int]:
        """Column and row of the patch that asks, from 1."""
        row, column = divmod(self.asks, self.patches.shape[1])
        return {"column": column + 1, "row": row + 1}


def show_areas(picture: OpenPicture) -> None:
    """Three maps of one patch, what they cost, and what is out of reach."""
    st.markdown(t("yolo_family.areas.text"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = choice("areas", ("2", "4", "8"), "4", texts="yolo_family.count")
        side = choice("window", ("2", "4", "8"), "4", texts="yolo_family.side")
    patches = picture_patches(picture_channels(picture).maps, ACROSS)
    view = AreaView(picture, patches, int(side), int(count), _asks(picture, patches))
    for place, kind in zip(st.columns(3, gap="medium"), KINDS, strict=True):
        with place:
            st.markdown(f"**{t(f'yolo_family.areas.{kind}')}**")
            _show_map(view, kind)
    _show_costs(view)
    badge("illustrative", t("yolo_family.areas.badge"))
    st.caption(t("yolo_family.areas.source"))


def _show_map(view: AreaView, kind: str) -> None:
    values = view.row(kind)
    columns = view.patches.shape[1]
    mask_viewer(
        _within_reach(view, kind),
        values,
        MaskText(
            low=t("yolo_family.areas.low"),
            high=t("yolo_family.areas.high", value=percent(float(values.max()))),
            sentence=_finding(view, kind),
            name=f"attention-{kind}",
            row_title=t("yolo_family.areas.row_title"),
            column_title=t("yolo_family.areas.column_title"),
            hover=template("yolo_family.areas.hover"),
        ),
        key=f"family_{kind}",
        again=partial(_again, view.picture, view.side, view.count, view.asks, kind),
        value_range=(0.0, float(values.max())),
        chosen=divmod(view.asks, columns),
        on_choose=partial(keep_cell, "asker"),
        lines=_lines(view, kind, int(values.argmax())),
        arrays=partial(_arrays, view.picture, view.side, view.count, view.asks),
        controls=False,
        multiplies=False,
    )


def _within_reach(view: AreaView, kind: str) -> OpenPicture:
    """The picture with fog over the patches that may not be asked."""
    groups = view.groups[kind]
    down, along = (np.diff(edges) for edges in view.patches.edges)
    beyond = (groups != groups[view.asks]).reshape(view.patches.shape).repeat(down, axis=0).repeat(along, axis=1)
    rgb = fogged(view.picture.rgb, beyond)
    return replace(view.picture, rgb=rgb, url=jpeg_url(rgb))


def _finding(view: AreaView, kind: str) -> str:
    if kind == "full":
        return t("yolo_family.areas.finding_full", reached=view.reached(kind), **view.place())
    share = percent(float(view.elsewhere(kind)[view.asks]))
    return t(
        f"yolo_family.areas.finding_{kind}",
        reached=view.reached(kind),
        all=len(view.groups[kind]),
        share=share,
        **view.place(),
    )


def _show_costs(view: AreaView) -> None:
    full = view.traces["full"].multiply_adds
    heads = (t(f"yolo_family.areas.{head}") for head in ("kind", "reached", "products", "of_full", "here", "mean"))
    lines = ["| " + " | ".join(heads) + " |", "|:--|--:|--:|--:|--:|--:|"]
    for kind in KINDS:
        products, elsewhere = view.traces[kind].multiply_adds, view.elsewhere(kind)
        shares = (products / full, float(elsewhere[view.asks]), float(elsewhere.mean()))
        numbers = (view.reached(kind), magnitude(products), *map(percent, shares))
        lines.append(f"| {t(f'yolo_family.areas.{kind}')} | " + " | ".join(map(str, numbers)) + " |")
    st.markdown("\n".join(lines))
    st.caption(t("yolo_family.areas.note"))


def _asks(picture: OpenPicture, patches: Patches) -> int:
    """The patch that asks: the pinned one, else one at which the effect is plain."""
    rows, columns = patches.shape
    asked = arrive_cell("asker", patches.shape, of=picture.digest)
    if asked:
        return asked[0] * columns + asked[1]
    across, down = TELLING.get(picture.file, (0.5, 0.5))
    return int(down * rows) * columns + int(across * columns)


def _view(picture: OpenPicture, side: int, count: int, asks: int) -> AreaView:
    return AreaView(picture, picture_patches(picture_channels(picture).maps, ACROSS), side, count, asks)


def _again(picture: OpenPicture, side: int, count: int, asks: int, kind: str) -> np.ndarray:
    return _view(picture, side, count, asks).row(kind)


def _arrays(picture: OpenPicture, side: int, count: int, asks: int) -> dict[str, np.ndarray]:
    view = _view(picture, side, count, asks)
    named = {f"{kind}_{part}": getattr(view.traces[kind], part) for kind in KINDS for part in ("groups", "weights")}
    return {"patches": view.patches.vectors, "asks": np.array(asks), **named}


def _lines(view: AreaView, kind: str, looked: int) -> str:
    """Python that prints the largest number of a map."""
    cut = {"full": "whole(*patches.shape)", "windows": f"windows(*patches.shape, {view.side})"}
    groups = cut.get(kind, f"areas(*patches.shape, {view.count})")
    return picture_lines(
        view.picture.file,
        ["picture_patches"],
        [
            f"patches = picture_patches(channels.maps, across={ACROSS})",
            "X = standardise(patches.vectors)",
            f"trace = attend_within(X, X, X, {groups}, temperature={TEMPERATURE})",
            f"print(trace.weights[{view.asks}, {looked}])  # patches are counted row by row, from 0",
        ],
        others={
            "attention.images.area_attention": ["attend_within", groups.split("(")[0]],
            "attention.images.patch_attention": ["standardise"],
        },
    )
