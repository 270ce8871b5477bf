"""One row of weights as bars, largest first (drawn by assets/components/bars)."""

import numpy as np

MOST = 10  # bars; the rest is one line that says how many and how much


def bars_payload(
    weights: np.ndarray, labels: list[str], *, title: str, rest: str, note: str = "", chosen: int | None = None
) -> dict:
    """Everything the bars need, as plain JSON types.

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
