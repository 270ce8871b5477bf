"""One cell of the road opened: the products, sums and exponentials that made its number, as coloured pieces of text.

A piece is ``[text, role]``; the role is a matrix of the palette ("Q", "K", ...), "up" for an exponent, or "".
"""

import math
from collections.abc import Callable

import numpy as np

from attention.walkthrough import INPUTS, Walkthrough
from figures.printed import is_short, percent_of, short

FOLD = 8  # terms; more than these are folded away under their number
_LARGEST_EXPONENT = 50  # beyond it e^x is no number for people: the row's largest score is taken off first


def open_cell(
    road: Walkthrough,
    words: list[str],
    asking: list[str],
    cell: tuple[str, int, int],
    say: Callable[..., str],
) -> dict:
    """Where a number comes from.

    Returns
    -------
    dict
        ``title``, ``sentence``, ``lead`` (pieces), ``terms`` (each with its pieces and a note; joined by +), ``tail``
        (pieces), ``fold`` (the label the terms are folded under, or ""), ``sources`` (the rows and columns that
        were used: ``[name, "row" or "column", index]``), ``value`` (the number in full).
    """
    name, row, column = cell
    value = float(getattr(road, name)[row, column])
    lead, terms, tail, sources = _ARITHMETIC.get(name, _input)(road, words, row, column)
    from_words = asking if name in ("Y", "Q", "scores", "scaled", "weights", "output") else words
    names = {
        "word": "" if name.startswith("W_") else from_words[row],
        "other": words[column] if name in ("scores", "scaled", "weights") else "",
        "row": row + 1,
        "column": column + 1,
        "value": short(value),
        "percent": percent_of(value) if name == "weights" else "",
        "matrix": name,
    }
    key = "W" if name.startswith("W_") else name
    overwritten = cell in road.overwritten
    said = ("overwritten_input" if name in INPUTS else "overwritten") if overwritten else f"open.{key}.text"
    return {
        "title": say(f"open.{key}.title", **names),
        "sentence": say(said, **names),
        "lead": lead,
        "terms": terms,
        "tail": tail,
        "fold": say("fold", count=len(terms)) if len(terms) > FOLD else "",
        "sources": sources,
        "value": repr(value),
    }


def _result(value: float) -> list:
    return [[" = " if is_short(value) else " ≈ ", ""], [short(value), "result"]]


def _factor(value: float) -> str:
    return f"({short(value)})" if value < 0 else short(value)


def _products(left, right, left_role: str, right_role: str, notes: list[str]) -> tuple[list, list]:
    """The terms of a dot product, and its result."""
    terms = [
        {"pieces": [[_factor(a), left_role], [" × ", ""], [_factor(b), right_role]], "note": note}
        for a, b, note in zip(left, right, notes, strict=True)
    ]
    return terms, _result(math.fsum(np.multiply(left, right)))


def _input(road, words, row, column):
    return [], [], [], []


def _projected(words_name: str, weights_name: str, role: str):
    def arithmetic(road, words, row, column):
        left, right = getattr(road, words_name)[row], getattr(road, weights_name)[:, column]
        terms, tail = _products(left, right, "X", role, [""] * len(left))
        source = words_name if road.cross else "X"
        return [], terms, tail, [[source, "row", row], [weights_name, "column", column]]

    return arithmetic


def _score(road, words, row, column):
    terms, tail = _products(road.Q[row], road.K[column], "Q", "K", [""] * road.Q.shape[1])
    return [], terms, tail, [["Q", "row", row], ["K", "row", column]]


def _scaled(road, words, row, column):
    score, d_k = float(road.scores[row, column]), road.Q.shape[1]
    lead = [[short(score), ""], [f" ÷ √{d_k} {'=' if math.isqrt(d_k) ** 2 == d_k else '≈'} ", ""]]
    lead += [[f"{short(score)} ÷ {short(math.sqrt(d_k))}", ""]]
    return lead, [], _result(score * road.scale), [["scores", "cell", row, column]]


def _weight(road, words, row, column):
    scaled = road.scaled[row]
    if np.abs(scaled).max() > _LARGEST_EXPONENT:
        largest = float(scaled.max())
        raised = [f"{short(value)} − {_factor(largest)}" for value in scaled]
        powers = np.exp(scaled - largest)
    else:
        raised, powers = [short(value) for value in scaled], np.exp(scaled)
    total = math.fsum(powers)
    lead = [["e", ""], [raised[column], "up"], [" ÷ ( ", ""]]
    terms = [{"pieces": [["e", ""], [up, "up"]], "note": word} for up, word in zip(raised, words, strict=True)]
    tail = [[f" ) ≈ {short(powers[column])} ÷ {short(total)}", ""], *_result(powers[column] / total)]
    return lead, terms, tail, [["scaled", "row", row]]


def _mixed(road, words, row, column):
    terms, tail = _products(road.weights[row], road.V[:, column], "weight", "V", words)
    return [], terms, tail, [["weights", "row", row], ["V", "column", column]]


_ARITHMETIC = {
    "Q": _projected("Y", "W_Q", "Q"),
    "K": _projected("X", "W_K", "K"),
    "V": _projected("X", "W_V", "V"),
    "scores": _score,
    "scaled": _scaled,
    "weights": _weight,
    "output": _mixed,
}
