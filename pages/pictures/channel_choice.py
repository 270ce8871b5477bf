"""What the reader chooses on the channel page: a mechanism and its number, gates pulled by hand, an open channel."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from attention.images import CHANNELS
from pages.pictures.pulls import pulls_code, read_pulls, step
from pages.shared.controls import choice
from pages.shared.state import arrive, depart

MECHANISMS = ("se", "eca", "cbam", "ge")
DEFAULT_CHANNEL = "red"
PULLED = "pulled"  # in the address
NUMBERS = {  # of a mechanism: name in the address, what may be chosen, default
    "se": ("reduction", ("2", "4", "5", "10", "20"), "4"),
    "cbam": ("reduction", ("2", "4", "5", "10", "20"), "4"),
    "eca": ("k", ("3", "5", "7"), "3"),
    "ge": ("extent", ("2", "4", "8", "16", "0"), "0"),
}


@dataclass(frozen=True)
class Choice:
    """A way of gating.

    mechanism : one of `MECHANISMS`
    number : its reduction ratio (se, cbam), kernel size (eca), or extent (ge; 0: the whole picture)
    pulled : {channel: gate from 0 to 1}, set by hand
    """

    mechanism: str
    number: int
    pulled: Mapping[str, float]


def choose_gating() -> Choice:
    """Place the switch between mechanisms, and the number of the chosen one."""
    mechanism = choice("gate", MECHANISMS, "se", texts="channel.gate")
    name, options, default = NUMBERS[mechanism]
    number = int(choice(name, options, default, texts=f"channel.{name}"))
    return Choice(mechanism, number, _arrive_pulled())


def _arrive_pulled() -> dict[str, float]:
    arrive(PULLED, "", lambda code: bool(pulled_gates(code)))
    pulled = pulled_gates(st.session_state.pulled)
    st.session_state.pulled = pulls_code(pulled)
    depart(PULLED, "")
    return pulled


def pulled_gates(code: str) -> dict[str, float]:
    """``red:0.9;skin:0.1`` as gates; parts that name no channel are left out."""
    return {name: gate for name, gate in read_pulls(code).items() if name in CHANNELS}


def pull(name: str, gate: float | None) -> None:
    """What pulling a gate does, before the page runs again; None lets it go."""
    pulled = pulled_gates(st.session_state.pulled)
    pulled.pop(name, None)
    step(PULLED, pulls_code(pulled if gate is None else pulled | {name: round(gate, 2)}))


def arrive_channel() -> int:
    """The opened channel, by its place in the stack."""
    arrive("channel", DEFAULT_CHANNEL, CHANNELS.__contains__)
    channel = CHANNELS.index(st.session_state.channel)
    depart("channel", DEFAULT_CHANNEL)
    return channel


def open_channel(name: str) -> None:
    """What a click on a channel does, before the page runs again."""
    st.session_state.channel = name
