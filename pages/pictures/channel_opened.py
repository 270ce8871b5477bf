"""The opened channel's gate, down to the products and sums that made it."""

import numpy as np
import streamlit as st

from figures.maps import MapText, map_payload
from figures.numbers import signed
from pages.pictures.channel_rows import unit_names
from pages.pictures.channel_view import View
from pages.shared.components import attention_map
from pages.shared.texts import plain, t, template


def opened_gate(view: View, pixel: tuple[int, int]) -> None:
    """Everything that made the opened gate. A pulled one says so, and shows what it would be."""
    gate = f"{view.applied_means[view.channel]:.3f}"
    st.subheader(t("channel.sum.title", name=view.name, gate=gate), anchor=False)
    if view.code in view.choice.pulled:
        st.markdown(t("channel.sum.by_hand", gate=gate))
    if view.choice.mechanism == "ge":
        _gathered(view, pixel)
        return
    _squeezed(view)
    if view.choice.mechanism == "eca":
        _neighbours(view)
    else:
        _layers(view)
    z = float(view.trace.logits[view.channel])
    st.latex(sigmoid_formula(z, float(view.gates[view.channel])))


def sigmoid_formula(z: float, gate: float) -> str:
    """The last step of every gate, in LaTeX."""
    return rf"\sigma({z:.3f}) = \frac{{1}}{{1 + e^{{{-z:.3f}}}}} = {gate:.3f}"


def _squeezed(view: View) -> None:
    both = len(view.squeezed) > 1
    mean = t(
        "channel.sum.mean_max" if both else "channel.sum.mean",
        pixels=f"{view.maps[0].size:,}",
        value=f"{view.squeezed['avg'][view.channel]:.3f}",
        **({"maximum": f"{view.squeezed['max'][view.channel]:.3f}"} if both else {}),
    )
    st.markdown(t("channel.sum.squeeze", mean=mean))


def _layers(view: View) -> None:
    """The hidden units, their weights for this channel, the products, and the sums."""
    weights, i, both = view.weights, view.channel, len(view.hidden) > 1
    units = unit_names(view)
    st.markdown(t("channel.sum.layer1_both" if both else "channel.sum.layer1", units=len(units)))
    with st.expander(t("channel.sum.units_open")):
        for path in view.hidden:
            if both:
                st.markdown(f"**{t(f'channel.sum.path_{path}')}**")
            for unit, label in enumerate(units):
                st.markdown(plain(f"{label} = {_unit(view, path, unit)}"))
    st.markdown(t("channel.sum.layer2", name=view.name))
    matrix(
        np.stack([*view.hidden.values(), weights.W2[i]]),
        [*(t(f"channel.sum.row_{path}") for path in view.hidden), t("channel.sum.row_weight")],
        units,
        rows="channel.sum.row_title",
        columns="channel.sum.column_title",
        sentence=t("channel.sum.finding", name=view.name),
        key="hidden_units",
    )
    sums = []
    for path, hidden in view.hidden.items():
        terms = [rf"{w:+.2f} \cdot {v:.3f} " for w, v in zip(weights.W2[i], hidden, strict=True) if w]
        sums.append(float(hidden @ weights.W2[i] + weights.b2[i]))
        name = rf"z_{{\text{{{path}}}}}" if both else "z"
        st.latex(rf"{name} = {''.join(terms).removeprefix('+')}{weights.b2[i]:+.2f} = {sums[-1]:.3f}")
    st.markdown(t("channel.sum.add" if both else "channel.sum.sigmoid"))
    if both:
        st.latex(rf"z = {sums[0]:.3f} {sums[1]:+.3f} = {float(view.trace.logits[i]):.3f}")


def _unit(view: View, path: str, unit: int) -> str:
    """One hidden unit written out: what it reads, its bias, and what ReLU leaves."""
    weights, squeezed = view.weights, view.squeezed[path]
    reads = [
        f"{_sign(w)} {abs(w):.2f} × {squeezed[c]:.3f} ({view.names[c]})" for c, w in enumerate(weights.W1[unit]) if w
    ]
    bias = weights.b1[unit]
    total = " ".join([*reads, f"{_sign(bias)} {abs(bias):.2f}"]).removeprefix("+ ")
    before = float(weights.W1[unit] @ squeezed + bias)
    return f"ReLU({total}) = ReLU({signed(before)}) = {signed(float(view.hidden[path][unit]))}"


def _sign(value: float) -> str:
    return "−" if value < 0 else "+"


def _neighbours(view: View) -> None:
    """The means under the kernel, times its numbers."""
    kernel, i, squeezed = view.weights, view.channel, view.squeezed["avg"]
    k, pad = len(kernel), len(kernel) // 2
    st.markdown(t("channel.sum.kernel", name=view.name, k=k))
    means = np.pad(squeezed, pad)[i : i + k]
    products = means * kernel
    places = range(i - pad, i + pad + 1)
    beyond = t("channel.sum.beyond")
    matrix(
        np.stack([means, kernel, products]),
        [t(f"channel.sum.row_{row}") for row in ("means", "kernel", "products")],
        [view.names[place] if 0 <= place < len(squeezed) else beyond for place in places],
        rows="channel.sum.kernel_row_title",
        columns="channel.sum.kernel_column_title",
        sentence=t("channel.sum.kernel_finding", total=signed(float(view.trace.logits[i]))),
        key="neighbours",
    )
    terms = "".join(rf"{w:+.2f} \cdot {v:.3f} " for w, v in zip(kernel, means, strict=True)).removeprefix("+")
    st.latex(rf"z = {terms} = {float(view.trace.logits[i]):.3f}")


def _gathered(view: View, pixel: tuple[int, int]) -> None:
    """The mean around a place, or of the whole channel, and its sigmoid."""
    i = view.channel
    if not view.by_place:
        z = float(view.trace.gathered[i, 0, 0])
        st.markdown(t("channel.sum.ge_all", pixels=f"{view.maps[0].size:,}"))
        st.latex(sigmoid_formula(z, float(view.gates[i])))
        return
    row, column = pixel
    gate = float(view.gates[i][pixel])
    z = float(np.log(gate / (1 - gate)))
    window = 2 * view.choice.number - 1
    st.markdown(
        t("channel.sum.ge_cell", row=row + 1, column=column + 1, name=view.name, window=window, value=f"{z:.3f}")
    )
    st.latex(sigmoid_formula(z, gate))


def matrix(
    values: np.ndarray, labels: list[str], columns_: list[str], *, rows: str, columns: str, sentence: str, key: str
) -> None:
    """A few signed numbers as a map; `rows` and `columns` are the keys of the titles of its axes."""
    text = MapText(
        row_title=t(rows),
        column_title=t(columns),
        low=t("channel.sum.low"),
        high=t("channel.sum.high"),
        sentence=sentence,
        hover=template("channel.sum.hover"),
        name=key.replace("_", "-"),
    )
    payload = map_payload(values, labels, columns_, text, scale="diverging", cell=(6, 56))
    attention_map(payload, key=key, tools=("png", "svg", "csv"))
