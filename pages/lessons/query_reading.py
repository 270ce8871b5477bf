"""What the lesson on K with itself reads: a sentence, a head, who asks in it, and a pair of words."""

from dataclasses import dataclass, field

import streamlit as st

from attention.networks import EncoderTrace
from attention.sources.scripts import choose_network
from pages.shared.compute import read_sentence
from pages.shared.sentence_controls import OPENING_HEADS, examples, first_words, labels
from pages.shared.state import arrive_cell, hold

LAW = examples()[0]  # the sentence of the question and of the moves
LONGEST = 160  # characters
ASKS = ("queries", "head", "all")  # who asks: the queries, this head's keys, the keys of all heads


@dataclass(frozen=True, eq=False)
class Reading:
    """One sentence, read by a network as it was trained and as the reader has changed it.

    network : as in `pages.shared.compute.ENCODERS`
    who : as in `ASKS`
    own, trace : as trained; and with the keys asking, the same where the queries ask
    at : layer and head, from 0
    words : one for each of the n positions
    pair : the word that asks and the word that is asked, positions
    """

    network: str
    who: str
    own: EncoderTrace = field(repr=False)
    trace: EncoderTrace = field(repr=False)
    at: tuple[int, int]
    words: list[str]
    pair: tuple[int, int]


def fits(text: str) -> bool:
    """Whether it can be read here."""
    return bool(text.strip()) and len(text) <= LONGEST


def hold_reading() -> None:
    """While the five words are shown."""
    hold("query_text", LAW["text"], fits)
    hold("query_asks", ASKS[0], ASKS.__contains__)
    hold("query_head", "", bool)


def network_of(text: str) -> str:
    """The network that reads its script, or the English one."""
    return choose_network(text) or "en"


def law(**changes: object) -> EncoderTrace:
    """The sentence of the question."""
    return read_sentence(LAW["text"], "en", **changes)


def keys_of(trace: EncoderTrace, who: str, at: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The heads in which keys ask, counted from 1; `at` counts from 0."""
    layer, head = at
    every = tuple((i + 1, j + 1) for i in range(trace.layers) for j in range(trace.heads))
    return {"queries": (), "head": ((layer + 1, head + 1),), "all": every}[who]


def reading() -> Reading:
    """What the reader has chosen, also before there are widgets; what means nothing for this sentence is left out."""
    state = st.session_state
    text = state.get("query_text", "")
    text = text if text.strip() else state.get("last_query_text", LAW["text"])
    network, who = network_of(text), state.get("query_asks") or ASKS[0]
    own = read_sentence(text, network)
    layer, head = OPENING_HEADS[network]
    at = arrive_cell("query_head", (own.layers, own.heads)) or (layer - 1, head - 1)
    trace = read_sentence(text, network, keys_ask=keys_of(own, who, at)) if who != "queries" else own
    pair = arrive_cell("query_link", (len(own.tokens),) * 2, of=text)
    if pair is None:
        asks, looks = first_words(own, at[0] + 1, at[1] + 1)
        pair = asks, looks[0]
    return Reading(network, who, own, trace, at, labels(own.tokens), pair)
