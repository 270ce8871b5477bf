"""A text as word chips (assets/components/chips): pointing at a word shades the others by its attention."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from figures.packed import pack

COMPARABLE = 64  # words; texts up to here share one scale from 0 to 1, longer ones would be too pale to read on it


def chips_payload(
    words: list[str],
    weights: np.ndarray,
    *,
    sentence: str,
    asks: int | None = None,
    looks: Sequence[int] = (),
    direction: Literal["out", "in"] = "out",
    role: Literal["asks", "looks", "mask"] = "asks",
    heads: Sequence[int] = (),
    continued: Sequence[bool] = (),
    special: Sequence[int] = (),
    masked: Sequence[int] = (),
    full: dict[int, str] | None = None,
    lines: bool = False,
    name: str = "words",
    source: str = "",
) -> dict:
    """Everything the chips need, as plain JSON types.

    Parameters
    ----------
    words : list of m str
        What to print on each chip.
    weights : (heads, m, m) ndarray
        Attention, 0 to 1. Row: the word that asks; column: the word it looks at.
    sentence : str
        The finding in words; also the text alternative.
    asks : int, optional
        The pinned word that asks. Without one nothing is shaded until a word is pointed at.
    looks : sequence of int
        The words that are looked at, the first of them pinned where `direction` is "in".
    direction : {"out", "in"}
        A word pointed at shades what it looks at, or those who look at it.
    role : {"asks", "looks", "mask"}
        What a click does to a word.
    heads : sequence of int
        The heads' numbers, counted from 1, where there are several: each is drawn in its own hue.
    continued : sequence of m bool
        Whether a chip goes on with the word of the one before it. Default: none does.
    special : sequence of int
        [CLS] and [SEP].
    masked : sequence of int
        Words that nobody may look at.
    full : dict of int to str
        The whole words behind shortened ones.
    lines : bool
        Whether lines join the words; else the chips are a compact strip.
    name : str
        The file name (without ending) of what the reader takes home.
    source : str
        Where the numbers come from, for what the reader takes home.

    Raises
    ------
    ValueError
        If words, heads and weights disagree, or a weight is not finite.
    """
    weights = np.asarray(weights)
    size = len(words)
    if weights.shape != (max(1, len(heads)), size, size):
        raise ValueError(f"weights {weights.shape} do not fit {len(heads)} named heads and {size} words")
    if not np.isfinite(weights).all():
        raise ValueError("chips show finite weights only")
    moves_pin = "asks" if direction == "out" else "looks"
    return {
        "words": words,
        "weights": pack(weights),
        "heads": [int(head) for head in heads],
        "direction": direction,
        "asks": asks,
        "looks": [int(i) for i in looks],
        "pinned": asks if direction == "out" else next(iter(looks), None),
        "pins": role == moves_pin,
        "role": role,
        "continues": [i for i, same in enumerate(continued) if same],
        "special": [int(i) for i in special],
        "masked": [int(i) for i in masked],
        "full": {str(i): word for i, word in (full or {}).items()},
        "top": 1.0 if size <= COMPARABLE else float(weights.max()) or 1.0,
        "lines": lines,
        "sentence": sentence,
        "name": name,
        "source": source,
    }
