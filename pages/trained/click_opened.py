"""The number of one patch, opened: the heads that it is the mean of, and one of them from q and k to its weight."""

import numpy as np
import streamlit as st

from figures.formulas import softmax_steps
from figures.numbers import percent, signed
from figures.numbers import weight as number
from pages.shared.texts import t
from pages.trained.click_view import ClickView


def opened_number(view: ClickView, patch: tuple[int, int]) -> None:
    """Everything that made the number of a patch, (row, column)."""
    row, column = patch
    heads = view.trace.to_picture[view.settings.look, :, view.token, row, column]  # (heads,)
    head = int(heads.argmax()) if view.settings.head is None else view.settings.head
    value = float(view.shown[patch])
    st.subheader(t("click.open.title", value=number(value), row=row + 1, column=column + 1), anchor=False)
    st.caption(t("click.open.who", who=view.who, look=t(f"click.look.{view.settings.look + 1}"), head=view.head_name))
    if view.settings.head is None:
        st.markdown(t("click.open.mean", value=number(value), head=head + 1))
        names = [t("click.heads.one_short", head=at + 1) for at in range(len(heads))]
        _table([names, [number(float(weight)) for weight in heads]])
    one = view.one_head(head)
    at = row * (view.trace.frame.size // 16) + column
    q, k = one.Q[0], one.K[at]
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(t("click.open.products", head=head + 1, count=len(q)))
        parts = [t(f"click.open.{part}") for part in ("q", "k", "product")]
        order = np.argsort(-q * k, kind="stable")
        lines = [f"| {t('click.open.number')} | " + " | ".join(parts) + " |", "|--:|--:|--:|--:|"]
        for i in order:
            lines.append(f"| {i + 1} | " + " | ".join(signed(float(part)) for part in (q[i], k[i], q[i] * k[i])) + " |")
        lines.append(f"| **{t('click.open.sum')}** | | | **{signed(float(q @ k))}** |")
        st.markdown("\n".join(lines))
    with right:
        for step, (name, formula) in enumerate(softmax_steps(one, 0, at), start=1):
            st.markdown(t(f"click.open.step_{name}", step=step, count=one.weights.shape[1]))
            st.latex(formula)
        st.caption(t("click.open.share", head=head + 1, share=percent(float(one.weights[0, at]))))


def _table(rows: list[list[str]]) -> None:
    head, *others = ["| " + " | ".join(row) + " |" for row in rows]
    st.markdown("\n".join([head, "|" + "--:|" * len(rows[0]), *others]))
