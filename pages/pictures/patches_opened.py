"""The number of one pair of patches, opened: products, each with its channel's name, their sum, the softmax."""

import numpy as np
import streamlit as st

from figures.formulas import softmax_steps
from figures.numbers import percent, signed
from figures.numbers import weight as number
from pages.pictures.patches_view import PatchView
from pages.shared.texts import plain, t

PRINTED = 40  # products; of more than these the largest are printed, and the rest is one sum
LARGEST = 20


def opened_pair(view: PatchView) -> None:
    """Everything that made the number of the patch that is looked at."""
    looked = view.short(view.looked)
    asks = t("patches.box") if view.pins.box else view.short(view.asking[0])
    trace = view.trace
    made = "channels" if view.over_channels else "places"
    value = float(view.row[view.looked])
    printed = signed(value) if view.over_channels else number(value)
    st.subheader(t("patches.open.title", asks=asks, looks=looked, value=printed), anchor=False)
    if view.over_channels:
        first, second = trace.weights[0], trace.V[:, view.looked]
    else:
        first, second = trace.Q[0], trace.K[view.looked]
    products = first * second
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.caption(t(f"patches.open.caption_{made}", asks=asks, looks=looked))
        _table(view, made, first, second, products)
    with right:
        if view.over_channels:
            _channel_steps(view, products)
        else:
            _steps(view)


def _table(view: PatchView, made: str, first: np.ndarray, second: np.ndarray, products: np.ndarray) -> None:
    """The products, largest first; where there are hundreds, those that matter most."""
    heads = [t(f"patches.open.{made}.{part}") for part in ("channel", "first", "second", "product")]
    lines = ["| " + " | ".join(heads) + " |", "|:--|--:|--:|--:|"]
    order = np.argsort(-products, kind="stable")
    if len(order) > PRINTED:
        largest = set(np.argsort(-np.abs(products), kind="stable")[:LARGEST].tolist())
        order = [i for i in order if i in largest]
    for i in order:
        numbers = (signed(float(part[i])) for part in (first, second, products))
        lines.append(f"| {plain(view.names[i])} | " + " | ".join(numbers) + " |")
    if rest := len(products) - len(order):
        together = float(products.sum() - products[order].sum())
        lines.append(f"| {t('learned.rest', count=rest)} | | | {signed(together)} |")
    lines.append(f"| **{t('patches.open.sum')}** | | | **{signed(float(products.sum()))}** |")
    st.markdown("\n".join(lines))


def _steps(view: PatchView) -> None:
    """From the sum to the weight."""
    trace, looked = view.trace, view.looked
    if view.settings.temperature == 0:
        best = int(trace.scaled[0].argmax())
        st.markdown(
            t(
                "patches.open.hard",
                score=signed(float(trace.scores[0, looked])),
                best=signed(float(trace.scores[0, best])),
                **view.place(best),
            )
        )
        return
    for step, (name, formula) in enumerate(softmax_steps(trace, 0, looked), start=1):
        st.markdown(t(f"patches.open.step_{name}", step=step))
        st.latex(formula)


def _channel_steps(view: PatchView, products: np.ndarray) -> None:
    """Where the weight of the opened channel comes from, and the sum that is the number."""
    trace, channel = view.trace, view.weighed
    share = percent(float(trace.weights[0, channel]))
    st.markdown(t("patches.open.weight", name=view.names[channel], share=share, count=trace.Q.shape[1]))
    if view.settings.temperature:
        for _, formula in softmax_steps(trace, 0, channel)[1:]:
            st.latex(formula)
    st.markdown(t("patches.open.mixture"))
    st.latex(rf"\sum_c w_c\,v_c = {products.sum():.3f}")
