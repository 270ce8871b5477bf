"""One picture large: rebuilt from the gated channels, or the opened channel before and after its gate."""

import numpy as np
import streamlit as st

from figures.masks import MaskText
from figures.overlays import grey
from pages.pictures.channel_view import View, view_of
from pages.pictures.channel_words import arrays, python_lines, rebuilt_sentence
from pages.pictures.spatial_pixel import pin_pixel
from pages.pictures.viewer import mask_viewer
from pages.shared.controls import badge, choice
from pages.shared.texts import t, template

SEEN = ("rebuilt", "channel", "gated")


def stage(view: View, pixel: tuple[int, int]) -> None:
    """The viewer, and over it what it may show."""
    may_see = (*SEEN, "gate_map") if view.by_place else SEEN
    see = choice("see", may_see, "rebuilt", texts="channel.see", quiet=True)
    values, result = _seen(view, see)
    asked = (view.picture, view.choice, view.channel)  # what is taken home is computed anew: an open page holds no maps
    mask_viewer(
        view.picture,
        values,
        _rebuilt_text(view) if see == "rebuilt" else _channel_text(view, see),
        key="channel_viewer",
        result=result,
        opening="pair",
        chosen=pixel if view.by_place else None,
        on_choose=pin_pixel if view.by_place else None,
        lines=python_lines(view),
        arrays=lambda: arrays(view_of(*asked)),
        again=lambda: _seen(view_of(*asked), see)[0],
    )
    mechanism = view.choice.mechanism
    badge("illustrative", t(f"channel.badge.{mechanism}"))
    st.caption(t(f"channel.badge_help.{mechanism}"))
    if see == "rebuilt":
        st.caption(t("channel.rebuilt.note", error=f"{view.error:.1f}", mechanism=t(f"channel.gate.{mechanism}")))


def _seen(view: View, see: str) -> tuple[np.ndarray, np.ndarray]:
    """The numbers (H, W) and what comes out (H, W, 3) uint8."""
    if see == "rebuilt":
        return view.rebuilt.share, view.rebuilt.rgb
    values = {
        "channel": lambda: view.maps[view.channel],
        "gated": lambda: view.gated,
        "gate_map": lambda: view.gates[view.channel],
    }[see]()
    return values, grey(values)[..., None].repeat(3, axis=-1)


def _rebuilt_text(view: View) -> MaskText:
    return MaskText(
        low=t("channel.rebuilt.low"),
        high=t("channel.rebuilt.high"),
        sentence=rebuilt_sentence(view),
        hover=template("channel.rebuilt.hover"),
        name=f"rebuilt-{view.choice.mechanism}",
    )


def _channel_text(view: View, see: str) -> MaskText:
    channel, gate = view.maps[view.channel], view.gates[view.channel]
    sentence = t(
        f"channel.opened.{see}",
        name=view.name,
        **{
            "channel": lambda: {
                "about": t(f"picture.about.{view.code}"),
                "mean": f"{channel.mean():.3f}",
                "maximum": f"{channel.max():.3f}",
            },
            "gated": lambda: {
                "gate": f"{view.applied_means[view.channel]:.3f}",
                "mean": f"{channel.mean():.3f}",
                "after": f"{view.gated.mean():.3f}",
            },
            "gate_map": lambda: {
                "low": f"{gate.min():.3f}",
                "high": f"{gate.max():.3f}",
                "gate": f"{gate.mean():.3f}",
            },
        }[see](),
    )
    ends = "gate_" if see == "gate_map" else ""
    return MaskText(
        low=t(f"channel.opened.{ends}low"),
        high=t(f"channel.opened.{ends}high"),
        sentence=sentence,
        hover=template("channel.opened.hover"),
        name=f"{see.replace('_', '-')}-{view.code}",
    )
