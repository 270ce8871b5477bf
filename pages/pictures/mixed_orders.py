"""Channel and spatial attention together, in four orders, each brought to numbers that can be compared."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from attention.images import (
    bam,
    cbam,
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from attention.images.comparison import passed
from attention.images.illustrative import GATED_THRESHOLD, RAW_THRESHOLD
from figures.reproduce import picture_lines
from pages.shared.compute import picture_channels
from pages.shared.picture_source import OpenPicture

ORDERS = ("channel_first", "spatial_first", "parallel", "bam")


@dataclass(frozen=True, eq=False)
class Mixed:
    """One order over one picture.

    code : one of `ORDERS`
    gates : (C,) ndarray, in 0..1
        Of BAM, which has one number for every channel and place: their mean over the places, less 1.
    mask : (H, W) ndarray, in 0..1
        Of BAM: their mean over the channels, less 1.
    share : (H, W) ndarray, in 0..1
        What is let through: the sum over the channels after, divided by the sum before. Of BAM, which lets everything
        through and adds up to as much again: what it adds.
    stages : callable () -> dict of str to ndarray
    """

    code: str
    gates: np.ndarray
    mask: np.ndarray
    share: np.ndarray
    stages: Callable[[], dict[str, np.ndarray]]


def mixed(picture: OpenPicture, order: str) -> Mixed:
    """Run an order with the illustrative weights."""
    channels = picture_channels(picture)
    X, names = channels.maps, channels.names
    if order == "bam":
        trace = bam(X, illustrative_bam_weights(names))
        added = trace.attention - 1  # (C, H, W)
        return Mixed(
            order,
            added.mean(axis=(1, 2)),
            added.mean(axis=0),
            passed(X, X * added),
            lambda: {
                "channel_logits": trace.channel_logits,
                "spatial_logits": trace.spatial_logits,
                "attention": trace.attention,
                "output": trace.output,
            },
        )
    spatial_weights = illustrative_spatial_weights(threshold=threshold(order))
    trace = cbam(X, illustrative_channel_weights(names), spatial_weights, order=order)
    return Mixed(
        order,
        trace.gates,
        trace.mask,
        passed(X, trace.output),
        lambda: {
            "gates": trace.gates,
            "pooled": trace.spatial.pooled,
            "mask_logits": trace.spatial.logits,
            "mask": trace.mask,
            "output": trace.output,
        },
    )


def threshold(order: str) -> float:
    """Of the spatial mask: gated channels are weaker than raw ones, and so is what they are held against."""
    return GATED_THRESHOLD if order == "channel_first" else RAW_THRESHOLD


def arrays(picture: OpenPicture, order: str, against: str) -> dict[str, np.ndarray]:
    """All numbers of both orders, computed anew."""
    channels = picture_channels(picture)
    both = {code: mixed(picture, code) for code in (order, against)}
    named = {f"{code}_{name}": values for code, run in both.items() for name, values in run.stages().items()}
    shares = {f"{code}_share": run.share for code, run in both.items()}
    return {"rgb": picture.rgb, "names": np.array(channels.names), "channels": channels.maps, **named, **shares}


def lines(picture: OpenPicture, order: str, pixel: tuple[int, int]) -> str:
    """Python that prints the share let through at a pixel."""
    row, column = pixel
    read = f"[:, {row}, {column}].sum()"
    if order == "bam":
        return picture_lines(
            picture.file,
            ("bam", "illustrative_bam_weights"),
            [
                "X = channels.maps",
                "trace = bam(X, illustrative_bam_weights(channels.names))",
                f"print(trace.output{read} / X{read} - 1)  # row and column from 0",
            ],
        )
    return picture_lines(
        picture.file,
        ("cbam", "illustrative_channel_weights", "illustrative_spatial_weights"),
        [
            "X = channels.maps",
            "trace = cbam(",
            "    X,",
            "    illustrative_channel_weights(channels.names),",
            f"    illustrative_spatial_weights(threshold={threshold(order)}),",
            f"    order={order!r},",
            ")",
            f"print(trace.output{read} / X{read})  # row and column from 0",
        ],
    )
