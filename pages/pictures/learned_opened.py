"""The gate of an opened trained channel, down to the products and sums that made it."""

import numpy as np
import streamlit as st

from pages.pictures.channel_opened import matrix, sigmoid_formula
from pages.pictures.learned_view import LearnedView
from pages.shared.texts import t

UNITS = 8  # hidden units whose products are shown; the rest is one sum


def learned_gate(view: LearnedView) -> None:
    """Squeeze, two layers, sigmoid, with this channel's numbers."""
    channel, block, weights = view.channel, view.gated, view.weights
    name, own = view.name(channel), float(block.own[channel])
    st.subheader(t("channel.sum.title", name=name, gate=f"{view.applied[channel]:.3f}"), anchor=False)
    if channel in view.pulled:
        st.markdown(t("channel.sum.by_hand", gate=f"{view.applied[channel]:.3f}"))
    mean = t("learned.sum.mean", places=block.X[0].size, value=f"{block.squeezed[channel]:.3f}")
    st.markdown(t("channel.sum.squeeze", mean=mean))
    awake = int((block.hidden > 0).sum())
    st.markdown(t("learned.sum.layer1", channels=view.count, units=len(block.hidden), awake=awake))
    products = block.hidden * weights.W2[channel]
    first = np.argsort(-np.abs(products), kind="stable")[:UNITS]
    st.markdown(t("learned.sum.layer2", name=name, shown=len(first)))
    matrix(
        np.stack([block.hidden[first], weights.W2[channel][first], products[first]]),
        [t(f"learned.sum.row_{row}") for row in ("unit", "weight", "product")],
        [t("learned.sum.unit", number=i + 1) for i in first],
        rows="learned.sum.row_title",
        columns="learned.sum.column_title",
        sentence=t("learned.sum.finding", name=name),
        key="learned_units",
    )
    shown, bias = float(products[first].sum()), float(weights.b2[channel])
    rest = float(products.sum()) - shown
    z = shown + rest + bias
    st.markdown(t("learned.sum.add", rest=len(products) - len(first)))
    st.latex(rf"z = {shown:.3f} {rest:+.3f} {bias:+.3f} = {z:.3f}")
    st.latex(sigmoid_formula(z, own))
