"""What the reader changes in the network, to see what follows: read from the address, undone step by step."""

import re
from dataclasses import dataclass

import streamlit as st

from pages.explorer.choice import Choice, code, positions
from pages.shared.controls import switch
from pages.shared.sentence_controls import OPENING_HEADS, first_words
from pages.shared.state import arrive, depart
from pages.shared.texts import listed, t

TEMPERATURES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0)
MOST_STEPS = 100  # to undo
NOTHING = "none"  # in the address, where the default is something


@dataclass(frozen=True)
class Changes:
    """What is changed in every forward pass.

    masked : positions that nobody may look at
    removed : heads, as (layer, head) counted from 1
    temperature : of every softmax
    unscaled : whether the division by the root of d_k is left out
    """

    masked: tuple[int, ...]
    removed: tuple[tuple[int, int], ...]
    temperature: float
    unscaled: bool

    def options(self) -> dict:
        """The same as the encoder takes it; nothing that is not changed."""
        changed = {
            "mask_tokens": self.masked,
            "without": self.removed,
            "temperature": self.temperature if self.temperature != 1 else None,
            "scale": 1.0 if self.unscaled else None,
        }
        return {name: value for name, value in changed.items() if value}

    def said(self, labels: list[str]) -> str:
        """The changes in words; what is not changed is left out."""
        parts = []
        if self.masked:
            parts.append(t("change.said.masked", words=listed([labels[i] for i in self.masked])))
        if self.removed:
            parts.append(t("change.said.removed", heads=", ".join(f"L{layer}H{head}" for layer, head in self.removed)))
        if self.temperature != 1:
            parts.append(t("change.said.temperature", value=f"{self.temperature:g}"))
        if self.unscaled:
            parts.append(t("change.said.unscaled"))
        return t("change.said.and").join(parts) or t("change.said.nothing")


def choose_changes(choice: Choice) -> Changes:
    """Place the controls; what is changed stands in the address."""
    arrive("without", "", lambda text: True)
    temperature, scaling, heads, steps = st.columns([3, 2, 3, 2], vertical_alignment="bottom", gap="medium")
    with temperature:
        warmth = st.select_slider(
            t("change.temperature"),
            TEMPERATURES,
            1.0,
            format_func=lambda value: f"{value:g}",
            key="temperature",
            bind="query-params",
            persist_state="session",
            help=t("change.temperature_help"),
        )
    with scaling:
        unscaled = switch("unscaled", label=t("change.unscaled"), help=t("change.unscaled_help"))
    found = Changes(_masked(choice), _removed(choice), warmth, unscaled)
    with heads, st.container(horizontal=True):
        focus = (choice.layer, choice.head)
        st.button(
            t("change.put_back" if focus in found.removed else "change.remove", layer=choice.layer, head=choice.head),
            key="remove_head",
            on_click=_toggle_head,
            args=(focus, found.removed),
        )
    with steps, st.container(horizontal=True):
        _offer_undo(found, choice)
    return found


def toggle_mask(position: int) -> None:
    """Hide a word from all others, or show it again; before the page runs again."""
    masked = set(positions(st.session_state.mask)) ^ {position}
    st.session_state.mask = code(tuple(sorted(masked))) or NOTHING


def _masked(choice: Choice) -> tuple[int, ...]:
    """On arrival, and with a new text, the word that is looked at is hidden: something is changed from the start."""
    default = code(first_words(choice.trace, *OPENING_HEADS[choice.network])[1][:1])
    if st.session_state.mask != NOTHING:
        held = range(len(choice.trace.tokens))
        found = tuple(sorted(i for i in positions(st.session_state.mask) if i in held))
        st.session_state.mask = code(found) or default
    depart("mask", default)
    return positions(st.session_state.mask)


def _removed(choice: Choice) -> tuple[tuple[int, int], ...]:
    pairs = re.findall(r"(\d{1,2})-(\d{1,2})", st.session_state.without)
    heads = {(int(layer), int(head)) for layer, head in pairs}
    known = {(i, j) for i in range(1, choice.trace.layers + 1) for j in range(1, choice.trace.heads + 1)}
    st.session_state.without = _heads_code(tuple(sorted(heads & known)))
    depart("without", "")
    return tuple(sorted(heads & known))


def _heads_code(heads: tuple[tuple[int, int], ...]) -> str:
    return ".".join(f"{layer}-{head}" for layer, head in heads)


def _toggle_head(head: tuple[int, int], removed: tuple[tuple[int, int], ...]) -> None:
    st.session_state.without = _heads_code(tuple(sorted({*removed} ^ {head})))


def _offer_undo(found: Changes, choice: Choice) -> None:
    """Undo takes the last step back, whichever control made it; reset leaves the network as it was trained."""
    last = st.session_state.get("changes_last")
    steps = st.session_state.setdefault("changes_made", [])
    if st.session_state.get("changes_of") != (choice.network, choice.trace.text):
        steps.clear()
    elif last != found and not st.session_state.pop("changes_undone", False):
        steps.append(last)
        del steps[:-MOST_STEPS]
    st.session_state.update(changes_last=found, changes_of=(choice.network, choice.trace.text))
    untouched = found == Changes((), (), 1.0, False)
    st.button(t("change.undo"), icon=":material/undo:", disabled=not steps, key="undo", on_click=_undo)
    st.button(t("change.reset"), disabled=untouched, key="reset", on_click=_apply, args=(Changes((), (), 1.0, False),))


def _undo() -> None:
    _apply(st.session_state.changes_made.pop())
    st.session_state.changes_undone = True


def _apply(changes: Changes) -> None:
    st.session_state.update(
        mask=code(changes.masked) or NOTHING,
        without=_heads_code(changes.removed),
        temperature=changes.temperature,
        unscaled=changes.unscaled,
    )
