"""The gate of an opened channel, down to the products and sums that made it."""

import numpy as np
import streamlit as st

from attention.networks.gates import OneLayerWeights
from figures.numbers import signed
from pages.shared.networks import gate_weights
from pages.shared.texts import t
from pages.trained.off_sum import weighted_sum
from pages.trained.off_view import View


def opened_gate(view: View, unit: tuple[int, int]) -> None:
    """Squeeze, the layers, sigmoid, with this channel's numbers."""
    number, channel = unit
    block, weights = view.block(number), gate_weights(view.network())[number - 1]
    own = float(block.own[channel])
    off = number in view.choice.off
    words = {"gate": f"{own:.3f}", "used": f"{block.gates[channel]:.3f}"}
    st.subheader(t(f"attention_off.sum.{'title_off' if off else 'title'}", **words), anchor=False)
    if off:
        st.markdown(t("attention_off.sum.replaced", number=number))
    if isinstance(weights, OneLayerWeights):
        st.markdown(t("attention_off.sum.squeeze_other", channels=len(block.squeezed), own=len(block.own)))
        st.markdown(t("attention_off.sum.one_layer", channels=len(block.squeezed), channel=channel + 1))
        _sigmoid(weighted_sum(block.squeezed, weights.W[channel], weights.b[channel], "channel"), own)
        return
    sees_own = np.allclose(block.squeezed, block.X.mean(axis=(1, 2)), rtol=1e-3, atol=1e-4)
    st.markdown(
        t(
            f"attention_off.sum.{'squeeze' if sees_own else 'squeeze_sum'}",
            channels=len(block.squeezed),
            places=block.X[0].size,
            channel=channel + 1,
            value=signed(float(block.squeezed[channel]), 4),
        )
    )
    most = int(np.abs(weights.W2[channel] * block.hidden).argmax())
    counts = {"units": len(block.hidden), "channels": len(block.squeezed)}
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.markdown(t("attention_off.sum.hidden", unit=most + 1, **counts))
        before = weighted_sum(block.squeezed, weights.W1[most], weights.b1[most], "channel")
        st.latex(rf"\mathrm{{ReLU}}({before:.4f}) = {max(before, 0.0):.4f}")
    with right:
        st.markdown(t("attention_off.sum.logit", channel=channel + 1, **counts))
        _sigmoid(weighted_sum(block.hidden, weights.W2[channel], weights.b2[channel], "unit"), own)


def _sigmoid(z: float, gate: float) -> None:
    st.latex(rf"\sigma({z:.4f}) = \frac{{1}}{{1 + e^{{{-z:.4f}}}}} = {gate:.4f}")
