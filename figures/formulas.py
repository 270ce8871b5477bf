"""How one weight was made, as formulas with its own numbers filled in."""

import math

import numpy as np

from attention import AttentionTrace
from figures.numbers import latex

LARGEST_EXPONENT = 50  # beyond it e^x is no number for people: the row's largest is taken off first


def softmax_steps(attention: AttentionTrace, asks: int, looks: int) -> list[tuple[str, str]]:
    """From q and k to the weight, step by step.

    Parameters
    ----------
    attention : AttentionTrace
        Of one head.
    asks, looks : int
        Row and column.

    Returns
    -------
    list of (name, LaTeX)
        The steps that were taken: "score", then "scale" or "unscaled", "mask" where nobody may look, "temperature"
        where it is not 1, and "softmax", which is "softmax_shifted" where the row's largest is taken off first, and
        "nobody" where the whole row is hidden.
    """
    d_k = attention.Q.shape[-1]
    score, scaled = float(attention.scores[asks, looks]), float(attention.scaled[asks, looks])
    steps = [("score", rf"q \cdot k = \sum_{{i=1}}^{{{d_k}}} q_i\,k_i = {score:.3f}")]
    if math.isclose(attention.scale, 1 / math.sqrt(d_k), rel_tol=1e-6):
        steps.append(("scale", rf"{score:.3f} \div \sqrt{{{d_k}}} = {scaled:.3f}"))
    else:
        steps.append(("unscaled", rf"{score:.3f} \times {latex(attention.scale)} = {scaled:.3f}"))

    row = attention.masked[asks].astype(np.float64)
    value = f"{row[looks]:.3f}"
    if np.isneginf(row[looks]):
        value = r"-\infty"
        steps.append(("mask", rf"{scaled:.3f} \to -\infty"))
    if attention.temperature != 1:
        row = row / attention.temperature
        cold = value if np.isneginf(row[looks]) else f"{row[looks]:.3f}"
        steps.append(("temperature", rf"{value} \div {attention.temperature:g} = {cold}"))
        value = cold
    if np.isneginf(row).all():
        return [*steps, ("nobody", "0")]
    name, shift = "softmax", ""
    if row.max() > LARGEST_EXPONENT:
        name, shift = "softmax_shifted", f" - {row.max():.3f}"
        row = row - row.max()
    powers = np.exp(row)
    weight = float(attention.weights[asks, looks])
    steps.append(
        (
            name,
            rf"\frac{{e^{{{value}{shift}}}}}{{\sum_j e^{{s_j{shift}}}}} = "
            rf"\frac{{{latex(powers[looks])}}}{{{latex(powers.sum())}}} = {latex(weight, 3)}",
        )
    )
    return steps
