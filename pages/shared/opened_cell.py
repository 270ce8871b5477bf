"""One cell of an attention map, opened: q, k, their products, the sum, the division, the softmax."""

import numpy as np
import streamlit as st

from attention import AttentionTrace
from figures.formulas import softmax_steps
from figures.maps import MapText, map_payload
from figures.numbers import latex, signed
from figures.numbers import weight as number
from pages.shared.components import attention_map
from pages.shared.texts import plain, t, template


def opened_cell(
    attention: AttentionTrace,
    asks: int,
    looks: int,
    *,
    names: tuple[str, str],
    shown: np.ndarray,
    sinks: str,
    place: str,
) -> None:
    """Everything that made ``attention.weights[asks, looks]``, number by number.

    Parameters
    ----------
    attention : AttentionTrace
        Of one head: Q (n, d_k), K (n, d_k).
    asks, looks : int
        Row and column.
    names : (str, str)
        What to call them.
    shown : (n_shown,) int ndarray
        The positions in view; with ``sinks="renormalise"`` the row is divided by their sum, if there is any.
    place : str
        Names the head in the files a reader takes home.
    """
    q, k = attention.Q[asks], attention.K[looks]
    products = q * k
    weight = attention.weights[asks, looks]
    left = attention.weights[asks, shown].sum()
    rescaled = sinks == "renormalise" and left > 0
    printed = weight / left if rescaled else weight
    values = {"asks": names[0], "looks": names[1], "d_k": len(q)}
    largest = int(np.abs(products).argmax())
    numbers = np.stack([q, k, products])
    end = float(np.abs(numbers).max())

    st.subheader(plain(t("sentence.open.title", weight=number(printed), **values)), anchor=False)
    strips, steps = st.columns([4, 3], gap="large")
    with strips:
        attention_map(
            map_payload(
                numbers,
                ["q", "k", "q × k"],
                [str(i + 1) for i in range(len(q))],
                MapText(
                    row_title=t("sentence.open.row_title", **values),
                    column_title=t("sentence.open.column_title", d_k=len(q)),
                    low=t("sentence.open.low", value=signed(-end, 1)),
                    high=t("sentence.open.high", value=signed(end, 1)),
                    sentence=t(
                        "sentence.open.finding",
                        d_k=len(q),
                        score=signed(attention.scores[asks, looks]),
                        largest=signed(products[largest]),
                        dimension=largest + 1,
                    ),
                    hover=template("sentence.open.hover"),
                    name=f"cell-{place}-{asks}-{looks}",
                ),
                scale="diverging",
                cell=(6, 40),
            ),
            key="strips",
            tools=("png", "svg", "csv"),
        )
        with st.expander(t("sentence.open.products", d_k=len(q))):
            pairs = zip(q, k, strict=True)
            terms = " + ".join(rf"({signed(a)})({signed(b)})" for a, b in pairs)
            st.markdown(plain(f"{terms} ≈ {signed(attention.scores[asks, looks])}"))
    with steps:
        formulas = softmax_steps(attention, asks, looks)
        if rescaled:
            formulas.append(("rescale", rf"{latex(weight, 3)} \div {latex(left, 3)} = {latex(printed, 3)}"))
        for step, (name, formula) in enumerate(formulas, start=1):
            st.markdown(t(f"sentence.open.step_{name}", step=step))
            st.latex(formula)
