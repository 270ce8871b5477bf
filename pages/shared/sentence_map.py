"""The attention over a sentence as a map, of one head or of several together, with the finding in words."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from figures.maps import MapText, map_payload
from figures.numbers import percent
from pages.shared.components import TOOLS, attention_map
from pages.shared.texts import isolate, t, template

COMPARABLE = 64  # words; maps up to here share one scale from 0 to 1, longer ones would be too pale without the root


def sentence_map(
    weights: np.ndarray,
    words: list[str],
    chosen: tuple[int, int],
    *,
    layer: int,
    head: int,
    key: str,
    source: str,
    on_choose: Callable[[int, int], None],
    heads: Sequence[int] = (),
    together: str = "each",
    marked: Mapping[str, Sequence[int]] | None = None,
    on_mark: Callable[[list[int], list[int]], None] | None = None,
    tools: Sequence[str] = TOOLS,
) -> None:
    """Place the map.

    Parameters
    ----------
    weights : (n, n) ndarray
        Row: the word that asks; column: the word it looks at.
    words : list of n str
    chosen : (row, column)
        The pinned cell.
    layer, head : int
        Counted from 1.
    key : str
        Widget key.
    source : str
        Which network read the sentence, for what the reader takes home.
    on_choose : callable
        ``on_choose(row, column)`` when a cell is pinned.
    heads : sequence of int
        The heads of the layer whose ``together`` ("mean" or "max") the weights are; with "each" they are of ``head``.
    marked : {"rows": [...], "columns": [...]}, optional
        With ``on_mark``: the rows and columns that the strips along the axes add up; one column always stays.
    on_mark : callable, optional
        ``on_mark(rows, columns)`` when the reader chooses others; without it the map has no strips.
    """
    largest = float(weights.max())
    pale = len(words) > COMPARABLE
    text = MapText(
        row_title=t("sentence.row_title"),
        column_title=t("sentence.column_title"),
        low=t("sentence.low"),
        high=t("map_view.high_roots", largest=f"{largest:.2f}") if pale else t("sentence.high"),
        sentence=finding(weights[chosen[0]], words, chosen, where=where(layer, head, heads, together)),
        hover=template("sentence.hover"),
        name=f"attention-{file_place(layer, head, heads, together)}",
        source=source,
        **{name: template(f"map_view.{name}") for name in ("row_all", "row_chosen", "column_all", "column_chosen")},
    )
    payload = map_payload(
        weights,
        words,
        words,
        text,
        chosen=chosen,
        value_range=(0, largest) if pale else (0, 1),
        roots=pale,
        axis_colors=("Q", "K"),
        cell=(6, 72),
        strips=on_mark is not None,
        marked=marked,
        least=(0, 1),
    )
    attention_map(payload, key=key, on_choose=on_choose, on_mark=on_mark, tools=tools)


def where(layer: int, head: int, heads: Sequence[int] = (), together: str = "each") -> str:
    """Whose attention it is: "layer 4, head 2", or "the mean of heads 2, 7 and 9 of layer 4"."""
    if len(heads) < 2 or together == "each":
        return t("map_view.where.one", layer=layer, head=head)
    *others, last = map(str, heads)
    listed = t("map_view.where.and", others=t("map_view.where.comma").join(others), last=last)
    return t(f"map_view.where.{together}", heads=listed, layer=layer)


def file_place(layer: int, head: int, heads: Sequence[int] = (), together: str = "each") -> str:
    """The same in a file name: "layer4-head2", "layer4-mean-2-7-9"."""
    if len(heads) < 2 or together == "each":
        return f"layer{layer}-head{head}"
    return "-".join([f"layer{layer}", together, *map(str, heads)])


def finding(weights: np.ndarray, words: list[str], chosen: tuple[int, int], *, where: str) -> str:
    """One row in words: where most of it goes, and what the chosen word gets."""
    first, *others = (int(i) for i in np.argsort(-weights, kind="stable")[:2])
    values = {
        "where": where,
        "asks": isolate(words[chosen[0]]),
        "first": percent(weights[first]),
        "first_word": isolate(words[first]),
    }
    if others:
        second = others[0]
        said = t("map_view.finding", second=percent(weights[second]), second_word=isolate(words[second]), **values)
    else:
        said = t("map_view.finding_one", **values)
    looks = chosen[1]
    if looks in (first, *others):
        return said
    return said + t("map_view.finding_chosen", looks=isolate(words[looks]), share=percent(weights[looks]))
