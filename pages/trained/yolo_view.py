"""What the detector makes of the reader's picture, and its words: shared by all steps of the page about detection."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.networks.detections import Candidates, candidates, suppress
from attention.networks.detector import DetectorTrace
from attention.networks.detector_head import StrideTrace
from figures.boxes import Box
from figures.mask_facts import REGIONS
from pages.shared.networks import OWN, GateChange, detector, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t
from pages.trained.yolo_choice import SCORE, Thresholds

FLOOR = 0.05  # candidates of no more than this are not listed
MOST = 1000  # candidates that are listed
LISTED = 6  # boxes that a sentence names


@dataclass(frozen=True, eq=False)
class View:
    """A picture, what the detector made of it, and the thresholds above which a box counts."""

    picture: OpenPicture
    trace: DetectorTrace
    thresholds: Thresholds

    @cached_property
    def candidates(self) -> Candidates:
        """What the reader chooses from."""
        return _taken(candidates(self.trace.strides, FLOOR), slice(MOST))

    @cached_property
    def found(self) -> Candidates:
        """The boxes that stay."""
        above = _taken(self.candidates, self.candidates.scores > self.thresholds.score / 100)
        steps = suppress(above.boxes, above.scores, self.thresholds.iou / 100, classes=above.classes)
        return _taken(above, [step.kept for step in steps])

    @cached_property
    def guess(self) -> Candidates:
        """The one candidate with the highest score."""
        best = max(grid.scores.max() for grid in self.trace.strides)
        return _taken(candidates(self.trace.strides, np.nextafter(best, np.float32(0))), slice(1))

    @cached_property
    def highest(self) -> np.ndarray:
        """(n_classes,): how loudly the loudest cell shouts"""
        return np.max([grid.scores.max(axis=(1, 2)) for grid in self.trace.strides], axis=0)

    def loudest_grid(self, kind: int) -> StrideTrace:
        """The one with the loudest cell for a kind of thing."""
        return max(self.trace.strides, key=lambda grid: grid.scores[kind].max())


def view_of(picture: OpenPicture, thresholds: Thresholds, change: GateChange = OWN) -> View:
    """The detector's answer for a picture; with gates that were replaced, if any."""
    return View(picture, read_with(detector, picture, change), thresholds)


def grid_of(trace: DetectorTrace, stride: int) -> StrideTrace:
    """What was computed for the cells of one stride."""
    return next(grid for grid in trace.strides if grid.stride == stride)


def loudest_cell(grid: StrideTrace, kind: int) -> tuple[int, int]:
    """Row and column of the highest score."""
    row, column = np.unravel_index(int(grid.scores[kind].argmax()), grid.scores[kind].shape)
    return int(row), int(column)


def code_of(label: str) -> str:
    """A kind of thing as it stands in the address and in the texts."""
    return label.replace(" ", "_")


def kinds(trace: DetectorTrace) -> list[str]:
    """All kinds of things in the reader's language."""
    return [t(f"coco.{code_of(label)}") for label in trace.labels]


def listed_boxes(view: View, found: Candidates) -> str:
    """Boxes in words: what, how sure, and where in the picture."""
    best, names, threshold = _taken(found, slice(LISTED)), kinds(view.trace), view.thresholds.score / 100
    things = t("yolo.boxes.comma").join(
        t(
            "yolo.boxes.thing",
            label=names[kind],
            score=told(score, threshold),
            where=t(f"picture.region.{_region(box, view.trace.size)}"),
        )
        for box, score, kind in zip(best.boxes, best.scores, best.classes, strict=True)
    )
    return t("yolo.boxes.more", things=things, count=len(found) - LISTED) if len(found) > LISTED else things


def sentence(view: View) -> str:
    """What was found, in one sentence."""
    if len(view.found):
        return t("yolo.boxes.found", things=listed_boxes(view, view.found))
    chosen = view.thresholds.score
    hint = t(f"yolo.boxes.hint_{'score' if chosen > SCORE else 'picture'}")
    return t("yolo.boxes.nothing", score=f"{chosen / 100:.2f}", thing=listed_boxes(view, view.guess), hint=hint)


def told(score: float, threshold: float) -> str:
    """A score with two digits; with as many more as tell it from the threshold, up to five."""
    digits = next((n for n in (2, 3, 4) if f"{score:.{n}f}" != f"{threshold:.{n}f}"), 5)
    return f"{score:.{digits}f}"


def pixels(view: View) -> str:
    """Of what boxes are measured in: a large picture was reduced."""
    height, width = view.trace.size
    reduced = view.picture.original_size != (width, height)
    return t("yolo.pixels.reduced", width=width, height=height) if reduced else t("yolo.pixels.picture")


def drawn(view: View) -> list[Box]:
    """The boxes that stay; where there is none, the best guess."""
    names = kinds(view.trace)
    return boxes_of(view.found, names) if len(view.found) else boxes_of(view.guess, names, "lost")


def boxes_of(found: Candidates, names: list[str], style: str = "kept") -> list[Box]:
    """Boxes with their names, ready to be drawn."""
    return [
        Box(tuple(box.tolist()), names[kind], float(score), int(kind), style)
        for box, score, kind in zip(found.boxes, found.scores, found.classes, strict=True)
    ]


def source(thresholds: Thresholds) -> str:
    """Where the boxes come from, for the picture that is taken home."""
    return t("yolo.boxes.source", score=f"{thresholds.score / 100:.2f}", iou=f"{thresholds.iou / 100:.2f}")


def _region(box: np.ndarray, size: tuple[int, int]) -> str:
    """The one of nine fields in which the middle of a box lies."""
    left, top, right, bottom = box
    row, column = (
        min(max(int(3 * middle / side), 0), 2)
        for middle, side in zip(((top + bottom) / 2, (left + right) / 2), size, strict=True)
    )
    return REGIONS[3 * row + column]


def _taken(found: Candidates, which) -> Candidates:
    parts = (found.boxes, found.scores, found.classes, found.strides, found.cells)
    return Candidates(*(part[which] for part in parts))
