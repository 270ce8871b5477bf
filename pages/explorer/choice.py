"""What the reader looks at: the word that asks, the words it looks at, one head or several. All views share it.

All of it stands in the address: positions by their numbers ("2.10"), the rest as `pages.shared.controls` writes it.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import streamlit as st

from attention.networks import EncoderTrace
from pages.explorer.head_controls import choose_heads, choose_sinks
from pages.shared.compute import read_sentence
from pages.shared.sentence_controls import OPENING_HEADS, first_words, labels, reader
from pages.shared.state import arrive, depart
from pages.shared.texts import t

POSITIONS = ("asks", "looks", "rows", "mask", "pair_pin")  # of words of one text: in another they mean nothing


@dataclass(frozen=True, eq=False)
class Choice:
    """Layers and heads are counted from 1, token positions from 0.

    It is asked again when the reader clicks or downloads, perhaps much later, so it does not hold what the network
    computed: how much of that is kept is for the cache to say, not for every session with an open page.

    Attributes
    ----------
    network : str
        "en" or "zh".
    text : str
    layer, head : int
        The head in focus.
    heads : tuple of int
        Heads of this layer that are drawn together, ascending; `head` is among them.
    together : str
        "each" in its own hue, "mean" or "max" over `heads`.
    asks : int
        The position that asks.
    looks : tuple of int
        The positions that are looked at, at least one; the first is the pinned cell's column.
    sinks : str
        What is done with [CLS] and [SEP]: "show", "hide" or "renormalise".
    shown : (m,) int ndarray
        The positions in view.
    labels : list of n str
        What to print for each position.
    source : str
        Which network read the text, for what a reader takes home.
    changes : dict
        What is changed in the network, as `Encoder` takes it.
    """

    network: str
    text: str
    layer: int
    head: int
    heads: tuple[int, ...]
    together: str
    asks: int
    looks: tuple[int, ...]
    sinks: str
    shown: np.ndarray = field(repr=False)
    labels: list[str] = field(repr=False)
    source: str
    changes: dict = field(default_factory=dict)

    @property
    def trace(self) -> EncoderTrace:
        """What the network computed for the text."""
        return read_sentence(self.text, self.network, **self.changes)

    def alone(self, **changes: Hashable) -> "Choice":
        """The same with the head in focus alone, in a network changed like this."""
        return replace(self, heads=(self.head,), together="each", changes=changes)


def choose(trace: EncoderTrace, network: str) -> Choice:
    """Place the head's controls and read everything the reader has chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="heads_row"):
        layer, head, heads, together = choose_heads(trace, network)
        sinks = choose_sinks(trace, layer, head)
    if trace.tokens.special.all():  # there is nothing else to show
        sinks = "show"
    shown = np.flatnonzero(~trace.tokens.special | (sinks == "show"))
    asks, looks = _words(trace, network, (layer, head), shown)
    source = " · ".join([reader(network, trace), t(f"sentence.sinks.source_{sinks}")])
    printed = labels(trace.tokens)
    return Choice(network, trace.text, layer, head, heads, together, asks, looks, sinks, shown, printed, source)


def _words(trace: EncoderTrace, network: str, at: tuple[int, int], shown: np.ndarray) -> tuple[int, tuple[int, ...]]:
    """The positions chosen, as far as they are in view; a new text begins with the strongest link of the head `at`.

    A link without words opens on those of one head, whichever the reader looks at: always on the same.
    """
    asks, looks = first_words(trace, *OPENING_HEADS[network])
    forgotten = [name for name in POSITIONS if arrive(name, "", lambda code: True, of=(network, trace.text))]
    for name in forgotten:
        depart(name, "")  # also from the address of a view that does not show it
    if "asks" in forgotten:
        first = first_words(trace, *at)
        ask(first[0])
        look(*first[1])

    def chosen(name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        default = tuple(i for i in default if i in shown) or (int(shown[0]),)
        found = tuple(i for i in positions(st.session_state[name]) if i in shown) or default
        st.session_state[name] = code(found)
        depart(name, code(default))
        return found

    return chosen("asks", (asks,))[0], chosen("looks", looks)


def positions(code: str) -> tuple[int, ...]:
    """What stands in the address for some positions, read: "2.10"; junk is nothing."""
    found = re.match(r"\d{1,3}(\.\d{1,3})*(?!\S)", code)
    return tuple(dict.fromkeys(map(int, found[0].split(".")))) if found else ()


def code(positions: tuple[int, ...]) -> str:
    """Positions as they stand in the address."""
    return ".".join(map(str, positions))


def ask(position: int) -> None:
    """Let this position ask; before the page runs again."""
    st.session_state.asks = str(position)


def look(*positions: int) -> None:
    """Let these be the positions that are looked at; before the page runs again."""
    if positions:
        st.session_state.looks = code(positions)


def look_first(choice: Choice, held: Sequence[int]) -> None:
    """Pin the word at the positions `held`: of several chosen ones it becomes the first, any other is chosen alone."""
    here = [position for position in choice.looks if position in held]
    look(*([*here, *(position for position in choice.looks if position not in here)] if here else held[:1]))


def toggle_look(position: int) -> None:
    """Add a position to those that are looked at, or take it away; the last one stays."""
    chosen = positions(st.session_state.looks)
    look(*[i for i in chosen if i != position] if position in chosen else [*chosen, position])


def open_head(layer: int, head: int) -> None:
    """Look at this head alone; before the page runs again."""
    st.session_state.update(layer=layer, head=head, also=[])


def go(view: str) -> None:
    """Open another view of the same choice; before the page runs again."""
    st.session_state.view = view
