"""The text as word chips with lines: what the pinned word looks at, or who looks at it, in one head or in several."""

import numpy as np
import streamlit as st

from figures.bars import bars_payload
from figures.chips import chips_payload
from figures.numbers import percent
from pages.explorer.choice import Choice, ask, look_first
from pages.explorer.in_view import InView, choose_merged, in_view
from pages.explorer.printed_lines import printed_lines
from pages.shared import sentence_controls as controls
from pages.shared.components import TOOLS, bars
from pages.shared.controls import choice as choice_of
from pages.shared.sentence_map import file_place, finding, where
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, t, template
from pages.shared.word_chips import word_chips

NAMED = 3  # heads whose strongest link is said


def show(choice: Choice) -> None:
    """Place the chips with their lines, and the numbers of the pinned word as bars."""
    with st.container(horizontal=True, vertical_alignment="center"):
        direction = choice_of("direction", ("out", "in"), "out", texts="words_view.direction", quiet=True)
        merged = choose_merged(choice)
        st.caption(t("words_view.hint"), width="content")
    seen = in_view(choice, merged)
    left, right = st.columns([5, 2], gap="large")
    with left:
        _chips(choice, seen, direction, merged)
    with right:
        _bars(choice, seen, direction)
    cell = (seen.unit(choice.asks), seen.unit(choice.looks[0]))
    take_home(
        f"attention-{file_place(choice.layer, choice.head, choice.heads, choice.together)}",
        lambda: _arrays(choice, in_view(choice, merged)),
        printed_lines(choice, seen, cell),
        key="words_npz",
    )


def _arrays(choice: Choice, seen: InView) -> dict[str, np.ndarray]:
    return {**controls.arrays(choice.trace), "map": seen.weights, "map_words": np.array(seen.words)}


def _pin(choice: Choice, held: tuple[int, ...], *, asks: bool) -> None:
    if asks:
        ask(held[0])
    else:
        look_first(choice, held)


def _chips(choice: Choice, seen: InView, direction: str, merged: bool) -> None:
    together = len(choice.heads) > 1 and choice.together == "each"
    tokens = choice.trace.tokens
    place = file_place(choice.layer, choice.head, choice.heads, choice.together)
    payload = chips_payload(
        seen.words,
        seen.weights,
        sentence=_finding(choice, seen, direction),
        asks=seen.unit(choice.asks),
        looks=list(dict.fromkeys(map(seen.unit, choice.looks))),
        direction=direction,
        role="asks" if direction == "out" else "looks",
        heads=choice.heads if together else (),
        continued=seen.continued,
        special=[unit for unit, held in enumerate(seen.positions) if tokens.special[held[0]]],
        full=_whole_words(choice, seen, merged),
        lines=True,
        name=f"words-{place}-{direction}",
        source=choice.source,
    )
    held = seen.positions  # what is called later holds no weights: an open page would keep them all
    word_chips(
        payload,
        key="words",
        on_choose=lambda unit: _pin(choice, held[unit], asks=direction == "out"),
        tools=TOOLS,
    )
    if together:
        st.caption(t("words_view.each_note"))


def _whole_words(choice: Choice, seen: InView, merged: bool) -> dict[int, str]:
    """What stands behind the shortened words."""
    tokens = choice.trace.tokens
    whole = [tokens.word_texts[tokens.groups[held[0]]] if merged else tokens.words[held[0]] for held in seen.positions]
    return {unit: word for unit, word in enumerate(whole) if len(word) > controls.LONGEST_LABEL}


def _pinned(choice: Choice, seen: InView, direction: str) -> tuple[int, np.ndarray]:
    """The word whose attention is shown, and its weights: (heads, m), a row or a column of each head."""
    if direction == "out":
        unit = seen.unit(choice.asks)
        return unit, seen.weights[:, unit]
    unit = seen.unit(choice.looks[0])
    return unit, seen.weights[:, :, unit]


def _finding(choice: Choice, seen: InView, direction: str) -> str:
    unit, weights = _pinned(choice, seen, direction)
    if len(weights) > 1:
        return _finding_of_each(choice, seen, direction)
    place = where(choice.layer, choice.head, choice.heads, choice.together)
    if direction == "out":
        return finding(weights[0], seen.words, (unit, int(weights[0].argmax())), where=place)
    first, *others = (int(i) for i in np.argsort(-weights[0], kind="stable")[:2])
    values = {"where": place, "word": isolate(seen.words[unit])}
    values |= {"first": percent(weights[0, first]), "first_word": isolate(seen.words[first])}
    if not others:
        return t("words_view.finding_in_one", **values)
    second = {"second": percent(weights[0, others[0]]), "second_word": isolate(seen.words[others[0]])}
    return t("words_view.finding_in", **values, **second)


def _finding_of_each(choice: Choice, seen: InView, direction: str) -> str:
    """The strongest link of the heads that have the strongest ones."""
    unit, weights = _pinned(choice, seen, direction)
    order = np.argsort(-weights.max(-1), kind="stable")
    parts = [
        t(
            "words_view.part",
            word=isolate(seen.words[int(weights[head].argmax())]),
            share=percent(weights[head].max()),
            head=choice.heads[head],
        )
        for head in order[:NAMED]
    ]
    said = t(
        f"words_view.each_{direction}",
        layer=choice.layer,
        word=isolate(seen.words[unit]),
        parts=t("words_view.comma").join(parts),
    )
    return said + (t("words_view.each_rest") if len(order) > NAMED else "")


def _bars(choice: Choice, seen: InView, direction: str) -> None:
    """The pinned word's numbers, of the head in focus where several are drawn."""
    unit, weights = _pinned(choice, seen, direction)
    row = weights[choice.heads.index(choice.head) if len(weights) > 1 else 0]
    word = isolate(seen.words[unit])
    largest = choice.together == "max" and len(choice.heads) > 1
    if direction == "out":
        title = t("sentence.bars", asks=word)
        rest = template("words_view.rest_max" if largest else "sentence.rest")
        hidden = choice.sinks == "hide" and not largest
        note = t("sentence.rest_hidden", share=percent(1 - row.sum())) if hidden else ""
    else:
        title, rest, note = t("words_view.bars_in", word=word), template("words_view.rest_in"), t("words_view.note_in")
    if len(weights) > 1:
        title = t("words_view.in_head", title=title, head=choice.head)
    chosen = seen.unit(choice.looks[0] if direction == "out" else choice.asks)
    held = seen.positions
    bars(
        bars_payload(row, seen.words, title=title, rest=rest, note=note, chosen=chosen),
        key="bars",
        on_choose=lambda unit: _pin(choice, held[unit], asks=direction == "in"),
    )
