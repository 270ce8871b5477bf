"""How one number of a map is made of several: of heads drawn together, of the pieces of merged words."""

from collections.abc import Sequence

import numpy as np

from figures.numbers import latex

A_LINE = 4  # terms
MOST = 16  # terms; of more, the first and the last ones are printed


def sum_lines(weights: Sequence[float]) -> str:
    """The sum of some weights, written out for a formula: ``0.8 + 0.1 = 0.9``.

    Parameters
    ----------
    weights : (n,) sequence of float
    """
    return _in_lines(weights, " + ", rf" = {_term(float(np.sum(weights)))}")


def max_lines(weights: Sequence[float]) -> str:
    """The largest of some weights, written out: ``max(0.8, 0.1) = 0.8``."""
    return _in_lines(weights, r",\ ", rf") = {_term(float(np.max(weights)))}", begin=r"\max(")


def division(total: float, count: int) -> str:
    """A sum divided by how many went into it, written out."""
    return rf"{_term(total)} \div {count} = {_term(total / count)}"


def merged_cell(block: np.ndarray) -> tuple[np.ndarray, float]:
    """What each asking piece of a word gives to another word, and the mean of that.

    Parameters
    ----------
    block : (p, q) ndarray
        Weights of the p asking pieces on the q pieces looked at.

    Returns
    -------
    sums : (p,) float64 ndarray
    mean : float
        As `attention.merging.merge_weights` gives it for the two words.
    """
    sums = block.sum(-1, dtype=np.float64)  # (p,)
    return sums, float(sums.mean())


def _in_lines(weights: Sequence[float], between: str, end: str, begin: str = "") -> str:
    terms = [_term(float(weight)) for weight in weights]
    if len(terms) > MOST:
        terms = [*terms[: MOST - 3], r"\cdots", *terms[-2:]]
    lines = [between.join(terms[i : i + A_LINE]) for i in range(0, len(terms), A_LINE)]
    return r"\begin{aligned}&" + begin + (between + r"\\&").join(lines) + end + r"\end{aligned}"


def _term(weight: float) -> str:
    """Three decimals as on the map; a small number keeps two digits."""
    return latex(weight, 2) if 0 < weight < 0.001 else f"{weight:.3f}"
