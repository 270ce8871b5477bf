"""One view of the picture page, and what is said about it in words."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images import CBAMTrace, FeatureMaps
from figures.mask_facts import mask_facts
from figures.numbers import percent
from pages.shared.picture_source import OpenPicture
from pages.shared.picture_weights import Weights
from pages.shared.texts import t


@dataclass(frozen=True, eq=False)
class View:
    """A picture with its attention, and what the reader has opened.

    channel : int, the opened channel
    pixel : (row, column), the pinned pixel, counted from 0
    """

    picture: OpenPicture
    weights: Weights
    channels: FeatureMaps
    trace: CBAMTrace
    channel: int
    pixel: tuple[int, int]

    @cached_property
    def names(self) -> list[str]:
        """The channels in the reader's language."""
        return [t(f"picture.channel.{name}") for name in self.channels.names]

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of every map."""
        height, width = self.trace.mask.shape
        return width, height

    @property
    def mask_value(self) -> float:
        return float(self.trace.mask[self.pixel])

    @property
    def place(self) -> dict[str, int]:
        """The pinned pixel as readers count, from 1."""
        row, column = self.pixel
        return {"row": row + 1, "column": column + 1}


def strongest_place(logits: np.ndarray, margin: int = 3) -> tuple[int, int]:
    """Row and column of the largest number; not at the border, where the kernel looks out of the picture."""
    height, width = logits.shape
    top, left = (margin if size > 2 * margin else 0 for size in (height, width))
    inside = logits[top : height - top, left : width - left]
    row, column = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(row) + top, int(column) + left


def mask_sentence(mask: np.ndarray) -> str:
    """Where the mask lies."""
    facts = mask_facts(mask)
    if facts.mean < 0.0005:
        return t("picture.mask.closed")
    return t(
        "picture.mask.finding",
        mean=f"{facts.mean:.2f}",
        held=percent(facts.held),
        area=percent(facts.area),
        region=t(f"picture.region.{facts.region}"),
        share=percent(facts.region_share),
    )


def gates_sentence(names: list[str], gates: np.ndarray) -> str:
    """Which channels count most and least."""
    order = np.argsort(-gates, kind="stable")

    def listed(indices: np.ndarray) -> str:
        return t("picture.gates.comma").join(f"{names[i]} {gates[i]:.2f}" for i in indices)

    return t("picture.gates.finding", most=listed(order[:3]), least=listed(order[:-4:-1]))


def strongest_changes(gates: np.ndarray, count: int = 6) -> list[int]:
    """The channels whose gates are furthest from 1/2, widest open first."""
    furthest = np.argsort(-np.abs(gates - 0.5), kind="stable")[:count]
    return sorted((int(i) for i in furthest), key=lambda i: -gates[i])


def python_lines(view: View) -> str:
    """Python that prints the mask at the pinned pixel, and the opened channel's gate."""
    row, column = view.pixel
    channel_arguments = view.weights.channel_arguments()
    return "\n".join(
        [
            "from pathlib import Path",
            "",
            "from attention.images import cbam, feature_maps",
            "from attention.images import illustrative_channel_weights, illustrative_spatial_weights",
            "from attention.sources.images import read_image",
            "",
            f"picture = read_image(Path({view.picture.file!r}).read_bytes())",
            "channels = feature_maps(picture.rgb)",
            "trace = cbam(",
            "    channels.maps,",
            f"    illustrative_channel_weights(channels.names{', ' * bool(channel_arguments)}{channel_arguments}),",
            f"    illustrative_spatial_weights({view.weights.spatial_arguments()}),",
            ")",
            f"print(trace.mask[{row}, {column}])  # rows and columns from 0",
            f"print(trace.gates[channels.names.index({view.channels.names[view.channel]!r})])",
        ]
    )


def arrays(view: View) -> dict[str, np.ndarray]:
    """Every stage, by name."""
    channel, spatial = view.trace.channel, view.trace.spatial
    channel_weights, spatial_weights = view.weights.channel_weights(view.channels.names), view.weights.spatial_weights()
    return {
        "rgb": view.picture.rgb,
        "names": np.array(view.channels.names),
        "channels": channel.X,
        "average": channel.squeezed["avg"],
        "maximum": channel.squeezed["max"],
        "W1": channel_weights.W1,
        "b1": channel_weights.b1,
        "W2": channel_weights.W2,
        "b2": channel_weights.b2,
        "hidden_average": channel.hidden["avg"],
        "hidden_maximum": channel.hidden["max"],
        "gate_logits": channel.logits,
        "gates": channel.gates,
        "reweighted": channel.output,
        "pooled": spatial.pooled,
        "kernel": spatial_weights.kernel,
        "bias": np.array(spatial_weights.bias),
        "mask_logits": spatial.logits,
        "mask": spatial.mask,
        "refined": spatial.output,
    }
