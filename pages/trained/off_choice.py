"""What the reader chooses on the page about attention that is off: a network, its blocks, what replaces their gates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.controls import choice
from pages.shared.networks import INSTEAD, OWN, GateChange, other_samples
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive, arrive_read, depart

BLOCKS = {"classifier": 6, "segmenter": 10}  # network in the address: how many blocks it has
ALL = "all"
CLOSER = "closer_look"  # the key of the container with what is opened


@dataclass(frozen=True)
class Choice:
    """A network and its switches.

    network : of `BLOCKS`
    off : the blocks that are switched off, counted from 1
    instead, donor : as `GateChange`
    """

    network: str
    off: tuple[int, ...]
    instead: str
    donor: str

    @property
    def blocks(self) -> range:
        return range(1, BLOCKS[self.network] + 1)

    @property
    def change(self) -> GateChange:
        """What the network is asked now."""
        return self._change(self.off)

    @property
    def beside(self) -> GateChange:
        """What it is held against: with attention on, all of it off; else its own gates."""
        return self._change(() if self.off else tuple(self.blocks))

    def _change(self, blocks: tuple[int, ...]) -> GateChange:
        return GateChange(blocks, self.instead, self.donor) if blocks else OWN


def choose_network() -> str:
    """Which of the networks looks at the picture."""
    return choice("net", tuple(BLOCKS), "classifier", texts="attention_off.net", quiet=True)


def arrive_off(network: str) -> tuple[int, ...]:
    """The blocks that are off: ``attention=off`` alone is all of them, ``attention=off&blocks=2,5`` those two."""
    count = BLOCKS[network]
    arrive("attention", "on", ("on", "off").__contains__)
    arrive("blocks", ALL, lambda code: bool(block_numbers(code, count)), of=network)
    off = block_numbers(st.session_state.blocks, count) if st.session_state.attention == "off" else ()
    keep_off(off, count)
    depart("attention", "on")
    depart("blocks", ALL)
    return off


def block_numbers(code: str, count: int) -> tuple[int, ...]:
    """``2,5`` as numbers from 1 to `count` in their order; ``all`` is all of them."""
    every = range(1, count + 1)
    return tuple(every) if code == ALL else tuple(number for number in every if str(number) in code.split(","))


def keep_off(off: tuple[int, ...], count: int) -> None:
    """Write the switches into the state."""
    whole = len(off) in (0, count)
    st.session_state.update(attention="off" if off else "on", blocks=ALL if whole else ",".join(map(str, off)))


def arrive_unit(network: str, sizes: Sequence[int]) -> tuple[int, int] | None:
    """The opened channel: ``unit=6:37`` is the 37th of block 6, here (6, 36); None until the reader opens one.

    Parameters
    ----------
    network : str
    sizes : sequence of int
        How many channels every block has.
    """
    return arrive_read("unit", lambda code: _unit(code, sizes), of=network)


def _unit(code: str, sizes: Sequence[int]) -> tuple[int, int] | None:
    if not re.fullmatch(r"\d{1,2}:\d{1,4}", code, re.ASCII):
        return None
    block, channel = map(int, code.split(":"))
    return (block, channel - 1) if 1 <= block <= len(sizes) and 1 <= channel <= sizes[block - 1] else None


def open_unit(block: int, channel: int) -> None:
    """Open a channel, before the page runs again; counted from 1 and from 0."""
    st.session_state.update(unit=f"{block}:{channel + 1}", closer="channel")


def choose_instead(picture: OpenPicture) -> tuple[str, str]:
    """What a block that is off uses in the place of its own gates, and the sample whose gates these are, if any."""
    instead = choice("instead", INSTEAD, "ones", texts="attention_off.instead")
    if instead != "other":
        return instead, ""
    others = tuple(other_samples(picture))
    return instead, choice("donor", others, others[0], texts="attention_off.donor")
