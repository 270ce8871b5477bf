"""Two numbers of the picture page, opened: a channel's gate, and the mask at a pixel."""

import numpy as np
import streamlit as st

from attention.images import SqueezeExcitationWeights
from attention.images.illustrative import SEESAWS
from figures.maps import MapText, map_payload
from figures.numbers import signed
from pages.shared.components import attention_map
from pages.shared.picture_view import View
from pages.shared.texts import plain, t, template

PATHS = ("avg", "max")  # of the channel gate
PLANES = ("max", "mean")  # of the spatial mask


def opened_gate(view: View) -> None:
    """Everything that made the gate of the opened channel."""
    i, channel = view.channel, view.trace.channel
    weights = view.weights.channel_weights(view.channels.names)
    average, maximum = (float(channel.squeezed[path][i]) for path in PATHS)
    z_average, z_maximum = (float(channel.path_logits[path][i]) for path in PATHS)
    z, gate, name = float(channel.logits[i]), float(channel.gates[i]), view.names[i]

    st.markdown(f"**{plain(t('picture.gate.title', name=name, gate=f'{gate:.3f}'))}**")
    st.markdown(t("picture.gate.squeeze", average=f"{average:.3f}", maximum=f"{maximum:.3f}"))
    st.markdown(t("picture.gate.hidden", units=len(weights.W1)))
    units = [t(f"picture.unit.{unit}") for unit in list(SEESAWS)[: len(weights.W1)]]
    attention_map(
        map_payload(
            np.stack([channel.hidden["avg"], channel.hidden["max"], weights.W2[i]]),
            [t("picture.gate.row_average"), t("picture.gate.row_maximum"), t("picture.gate.row_weight")],
            units,
            MapText(
                row_title=t("picture.gate.row_title"),
                column_title=t("picture.gate.column_title"),
                low=t("picture.gate.low"),
                high=t("picture.gate.high"),
                sentence=t("picture.gate.finding", name=name),
                hover=template("picture.gate.hover"),
                name="hidden-units",
            ),
            scale="diverging",
            cell=(6, 56),
        ),
        key="hidden_units",
        tools=("png", "svg", "csv"),
    )
    with st.expander(t("picture.gate.units_open")):
        for path in PATHS:
            st.markdown(f"**{t(f'picture.gate.path_{path}')}**")
            for unit, label in enumerate(units):
                st.markdown(plain(f"{label} = {_unit(view, weights, path, unit)}"))
    st.markdown(t("picture.gate.back"))
    for path, z_path in zip(PATHS, (z_average, z_maximum), strict=True):
        terms = _terms(weights.W2[i], channel.hidden[path])
        st.latex(rf"z_{{\text{{{path}}}}} = {''.join(terms).removeprefix('+')}{weights.b2[i]:+.2f} = {z_path:.3f}")
    st.markdown(t("picture.gate.sigmoid"))
    st.latex(rf"z = {z_average:.3f} {z_maximum:+.3f} = {z:.3f}")
    st.latex(rf"\sigma(z) = \frac{{1}}{{1 + e^{{{-z:.3f}}}}} = {gate:.3f}")


def _terms(weights: np.ndarray, values: np.ndarray) -> list[str]:
    """Products as formulas, each with its sign; what is multiplied by 0 is left out."""
    return [rf"{w:+.2f} \cdot {v:.3f} " for w, v in zip(weights, values, strict=True) if w]


def _unit(view: View, weights: SqueezeExcitationWeights, path: str, unit: int) -> str:
    """One hidden unit written out: what it reads, its bias, and what ReLU leaves."""
    squeezed = view.trace.channel.squeezed[path]
    reads = [
        f"{_sign(w)} {abs(w):.2f} × {squeezed[c]:.3f} ({view.names[c]})" for c, w in enumerate(weights.W1[unit]) if w
    ]
    bias = weights.b1[unit]
    before = float(weights.W1[unit] @ squeezed + bias)
    after = float(view.trace.channel.hidden[path][unit])
    total = " ".join([*reads, f"{_sign(bias)} {abs(bias):.2f}"]).removeprefix("+ ")
    return f"ReLU({total}) = ReLU({signed(before)}) = {signed(after)}"


def _sign(value: float) -> str:
    return "−" if value < 0 else "+"


def opened_pixel(view: View) -> None:
    """Everything that made the mask at the pinned pixel: the window under the kernel, the sum, the sigmoid."""
    row, column = view.pixel
    spatial, weights = view.trace.spatial, view.weights.spatial_weights()
    k = weights.kernel.shape[-1]
    pad = k // 2
    padded = np.pad(spatial.pooled, ((0, 0), (pad, pad), (pad, pad)))  # (P, H + k - 1, W + k - 1)
    window = padded[:, row : row + k, column : column + k]  # (P, k, k)
    products = window * weights.kernel[0]
    sums = [float(plane.sum()) for plane in products]
    logit = float(spatial.logits[view.pixel])

    st.markdown(f"**{t('picture.pixel.title', mask=f'{view.mask_value:.3f}', **view.place)}**")
    st.markdown(t("picture.pixel.multiply", k=k))
    for plane, name in enumerate(PLANES):
        values = zip(
            ("window", "kernel", "products"), (window[plane], weights.kernel[0, plane], products[plane]), strict=True
        )
        for place, (kind, matrix) in zip(st.columns(3, gap="medium"), values, strict=True):
            with place:
                _tile(matrix, f"{kind}_{name}", kind, name, pad)
    st.markdown(t("picture.pixel.add", **view.weights.spatial))
    st.latex(rf"z = {sums[0]:.3f} {sums[1]:+.3f} {weights.bias:+.3f} = {logit:.3f}")
    st.latex(rf"\sigma(z) = \frac{{1}}{{1 + e^{{{-logit:.3f}}}}} = {view.mask_value:.3f}")


def _tile(matrix: np.ndarray, key: str, kind: str, plane: str, pad: int) -> None:
    steps = [signed(offset, 0) for offset in range(-pad, pad + 1)]
    attention_map(
        map_payload(
            matrix,
            steps,
            steps,
            MapText(
                row_title=t("picture.pixel.row_title"),
                column_title=t("picture.pixel.column_title"),
                low=t(f"picture.pixel.{kind}_low"),
                high=t(f"picture.pixel.{kind}_high"),
                sentence=t(f"picture.pixel.{kind}_{plane}", total=signed(float(matrix.sum()))),
                hover=template("picture.pixel.hover"),
                name=key,
            ),
            scale="sequential" if kind == "window" else "diverging",
            value_range=(0, 1) if kind == "window" else None,
            cell=(6, 52),
        ),
        key=key,
        tools=("png", "svg", "csv"),
    )
