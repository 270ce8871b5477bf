"""BAM's spatial branch on the Spatial page: few planes, two dilated convolutions, one map, sigmoid."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from attention.images import BAMTrace, BAMWeights, bam
from attention.images.illustrative import illustrative_bam_weights
from attention.images.maps import sigmoid
from figures.reproduce import picture_lines
from pages.pictures.spatial_bam_opened import open_pixel
from pages.pictures.spatial_controls import Slider, reset_button, slide
from pages.pictures.spatial_run import Run
from pages.pictures.stage_strip import Stage, signed_stage, stage_from
from pages.shared.compute import picture_channels
from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

DILATIONS, DEFAULT_DILATION = ("1", "2", "4", "8"), "4"
SLIDERS = (
    Slider("bam_thr", "threshold", 0.5, 6.0, 0.25, 2.5),
    Slider("bam_sur", "surround", 0.0, 3.0, 0.25, 1.0),
)


def run(picture: OpenPicture) -> Run:
    """The controls, and what they make of the picture."""
    return _computed(picture, *_choose())


def _computed(picture: OpenPicture, dilation: int, arguments: dict[str, float]) -> Run:
    channels = picture_channels(picture)
    weights = replace(illustrative_bam_weights(channels.names, **arguments), dilation=dilation)
    trace = bam(channels.maps, weights)
    mask = sigmoid(trace.spatial_logits)
    first, second = trace.dilated
    return Run(
        "bam",
        [
            stage_from("reduced", trace.reduced.mean(axis=0)),
            stage_from("first", first.mean(axis=0)),
            stage_from("second", second.mean(axis=0)),
            signed_stage("logits", trace.spatial_logits),
            Stage("mask", mask),
        ],
        ranked=trace.spatial_logits,
        open_pixel=partial(open_pixel, trace, weights),
        lines=partial(_lines, picture, dilation, arguments),
        arrays=partial(_arrays, picture, trace, weights, mask),
        again=partial(_computed, picture, dilation, arguments),
    )


def _choose() -> tuple[int, dict[str, float]]:
    """The dilation, and arguments for `illustrative_bam_weights`."""
    dilation = choice(
        "dilation", DILATIONS, DEFAULT_DILATION, texts="spatial.dilation", help=t("spatial.dilation.help")
    )
    arguments = {}
    for place, slider in zip(st.columns(2, gap="medium"), SLIDERS, strict=True):
        with place:
            arguments[slider.argument] = slide(slider)
    reset_button(SLIDERS, dilation=DEFAULT_DILATION)
    return int(dilation), arguments


def _lines(picture: OpenPicture, dilation: int, arguments: dict[str, float], pixel: tuple[int, int]) -> str:
    row, column = pixel
    written = ", ".join(f"{name}={value}" for name, value in arguments.items())
    return picture_lines(
        picture.file,
        ("bam", "illustrative_bam_weights"),
        [
            f"weights = illustrative_bam_weights(channels.names, {written})",
            f"trace = bam(channels.maps, replace(weights, dilation={dilation}))",
            f"print(1 / (1 + exp(-trace.spatial_logits[{row}, {column}])))  # row and column from 0",
        ],
        first=("from dataclasses import replace", "from math import exp"),
    )


def _arrays(picture: OpenPicture, trace: BAMTrace, weights: BAMWeights, mask: np.ndarray) -> dict[str, np.ndarray]:
    (first_kernel, _), (second_kernel, _) = weights.dilated
    return {
        "rgb": picture.rgb,
        "channels": trace.X,
        "W_reduce": weights.W_reduce,
        "b_reduce": weights.b_reduce,
        "reduced": trace.reduced,
        "first_kernel": first_kernel,
        "first": trace.dilated[0],
        "second_kernel": second_kernel,
        "second": trace.dilated[1],
        "dilation": np.array(weights.dilation),
        "W_final": weights.W_final,
        "b_final": weights.b_final,
        "logits": trace.spatial_logits,
        "mask": mask,
    }
