"""One view of the page about attention that is off: a picture, and what a network makes of it with and without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from attention.networks.gates import GateTrace
from figures.reproduce import gate_lines, network_lines
from pages.shared.networks import OWN, classifier, read_with, segmenter
from pages.shared.picture_source import OpenPicture
from pages.trained.off_choice import Choice

NETWORKS = {"classifier": classifier, "segmenter": segmenter}
FOLDERS = {"classifier": "pp-lcnetv2", "segmenter": "selfie-segmenter"}  # in assets/models


@dataclass(frozen=True, eq=False)
class View:
    """A picture and how its network's gates are set."""

    picture: OpenPicture
    choice: Choice

    @property
    def network(self) -> Callable[[], Callable[..., Any]]:
        return NETWORKS[self.choice.network]

    @cached_property
    def own(self) -> Any:
        """The network's trace with its own gates."""
        return read_with(self.network, self.picture, OWN)

    @cached_property
    def now(self) -> Any:
        """Its trace with the gates as they are set."""
        return read_with(self.network, self.picture, self.choice.change)

    @cached_property
    def beside(self) -> Any:
        """The trace that it is held against."""
        return read_with(self.network, self.picture, self.choice.beside)

    @cached_property
    def sizes(self) -> list[int]:
        """How many channels every block has."""
        return [len(block.own) for block in self.own.blocks]

    @property
    def case(self) -> str:
        """How much of the attention is off: "on", "some" or "off"."""
        off = self.choice.off
        return "on" if not off else "off" if len(off) == len(self.choice.blocks) else "some"

    @property
    def counted(self) -> dict[str, int]:
        """How many blocks are off, and of how many."""
        return {"count": len(self.choice.off), "total": len(self.choice.blocks)}

    def block(self, number: int) -> GateTrace:
        """A block of the network as it runs now, counted from 1."""
        return self.now.blocks[number - 1]

    def arrays(self) -> dict[str, np.ndarray]:
        """The gates of all blocks, by name."""
        named = {}
        for number, (own, now) in enumerate(zip(self.own.blocks, self.now.blocks, strict=True), 1):
            named |= {
                f"block{number}_squeezed": now.squeezed,
                f"block{number}_hidden": now.hidden,
                f"block{number}_own": own.own,
                f"block{number}_used": now.gates,
            }
        return {"rgb": self.picture.rgb, **named}

    def lines(self, computed: Sequence[str], others: Mapping[str, Sequence[str]] | None = None) -> str:
        """Python that prints a number of this view.

        Parameters
        ----------
        computed : lines that read `network`, `picture` and `gates`, as they stand, and print it
        others : {module: names}, what else is imported
        """
        network, change, file = self.choice.network, self.choice.change, self.picture.file
        gates = gate_lines(file, change.blocks, change.instead, change.donor)
        return network_lines(file, network, FOLDERS[network], [*gates, *computed], others=others)
