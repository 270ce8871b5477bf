"""The number of one pair of patches, opened: products of q and k, the bias of their distance, the softmax."""

import streamlit as st

from attention import AttentionTrace
from figures.formulas import softmax_steps
from figures.numbers import weight as number
from pages.shared.texts import t
from pages.trained.click_opened import show_products
from pages.trained.window_state import Patch, WindowView


def opened_pair(view: WindowView) -> None:
    """Everything that made the number of the patch that is looked at."""
    asks, looks = _short(view.asks), _short(view.looks)
    window, place = view.trace.find(*view.asks)
    _, other = view.trace.find(*view.looks)
    heads = view.trace.weights[window, :, place, other]
    head = int(heads.argmax()) if view.choice.head is None else view.choice.head
    value = number(float(view.values[view.looks]))
    names = {"asks": _long(view.asks), "looks": _long(view.looks)}
    st.subheader(t("windows.open.title", **names, value=value), anchor=False)
    if view.choice.head is None:
        said = ", ".join(number(float(weight)) for weight in heads)
        st.markdown(t("windows.open.mean", heads=said, value=value, head=head + 1))
    one = view.one_head(head)
    left, right = st.columns(2, gap="large")
    columns = [left, left, right, right]
    for step, (column, (name, formula)) in enumerate(zip(columns, _steps(one, place, other), strict=True), start=1):
        rows, across = view.apart
        values = {"step": step, "rows": rows, "columns": across, "head": head + 1, "count": one.weights.shape[1]}
        with column:
            st.markdown(t(f"windows.open.step_{name}", **values))
            st.latex(formula)
    with st.expander(t("windows.open.products", asks=asks, looks=looks, head=head + 1, count=one.Q.shape[1])):
        show_products(one.Q[place], one.K[other])


def _steps(one: AttentionTrace, place: int, other: int) -> list[tuple[str, str]]:
    """Score, scale, bias, softmax: names and formulas."""
    score, scale, softmax = softmax_steps(one, place, other)
    scaled, bias, added = (float(stage[place, other]) for stage in (one.scaled, one.mask, one.masked))
    sign = "-" if bias < 0 else "+"
    return [score, scale, ("bias", rf"{scaled:.3f} {sign} {abs(bias):.3f} \approx {added:.3f}"), softmax]


def _long(patch: Patch) -> str:
    return t("windows.open.patch", column=patch[1] + 1, row=patch[0] + 1)


def _short(patch: Patch) -> str:
    return t("patches.patch", column=patch[1] + 1, row=patch[0] + 1)
