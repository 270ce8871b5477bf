"""The sentence as a strip of word chips above a view: pointing at a word shades the others, a click chooses."""

from collections.abc import Callable, Sequence

import numpy as np

from figures.chips import chips_payload
from pages.explorer.choice import Choice, ask, toggle_look
from pages.explorer.in_view import in_view
from pages.shared.controls import choice as choice_of
from pages.shared.sentence_map import finding, where
from pages.shared.word_chips import word_chips

ON_CLICK: dict[str, Callable[[int], None]] = {"asks": ask, "looks": toggle_look}


def word_strip(
    choice: Choice,
    *,
    clicks: Sequence[str] = ("asks",),
    masked: Sequence[int] = (),
    on_mask: Callable[[int], None] | None = None,
) -> None:
    """Place the strip, and above it the switch of what a click does, where there is more than one thing.

    Parameters
    ----------
    choice : Choice
    clicks : sequence of {"asks", "looks", "mask"}
        What a click may do: choose the word that asks, choose words looked at, or mask a word (``on_mask(position)``).
    masked : sequence of int
        Positions that nobody may look at.
    """
    role = clicks[0]
    if len(clicks) > 1:
        role = choice_of(f"click_{clicks[0]}", clicks, clicks[0], texts="strip.click")
    seen = in_view(choice)
    row = seen.unit(choice.asks)
    focus = choice.heads.index(choice.head) if len(seen.weights) > 1 else 0
    said = finding(
        seen.weights[focus][row],
        seen.words,
        (row, seen.unit(choice.looks[0])),
        where=where(choice.layer, choice.head, choice.heads, choice.together),
    )
    shown = {int(position): unit for unit, position in enumerate(choice.shown)}
    payload = chips_payload(
        seen.words,
        seen.weights[[focus]],
        sentence=said,
        asks=row,
        looks=[shown[i] for i in choice.looks],
        role=role,
        continued=seen.continued,
        special=np.flatnonzero(choice.trace.tokens.special[choice.shown]).tolist(),
        masked=[shown[i] for i in masked if i in shown],
    )
    act = {**ON_CLICK, "mask": on_mask}[role]
    word_chips(payload, key="strip", on_choose=lambda unit: act(int(choice.shown[unit])))
