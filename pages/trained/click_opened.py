"""The number of one patch, opened: the heads that it is the mean of, and one of them from q and k to its weight."""

import numpy as np
import streamlit as st

from attention.networks.promptable import PATCH
from figures.formulas import softmax_steps
from figures.numbers import signed
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
        weights = [number(float(weight)) for weight in heads]
        half = len(heads) // 2  # two rows of four, for a phone
        _table([names[:half], weights[:half], [f"**{name}**" for name in names[half:]], weights[half:]])
    one = view.one_head(head)
    at = row * (view.trace.frame.size // PATCH) + column
    steps = list(enumerate(softmax_steps(one, 0, at), start=1))
    for side, some in zip(st.columns(2, gap="large"), (steps[:2], steps[2:]), strict=True):
        with side:
            for step, (name, formula) in some:
                st.markdown(t(f"click.open.step_{name}", step=step, count=one.weights.shape[1]))
                st.latex(formula)
    with st.expander(t("click.open.products", head=head + 1, count=one.K.shape[1])):
        show_products(one.Q[0], one.K[at])


def show_products(q: np.ndarray, k: np.ndarray) -> None:
    """The products of two (d,) vectors, whose sum is a score, largest first."""
    rows = [[t(f"click.open.{part}") for part in ("number", "q", "k", "product")]]
    for i in np.argsort(-q * k, kind="stable"):
        rows.append([str(i + 1), *(signed(float(part)) for part in (q[i], k[i], q[i] * k[i]))])
    _table([*rows, [f"**{t('click.open.sum')}**", "", "", f"**{signed(float(q @ k))}**"]])


def _table(rows: list[list[str]]) -> None:
    head, *others = ["| " + " | ".join(row) + " |" for row in rows]
    st.markdown("\n".join([head, "|" + "--:|" * len(rows[0]), *others]))
