"""The picture as patches that people touch: a click asks, and the map falls back onto the picture at once."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from figures.masks import Look, span
from figures.patches import GridText, grid_payload, pin_payload
from pages.pictures.mask_take_home import take_mask_home
from pages.pictures.patches_choice import arrive_opacity, keep_opacity, pin_box, pin_looked, pin_patch
from pages.pictures.patches_lines import arrays, python_lines
from pages.pictures.patches_view import PatchView, finding
from pages.shared.components import COMMON, component, tool_words
from pages.shared.texts import t, template

_SCRIPTS = ("../common/pointing.js", "../common/poster.js", "draw.js", "point.js", "export.js", "patches.js")
PATCHES = component("patches", [*COMMON, *_SCRIPTS])
KEY = "patch_grid"


def patch_grid(view: PatchView, touch: str) -> None:
    """Place the grid; `touch` is what a click does: "asks", "looks" or "box"."""
    rows, columns = view.patches.shape

    def chosen() -> None:
        sent = st.session_state[KEY].get("chosen") or {}
        inside = range(rows * columns)
        if sent.get("asks") in inside:
            pin_patch(sent["asks"], columns)
        elif sent.get("looks") in inside:
            pin_looked(sent["looks"], columns)
        elif all(isinstance(at, int) for at in sent.get("box", [None])):
            pin_box(tuple(sent["box"]))  # one that does not exist is dropped like any junk in the address

    PATCHES(
        key=KEY,
        data=grid_payload(view.maps, view.patches.edges, view.picture.url, scale=_scale(view)),
        on_chosen_change=chosen,
        on_opacity_change=lambda: keep_opacity(st.session_state[KEY].get("opacity")),
    )
    PATCHES(
        key=f"{KEY}_pin",
        data={
            **pin_payload(
                _text(view),
                (rows, columns),
                row=view.row,
                asks=view.asking[0],
                looks=view.looked,
                box=view.pins.box,
                touch=touch,
            ),
            "opacity": arrive_opacity(),
            "words": {word: t(f"patches.grid.{word}") for word in ("asking", "looked", "opacity", "keys")},
            "tools": tool_words(),
        },
        width=1,
        height=1,
    )


def take_grid_home(view: PatchView, again: Callable[[], PatchView]) -> None:
    """The map of who asks as files, and the lines that print the opened number; ``again()`` computes the view anew."""
    largest = float(abs(view.row).max())
    scale, shape = _scale(view), view.patches.shape
    take_mask_home(
        view.picture,
        lambda: again().row.reshape(shape),
        Look(opacity=arrive_opacity() / 100),
        name=_name(view),
        key=f"{KEY}_take",
        value_range=span((-largest if scale == "diverging" else 0.0, largest), scale),
        scale=scale,
        lines=python_lines(view),
        arrays=lambda: arrays(again()),
    )


def _scale(view: PatchView) -> str:
    return "diverging" if view.over_channels else "sequential"


def _name(view: PatchView) -> str:
    over = view.settings.over
    return f"patches-{over}-{Path(view.picture.file).stem}" if view.picture.file.isascii() else f"patches-{over}"


def _text(view: PatchView) -> GridText:
    over = view.settings.over
    return GridText(
        title=t(f"patches.grid.title_{over}"),
        low=template(f"patches.grid.low_{over}"),
        high=template(f"patches.grid.high_{over}"),
        sentence=finding(view),
        hover=template("patches.grid.hover"),
        patch=template("patches.patch"),
        box=t("patches.box"),
        name=_name(view),
        source=source(view),
        table=(t("patches.table.column"), t("patches.table.row"), t("patches.table.value")),
    )


def source(view: PatchView) -> str:
    """How the numbers were made, in one line."""
    settings = view.settings
    how = "learned.source" if settings.block else "patches.source.how"
    temperature = f"{settings.temperature:g}"
    said = [t(how, across=settings.across, block=settings.block, temperature=temperature)]
    if settings.position:
        said.append(t("patches.source.position", strength=f"{settings.position:.1f}"))
    if not settings.equal_lengths:
        said.append(t("patches.source.lengths"))
    return t("patches.source.between").join(said)
