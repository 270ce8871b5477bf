"""What the trained networks do with the sentence that the lesson asks by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from attention.head_search import search_heads
from attention.merging import merge_weights
from figures.maps import MapText, map_payload
from figures.numbers import percent
from pages.shared.components import attention_map
from pages.shared.compute import read_sentence
from pages.shared.controls import badge
from pages.shared.sentence_controls import address, reader
from pages.shared.texts import t, template

TEXTS = {"en": "I ate 100 steamed buns", "zh": "我吃了100个包子"}
PAIRS = {  # {question: {network: (the word that asks, the word that answers)}}
    "person": {"en": ("ate", "I"), "zh": ("吃", "我")},
    "number": {"en": ("buns", "100"), "zh": ("个", "100")},
    "thing": {"en": ("ate", "buns"), "zh": ("吃", "包")},
    "action": {"en": ("I", "ate"), "zh": ("我", "吃")},
}


@dataclass(frozen=True, eq=False)
class Link:
    """The head in which one word gives another the most.

    words : list of n str, the special ones included
    row : (n,) ndarray
        What the asking word gives to each.
    asks, looks : int
        Their places in `words`.
    pieces : (int, int)
        The places of their first word pieces.
    layer, head : int
        Counted from 1.
    habit : str
        The fixed position that this head mostly looks at whatever the words are ("previous", "next", "same",
        "special"), or "".
    habit_share : float
        How much it gives to that position from the other words.
    """

    words: list[str]
    row: np.ndarray
    asks: int
    looks: int
    pieces: tuple[int, int]
    layer: int
    head: int
    habit: str
    habit_share: float


def strongest_link(network: str, question: str) -> Link:
    """Where the network links the two words of a question most, among all its heads; pieces merged into words."""
    trace = read_sentence(TEXTS[network], network)
    tokens = trace.tokens
    begins = np.flatnonzero(np.diff(tokens.groups, prepend=-1))
    words = list(tokens.word_texts)
    weights = merge_weights(trace.weights, tokens.groups)
    asks, looks = (words.index(word) for word in PAIRS[question][network])
    found = search_heads(weights, tokens.special[begins], asks, [looks])
    layer, head = found.order[0]
    at = layer - 1, head - 1
    pieces = int(begins[asks]), int(begins[looks])
    habit, share = str(found.fixed[at]), float(found.habits[at])
    return Link(words, weights[at][asks], asks, looks, pieces, layer, head, habit, share)


def show(loudness: Mapping[str, float]) -> None:
    """Place a row of each network: the sentence as it is read when the asking word looks for the answer.

    It is the loudest question's; of equally loud ones the first's, which is said, as it is when nobody asks.
    """
    question, case = _question(loudness)
    ask = t(f"lesson_what.ask.{question}")
    st.markdown(f"#### {t('lesson_what.networks')}")
    st.markdown(t(f"lesson_what.networks_for.{case}", ask=ask))
    st.caption(t("lesson_what.networks_help"))
    for network, text in TEXTS.items():
        link = strongest_link(network, question)
        source = reader(network, read_sentence(text, network))
        badge("trained", source)
        asks = link.words[link.asks]
        said = MapText(
            row_title=t("lesson_what.net_row"),
            column_title=t("lesson_what.column"),
            low=t("lesson_what.low"),
            high=t("lesson_what.high"),
            sentence=_finding(link),
            hover=template("lesson_what.hover"),
            name=f"{network}-layer{link.layer}-head{link.head}",
            source=source,
        )
        payload = map_payload(link.row[None], [asks], link.words, said, value_range=(0, 1), axis_colors=("Q", "K"))
        attention_map(payload, key=f"what_net_{network}", tools=())
        st.page_link(
            "pages/sentence.py",
            label=t("lesson_what.open", layer=link.layer, head=link.head),
            icon=":material/arrow_forward:",
            query_params=address(text, link.layer, link.head, link.pieces),
        )


def _question(loudness: Mapping[str, float]) -> tuple[str, str]:
    """Which question stands for all, and whether it is the one loudest, one of several, or none is asked."""
    most = max(loudness.values())
    loudest = [name for name, volume in loudness.items() if volume == most]
    return loudest[0], "nobody" if not most else "one" if len(loudest) == 1 else "tied"


def _finding(link: Link) -> str:
    values = {"asks": link.words[link.asks], "looks": link.words[link.looks], "share": percent(link.row[link.looks])}
    said = t("lesson_what.net_finding", **values, layer=link.layer, head=link.head)
    most = int(link.row.argmax())
    if most != link.looks:
        case = "net_keeps" if most == link.asks else "net_more"
        more = {"most": percent(link.row[most]), "most_word": link.words[most]}
        said += t(f"lesson_what.{case}", **more)
    if not link.habit:
        return said
    return said + t(f"lesson_what.habit.{link.habit}", share=percent(link.habit_share))
