"""SimAM on the Spatial page: how far every number lies from its channel's mean, and nothing to learn."""

from functools import partial

import numpy as np
import streamlit as st

from attention.images import CHANNELS, SimAMTrace, simam
from figures.numbers import latex
from figures.reproduce import picture_lines
from pages.pictures.spatial_controls import Slider, reset_button, slide
from pages.pictures.spatial_run import Run
from pages.pictures.spatial_tiles import table_map
from pages.pictures.stage_strip import Stage, stage_from
from pages.shared.compute import picture_channels
from pages.shared.controls import select
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive, depart
from pages.shared.texts import t

ALL = "all"  # channels: the mean of their masks
LAM = Slider("lam", "lam", -6.0, 0.0, 1.0, -4.0)  # as a power of ten
LEAST = 0.62  # the mask of a number that is its channel's mean: the sigmoid of 1/2


def run(picture: OpenPicture) -> Run:
    """The controls, and what they make of the picture."""
    return _computed(picture, *_choose())


def _computed(picture: OpenPicture, channel: str, lam: float) -> Run:
    channels = picture_channels(picture)
    one = channel != ALL
    trace = simam(channels.maps[[CHANNELS.index(channel)]] if one else channels.maps, lam=lam)
    mask = trace.mask.mean(axis=0)
    return Run(
        "simam",
        [
            Stage("input", trace.X.mean(axis=0)),
            stage_from("distance", _distance(trace)),
            stage_from("energy", trace.energy.mean(axis=0), 0.5),
            stage_from("mask", mask, LEAST),
        ],
        ranked=mask,
        open_pixel=partial(_open_pixel, trace, mask, CHANNELS if not one else (channel,)),
        lines=partial(_lines, picture, channel, lam),
        arrays=lambda: {
            "rgb": picture.rgb,
            "names": np.array([channel] if one else channels.names),
            "channels": trace.X,
            "mean": trace.mean,
            "variance": trace.variance,
            "lam": np.array(lam),
            "energy": trace.energy,
            "masks": trace.mask,
            "mask": mask,
            "output": trace.output,
        },
        again=partial(_computed, picture, channel, lam),
    )


def _choose() -> tuple[str, float]:
    """The channel (or `ALL`) and lambda."""
    labels = {ALL: t("spatial.simam.all"), **{code: t(f"picture.channel.{code}") for code in CHANNELS}}
    arrive("only", ALL, labels.__contains__)
    left, right = st.columns(2, gap="medium")
    with left:
        select("only", labels, t("spatial.simam.only"))
    with right:
        exponent = slide(LAM)
    depart("only", ALL)
    reset_button((LAM,), only=ALL)
    return st.session_state.only, 10.0**exponent


def _distance(trace: SimAMTrace) -> np.ndarray:
    """The squared distance from the channel's mean, averaged over the channels: (H, W)."""
    total = np.zeros_like(trace.X[0])
    for plane, mean in zip(trace.X, trace.mean, strict=True):
        total += np.square(plane - mean)
    return total / len(trace.X)


def _lines(picture: OpenPicture, channel: str, lam: float, pixel: tuple[int, int]) -> str:
    row, column = pixel
    read = f"trace.mask[:, {row}, {column}].mean()"
    if channel != ALL:
        read = f"trace.mask[channels.names.index({channel!r}), {row}, {column}]"
    return picture_lines(
        picture.file,
        ("simam",),
        [f"trace = simam(channels.maps, lam={lam:g})", f"print({read})  # row and column from 0"],
    )


def _open_pixel(trace: SimAMTrace, mask: np.ndarray, codes: tuple[str, ...], pixel: tuple[int, int]) -> None:
    """The number, its channel's mean and variance, the formula; with all channels, the mean of their masks."""
    names = [t(f"picture.channel.{code}") for code in codes]
    x, masks = trace.X[:, *pixel], trace.mask[:, *pixel]
    if len(codes) > 1:
        table_map(
            np.stack([x, trace.mean, masks]),
            [t(f"spatial.simam.open.row_{row}") for row in ("number", "mean", "mask")],
            names,
            "spatial.simam.open",
            mask=f"{mask[pixel]:.3f}",
        )
    i = int(masks.argmax())
    st.markdown(t("spatial.simam.open.one", name=names[i]))
    mean, variance, energy = float(trace.mean[i]), float(trace.variance[i]), float(trace.energy[i, *pixel])
    squared = (float(x[i]) - mean) ** 2
    st.latex(rf"d^2 = (x - \mu)^2 = ({x[i]:.3f} - {mean:.3f})^2 = {latex(squared, 3)}")
    st.latex(
        rf"e = \frac{{d^2}}{{4\,(s^2 + \lambda)}} + \frac12"
        rf" = \frac{{{latex(squared, 3)}}}{{4\,({latex(variance, 3)} + {latex(trace.lam)})}} + 0.5 = {energy:.3f}"
    )
    st.latex(rf"\sigma(e) = \frac{{1}}{{1 + e^{{{-energy:.3f}}}}} = {masks[i]:.3f}")
    if len(codes) > 1:
        st.markdown(t("spatial.simam.open.mean", count=len(codes)))
        st.latex(rf"\tfrac{{1}}{{{len(codes)}}} \cdot {masks.sum():.3f} = {mask[pixel]:.3f}")
