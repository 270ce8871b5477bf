"""The picture under a block's patches and windows: pointing at a patch shows what it looks at, a click lets it ask."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st

from figures.masks import Look, span
from figures.numbers import percent
from figures.patches import GridText, grid_payload, pin_payload
from pages.pictures.mask_take_home import take_mask_home
from pages.pictures.patches_choice import arrive_opacity, keep_opacity
from pages.pictures.patches_grid import PATCHES
from pages.shared.components import tool_words
from pages.shared.texts import t, template
from pages.trained.click_lines import reading_lines
from pages.trained.window_choice import pin_asking, pin_looked
from pages.trained.window_state import WindowView

KEY = "window_grid"


def window_grid(view: WindowView) -> None:
    """Place the grid."""
    rows, columns = view.patches
    places = view.places

    def chosen() -> None:
        sent = st.session_state[KEY].get("chosen") or {}
        for name, pin in (("asks", pin_asking), ("looks", pin_looked)):
            if sent.get(name) in range(rows * columns):
                pin(places(sent[name]))

    PATCHES(
        key=KEY,
        data=grid_payload(view.all, view.edges, view.picture.url, window=view.trace.window),
        on_chosen_change=chosen,
        on_opacity_change=lambda: keep_opacity(st.session_state[KEY].get("opacity")),
    )
    PATCHES(
        key=f"{KEY}_pin",
        data={
            **pin_payload(
                _text(view),
                (rows, columns),
                row=view.values.ravel(),
                asks=view.index(view.asks),
                looks=view.index(view.looks),
                touch=view.choice.press,
                window=view.trace.window,
            ),
            "opacity": arrive_opacity(),
            "words": {
                **{word: t(f"patches.grid.{word}") for word in ("asking", "looked", "opacity")},
                "keys": t("windows.grid.keys"),
            },
            "tools": tool_words(),
        },
        width=1,
        height=1,
    )


def take_window_home(view: WindowView, again: Callable[[], WindowView]) -> None:
    """The map of who asks as files, and the lines that print the opened number; ``again()`` computes the view anew."""
    take_mask_home(
        view.picture,
        lambda: again().over_picture,
        Look(opacity=arrive_opacity() / 100),
        name=_name(view),
        key=f"{KEY}_take",
        value_range=span((0.0, float(view.values.max())), "sequential"),
        scale="sequential",
        lines=python_lines(view),
        arrays=lambda: arrays(again()),
        called="map",
    )


def finding(view: WindowView) -> str:
    """What the patch that asks looks at, in words."""
    facts = view.facts
    row, column = facts.strongest
    said = t(
        "windows.finding",
        who=t("patches.who.patch", row=view.asks[0] + 1, column=view.asks[1] + 1),
        head=view.head_name,
        itself=percent(facts.itself),
        near=percent(facts.near),
        most=percent(facts.most),
        row=row + 1,
        column=column + 1,
        count=view.trace.window**2,
    )
    return said + t("windows.beyond", share=percent(facts.beyond)) if facts.beyond >= 0.005 else said


def source(view: WindowView) -> str:
    """Which block and head of which network, in one line."""
    trace = view.trace
    return t(
        "windows.source",
        block=trace.block,
        head=view.head_name,
        rows=trace.shape[0],
        columns=trace.shape[1],
        window=trace.window,
    )


def python_lines(view: WindowView) -> str:
    """Python that prints the opened number."""
    window, asks = view.trace.find(*view.asks)
    _, looks = view.trace.find(*view.looks)
    head = ".mean(axis=0)" if view.choice.head is None else f"[{view.choice.head}]"
    return reading_lines(
        view.picture.file,
        view.read.frame.size,
        [
            f"trace = read.windows({view.trace.block})",
            f"heads = trace.weights[{window}, :, {asks}, {looks}]  # window, all heads, who asks, who is looked at",
            f"print(heads{head})",
        ],
    )


def arrays(view: WindowView) -> dict[str, np.ndarray]:
    """All that the block's attention computed, by name."""
    trace = view.trace
    stages = {name: getattr(trace.attention, name) for name in ("Q", "K", "V", "weights")}
    return {
        "rgb": view.picture.rgb,
        "block": np.array(trace.block),
        "windows": np.array(trace.grid),
        "distance_bias": trace.distance_bias,
        "asking": np.array(view.asks),
        "looked": np.array(view.looks),
        "shown": view.values,
        **stages,
    }


def _name(view: WindowView) -> str:
    named = f"windows-{view.trace.block}"
    return f"{named}-{Path(view.picture.file).stem}" if view.picture.file.isascii() else named


def _text(view: WindowView) -> GridText:
    return GridText(
        title=t("windows.grid.title"),
        low=template("patches.grid.low_places"),
        high=template("patches.grid.high_places"),
        sentence=finding(view),
        hover=template("patches.grid.hover"),
        patch=template("patches.patch"),
        box="",
        name=_name(view),
        source=source(view),
        table=(t("patches.table.column"), t("patches.table.row"), t("patches.table.value")),
        outside=template("windows.grid.outside"),
    )
