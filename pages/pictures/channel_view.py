"""One view of the channel page: the gates of a picture, with those that the reader has pulled, and what they do."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images import (
    ChannelTrace,
    ECATrace,
    FeatureMaps,
    GatherExciteTrace,
    SqueezeExcitationTrace,
    SqueezeExcitationWeights,
    channel_attention,
    efficient_channel_attention,
    gather_excite,
    squeeze_excitation,
)
from attention.images.illustrative import (
    illustrative_channel_weights,
    illustrative_eca_kernel,
    illustrative_se_weights,
)
from attention.images.maps import pool_pixels, sigmoid
from attention.images.rebuild import Decoder, Rebuilt, fit_decoder, levels_apart, rebuild
from pages.pictures.channel_choice import Choice
from pages.shared.compute import of_picture, picture_channels
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t


@dataclass(frozen=True, eq=False)
class View:
    """A picture with its channels, how they are gated, and the opened one of the C channels."""

    picture: OpenPicture
    channels: FeatureMaps
    choice: Choice
    decoder: Decoder
    channel: int

    @property
    def maps(self) -> np.ndarray:
        """(C, H, W) float32, the feature maps"""
        return self.channels.maps

    @property
    def code(self) -> str:
        """The opened channel's name in code."""
        return self.channels.names[self.channel]

    @cached_property
    def names(self) -> list[str]:
        """The channels in the reader's language."""
        return [t(f"picture.channel.{name}") for name in self.channels.names]

    @property
    def name(self) -> str:
        return self.names[self.channel]

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of every map."""
        return self.maps.shape[:0:-1]

    @cached_property
    def weights(self) -> SqueezeExcitationWeights | np.ndarray | None:
        """Two layers (se, cbam), a kernel (k,) (eca), or nothing (ge)."""
        names, number = self.channels.names, self.choice.number
        return {
            "se": lambda: illustrative_se_weights(names, reduction=number),
            "cbam": lambda: illustrative_channel_weights(names, reduction=number),
            "eca": lambda: illustrative_eca_kernel(number),
            "ge": lambda: None,
        }[self.choice.mechanism]()

    @cached_property
    def trace(self) -> SqueezeExcitationTrace | ChannelTrace | ECATrace | GatherExciteTrace:
        return {
            "se": lambda: squeeze_excitation(self.maps, self.weights),
            "cbam": lambda: channel_attention(self.maps, self.weights),
            "eca": lambda: efficient_channel_attention(self.maps, self.weights),
            "ge": lambda: gather_excite(self.maps, self.choice.number),
        }[self.choice.mechanism]()

    @property
    def by_place(self) -> bool:
        """Whether a gate is a map of its own instead of one number."""
        return self.choice.mechanism == "ge" and self.choice.number > 0

    @cached_property
    def squeezed(self) -> dict[str, np.ndarray]:
        """{path: (C,)}, what is left of every channel."""
        if self.choice.mechanism == "cbam":
            return dict(self.trace.squeezed)
        return {"avg": pool_pixels(self.maps, "avg") if self.choice.mechanism == "ge" else self.trace.squeezed}

    @cached_property
    def hidden(self) -> dict[str, np.ndarray]:
        """{path: (R,)}, the hidden units; nothing where there are none."""
        return {"se": lambda: {"avg": self.trace.hidden}, "cbam": lambda: dict(self.trace.hidden)}.get(
            self.choice.mechanism, dict
        )()

    @cached_property
    def gates(self) -> np.ndarray:
        """(C,) or (C, H, W), as the mechanism has them."""
        if self.choice.mechanism == "ge" and not self.by_place:
            return sigmoid(self.trace.gathered[:, 0, 0])
        return self.trace.gates

    @cached_property
    def computed(self) -> np.ndarray:
        """(C,), one number a gate: that of a map is its mean."""
        return self.gates.mean(axis=(1, 2)) if self.by_place else self.gates

    @cached_property
    def spread(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The lowest and the highest number of every gate that is a map: (C,) each."""
        if not self.by_place:
            return None
        gathered = self.trace.gathered
        return sigmoid(gathered.min(axis=(1, 2))), sigmoid(gathered.max(axis=(1, 2)))

    @cached_property
    def applied(self) -> np.ndarray:
        """(C,) or (C, H, W), the gates with those that were pulled: a pulled one is the same everywhere."""
        if not self.choice.pulled:
            return self.gates
        gates = self.gates.copy()
        for name, gate in self.choice.pulled.items():
            gates[self.channels.names.index(name)] = gate
        return gates

    @cached_property
    def applied_means(self) -> np.ndarray:
        """(C,), one number an applied gate."""
        return self.applied.mean(axis=(1, 2)) if self.by_place else self.applied

    @cached_property
    def gated(self) -> np.ndarray:
        """(H, W), the opened channel times its gate."""
        return self.maps[self.channel] * self.applied[self.channel]

    @cached_property
    def rebuilt(self) -> Rebuilt:
        return rebuild(self.maps, self.applied, self.decoder)

    @property
    def equal(self) -> np.ndarray:
        """(H, W, 3) uint8, the picture rebuilt with gates that are all the same."""
        ones = np.ones(len(self.maps), self.maps.dtype)
        return of_picture(self.picture, "equal gates", lambda: rebuild(self.maps, ones, self.decoder).rgb)

    @cached_property
    def reference(self) -> np.ndarray:
        """(H, W, 3) uint8, what the rebuilt picture is held against: before any gate was pulled, else ungated."""
        return rebuild(self.maps, self.gates, self.decoder).rgb if self.choice.pulled else self.equal

    @property
    def error(self) -> float:
        """How far the picture rebuilt with equal gates is from the picture, in levels of 255 on average."""
        return levels_apart(self.equal, self.picture.rgb)


def view_of(picture: OpenPicture, choice: Choice, channel: int) -> View:
    """The view of a picture; what comes from the picture alone is computed once."""
    channels = picture_channels(picture)
    decoder = of_picture(picture, "decoder", lambda: fit_decoder(channels.maps, picture.rgb))
    return View(picture, channels, choice, decoder, channel)
