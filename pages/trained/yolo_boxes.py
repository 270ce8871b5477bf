"""The first two steps of the page about detection: what was found, and the grid whose cells found it."""

import streamlit as st

from pages.shared.networks import detector
from pages.shared.texts import t
from pages.trained.yolo_components import boxes
from pages.trained.yolo_frame import cells_of, halves, heading, onward, over_picture, said_by_each
from pages.trained.yolo_place import Place, choose_stride
from pages.trained.yolo_take import take_boxes_home
from pages.trained.yolo_view import View, drawn, kinds, sentence, source


def show_boxes(view: View, place: Place) -> None:
    """What was found."""
    left, right = halves()
    with left:
        payload = over_picture(view, "boxes", sentence(view), boxes=drawn(view))
        boxes(payload, source=source(view.thresholds))
    with right:
        heading("boxes")
        st.caption(t("yolo.about"))
        onward("boxes")
        take_boxes_home(view)


def show_grid(view: View, place: Place) -> None:
    """The cells of one stride, and those among them that wrote the boxes."""
    grid, found = place.grid, view.found
    rows, columns = grid.alignment.shape
    mine = [i for i, stride in enumerate(found.strides) if stride == grid.stride]
    shown = drawn(view) if len(found) else []
    left, right = halves()
    with left:
        payload = over_picture(
            view,
            f"grid-{grid.stride}",
            _written(view, mine),
            boxes=[shown[i] for i in mine],
            grid=cells_of(grid),
            each=said_by_each(view, grid),
            marks=[(*found.cells[i], found.classes[i]) for i in mine],
        )
        boxes(payload, source=source(view.thresholds))
    with right:
        cells = [each.alignment.size for each in view.trace.strides]
        choose_stride()
        heading(
            "grid",
            input=detector().weights.input_size,
            stride=grid.stride,
            rows=rows,
            columns=columns,
            cells=f"{rows * columns:,}",
        )
        st.caption(t("yolo.grid.sum", sum=" + ".join(f"{count:,}" for count in cells), total=f"{sum(cells):,}"))
        onward("grid")
        take_boxes_home(view)


def _written(view: View, mine: list[int]) -> str:
    """Which cells of the grid wrote the boxes that stay."""
    found, names = view.found, kinds(view.trace)
    if not len(found):
        return t("yolo.grid.empty")
    if not mine:
        return t("yolo.grid.nowhere", stride=found.strides[0])
    cells = (
        t("yolo.grid.cell", row=row + 1, column=column + 1, label=names[kind])
        for (row, column), kind in ((found.cells[i], found.classes[i]) for i in mine)
    )
    return t("yolo.grid.from", cells=t("yolo.boxes.comma").join(cells))
