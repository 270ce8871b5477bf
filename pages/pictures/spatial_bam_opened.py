"""The mask of BAM's spatial branch at one pixel, opened from its end to its beginning."""

import numpy as np
import streamlit as st

from attention.images import CHANNELS, BAMTrace, BAMWeights
from attention.images.illustrative import QUESTIONS
from figures.numbers import signed
from pages.pictures.spatial_tiles import table_map, window_at, window_tiles
from pages.shared.texts import plain, t


def open_pixel(trace: BAMTrace, weights: BAMWeights, pixel: tuple[int, int]) -> None:
    """The sum over the few planes; then the plane that adds most, through both dilated windows."""
    names = [t(f"spatial.bam.question.{question}") for question in QUESTIONS]
    answers, counts = trace.dilated[-1][:, *pixel], weights.W_final[0]  # (S,) each
    products = answers * counts
    logit, bias = float(trace.spatial_logits[pixel]), float(weights.b_final[0])
    st.markdown(t("spatial.bam.open.answers", count=len(names)))
    table_map(
        np.stack([answers, counts, products]),
        [t(f"spatial.bam.open.row_{row}") for row in ("answer", "counts", "product")],
        names,
        "spatial.bam.open",
        diverging=True,
        total=signed(float(products.sum())),
    )
    st.latex(rf"z = {products.sum():.3f} {bias:+.3f} = {logit:.3f}")
    st.latex(rf"\sigma(z) = \frac{{1}}{{1 + e^{{{-logit:.3f}}}}} = {1 / (1 + np.exp(-logit)):.3f}")

    s = int(products.argmax())
    st.markdown(t("spatial.bam.open.back", name=names[s], d=weights.dilation))
    read = (trace.reduced, trace.dilated[0])
    for layer in (1, 0):
        kernel = weights.dilated[layer][0][s, s]  # by hand, each plane reads itself only
        window = window_at(read[layer][s], pixel, len(kernel), weights.dilation)
        made = window_tiles(window, kernel, ("first", "second")[layer], dilation=weights.dilation)
        st.latex(rf"\mathrm{{ReLU}}({made.sum():.3f}) = {trace.dilated[layer][s, *pixel]:.3f}")
    st.markdown(t("spatial.bam.open.reduced"))
    st.markdown(plain(_reduced(trace, weights, s, pixel)))


def _reduced(trace: BAMTrace, weights: BAMWeights, s: int, pixel: tuple[int, int]) -> str:
    """The 1x1 convolution written out: the channels that the plane reads, its bias, and what ReLU leaves."""
    x, bias = trace.X[:, *pixel], float(weights.b_reduce[s])
    read = zip(weights.W_reduce[s], x, CHANNELS, strict=True)
    terms = [f"{signed(float(w), 2)} × {value:.3f} ({t(f'picture.channel.{code}')})" for w, value, code in read if w]
    before = float(weights.W_reduce[s] @ x) + bias
    return f"ReLU({' + '.join([*terms, signed(bias, 2)])}) = ReLU({signed(before)}) = {trace.reduced[s, *pixel]:.3f}"
