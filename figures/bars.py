"""Shares as bars, largest first (drawn by assets/components/bars)."""

from collections.abc import Sequence

import numpy as np

MOST = 10  # bars; the rest is one line that says how many and how much


def bars_payload(
    weights: np.ndarray, labels: list[str], *, title: str, rest: str, note: str = "", chosen: int | None = None
) -> dict:
    """One row of weights: the largest as bars, the rest in a line.

    Parameters
    ----------
    weights : (n,) ndarray
        Shares from 0 to 1.
    labels : list of str
        One a weight.
    title : str
        What the bars are.
    rest : str
        Template for what is not drawn, with ``{count}`` and ``{share}`` (in percent).
    note : str
        What else there is to say under the bars.
    chosen : int, optional
        The index of the pinned word; it is drawn even when it is not among the largest.
    """
    order = np.argsort(-weights, kind="stable")
    shown = [int(i) for i in order[:MOST]]
    if chosen is not None and chosen not in shown:
        shown[-1] = chosen
    left_over = len(weights) - len(shown)
    share = 100 * (float(weights.sum()) - float(weights[shown].sum()))
    said = rest.format(count=left_over, share=f"{max(share, 0):.1f}") if left_over else ""
    return {
        "title": title,
        "items": [{"index": i, "label": labels[i], "value": float(weights[i])} for i in shown],
        "rest": " · ".join(filter(None, [said, note])),
        "chosen": chosen,
    }


def ranking_payload(
    shares: Sequence[float],
    labels: Sequence[str],
    notes: Sequence[str],
    *,
    title: str,
    references: Sequence[tuple[float, str]],
    more: tuple[str, str],
    chosen: int | None = None,
    first: int = MOST,
) -> dict:
    """Everything that was ranked, in its order, the end folded away; an index is a place in this ranking.

    Parameters
    ----------
    shares : sequence of m float
        From 0 to 1, largest first.
    labels, notes : sequences of m str
        A bar with a note is marked (hatched).
    references : sequence of (value, label)
        Two at most: lines that every bar is held against.
    more : (str, str)
        What the button says that unfolds the list, and folds it again.
    first : int
        Bars that stand before anything is unfolded.
    """
    return {
        "title": title,
        "items": [
            {"index": i, "label": label, "value": float(share), "note": note}
            for i, (share, label, note) in enumerate(zip(shares, labels, notes, strict=True))
        ],
        "rest": "",
        "references": [{"value": float(value), "label": label} for value, label in references],
        "first": first,
        "more": {"more": more[0], "less": more[1]},
        "chosen": chosen,
    }
