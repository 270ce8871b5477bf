"""The weights a reader may change, as sliders whose values stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import signature

import streamlit as st

from attention.images import (
    CHANNELS,
    SpatialWeights,
    SqueezeExcitationWeights,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from pages.shared.state import arrive, depart
from pages.shared.texts import t


@dataclass(frozen=True)
class Slider:
    """One number: its name in the address, the engine's argument it is, its range and step."""

    key: str
    argument: str
    lowest: float
    highest: float
    step: float


SPATIAL = (  # the first two in view, the others folded
    Slider("thr", "threshold", 0.4, 1.8, 0.05),
    Slider("sur", "surround", 0.0, 3.0, 0.25),
    Slider("steep", "sharpness", 2.0, 24.0, 1.0),
    Slider("mean", "mean_weight", 0.0, 8.0, 0.5),
    Slider("max", "max_weight", 0.0, 3.0, 0.25),
)
CHANNEL = (Slider("gates", "sharpness", 0.0, 3.0, 0.25),)
GAIN = Slider("gain", "favour", -6.0, 6.0, 0.5)
NO_GAIN = 3.0  # how far a favoured channel is pulled before the reader moves the slider
NOBODY = "none"


def default(slider: Slider) -> float:
    """The engine's own default."""
    if slider is GAIN:
        return NO_GAIN
    source = illustrative_channel_weights if slider in CHANNEL else illustrative_spatial_weights
    return float(signature(source).parameters[slider.argument].default)


@dataclass(frozen=True)
class Weights:
    """Arguments for the two functions of `attention.images.illustrative`."""

    spatial: dict[str, float]
    sharpness: float
    favour: dict[str, float]

    def channel_weights(self, names: Sequence[str]) -> SqueezeExcitationWeights:
        return illustrative_channel_weights(names, sharpness=self.sharpness, favour=self.favour)

    def spatial_weights(self) -> SpatialWeights:
        return illustrative_spatial_weights(**self.spatial)

    def channel_arguments(self) -> str:
        """What Python lines must say to get these weights: only what differs from the defaults."""
        changed = [] if self.sharpness == default(CHANNEL[0]) else [f"sharpness={self.sharpness}"]
        changed += [f"favour={self.favour}"] if self.favour else []
        return ", ".join(changed)

    def spatial_arguments(self) -> str:
        """As `channel_arguments`."""
        changed = [s for s in SPATIAL if self.spatial[s.argument] != default(s)]
        return ", ".join(f"{s.argument}={self.spatial[s.argument]}" for s in changed)


DEFAULT = Weights({s.argument: default(s) for s in SPATIAL}, default(CHANNEL[0]), {})


def choose_weights() -> Weights:
    """All sliders, the favoured channel, and the button that puts everything back."""
    spatial = {}
    for place, slider in zip(st.columns(2, gap="medium"), SPATIAL[:2], strict=True):
        with place:
            spatial[slider.argument] = _slide(slider)
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        favoured = _choose_favoured()
    with right:
        gain = _slide(GAIN, disabled=favoured == NOBODY)
    with st.expander(t("picture.weights.more"), icon=":material/tune:"):
        left, right = st.columns(2, gap="medium")
        with left:
            spatial |= {s.argument: _slide(s) for s in SPATIAL[2:4]}
        with right:
            spatial |= {s.argument: _slide(s) for s in SPATIAL[4:]}
            sharpness = _slide(CHANNEL[0])
    favour = {} if favoured == NOBODY or gain == 0 else {favoured: gain}
    chosen = Weights(spatial, sharpness, favour)
    st.button(
        t("picture.weights.reset"),
        icon=":material/restart_alt:",
        type="tertiary",
        disabled=chosen == DEFAULT and favoured == NOBODY,
        on_click=_reset,
    )
    return chosen


def _slide(slider: Slider, *, disabled: bool = False) -> float:
    return st.slider(
        t(f"picture.weights.{slider.key}"),
        slider.lowest,
        slider.highest,
        default(slider),
        slider.step,
        format="%g",
        key=slider.key,
        help=t(f"picture.weights.{slider.key}_help"),
        bind="query-params",
        persist_state="session",
        disabled=disabled,
    )


def _choose_favoured() -> str:
    labels = {name: t(f"picture.channel.{name}") for name in (NOBODY, *CHANNELS)}
    arrive("fav", NOBODY, labels.__contains__)
    chosen = st.selectbox(
        t("picture.weights.fav"),
        labels,
        format_func=labels.get,
        key="fav",
        help=t("picture.weights.fav_help"),
    )
    depart("fav", NOBODY)
    return chosen


def _reset() -> None:
    for slider in (*SPATIAL, *CHANNEL, GAIN):
        st.session_state[slider.key] = default(slider)
    st.session_state.fav = NOBODY
