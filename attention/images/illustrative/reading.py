"""From named channels to the matrices that weights are made of."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np


def matrix(rows: Iterable[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    """Rows written as {channel: weight}, as one matrix: (rows, C) float32; what is not named is 0."""
    return np.array([[row.get(name, 0) for name in names] for row in rows], np.float32)
