"""CBAM's spatial half on the Spatial page: maximum and mean over the channels, one convolution, sigmoid."""

from functools import partial

import numpy as np
import streamlit as st

from attention.images import SpatialTrace, SpatialWeights, illustrative_spatial_weights, spatial_attention
from attention.images.illustrative import RAW_THRESHOLD
from figures.reproduce import picture_lines
from pages.pictures.spatial_controls import Slider, reset_button, slide
from pages.pictures.spatial_run import Run
from pages.pictures.spatial_tiles import window_at, window_tiles
from pages.pictures.stage_strip import Stage, signed_stage, stage_from
from pages.shared.compute import picture_channels
from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

KERNELS, DEFAULT_KERNEL = ("3", "5", "7", "11"), "7"
SLIDERS = (  # the first two in view, the others folded
    Slider("thr", "threshold", 0.6, 3.0, 0.05, RAW_THRESHOLD),
    Slider("sur", "surround", 0.0, 3.0, 0.25, 1.0),
    Slider("steep", "sharpness", 2.0, 24.0, 1.0, 12.0),
    Slider("mean", "mean_weight", 0.0, 8.0, 0.5, 5.0),
    Slider("max", "max_weight", 0.0, 3.0, 0.25, 0.5),
)
PLANES = ("max", "mean")  # as the kernel reads them


def run(picture: OpenPicture) -> Run:
    """The controls, and what they make of the picture."""
    return _computed(picture, _choose())


def run_default(picture: OpenPicture) -> Run:
    """What the default weights make of the picture, without controls."""
    return _computed(
        picture, {"kernel_size": int(DEFAULT_KERNEL), **{slider.argument: slider.default for slider in SLIDERS}}
    )


def _computed(picture: OpenPicture, arguments: dict[str, float]) -> Run:
    weights = illustrative_spatial_weights(**arguments)
    channels = picture_channels(picture)
    trace = spatial_attention(channels.maps, weights)
    return Run(
        "cbam",
        [
            Stage("max", trace.pooled[0]),
            stage_from("mean", trace.pooled[1], sign="+"),
            signed_stage("logits", trace.logits),
            Stage("mask", trace.mask),
        ],
        ranked=trace.logits,
        open_pixel=partial(_open_pixel, trace, weights, arguments),
        lines=partial(_lines, picture, arguments),
        arrays=lambda: {
            "rgb": picture.rgb,
            "names": np.array(channels.names),
            "channels": trace.X,
            "pooled": trace.pooled,
            "kernel": weights.kernel,
            "bias": np.array(weights.bias),
            "logits": trace.logits,
            "mask": trace.mask,
            "output": trace.output,
        },
        again=partial(_computed, picture, arguments),
    )


def _choose() -> dict[str, float]:
    """Arguments for `illustrative_spatial_weights`."""
    size = int(choice("kernel", KERNELS, DEFAULT_KERNEL, texts="spatial.kernel", help=t("spatial.kernel.help")))
    chosen = {}
    for place, slider in zip(st.columns(2, gap="medium"), SLIDERS[:2], strict=True):
        with place:
            chosen[slider.argument] = slide(slider)
    with st.expander(t("spatial.weights.more"), icon=":material/tune:"):
        for place, slider in zip(st.columns(3, gap="medium"), SLIDERS[2:], strict=True):
            with place:
                chosen[slider.argument] = slide(slider)
    reset_button(SLIDERS, kernel=DEFAULT_KERNEL)
    return {"kernel_size": size, **chosen}


def _lines(picture: OpenPicture, arguments: dict[str, float], pixel: tuple[int, int]) -> str:
    row, column = pixel
    written = ", ".join(f"{name}={value}" for name, value in arguments.items())
    return picture_lines(
        picture.file,
        ("illustrative_spatial_weights", "spatial_attention"),
        [
            f"weights = illustrative_spatial_weights({written})",
            "trace = spatial_attention(channels.maps, weights)",
            f"print(trace.mask[{row}, {column}])  # row and column from 0",
        ],
    )


def _open_pixel(trace: SpatialTrace, weights: SpatialWeights, arguments: dict, pixel: tuple[int, int]) -> None:
    """The window under the kernel, the kernel, their products; the sum, the sigmoid."""
    k = weights.kernel.shape[-1]
    st.markdown(t("spatial.open.multiply", k=k))
    sums = []
    for plane, kernel, name in zip(trace.pooled, weights.kernel[0], PLANES, strict=True):
        products = window_tiles(window_at(plane, pixel, k), kernel, name, window_range=(0, 1))
        sums.append(float(products.sum()))
    logit, mask = float(trace.logits[pixel]), float(trace.mask[pixel])
    st.markdown(t("spatial.open.add", sharpness=f"{arguments['sharpness']:g}", threshold=f"{arguments['threshold']:g}"))
    st.latex(rf"z = {sums[0]:.3f} {sums[1]:+.3f} {weights.bias:+.3f} = {logit:.3f}")
    st.latex(rf"\sigma(z) = \frac{{1}}{{1 + e^{{{-logit:.3f}}}}} = {mask:.3f}")
