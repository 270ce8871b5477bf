"""The opened trained channel over the picture, and what the rest of the network makes of the pulled gates."""

import numpy as np
import streamlit as st

from figures.masks import MaskText
from figures.numbers import percent
from figures.reproduce import network_lines
from pages.pictures.learned_view import LearnedView
from pages.pictures.viewer import mask_viewer
from pages.shared.controls import choice
from pages.shared.networks import class_name
from pages.shared.texts import plain, t, template

CLASSES = 5  # that are listed, the first with the gates as they are


def learned_stage(view: LearnedView) -> None:
    """The viewer, before or after the gate."""
    see = choice("learned_see", ("before", "after"), "before", texts="learned.see", quiet=True)
    largest = float(view.gated.X[view.channel].max()) or 1.0
    asked = (view.picture, view.block, view.rank, view.pulled, view.opened)  # an open page holds no trace
    values = _values(view, see)
    named = {name: template(f"learned.map.{name}") for name in ("row_title", "column_title", "hover")}
    mask_viewer(
        view.picture,
        values,
        MaskText(
            low=t("learned.map.low"),
            high=t("learned.map.high", value=f"{largest:.2f}"),
            sentence=t(
                f"learned.map.{see}",
                name=view.name(view.channel),
                rows=values.shape[0],
                columns=values.shape[1],
                gate=f"{view.applied[view.channel]:.3f}",
                mean=f"{values.mean():.3f}",
                largest=f"{values.max():.3f}",
            ),
            name=f"block-{view.block}-channel-{view.channel + 1}-{see}",
            **named,
        ),
        key="learned_viewer",
        value_range=(0.0, largest),
        multiplies=False,
        lines=_lines(view),
        arrays=lambda: arrays(LearnedView(*asked)),
        again=lambda: _values(LearnedView(*asked), see),
    )


def _values(view: LearnedView, see: str) -> np.ndarray:
    X = view.gated.X[view.channel]
    return X * view.applied[view.channel] if see == "after" else X


def answers(view: LearnedView) -> None:
    """What the classifier says with its own gates, and with the pulled ones."""
    own, now = view.trace.probabilities, view.pulled_probabilities
    before, after = int(own.argmax()), int(now.argmax())
    case = ("same" if before == after else "changed") if view.pulled else "own"
    st.markdown(
        t(
            f"learned.answer.{case}",
            own=plain(class_name(before)),
            own_share=percent(float(own[before])),
            now=plain(class_name(after)),
            now_share=percent(float(now[after])),
            count=len(view.pulled),
            block=view.block,
        )
    )
    # Always as many lines, also before anything is pulled: rows that are being pulled must not move.
    head = f"| {t('learned.answer.class')} | {t('learned.answer.before')} | {t('learned.answer.after')} |"
    first = np.argsort(-now, kind="stable")[:CLASSES].tolist()
    lines = [f"| {plain(class_name(i))} | {percent(float(own[i]))} | {percent(float(now[i]))} |" for i in first]
    st.markdown("\n".join([head, "|:--|--:|--:|", *lines]))


def _lines(view: LearnedView) -> str:
    """Python that prints the opened gate, and what pulled gates change."""
    pulled = [f"gates[{channel}] = {gate}" for channel, gate in view.pulled.items()]
    changed = [
        "",
        "# pulled by hand",
        *pulled,
        f"changed = network(picture.rgb, {{{view.block}: gates}})",
        "print(changed.probabilities.max())",
    ]
    return network_lines(
        view.picture.file,
        "classifier",
        "pp-lcnetv2",
        [
            "trace = network(picture.rgb)",
            f"gates = trace.blocks[{view.block - 1}].own.copy()",
            f"print(gates[{view.channel}])",
            "print(trace.probabilities.max())",
            *(changed if pulled else []),
        ],
    )


def arrays(view: LearnedView) -> dict[str, np.ndarray]:
    """Every stage of the block, by name."""
    block, weights = view.gated, view.weights
    return {
        "rgb": view.picture.rgb,
        "maps": block.X,
        "squeezed": block.squeezed,
        "hidden": block.hidden,
        "W1": weights.W1,
        "b1": weights.b1,
        "W2": weights.W2,
        "b2": weights.b2,
        "gates": block.own,
        "gates_applied": view.applied,
        "probabilities": view.trace.probabilities,
        "probabilities_pulled": view.pulled_probabilities,
    }
