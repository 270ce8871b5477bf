"""What a sentence about the attention of a click says, in numbers, over the square that the network reads."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class AttentionFacts:
    """Where one token's attention over the patches goes, as shares of it.

    near : on the patch of the click and the eight around it; None where there is no click
    on_object : on the object, a patch that it covers in part counting in part
    area : the object's share of the picture
    beyond : on the padding that makes the picture square
    strongest : (row, column) of the patch with the most
    most : what that has
    """

    near: float | None
    on_object: float
    area: float
    beyond: float
    strongest: tuple[int, int]
    most: float


def attention_facts(
    weights: np.ndarray, logits: np.ndarray, patches: tuple[int, int], click: tuple[int, int] | None
) -> AttentionFacts:
    """Measure where attention goes.

    Parameters
    ----------
    weights : (g, g) ndarray
        Sums to 1.
    logits : (n g, n g) ndarray
        The object's mask over the same square, above 0 inside.
    patches : (rows, columns)
        In which there is something of the picture; it lies at the square's top left.
    click : (row, column), optional
        The patch of the click.
    """
    rows, columns = patches
    g = len(weights)
    covered = (logits > 0).reshape(g, len(logits) // g, g, -1).mean(axis=(1, 3))[:rows, :columns]
    inside = weights[:rows, :columns]
    near = None
    if click is not None:
        around = tuple(slice(max(0, at - 1), at + 2) for at in click)
        near = float(weights[around].sum())
    row, column = np.unravel_index(inside.argmax(), inside.shape)
    return AttentionFacts(
        near=near,
        on_object=float((inside * covered).sum()),
        area=float(covered.mean()),
        beyond=max(0.0, float(weights.sum() - inside.sum())),
        strongest=(int(row), int(column)),
        most=float(inside[row, column]),
    )
