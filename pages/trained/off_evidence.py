"""Evidence for one of the 1,000 classes over the picture: Grad-CAM on the classifier's last maps."""

import numpy as np
import streamlit as st

from attention.networks.class_evidence import ClassEvidence, class_evidence
from figures.mask_facts import REGIONS, mask_facts
from figures.masks import MaskText
from figures.numbers import latex, percent
from pages.pictures.viewer import mask_viewer
from pages.shared.controls import choice
from pages.shared.networks import class_name, classifier
from pages.shared.state import arrive_read
from pages.shared.texts import plain, t, template
from pages.trained.off_classes import first_classes, full_name, probability
from pages.trained.off_field import choose_field, opened_field, pin_field, strongest_field
from pages.trained.off_view import View

SIGNS = ("for", "both")
GRAD_CAM = r"\mathrm{ReLU}\Big(\sum_c \alpha_c A_c\Big) \qquad \alpha_c = \overline{\partial y / \partial A_c}"


def show_evidence(view: View, asked: int | None) -> None:
    """The class, its map, and what the map is made of; at first the class that the network names."""
    st.subheader(t("attention_off.evidence.title"), anchor=False)
    left, right = st.columns([1, 1], gap="large")
    with right:
        index = _choose_class(first_classes(view.now)[0] if asked is None else asked)
        signs = choice("signs", SIGNS, "for", texts="attention_off.signs")
        evidence = _evidence(view, index)
        field = choose_field(view, evidence)
        _explain(view, evidence, index)
        opened_field(view, evidence, field, index)
    with left:
        _show_map(view, index, signs, field)


def arrive_class() -> int | None:
    """The class that the reader has asked about, also while its evidence is not shown; None until then."""
    return arrive_read("evidence", _class_of)


def _class_of(code: str) -> int | None:
    known = len(code) < 5 and code.isascii() and code.isdecimal() and int(code) < len(classifier().labels)
    return int(code) if known else None


def _choose_class(index: int) -> int:
    st.session_state.evidence_class = index

    def changed() -> None:
        st.session_state.evidence = str(st.session_state.evidence_class)

    label, help = t("attention_off.evidence.class"), t("attention_off.evidence.class_help")
    return st.selectbox(
        label,
        range(len(classifier().labels)),
        key="evidence_class",
        format_func=full_name,
        help=help,
        on_change=changed,
        filter_mode="contains",
    )


def _evidence(view: View, index: int) -> ClassEvidence:
    return class_evidence(classifier(), view.now, index)


def _values(view: View, index: int, signs: str) -> np.ndarray:
    evidence = _evidence(view, index)
    return evidence.map if signs == "for" else evidence.signed


def _show_map(view: View, index: int, signs: str, field: tuple[int, int]) -> None:
    values = _values(view, index, signs)
    largest = float(np.abs(values).max()) or 1.0
    picture, asked = view.picture, view.choice  # the files are made anew: an open page holds no trace
    low = t(f"attention_off.evidence.{'low' if signs == 'for' else 'against'}", value=f"{largest:.2f}")
    mask_viewer(
        view.picture,
        values,
        MaskText(
            low=low,
            high=t("attention_off.evidence.high", value=f"{largest:.2f}"),
            sentence=_finding(view, index),
            name=f"evidence-{index}",
            **{name: template(f"attention_off.evidence.{name}") for name in ("row_title", "column_title", "hover")},
        ),
        key="evidence_viewer",
        value_range=(0.0, largest) if signs == "for" else (-largest, largest),
        scale="sequential" if signs == "for" else "diverging",
        multiplies=False,
        chosen=field,
        on_choose=pin_field,
        again=lambda: _values(View(picture, asked), index, signs),
        lines=_lines(view, index),
        arrays=lambda: _arrays(View(picture, asked), index),
    )


def _finding(view: View, index: int) -> str:
    evidence = _evidence(view, index).map
    words = {"label": class_name(index), "share": probability(float(view.now.probabilities[index]))}
    if not evidence.any():
        return t("attention_off.evidence.nothing", **words)
    row, column = (3 * at // size for at, size in zip(strongest_field(evidence), evidence.shape, strict=True))
    return t(
        "attention_off.evidence.sentence",
        region=t(f"picture.region.{REGIONS[3 * row + column]}"),
        area=percent(mask_facts(evidence).area),
        **words,
    )


def _explain(view: View, evidence: ClassEvidence, index: int) -> None:
    """The formula, its numbers, and what the map does not say."""
    features = view.now.features
    shape = {"channels": len(features), "rows": features.shape[1], "columns": features.shape[2]}
    st.markdown(t("attention_off.evidence.how", **shape))
    st.latex(GRAD_CAM)
    st.markdown(t("attention_off.evidence.adds_up", label=plain(class_name(index)), places=evidence.signed.size))
    total = float(evidence.signed.sum(dtype=np.float64))
    st.latex(rf"{latex(total, 5)} {evidence.bias:+.4f} \approx {latex(evidence.score, 5)}")
    st.caption(t("attention_off.evidence.honest", **shape))
    st.caption(t(f"attention_off.evidence.{'state_own' if view.case == 'on' else 'state_changed'}"))


def _lines(view: View, index: int) -> str:
    """Python that prints the largest number of the map."""
    return view.lines(
        [
            f"evidence = class_evidence(network, network(picture.rgb, gates=gates), {index})",
            "print(evidence.map.max())",
        ],
        {"attention.networks.class_evidence": ["class_evidence"]},
    )


def _arrays(view: View, index: int) -> dict[str, np.ndarray]:
    evidence = _evidence(view, index)
    stages = {"alpha": evidence.weights, "signed": evidence.signed, "map": evidence.map}
    return {"rgb": view.picture.rgb, "features": view.now.features, **stages}
