"""A stage of a spatial mask large over the picture, and the strip from which it is chosen."""

import streamlit as st

from figures.masks import MaskText
from figures.numbers import signed
from pages.pictures.spatial_cbam import run_default
from pages.pictures.spatial_pixel import pin_pixel, strongest_place
from pages.pictures.spatial_run import Run, stage_sentence
from pages.pictures.stage_strip import Stage, chosen_stage, result_item, stage_strip
from pages.pictures.viewer import mask_viewer
from pages.shared.compute import sample_picture
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

STAGE, DEFAULT = "stage", "mask"  # name in the address, what is shown on arrival


def choose_stage(run: Run) -> Stage:
    """The stage that stands in the address."""
    return chosen_stage(STAGE, run.stages, DEFAULT)


def show_strip(picture: OpenPicture, run: Run, stage: Stage) -> None:
    """All stages small, in order; what comes out is the end."""
    labels = [run.text(each, "label") for each in run.stages]
    last = run.stages[-1]
    low, high = last.value_range
    result = result_item(picture.rgb, (last.values - low) / (high - low), t("spatial.result"))
    stage_strip(STAGE, run.stages, labels, stage, result)


def show_stage(picture: OpenPicture, run: Run, stage: Stage, pixel: tuple[int, int]) -> None:
    """The chosen stage in the viewer: the only one that travels with all its numbers."""
    _view(picture, run, stage, key="spatial_viewer", pixel=pixel, chosen=pixel, on_choose=pin_pixel)


def sample_mask(code: str, *, key: str) -> None:
    """The mask over a sample picture with the default weights, to be looked at only."""
    picture = sample_picture(code)
    run = run_default(picture)
    _view(picture, run, run.stages[-1], key=key, pixel=strongest_place(run.ranked), controls=False)


def _view(picture: OpenPicture, run: Run, stage: Stage, *, key: str, pixel: tuple[int, int], **options) -> None:
    low, high = stage.value_range
    at, again = list(run.stages).index(stage), run.again
    mask_viewer(
        picture,
        stage.values,
        MaskText(
            low=run.text(stage, "low", lowest=signed(low, 2)),
            high=run.text(stage, "high", highest=signed(high, 2)),
            sentence=stage_sentence(run, stage),
            name=f"{run.code}-{stage.code}",
        ),
        key=key,
        value_range=stage.value_range,
        scale="diverging" if stage.diverging else "sequential",
        lines=run.lines(pixel),
        arrays=lambda: again().arrays(),
        again=lambda: again().stages[at].values,
        **options,
    )


def open_pixel(run: Run, pixel: tuple[int, int]) -> None:
    """How the mask came to its number at the pinned pixel."""
    row, column = pixel
    st.subheader(t("spatial.open.title", mask=f"{run.mask[pixel]:.3f}", row=row + 1, column=column + 1), anchor=False)
    st.caption(t("spatial.open.caption"))
    run.open_pixel(pixel)
