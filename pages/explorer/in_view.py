"""The attention that is in view: of the chosen heads, among the words that are shown, merged as the reader wants it."""

from dataclasses import dataclass, field

import numpy as np

from attention.merging import merge_weights
from attention.sinks import set_aside
from pages.explorer.choice import Choice
from pages.shared.controls import switch
from pages.shared.sentence_controls import shortened
from pages.shared.texts import t


@dataclass(frozen=True, eq=False)
class InView:
    """Attention among m units: pieces, or words merged from them.

    Attributes
    ----------
    weights : (heads, m, m) ndarray
        Row: the unit that asks. One matrix only where the heads are taken together (mean or maximum).
    words : list of m str
        What to print for each.
    positions : list of m tuple of int
        The token positions in each.
    continued : list of m bool
        Whether a unit goes on with the word before it.
    """

    weights: np.ndarray = field(repr=False)
    words: list[str]
    positions: list[tuple[int, ...]] = field(repr=False)
    continued: list[bool] = field(repr=False)

    def unit(self, position: int) -> int:
        """The unit that holds a token position."""
        return next(i for i, held in enumerate(self.positions) if position in held)


def in_view(choice: Choice, merged: bool = False) -> InView:
    """What the views of the whole sentence draw."""
    tokens = choice.trace.tokens
    weights = choice.trace.weights[choice.layer - 1, [head - 1 for head in choice.heads]]  # (heads, n, n)
    keep = np.isin(np.arange(len(tokens)), choice.shown)
    weights = set_aside(weights, keep, choice.sinks)
    if choice.together == "mean":
        weights = weights.mean(0, keepdims=True)
    elif choice.together == "max":
        weights = weights.max(0, keepdims=True)
    groups = tokens.groups[choice.shown]
    if not merged:
        words, positions = [choice.labels[i] for i in choice.shown], [(int(i),) for i in choice.shown]
        return InView(weights, words, positions, [False, *(bool(same) for same in np.diff(groups) == 0)])
    present, units = np.unique(groups, return_inverse=True)
    positions = [tuple(int(i) for i in choice.shown[units == unit]) for unit in range(len(present))]
    words = [shortened(tokens.word_texts[group]) for group in present]
    return InView(merge_weights(weights, units), words, positions, [False] * len(present))


def choose_merged(choice: Choice) -> bool:
    """The reader's switch, where some word in view consists of several pieces."""
    groups = choice.trace.tokens.groups[choice.shown]
    if len(np.unique(groups)) == len(groups):
        return False
    return switch("merge", label=t("map_view.merge"), help=t("map_view.merge_help"))
