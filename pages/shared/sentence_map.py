"""One head's attention over a sentence as a map, with the finding in words."""

from collections.abc import Callable, Sequence

import numpy as np

from figures.maps import MapText, map_payload
from figures.numbers import percent
from pages.shared.components import TOOLS, attention_map
from pages.shared.texts import isolate, t, template

COMPARABLE = 64  # words; maps up to here share one scale from 0 to 1, longer ones would be too pale to read on it


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
    source : str
        Which network read the sentence, for what the reader takes home.
    """
    largest = float(weights.max())
    pale = len(words) > COMPARABLE
    text = MapText(
        row_title=t("sentence.row_title"),
        column_title=t("sentence.column_title"),
        low=t("sentence.low"),
        high=t("sentence.high_largest", largest=f"{largest:.2f}") if pale else t("sentence.high"),
        sentence=finding(weights[chosen[0]], words, chosen, layer=layer, head=head),
        hover=template("sentence.hover"),
        name=f"attention-layer{layer}-head{head}",
        source=source,
    )
    payload = map_payload(
        weights,
        words,
        words,
        text,
        chosen=chosen,
        value_range=(0, largest) if pale else (0, 1),
        axis_colors=("Q", "K"),
        cell=(6, 72),
    )
    attention_map(payload, key=key, on_choose=on_choose, tools=tools)


def finding(weights: np.ndarray, words: list[str], chosen: tuple[int, int], *, layer: int, head: int) -> str:
    """One row in words: where most of it goes, and what the chosen word gets."""
    first, *others = (int(i) for i in np.argsort(-weights, kind="stable")[:2])
    values = {
        "layer": layer,
        "head": head,
        "asks": isolate(words[chosen[0]]),
        "first": percent(weights[first]),
        "first_word": isolate(words[first]),
    }
    if others:
        second = others[0]
        said = t("sentence.finding", second=percent(weights[second]), second_word=isolate(words[second]), **values)
    else:
        said = t("sentence.finding_one", **values)
    looks = chosen[1]
    if looks in (first, *others):
        return said
    return said + t("sentence.finding_chosen", looks=isolate(words[looks]), share=percent(weights[looks]))
