"""Where the reader looks into the detector: a kind of thing, a grid, a cell. They stand in the address."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from attention.networks.detector_head import StrideTrace
from pages.shared.controls import select
from pages.shared.state import arrive_cell, arrive_one_of, keep_cell
from pages.shared.texts import t
from pages.trained.yolo_choice import STRIDES
from pages.trained.yolo_view import View, code_of, grid_of, kinds, loudest_cell

WHOLE = 0.8  # of the picture
AS_SURE = 0.8  # of the best score

pin_cell = partial(keep_cell, "spot")  # what a click on a cell does, told its row and column


@dataclass(frozen=True, eq=False)
class Place:
    """A kind of thing, the grid on which it is looked for, and a cell of that grid: (row, column) from 0."""

    kind: int
    grid: StrideTrace
    cell: tuple[int, int]

    @property
    def score(self) -> float:
        """How loudly the cell shouts."""
        return float(self.grid.scores[self.kind][self.cell])

    @property
    def counted(self) -> dict[str, int]:
        """The cell as readers count."""
        return {"row": self.cell[0] + 1, "column": self.cell[1] + 1}


def arrive_place(view: View) -> Place:
    """From the address; else a cell that wrote a box, or the loudest one."""
    digest, labels = view.picture.digest, [code_of(label) for label in view.trace.labels]
    kind = labels.index(arrive_one_of("object", tuple(labels), labels[_telling(view)], of=digest))
    stride = int(arrive_one_of("stride", STRIDES, str(view.loudest_grid(kind).stride), of=(digest, kind)))
    grid = grid_of(view.trace, stride)
    cell = arrive_cell("spot", grid.alignment.shape, of=(digest, kind, stride))
    return Place(kind, grid, cell or loudest_cell(grid, kind))


def _telling(view: View) -> int:
    """The kind of the best box; where that is as large as the picture and tells little, of one nearly as sure."""
    found, (height, width) = view.found, view.trace.size
    for (left, top, right, bottom), kind, score in zip(found.boxes, found.classes, found.scores, strict=True):
        if (right - left) * (bottom - top) < WHOLE * width * height and score > AS_SURE * found.scores[0]:
            return int(kind)
    return int(view.highest.argmax())


def choose_stride() -> None:
    """The four grids."""
    st.segmented_control(
        t("yolo.stride.label"),
        STRIDES,
        default=st.session_state.stride,
        key="stride",
        format_func=lambda stride: t(f"yolo.stride.{stride}"),
        required=True,
        help=t("yolo.stride.help"),
    )


def choose_kind(view: View) -> None:
    """All kinds of things, the one with the highest score first; searched by typing."""
    names = dict(zip(map(code_of, view.trace.labels), kinds(view.trace), strict=True))
    scores = dict(zip(names, view.highest.tolist(), strict=True))
    labels = {
        code: t("yolo.object.option", label=names[code], score=f"{scores[code]:.2f}")
        for code in sorted(names, key=scores.get, reverse=True)
    }
    select("object", labels, t("yolo.object.label"))
