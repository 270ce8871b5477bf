"""What the timeline of one dot product, the softmax and the mixture draws (assets/components/timeline)."""

from collections.abc import Callable, Sequence

import numpy as np

from attention.walkthrough import Walkthrough
from figures.printed import exact, is_short, print_matrix, short
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
        ``say(key, **values)`` gives a text: "block.<block>", "cell" and "cell_only" (of a block with one number in a
        row), "comma", "semicolon", "sum_of", and "beat.<beat>.name", ".title" and ".text" for every beat.

    Raises
    ------
    ValueError
        If there is not a word for every row.
    """
    if len(words) != len(road.Q):
        raise ValueError(f"{len(words)} words for {len(road.Q)} rows")
    matrices = _matrices(road, asks)
    made = _made(road, asks, matrices)
    about = _about(road, words, asks, looks, matrices, made, say)
    return {
        "rows": list(words),
        "asks": asks,
        "looks": looks,
        "time": time,
        "blocks": {
            name: _block(name, values, made.get(name), [words[asks]] if len(values) == 1 else words, about, say)
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


def _made(road: Walkthrough, asks: int, matrices: dict[str, np.ndarray]) -> dict[str, list[list[str]]]:
    """How every number of a block is made, written out; q, k and v are given, so they are not here."""
    root, total = np.sqrt(road.Q.shape[1]), matrices["raised"].sum()
    products, taken = matrices["products"], matrices["taken"]
    scores, scaled, raised, weights = (matrices[name][:, 0] for name in ("scores", "scaled", "raised", "weights"))
    return {
        "products": [
            [_makes(f"{_bracketed(q)} × {_bracketed(k)}", q * k) for q, k in zip(road.Q[asks], key, strict=True)]
            for key in road.K
        ],
        "scores": [[summed(row)] for row in products],
        "scaled": [[_makes(f"{short(score)} ÷ {short(root)}", score / root)] for score in scores],
        "raised": [
            [_makes(f"e^{_bracketed(power)}", power_of_e)] for power, power_of_e in zip(scaled, raised, strict=True)
        ],
        "weights": [
            [_makes(f"{short(part)} ÷ {short(total)}", share)] for part, share in zip(raised, weights, strict=True)
        ],
        "taken": [
            [_makes(f"{short(share)} × {_bracketed(v)}", share * v) for v in value]
            for share, value in zip(weights, road.V, strict=True)
        ],
        "output": [[summed(column) for column in taken.T]],
    }


def _block(
    name: str, values: np.ndarray, made: list[list[str]] | None, rows: Sequence[str], about: dict, say: Say
) -> dict:
    title = say(f"block.{name}", **about)
    made = made or [[exact(value) for value in line] for line in values]
    cell = "cell" if values.shape[1] > 1 else "cell_only"
    return {
        "title": title,
        "values": values.tolist(),
        "texts": print_matrix(values, places=_DECIMALS.get(name)),
        "names": [
            [say(cell, block=title, row=row, column=column + 1, value=value) for column, value in enumerate(line)]
            for row, line in zip(rows, made, strict=True)
        ],
    }


def _about(
    road: Walkthrough,
    words: Sequence[str],
    asks: int,
    looks: int,
    matrices: dict[str, np.ndarray],
    made: dict[str, list[list[str]]],
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
        "sums": say("semicolon").join(
            _unbroken(say("sum_of", word=word, sum=text)) for word, (text,) in zip(words, made["scores"], strict=True)
        ),
        "scaled": _listed(road.scaled[asks], say),
        "raised": say("comma").join(_column(matrices, "raised")),
        "total": short(matrices["raised"].sum(), 2),
        "finding": finding(weights, list(words), say),
        "mixture": " + ".join(f"{weight:.2f}·v({word})" for weight, word in zip(weights, words, strict=True)),
        "taken": _unbroken(made["taken"][looks][0]),
        "output": _unbroken(made["output"][0][0]),
    }


def _column(matrices: dict[str, np.ndarray], name: str) -> list[str]:
    """The only column of a block as it is printed."""
    return [text for (text,) in print_matrix(matrices[name], places=_DECIMALS.get(name))]


def added(values: Sequence[float]) -> str:
    """A sum written out: "2 + 6 − 2"."""
    first, *others = values
    return short(first) + "".join(f" {'−' if value < 0 else '+'} {short(abs(value))}" for value in others)


def summed(values: Sequence[float]) -> str:
    """A sum with what it comes to: "2 + 6 − 2 = 6", and "≈" as soon as one of its numbers is rounded."""
    total = float(np.sum(values))
    return f"{added(values)} {'=' if all(map(is_short, (*values, total))) else '≈'} {short(total)}"


def _makes(text: str, value: float) -> str:
    return f"{text} {'=' if is_short(value) else '≈'} {short(value)}"


def _unbroken(text: str) -> str:
    """Arithmetic that no line end parts."""
    return text.replace(" ", "\u00a0")


def _bracketed(value: float) -> str:
    return f"({short(value)})" if value < 0 else short(value)


def _listed(values: Sequence[float], say: Say) -> str:
    return say("comma").join(short(value) for value in values)
