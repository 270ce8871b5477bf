"""The third step of the page about detection: which cells shout the name of one kind of thing."""

from functools import partial

import numpy as np
import streamlit as st

from figures.masks import MaskText
from figures.yolo_lines import score_lines
from pages.pictures.viewer import mask_viewer
from pages.shared.networks import detector, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template
from pages.trained.yolo_choice import pin_cell
from pages.trained.yolo_frame import halves, heading, onward
from pages.trained.yolo_place import Place, choose_kind, choose_stride
from pages.trained.yolo_take import network_arrays
from pages.trained.yolo_view import View, code_of, grid_of, kinds, loudest_cell

LOUDEST = 3  # kinds of things that are told of a cell


def show_scores(view: View, place: Place) -> None:
    """The scores of one kind of thing on one grid, over the picture."""
    grid, kind = place.grid, place.kind
    scores, label = grid.scores[kind], kinds(view.trace)[kind]
    left, right = halves()
    with right:
        choose_kind(view)
        choose_stride()
        heading("scores", label=label, cells=f"{scores.size:,}")
        _opened(view, place)
        onward("scores")
    with left:
        mask_viewer(
            view.picture,
            scores,
            MaskText(
                low=t("yolo.scores.low"),
                high=t("yolo.scores.high", label=label),
                sentence=_finding(view, place, label),
                name=f"scores-{code_of(view.trace.labels[kind])}-{grid.stride}",
                row_title=t("yolo.scores.row_title"),
                column_title=t("yolo.scores.column_title"),
                hover=template("yolo.scores.hover"),
            ),
            key="score_viewer",
            again=partial(_scores, view.picture, grid.stride, kind),
            chosen=place.cell,
            on_choose=pin_cell,
            lines=score_lines(view.picture.file, view.trace.strides.index(grid), kind, place.cell),
            arrays=partial(network_arrays, view.picture),
            multiplies=False,
        )


def _scores(picture: OpenPicture, stride: int, kind: int) -> np.ndarray:
    """(rows, columns)"""
    return grid_of(read_with(detector, picture), stride).scores[kind]


def _finding(view: View, place: Place, label: str) -> str:
    scores = place.grid.scores[place.kind]
    row, column = loudest_cell(place.grid, place.kind)
    threshold = view.thresholds.score / 100
    return t(
        "yolo.scores.sentence",
        label=label,
        stride=place.grid.stride,
        row=row + 1,
        column=column + 1,
        score=f"{scores[row, column]:.2f}",
        above=np.count_nonzero(scores > threshold),
        cells=f"{scores.size:,}",
        threshold=f"{threshold:.2f}",
    )


def _opened(view: View, place: Place) -> None:
    """The two answers that make the score of the chosen cell, and what else it shouts."""
    grid, names = place.grid, kinds(view.trace)
    looks, fits = float(grid.classes[place.kind][place.cell]), float(grid.alignment[place.cell])
    st.markdown(t("yolo.scores.product", **place.counted))
    st.latex(rf"\sqrt{{{looks:.3f} \times {fits:.3f}}} = {place.score:.3f}")
    of_cell = grid.scores[:, *place.cell]
    loudest = np.argsort(-of_cell, kind="stable")[:LOUDEST]
    things = t("yolo.boxes.comma").join(f"{names[kind]} {of_cell[kind]:.2f}" for kind in loudest)
    st.caption(t("yolo.scores.loudest", things=things))
