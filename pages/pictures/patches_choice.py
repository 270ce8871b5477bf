"""What a reader chooses on the page of patches: the grid, who asks, how sharply. All of it stands in the address."""

import re
from dataclasses import dataclass

import streamlit as st

from attention.images import CHANNELS
from figures.patches import Box
from pages.pictures.learned_choice import choose_bank, choose_block
from pages.shared.controls import choice, switch
from pages.shared.state import arrive_one_of, arrive_read
from pages.shared.texts import t

TEMPERATURES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # 0 is hard attention
DEFAULT_TEMPERATURE = {"places": 0.3, "channels": 0.1}
LEARNED_TEMPERATURE = {"places": 5.0, "channels": 0.05}  # products of hundreds of numbers are larger
CELLS = 14  # of a trained block, along both sides
OPACITY = "70"
_PERCENT = {str(share) for share in range(101)}


@dataclass(frozen=True)
class Settings:
    """How the patches are cut and compared.

    across : int, patches along the picture's longer side
    over : "places" or "channels", what a patch looks at
    temperature : 0 for hard attention
    position : the strength of the positions; 0 without them
    equal_lengths : whether all vectors have the same length
    block : whose channels: a block of the classifier, counted from 1, or 0 for those made by hand
    """

    across: int
    over: str
    temperature: float
    position: float
    equal_lengths: bool
    block: int = 0


@dataclass(frozen=True)
class Pins:
    """Who asks, and which patch's number and which channel's weight are opened; None where the page has to choose."""

    patch: int | None
    box: Box | None
    looked: int | None
    channel: int | None


def choose_channels() -> int:
    """Whose channels a patch is described by: a block of the classifier, or 0 for those made by hand."""
    with st.container(horizontal=True):
        return choose_block() if choose_bank() else 0


def choose_grid(block: int) -> tuple[int, str, str]:
    """Patches across, over what, and what a click does; a trained block has as many cells as it has."""
    over = choice("over", ("places", "channels"), "places", texts="patches.over")
    across = CELLS if block else choice("across", ("8", "16", "24"), "16", texts="patches.across")
    touch = choice("touch", ("asks", "looks", "box"), "asks", texts="patches.touch")
    return int(across), over, touch


def choose_settings(across: int, over: str, block: int) -> Settings:
    """The sliders and switches of the comparison."""
    temperature = st.select_slider(
        t("patches.temperature.label"),
        TEMPERATURES,
        (LEARNED_TEMPERATURE if block else DEFAULT_TEMPERATURE)[over],
        format_func=lambda value: f"{value:g}",
        key=f"learned_{over}_temperature" if block else f"{over}_temperature",
        bind="query-params",
        persist_state="session",
        help=t("patches.temperature.help"),
    )
    if over == "channels":
        return Settings(across, over, temperature, 0.0, True, block)
    with st.container(horizontal=True):
        lengths = switch("lengths", label=t("patches.lengths.label"), help=t("patches.lengths.help"))
        position = switch("position", label=t("patches.position.label"), help=t("patches.position.help"))
    strength = 0.0
    if position:
        strength = st.slider(
            t("patches.position.strength"),
            0.1,
            2.0,
            1.0,
            0.1,
            key="position_strength",
            bind="query-params",
            persist_state="session",
        )
    return Settings(across, over, temperature, strength, not lengths, block)


def choose_mix() -> float:
    """How far every patch goes towards its mixture."""
    return st.slider(
        t("patches.mix.label"),
        0.0,
        1.0,
        1.0,
        0.05,
        key="mix",
        bind="query-params",
        persist_state="session",
        help=t("patches.mix.help"),
    )


def read_pins(shape: tuple[int, int], digest: str, learned: int = 0) -> Pins:
    """What is pinned, as far as it exists in this grid of this picture; counted from 1 in the address.

    `learned` is how many channels a trained block has, which are numbered; 0 where they are those with names.
    """
    rows, columns = shape

    def numbers(code: str, count: int) -> list[int] | None:
        """So many numbers, columns and rows in turn, all within the grid."""
        if not re.fullmatch(r"\d{1,3}(,\d{1,3})*", code, re.ASCII):
            return None
        found = [int(number) - 1 for number in code.split(",")]
        inside = all(0 <= at < (rows if i % 2 else columns) for i, at in enumerate(found))
        return found if inside and len(found) == count else None

    def patch(code: str) -> int | None:
        found = numbers(code, 2)
        return found and found[1] * columns + found[0]

    def box(code: str) -> Box | None:
        found = numbers(code, 4)
        return tuple(found) if found and found[0] <= found[2] and found[1] <= found[3] else None

    def channel(code: str) -> int | None:
        names = tuple(str(i + 1) for i in range(learned)) if learned else CHANNELS
        return names.index(code) if code in names else None

    return Pins(
        arrive_read("patch", patch, (shape, digest)),
        arrive_read("box", box, (shape, digest)),
        arrive_read("looked", patch, (shape, digest)),
        arrive_read("weighed", channel, learned),
    )


def pin_patch(patch: int, columns: int) -> None:
    """Let a patch ask; before the page runs again."""
    st.session_state.update(patch=_code(patch, columns), box="", looked="")


def pin_box(box: Box) -> None:
    """Let a box ask."""
    st.session_state.update(box=",".join(str(at + 1) for at in box), looked="")


def pin_looked(patch: int, columns: int) -> None:
    """Open the number of a patch that is looked at."""
    st.session_state.looked = _code(patch, columns)


def arrive_opacity() -> int:
    """How strongly the map covers the picture, in percent."""
    return int(arrive_one_of("veil", _PERCENT, OPACITY))


def keep_opacity(sent: object) -> None:
    """Take over what the reader set in the browser."""
    if str(sent) in _PERCENT:
        st.session_state.veil = str(sent)


def open_channel(channel: int, block: int) -> None:
    """Open the weight of a channel."""
    st.session_state.weighed = str(channel + 1) if block else CHANNELS[channel]


def _code(patch: int, columns: int) -> str:
    return f"{patch % columns + 1},{patch // columns + 1}"
