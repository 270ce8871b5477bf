"""A weighted sum as a table: its largest products one by one, the others together."""

import numpy as np
import streamlit as st

from figures.numbers import signed
from pages.shared.texts import t

PRINTED = 8  # products


def weighted_sum(values: np.ndarray, weights: np.ndarray, bias: float | None, kind: str) -> float:
    """Show ``values · weights + bias``, and return it.

    Parameters
    ----------
    values, weights : (n,) ndarray
    bias : float, optional
    kind : {"channel", "unit", "map"}
        What is summed over.
    """
    values, weights = values.astype(np.float64), weights.astype(np.float64)
    products = values * weights
    order = np.argsort(-np.abs(products), kind="stable")

    def line(name: str, product: float, *factors: str) -> str:
        value, weight = factors or ("", "")
        return f"| {name} | {value} | {weight} | {signed(product, 4)} |"

    lines = [
        line(t(f"attention_off.sum.{kind}_name", number=i + 1), products[i], signed(values[i], 4), _weight(weights[i]))
        for i in order[:PRINTED]
    ]
    if len(order) > PRINTED:
        lines.append(line(t("attention_off.sum.rest", count=len(order) - PRINTED), products[order[PRINTED:]].sum()))
    if bias is not None:
        lines.append(line(t("attention_off.sum.bias"), float(bias)))
    total = float(products.sum()) + float(bias or 0.0)
    lines.append(f"| **{t('attention_off.sum.total')}** | | | **{signed(total, 4)}** |")
    heads = [t(f"attention_off.sum.head_{column}") for column in (kind, "weight", "product")]
    st.markdown("\n".join([f"| | {heads[0]} | {heads[1]} | {heads[2]} |", "|:--|--:|--:|--:|", *lines]))
    return total


def _weight(value: float) -> str:
    """Four significant digits, also of a small one: its product with a large number is to be checked."""
    return f"{value:#.4g}".replace("-", "−")
