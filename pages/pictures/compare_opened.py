"""One mechanism's map at full size, and the difference between two: numbers, sentences, and what is taken home."""

import numpy as np
import streamlit as st

from attention.images.comparison import MECHANISMS
from figures.masks import MaskText
from figures.numbers import percent, signed
from figures.reproduce import picture_lines
from figures.small_multiples import SPANS, correlation
from pages.pictures.compare_table import link
from pages.pictures.compare_tiles import half_areas
from pages.pictures.viewer import mask_viewer
from pages.shared.compute import picture_comparison
from pages.shared.controls import select
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive, depart
from pages.shared.texts import t, template

PAIR = {"a": "cbam", "b": "se"}  # name in the address: which is compared at first


def opened(picture: OpenPicture, code: str, span: str) -> None:
    """A map in the viewer, with what it shows and a way to its own page."""
    st.subheader(t("compare.opened.title", name=t(f"compare.full.{code}")), anchor=False)
    st.markdown(t(f"compare.about.{code}"))
    values = picture_comparison(picture)[code]
    place = _peak(values)
    text = MaskText(
        low=t(f"compare.{span}.low"),
        high=t(f"compare.{span}.high"),
        sentence=_sentence(code, values, place, half_areas(picture)[code]),
        name=f"compare-{code}",
        row_title=t("compare.opened.rows"),
        column_title=t("compare.opened.columns"),
        hover=template("compare.opened.hover"),
    )
    mask_viewer(
        picture,
        values,
        text,
        key="opened_map",
        value_range=SPANS[span],
        lines=_lines(picture, f'compared("{code}", channels)', place),
        arrays=lambda: {"rgb": picture.rgb, **picture_comparison(picture)},
        again=lambda: picture_comparison(picture)[code],
        multiplies=False,  # a multiple of the average says nothing about how much passes
    )
    link(code, "compare.opened.page")


def difference(picture: OpenPicture, span: str) -> None:
    """Two mechanisms, chosen by the reader, and where one gives more than the other."""
    st.subheader(t("compare.difference.title"), anchor=False)
    choice, view = st.columns([2, 3], gap="large")
    with choice:
        for name in PAIR:
            _choose(name)
        st.caption(t("compare.difference.about"))
    codes = [st.session_state[name] for name in PAIR]
    names = {name: t(f"compare.name.{code}") for name, code in zip(PAIR, codes, strict=True)}
    A, B = (picture_comparison(picture)[code] for code in codes)
    values = A - B
    most = np.ptp(SPANS[span])
    place = _peak(np.abs(values))
    text = MaskText(
        low=t("compare.difference.low", **names),
        high=t("compare.difference.high", **names),
        sentence=_difference_sentence(names, A, B, place),
        name="-".join(["compare", *codes]),
        row_title=t("compare.opened.rows"),
        column_title=t("compare.opened.columns"),
        hover=template("compare.difference.hover"),
    )
    with view:
        mask_viewer(
            picture,
            values,
            text,
            key="difference_map",
            value_range=(-most, most),
            scale="diverging",
            lines=_lines(picture, " - ".join(f'compared("{code}", channels)' for code in codes), place),
            arrays=lambda: _difference_arrays(picture, *codes),
            again=lambda: _difference_arrays(picture, *codes)["difference"],
        )


def _difference_arrays(picture: OpenPicture, a: str, b: str) -> dict[str, np.ndarray]:
    maps = picture_comparison(picture)
    return {a: maps[a], b: maps[b], "difference": maps[a] - maps[b]}


def _choose(name: str) -> None:
    arrive(name, PAIR[name], MECHANISMS.__contains__)
    select(name, {code: t(f"compare.name.{code}") for code in MECHANISMS}, t(f"compare.difference.{name}"))
    depart(name, PAIR[name])


def _peak(values: np.ndarray) -> tuple[int, int]:
    """Row and column of the largest number."""
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column)


def _sentence(code: str, values: np.ndarray, place: tuple[int, int], area: float) -> str:
    name = t(f"compare.name.{code}")
    if np.ptp(values) == 0:
        return t("compare.opened.even", name=name)
    return t(
        "compare.opened.sentence",
        name=name,
        area=percent(area),
        row=place[0] + 1,
        column=place[1] + 1,
        value=f"{values[place]:.2f}",
    )


def _difference_sentence(names: dict[str, str], A: np.ndarray, B: np.ndarray, place: tuple[int, int]) -> str:
    if (A == B).all():
        return t("compare.difference.same")
    said = names | {
        "row": place[0] + 1,
        "column": place[1] + 1,
        "a_value": f"{A[place]:.2f}",
        "b_value": f"{B[place]:.2f}",
    }
    together = correlation(A, B)
    if together is None:
        return t("compare.difference.even", **said)
    return t("compare.difference.sentence", **said, correlation=signed(together, 2))


def _lines(picture: OpenPicture, expression: str, place: tuple[int, int]) -> str:
    """Python that prints the number that the sentence names."""
    return picture_lines(
        picture.file,
        (),
        [f"values = {expression}", f"print(values[{place[0]}, {place[1]}])  # rows and columns from 0"],
        others={"attention.images.comparison": ["compared"]},
    )
