"""The fourth step of the page about detection: a softmax over distances places each side of a cell's box."""

import numpy as np
import streamlit as st

from figures.boxes import Box, bins_payload
from figures.numbers import latex, signed
from figures.yolo_lines import side_lines
from pages.shared.networks import detector
from pages.shared.state import arrive_one_of
from pages.shared.texts import t
from pages.trained.yolo_choice import SIDES
from pages.trained.yolo_components import bins, boxes
from pages.trained.yolo_frame import cells_of, halves, heading, onward, over_picture, said_by_each
from pages.trained.yolo_place import Place, pin_cell
from pages.trained.yolo_take import take_cells_home
from pages.trained.yolo_view import View, kinds, pixels, source


def show_sides(view: View, place: Place) -> None:
    """The cell's box over the picture, and the weights that made it."""
    grid, label = place.grid, kinds(view.trace)[place.kind]
    corners = tuple(grid.boxes[place.cell].tolist())
    left, right = halves()
    with left:
        said = t(
            "yolo.sides.sentence",
            **place.counted,
            stride=grid.stride,
            label=label,
            score=f"{place.score:.2f}",
            width=f"{corners[2] - corners[0]:.0f}",
            height=f"{corners[3] - corners[1]:.0f}",
            pixels=pixels(view),
        )
        payload = over_picture(
            view,
            f"cell-{grid.stride}-{place.cell[1] + 1}-{place.cell[0] + 1}",
            said,
            boxes=[Box(corners, label, place.score, place.kind)],
            grid=cells_of(grid),
            each=said_by_each(view, grid),
            cell=place.cell,
        )
        boxes(payload, source=source(view.thresholds), on_cell=pin_cell)
    with right:
        heading("sides", last=grid.logits.shape[1] - 1)
        st.caption(t("yolo.sides.pick"))
        side = _bars(place)
        onward("sides")
        number = view.trace.strides.index(grid)
        take_cells_home(view.picture, "sides", side_lines(view.picture.file, number, side, place.cell))
    _opened(view, place, side)


def _bars(place: Place) -> int:
    """The four softmaxes; which one is opened."""
    grid = place.grid
    opened = SIDES.index(arrive_one_of("side", SIDES, SIDES[0]))
    means = grid.distances[:, *place.cell]
    payload = bins_payload(
        [t(f"yolo.sides.{side}") for side in SIDES],
        [
            t("yolo.sides.cells", mean=f"{mean:.2f}", stride=grid.stride, pixels=f"{mean * grid.stride:.0f}")
            for mean in means
        ],
        grid.bins[:, :, *place.cell],
        means,
        label=t("yolo.sides.label"),
        opened=opened,
    )
    bins(payload, key="bins", on_open=_open)
    return opened


def _open(side: int) -> None:
    st.session_state.side = SIDES[side]


def _opened(view: View, place: Place, side: int) -> None:
    """The products and sums of one side."""
    grid = place.grid
    logits = grid.logits[side, :, *place.cell].astype(np.float64)
    weights = grid.bins[side, :, *place.cell].astype(np.float64)
    mean, cell = float(grid.distances[side][place.cell]), grid.cell[side % 2]
    across, own = detector().weights.input_size, view.trace.size[1 - side % 2]
    powers, at = np.exp(logits), int(weights.argmax())
    st.subheader(t("yolo.sides.opened", side=t(f"yolo.sides.{SIDES[side]}")), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        heads = [t(f"yolo.sides.{head}") for head in ("bin", "logit", "power", "weight", "product")]
        lines = ["| " + " | ".join(heads) + " |", "|--:|--:|--:|--:|--:|"]
        for i, (logit, power, share) in enumerate(zip(logits, powers, weights, strict=True)):
            lines.append(f"| {i} | {signed(logit)} | {power:.3f} | {share:.4f} | {i * share:.4f} |")
        lines.append(f"| **{t('yolo.sides.sum')}** | | {powers.sum():.3f} | {weights.sum():.4f} | **{mean:.4f}** |")
        st.markdown("\n".join(lines))
    with right:
        st.markdown(t("yolo.sides.softmax"))
        st.latex(
            rf"w_{{{at}}} = \frac{{e^{{{logits[at]:.3f}}}}}{{\sum_i e^{{z_i}}}}"
            rf" = \frac{{{latex(powers[at])}}}{{{latex(powers.sum())}}} = {weights[at]:.3f}"
        )
        st.markdown(t("yolo.sides.mean"))
        st.latex(rf"\sum_i i \cdot w_i = {mean:.3f}")
        st.markdown(t("yolo.sides.input", side=across))
        st.latex(rf"{mean:.3f} \times {grid.stride} = {mean * grid.stride:.1f}")
        st.markdown(t("yolo.sides.own", pixels=pixels(view), across=own, side=across))
        st.latex(rf"{mean:.3f} \times {grid.stride} \times \frac{{{own}}}{{{across}}} = {mean * cell:.1f}")
