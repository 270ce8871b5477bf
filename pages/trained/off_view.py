"""One view of the page about attention that is off: a picture, and what a network makes of it with and without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from attention.networks.gates import GateTrace
from pages.shared.networks import OWN, classifier, other_samples, read_with, segmenter
from pages.shared.picture_source import OpenPicture
from pages.trained.off_choice import Choice

NETWORKS = {"classifier": classifier, "segmenter": segmenter}
SOURCES = {"classifier": ("load_classifier", "pp-lcnetv2"), "segmenter": ("load_segmenter", "selfie-segmenter")}


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

    def lines(self, imports: Sequence[str] = ()) -> list[str]:
        """Python that makes `network`, `rgb` and `gates`, as they stand.

        Parameters
        ----------
        imports : what else is imported from this project
        """
        loader, folder = SOURCES[self.choice.network]
        ours = sorted([*imports, f"from attention.networks.{self.choice.network} import {loader}"])
        gates = self._gate_lines()
        return [
            "from pathlib import Path",
            "",
            *(["import numpy as np", ""] if any("np." in line for line in gates) else []),
            *ours,
            "from attention.sources.images import read_image",
            "",
            f'network = {loader}("assets/models/{folder}")',
            f"rgb = read_image(Path({self.picture.file!r}).read_bytes()).rgb",
            *gates,
        ]

    def _gate_lines(self) -> list[str]:
        change = self.choice.change
        numbers = list(change.blocks)
        if not numbers:
            return ["gates = {}"]
        if change.instead == "ones":
            return [f"gates = dict.fromkeys({numbers}, 1.0)"]
        if change.instead == "mean":
            return ["own = network(rgb).blocks", f"gates = {{k: own[k - 1].own.mean() for k in {numbers}}}"]
        codes = other_samples(self.picture) if change.instead == "average" else [change.donor]
        return [
            f'files = [path for path in Path("assets/images").iterdir() if path.stem in {codes}]',
            "others = [network(read_image(file.read_bytes()).rgb).blocks for file in files]",
            f"gates = {{k: np.mean([blocks[k - 1].own for blocks in others], axis=0) for k in {numbers}}}",
        ]
