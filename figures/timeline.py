"""What the timeline of one dot product, the softmax and the mixture draws (assets/components/timeline)."""

from collections.abc import Callable, Sequence

import numpy as np

from attention.walkthrough import Walkthrough
from figures.printed import exact, print_matrix, short
from figures.stages import finding

BEATS = ("ready", "pair", "multiply", "collapse", "others", "scale", "raise", "softmax", "take", "mix")
# The blocks that a beat is about.
_ACTIVE = {
    "ready": ("query", "keys", "values"),
    "pair": ("query", "keys"),
    "multiply": ("products",),
    "collapse": ("scores",),
    "others": ("products", "scores"),
    "scale": ("scaled",),
    "raise": ("raised",),
    "softmax": ("weights",),
    "take": ("values", "taken"),
    "mix": ("output",),
}
_DECIMALS = {"weights": 2, "taken": 2, "output": 2}

Say = Callable[..., str]  # (key, **values) -> a sentence in the reader's language


def timeline_payload(road: Walkthrough, words: Sequence[str], asks: int, looks: int, time: float, say: Say) -> dict:
    """Everything the component needs, as plain JSON types.

    Parameters
    ----------
    road : Walkthrough
        Of self-attention over n words.
    words : sequence of str
        One a row of Q, K and V.
    asks : int
        The row of the word that asks.
    looks : int
        The row of the word whose dot product is shown step by step.
    time : float
        How far it has come: at 3 the first three beats after the start are done, at 3.5 the next one is half done.
    say : callable
        ``say(key, **values)`` gives a text: "block.<block>", "cell", "number", and "beat.<beat>.name", ".title" and
        ".text" for every beat.

    Raises
    ------
    ValueError
        If there is not a word for every row.
    """
    if len(words) != len(road.Q):
        raise ValueError(f"{len(words)} words for {len(road.Q)} rows")
    matrices = _matrices(road, asks)
    about = _about(road, words, asks, looks, matrices, say)
    return {
        "rows": list(words),
        "asks": asks,
        "looks": looks,
        "time": time,
        "blocks": {
            name: _block(name, values, [words[asks]] if len(values) == 1 else words, about, say)
            for name, values in matrices.items()
        },
        "beats": [
            {
                "name": say(f"beat.{code}.name", **about),
                "title": say(f"beat.{code}.title", **about),
                "text": say(f"beat.{code}.text", **about),
                "blocks": list(_ACTIVE[code]),
            }
            for code in BEATS
        ],
    }


def _matrices(road: Walkthrough, asks: int) -> dict[str, np.ndarray]:
    """The numbers of every block, a row for each word (one for the query and the output)."""
    weights = road.weights[asks, :, None]
    return {
        "query": road.Q[asks : asks + 1],
        "keys": road.K,
        "products": road.Q[asks] * road.K,
        "scores": road.scores[asks, :, None],
        "scaled": road.scaled[asks, :, None],
        "raised": np.exp(road.scaled[asks, :, None]),
        "weights": weights,
        "values": road.V,
        "taken": weights * road.V,
        "output": road.output[asks : asks + 1],
    }


def _block(name: str, values: np.ndarray, rows: Sequence[str], about: dict, say: Say) -> dict:
    title = say(f"block.{name}", **about)
    return {
        "title": title,
        "values": values.tolist(),
        "texts": print_matrix(values, places=_DECIMALS.get(name)),
        "names": [
            [
                say("cell", block=title, row=row, column=column + 1, value=exact(value))
                for column, value in enumerate(line)
            ]
            for row, line in zip(rows, values, strict=True)
        ],
    }


def _about(
    road: Walkthrough,
    words: Sequence[str],
    asks: int,
    looks: int,
    matrices: dict[str, np.ndarray],
    say: Say,
) -> dict[str, object]:
    """What the sentences may name."""
    query, key, products = road.Q[asks], road.K[looks], matrices["products"][looks]
    d_k = road.Q.shape[1]
    weights = road.weights[asks]
    return {
        "word": words[asks],
        "other": words[looks],
        "count": len(words) - 1,
        "d_k": d_k,
        "root": short(np.sqrt(d_k)),
        "pairs": say("comma").join(
            f"{_bracketed(q)}·{_bracketed(k)} = {short(q * k)}" for q, k in zip(query, key, strict=True)
        ),
        "sum": added(products),
        "score": short(road.scores[asks, looks]),
        "scores": _listed(road.scores[asks], say),
        "scaled": _listed(road.scaled[asks], say),
        "raised": say("comma").join(_column(matrices, "raised")),
        "total": short(matrices["raised"].sum(), 2),
        "finding": finding(weights, list(words), say),
        "mixture": " + ".join(f"{weight:.2f}·v({word})" for weight, word in zip(weights, words, strict=True)),
        "output": say("comma").join(print_matrix(matrices["output"], places=_DECIMALS["output"])[0]),
    }


def _column(matrices: dict[str, np.ndarray], name: str) -> list[str]:
    """The only column of a block as it is printed."""
    return [text for (text,) in print_matrix(matrices[name], places=_DECIMALS.get(name))]


def added(values: Sequence[float]) -> str:
    """A sum written out: "2 + 6 − 2"."""
    first, *others = values
    return short(first) + "".join(f" {'−' if value < 0 else '+'} {short(abs(value))}" for value in others)


def _bracketed(value: float) -> str:
    return f"({short(value)})" if value < 0 else short(value)


def _listed(values: Sequence[float], say: Say) -> str:
    return say("comma").join(short(value) for value in values)
