"""One view of the channels that the classifier has learned: a block's maps and gates, and what pulled gates do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images import SqueezeExcitationWeights
from attention.networks import ClassifierTrace, GateTrace
from figures.overlays import grey, jpeg_url
from pages.pictures.learned_choice import pulled_code
from pages.shared.compute import of_picture
from pages.shared.networks import classifier, gate_weights, read_with, usual_gates
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

SHOWN = 24  # channels of a block's 256 or 512


@dataclass(frozen=True, eq=False)
class LearnedView:
    """A picture in a block of the classifier.

    block : its number, from 1
    rank : which channels are shown, of `learned_choice.RANKS`
    pulled : {channel, from 0: gate}, set by hand
    opened : the channel that the reader has opened, or None
    """

    picture: OpenPicture
    block: int
    rank: str
    pulled: Mapping[int, float]
    opened: int | None

    @property
    def trace(self) -> ClassifierTrace:
        """What the network computes with its own gates."""
        return read_with(classifier, self.picture)

    @property
    def gated(self) -> GateTrace:
        """The block: maps (C, 14, 14), their means, and their gates."""
        return self.trace.blocks[self.block - 1]

    @property
    def weights(self) -> SqueezeExcitationWeights:
        """The block's two layers."""
        return gate_weights(classifier())[self.block - 1]

    @property
    def count(self) -> int:
        return len(self.gated.own)

    @cached_property
    def applied(self) -> np.ndarray:
        """(C,), the gates with those that were pulled."""
        gates = self.gated.own.copy()
        for channel, gate in self.pulled.items():
            gates[channel] = gate
        return gates

    @cached_property
    def order(self) -> np.ndarray:
        """(C,), all channels, those that are shown first in front."""
        own = self.gated.own
        if self.rank == "unusual":  # the only one for which all samples are read
            first = np.abs(own - usual_gates(classifier, self.block))
        else:
            first = {"active": self.gated.squeezed, "open": own, "shut": -own}[self.rank]
        return np.argsort(-first, kind="stable")

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """The channels that are first in their order."""
        return tuple(self.order[:SHOWN].tolist())

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """These, and any other that was pulled or opened."""
        others = {*self.pulled, *([] if self.opened is None else [self.opened])} - set(self.ranked)
        return (*self.ranked, *sorted(others))

    @property
    def channel(self) -> int:
        """The opened one: at first the first that is shown."""
        return self.ranked[0] if self.opened is None else self.opened

    @property
    def pulled_probabilities(self) -> np.ndarray:
        """(1000,), what the rest of the network makes of the pulled gates."""
        if not self.pulled:
            return self.trace.probabilities

        def answer() -> np.ndarray:
            return classifier()(self.picture.rgb, {self.block: self.applied}).probabilities

        return of_picture(self.picture, ("learned", self.block, pulled_code(self.pulled)), answer)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the picture."""
        return self.picture.rgb.shape[1::-1]

    def name(self, channel: int) -> str:
        return t("learned.channel", number=channel + 1)

    def tiles(self, longest: int) -> list[str]:
        """The maps of what is shown, grey, each from 0 to its own largest number: data URLs."""
        return [self._tile(self.gated.X[channel], longest) for channel in self.shown]

    def _tile(self, values: np.ndarray, longest: int) -> str:
        """Cells with sharp edges, in the proportions of the picture."""
        width, height = (max(1, round(longest * side / max(self.size) / len(values))) for side in self.size)
        cells = grey(values / max(float(values.max()), 1e-9))
        return jpeg_url(cells.repeat(height, axis=0).repeat(width, axis=1))
