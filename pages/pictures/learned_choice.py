"""What the reader chooses of the classifier's channels: a block, which are shown, gates pulled by hand, an open one."""

import re
from collections.abc import Iterable, Mapping

import streamlit as st

from attention.networks.classifier import BLOCKS
from pages.pictures.pulls import forget_steps, offer_undo, pulls_code, read_pulls, step
from pages.shared.controls import choice
from pages.shared.state import arrive, arrive_read, depart
from pages.shared.texts import t

RANKS = ("active", "open", "shut", "unusual")
PULLED = "learned_pulled"  # in the address


def choose_bank() -> bool:
    """Whose channels: those made by hand, or those that a network has learned. True for the learned ones."""
    return choice("bank", ("hand", "trained"), "hand", texts="learned.bank") == "trained"


def choose_block() -> int:
    """A block of the classifier, counted from 1."""
    return int(choice("learned_block", tuple(str(i + 1) for i in range(BLOCKS)), str(BLOCKS), texts="learned.block"))


def choose_rank() -> str:
    """Which of the many channels are shown."""
    return choice("learned_rank", RANKS, "active", texts="learned.rank", help=t("learned.rank.help"))


def arrive_pulled(block: int, count: int) -> dict[int, float]:
    """The gates that were pulled in this block of `count` channels: {channel, from 0: gate}."""
    if arrive(PULLED, "", lambda code: bool(pulled_gates(code, count)), of=block):
        forget_steps(PULLED)
    pulled = pulled_gates(st.session_state.learned_pulled, count)
    st.session_state.learned_pulled = pulled_code(pulled)
    depart(PULLED, "")
    return pulled


def pulled_gates(code: str, count: int) -> dict[int, float]:
    """``37:0.9;512:0`` as gates, channels counted from 1 there; parts that name none of `count` are left out."""
    named = {name: gate for name, gate in read_pulls(code).items() if re.fullmatch(r"\d{1,3}", name, re.ASCII)}
    gates = {int(name) - 1: gate for name, gate in named.items()}
    return {channel: gate for channel, gate in gates.items() if 0 <= channel < count}


def pulled_code(pulled: Mapping[int, float]) -> str:
    """Gates as they stand in the address."""
    return pulls_code({channel + 1: gate for channel, gate in pulled.items()})


def pull(channels: Iterable[int], gate: float | None, count: int) -> None:
    """What pulling gates does, before the page runs again; None lets them go."""
    pulled = {c: g for c, g in pulled_gates(st.session_state.learned_pulled, count).items() if c not in channels}
    step(PULLED, pulled_code(pulled if gate is None else pulled | {channel: round(gate, 2) for channel in channels}))


def offer_pulls(shown: tuple[int, ...], count: int) -> None:
    """Shut or open all that are shown, take back the last pull, let all gates go."""
    for name, gate in (("shut_all", 0.0), ("open_all", 1.0)):
        st.button(t(f"learned.{name}"), key=f"learned_{name}", on_click=pull, args=(shown, gate, count))
    offer_undo(PULLED)


def arrive_channel(block: int, count: int) -> int | None:
    """The opened channel, from 0; None where the page has to choose."""

    def read(code: str) -> int | None:
        number = int(code) if re.fullmatch(r"\d{1,3}", code, re.ASCII) else 0
        return number - 1 if 1 <= number <= count else None

    return arrive_read("learned_channel", read, of=block)


def open_channel(code: str) -> None:
    """What a click on a channel does, before the page runs again."""
    st.session_state.learned_channel = code
