"""One cell of a map that is made of several numbers, opened: of heads drawn together, of the pieces of merged words."""

from dataclasses import replace

import numpy as np
import streamlit as st

from figures.bars import ranking_payload
from figures.maps import MapText, map_payload
from figures.mixtures import division, max_lines, merged_cell, sum_lines
from figures.numbers import weight as number
from pages.explorer.choice import Choice, open_head
from pages.explorer.in_view import in_view
from pages.explorer.printed_lines import mixes_heads
from pages.shared.components import attention_map, bars
from pages.shared.texts import isolate, plain, t, template


def opened_mixture(
    choice: Choice, asking: tuple[int, ...], looked: tuple[int, ...], names: tuple[str, str], weight: float
) -> None:
    """Everything that made one number of the map.

    Parameters
    ----------
    choice : Choice
    asking, looked : tuple of int
        The positions in the word that asks and in the word it looks at.
    names : (str, str)
        What to call them.
    weight : float
        The number in the cell.
    """
    values = {"asks": names[0], "looks": names[1], "weight": number(weight)}
    st.subheader(plain(t("sentence.open.title", **values)), anchor=False)
    pieces = in_view(choice)
    rows, columns = ([pieces.unit(position) for position in held] for held in (asking, looked))
    at = 0 if len(pieces.weights) == 1 else choice.heads.index(choice.head)
    block = pieces.weights[at][np.ix_(rows, columns)]  # (p, q)
    if block.size > 1:
        _pieces(choice, block, [[pieces.words[i] for i in held] for held in (rows, columns)], values)
    if mixes_heads(choice):
        strongest = np.unravel_index(block.argmax(), block.shape)
        row, column = rows[strongest[0]], columns[strongest[1]]
        each = in_view(replace(choice, together="each")).weights[:, row, column]
        pair = {"asks": isolate(pieces.words[row]), "looks": isolate(pieces.words[column])}
        _heads(choice, each, pair, float(block.max()), of_pieces=block.size > 1)
    if choice.sinks == "renormalise":
        st.caption(t("map_view.made.rescaled"))


def _pieces(choice: Choice, block: np.ndarray, labels: list[list[str]], values: dict[str, str]) -> None:
    sums, mean = merged_cell(block)
    largest = float(block.max())
    left, right = st.columns([4, 3], gap="large")
    with left:
        attention_map(
            map_payload(
                block,
                *labels,
                MapText(
                    row_title=t("map_view.made.row_title", **values),
                    column_title=t("map_view.made.column_title", **values),
                    low=t("sentence.low"),
                    high=t("sentence.high_largest", largest=number(largest)),
                    sentence=t(
                        "map_view.made.pieces", asking=len(labels[0]), looked=len(labels[1]), largest=number(largest)
                    ),
                    hover=template("sentence.hover"),
                    name=f"pieces-layer{choice.layer}",
                    source=choice.source,
                ),
                axis_colors=("Q", "K"),
                cell=(6, 64),
            ),
            key="pieces",
            tools=("png", "svg", "csv"),
        )
    with right:
        if len(labels[1]) > 1:
            st.markdown(t("map_view.made.add_pieces"))
            for row in block[:4]:
                st.latex(sum_lines(row))
            if len(block) > 4:
                st.caption(t("map_view.made.rows_more", count=len(block) - 4))
        st.markdown(t("map_view.made.average_pieces"))
        st.latex(sum_lines(sums))
        st.latex(division(float(sums.sum()), len(sums)))
        _check(mean, values["weight"])


def _heads(choice: Choice, each: np.ndarray, pair: dict[str, str], weight: float, *, of_pieces: bool) -> None:
    order = [int(i) for i in np.argsort(-each, kind="stable")]
    title = "heads_of_pieces" if of_pieces else "heads"
    left, right = st.columns([4, 3], gap="large")
    with left:
        bars(
            ranking_payload(
                each[order],
                [t("map_view.made.head", head=choice.heads[i]) for i in order],
                [""] * len(order),
                title=t(f"map_view.made.{title}", **pair),
                references=[(weight, t(f"map_view.made.{choice.together}"))],
                more=("", ""),
                first=len(order),
            ),
            key="mixed_heads",
            on_choose=lambda index: open_head(choice.layer, choice.heads[order[index]]),
        )
        st.caption(t("map_view.made.open_head"))
    with right:
        if choice.together == "max":
            st.markdown(t("map_view.made.take_largest", count=len(each)))
            st.latex(max_lines(each))
            _check(float(each.max()), number(weight))
        else:
            st.markdown(t("map_view.made.add_heads", count=len(each)))
            st.latex(sum_lines(each))
            st.markdown(t("map_view.made.divide_heads"))
            total = float(each.sum(dtype=np.float64))
            st.latex(division(total, len(each)))
            _check(total / len(each), number(weight))


def _check(made: float, printed: str) -> None:
    """Whether what was made of the parts is the number on the map."""
    mark = "✓" if number(made) == printed else "✗"
    st.markdown(f"**{mark} {t('map_view.made.equals', made=number(made), weight=printed)}**")
