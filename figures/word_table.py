"""How one word weighs the others, in aligned columns from q and k to the weight (drawn by assets/components/table)."""

import numpy as np

from attention.trace import AttentionTrace
from figures.packed import pack

ORDERS = ("position", "weight")


def word_table_payload(
    attention: AttentionTrace,
    asks: int,
    looks: int,
    labels: list[str],
    *,
    shown: np.ndarray,
    rescale: bool,
    order: str,
    numbers: bool,
) -> dict:
    """Every number of the table, as plain JSON types.

    The products of q and k are not among them: the browser multiplies, adds up and compares with the sums given.

    Parameters
    ----------
    attention : AttentionTrace
        Of one head without a mask, at temperature 1: Q (n, d_k), K (n, d_k), scores, scaled and weights (n, n).
    asks, looks : int
        The position that asks, and the one in `shown` whose row is pinned.
    labels : list of n str
        What to print for each position.
    shown : (m,) int ndarray
        The positions in view, ascending: the rows. The others are handed on as one sum.
    rescale : bool
        Whether the weights in view are divided by their sum.
    order : str
        One of `ORDERS`: as in the text, or the largest weight first.
    numbers : bool
        Whether the cells have their numbers printed.
    """
    n, d_k = attention.Q.shape
    weights, scaled = attention.weights[asks], attention.scaled[asks]
    left = float(weights[shown].sum(dtype=np.float64)) if rescale else 1.0
    in_view = weights[shown] / np.float32(left or 1.0)
    hidden = np.setdiff1d(np.arange(n), shown)
    rows = np.argsort(-in_view, kind="stable") if order == "weight" else np.arange(len(shown))
    return {
        "total": n,
        "dimensions": d_k,
        "asks": labels[asks],
        "labels": [labels[i] for i in shown],
        "positions": [int(i) for i in shown],
        "q": pack(attention.Q[asks]),
        "k": pack(attention.K[shown]),
        "scores": pack(attention.scores[asks, shown]),
        "scaled": pack(scaled[shown]),
        "weights": pack(in_view),
        "hidden": {
            "count": len(hidden),
            "weight": float(weights[hidden].sum(dtype=np.float64)),
            "exponentials": float(np.exp(scaled[hidden].astype(np.float64)).sum()),
        },
        "left": left,
        "rescaled": rescale,
        "sort": order,
        "order": rows.tolist(),
        "numbers": numbers,
        "chosen": int(np.searchsorted(shown, looks)),
    }
