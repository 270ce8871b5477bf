"""The third step of the page about detection: which cells shout the name of one kind of thing."""

from functools import partial
from math import gcd

import numpy as np
import streamlit as st

from figures.masks import MaskText
from figures.numbers import latex
from figures.yolo_lines import score_lines
from pages.pictures.viewer import mask_viewer
from pages.shared.networks import detector, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template
from pages.trained.yolo_frame import halves, heading, onward
from pages.trained.yolo_place import Place, choose_kind, choose_stride, pin_cell
from pages.trained.yolo_take import network_arrays
from pages.trained.yolo_view import View, code_of, grid_of, kinds, loudest_cell

LOUDEST = 3  # kinds of things that are told of a cell


def show_scores(view: View, place: Place) -> None:
    """The scores of one kind of thing on one grid, over the picture."""
    grid, kind = place.grid, place.kind
    scores, parts, label = grid.scores[kind], _parts(grid.stride), kinds(view.trace)[kind]
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
            _fitted(scores, grid.stride),
            MaskText(
                low=t("yolo.scores.low"),
                high=t("yolo.scores.high", label=label),
                sentence=_finding(view, place, label),
                name=f"scores-{code_of(view.trace.labels[kind])}-{grid.stride}",
                **_axes(grid.stride),
            ),
            key="score_viewer",
            again=partial(_scores, view.picture, grid.stride, kind),
            chosen=tuple(parts * at for at in place.cell),
            on_choose=partial(_pin, parts),
            lines=score_lines(view.picture.file, view.trace.strides.index(grid), kind, place.cell),
            arrays=partial(network_arrays, view.picture),
            multiplies=False,
        )


def _scores(picture: OpenPicture, stride: int, kind: int) -> np.ndarray:
    """(rows, columns)"""
    return _fitted(grid_of(read_with(detector, picture), stride).scores[kind], stride)


def _parts(stride: int) -> int:
    """Into how many parts a cell's side is cut so that whole parts fill the picture."""
    return stride // gcd(stride, detector().weights.input_size)


def _fitted(scores: np.ndarray, stride: int) -> np.ndarray:
    """Scores as far as their cells lie in the picture: the last ones may reach beyond it."""
    parts, side = _parts(stride), detector().weights.input_size
    inside = side * parts // stride
    return scores.repeat(parts, axis=0).repeat(parts, axis=1)[:inside, :inside]


def _axes(stride: int) -> dict[str, str]:
    cut = "" if _parts(stride) == 1 else "_cut"
    texts = {name: t(f"yolo.scores.{name}{cut}") for name in ("row_title", "column_title")}
    return texts | {"hover": template(f"yolo.scores.hover{cut}")}


def _pin(parts: int, row: int, column: int) -> None:
    pin_cell(row // parts, column // parts)


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
    st.latex(rf"\sqrt{{{latex(looks, 3)} \times {latex(fits, 3)}}} = {latex(place.score, 3)}")
    of_cell = grid.scores[:, *place.cell]
    loudest = np.argsort(-of_cell, kind="stable")[:LOUDEST]
    things = t("yolo.boxes.comma").join(f"{names[kind]} {of_cell[kind]:.2f}" for kind in loudest)
    st.caption(t("yolo.scores.loudest", things=things))
