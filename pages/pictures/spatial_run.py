"""What one mechanism makes of a picture on the Spatial page: its stages, and how to open any of their numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from figures.mask_facts import mask_facts
from figures.numbers import percent, signed
from pages.pictures.stage_strip import Stage
from pages.shared.texts import t


@dataclass(frozen=True, eq=False)
class Run:
    """One mechanism over one picture.

    code : str
        Its name in the texts.
    stages : sequence of Stage
        The last one is the mask.
    ranked : (H, W) ndarray
        Its largest number is the pixel that is pinned before the reader pins one.
    open_pixel : callable ((row, column)) -> None
        Shows how the mask at a pixel is computed.
    lines : callable ((row, column)) -> str
        Python that prints it.
    arrays : callable () -> dict of str to ndarray
    again : callable () -> Run
        The same computed anew, so that an open page need not hold what is only taken home on demand.
    """

    code: str
    stages: Sequence[Stage]
    ranked: np.ndarray
    open_pixel: Callable[[tuple[int, int]], None]
    lines: Callable[[tuple[int, int]], str]
    arrays: Callable[[], dict[str, np.ndarray]]
    again: Callable[[], "Run"]

    @property
    def mask(self) -> np.ndarray:
        """(H, W), in 0..1"""
        return self.stages[-1].values

    def text(self, stage: Stage, name: str, **values: object) -> str:
        """A label of a stage: ``spatial.<mechanism>.<stage>.<name>``."""
        return t(f"spatial.{self.code}.{stage.code}.{name}", **values)


def stage_sentence(run: Run, stage: Stage) -> str:
    """What a stage shows, in words with numbers."""
    if stage is run.stages[-1]:
        return mask_sentence(stage.values)
    return run.text(
        stage,
        "finding",
        lowest=signed(float(stage.values.min()), 2),
        mean=signed(float(stage.values.mean()), 2),
        highest=signed(float(stage.values.max()), 2),
        above=percent(float((stage.values > 0).mean())),
    )


def mask_sentence(mask: np.ndarray) -> str:
    """Where a mask lies: (H, W), in 0..1."""
    facts = mask_facts(mask)
    if facts.mean < 0.0005:
        return t("spatial.mask.closed")
    return t(
        "spatial.mask.finding",
        mean=f"{facts.mean:.2f}",
        held=percent(facts.held),
        area=percent(facts.area),
        region=t(f"picture.region.{facts.region}"),
        share=percent(facts.region_share),
    )
