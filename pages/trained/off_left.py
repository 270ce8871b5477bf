"""What is left of the answers on all samples, by what the gates are replaced with."""

from itertools import product

import numpy as np
import streamlit as st

from attention.networks.classifier import ClassifierTrace
from attention.networks.segmenter import SegmenterTrace
from pages.shared.networks import INSTEAD, left_on_sample
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import t
from pages.trained.off_person import MARKED, agreement, covered
from pages.trained.off_view import View


def first_stays(own: ClassifierTrace, changed: ClassifierTrace) -> float:
    """1 where the class with the highest score is the same, else 0."""
    return float(own.logits.argmax() == changed.logits.argmax())


def still_agrees(own: SegmenterTrace, changed: SegmenterTrace) -> float | None:
    """The IoU of both masks; None where there was no person to begin with."""
    return agreement(own.mask, changed.mask) if covered(own.mask) >= MARKED else None


MEASURES = {"classifier": first_stays, "segmenter": still_agrees}


def show_left(view: View) -> None:
    """A line for everything that may stand in the place of a network's own gates."""
    network = view.choice.network
    st.subheader(t("attention_off.left.title"), anchor=False)
    place, found, total = st.empty(), {instead: [] for instead in INSTEAD}, len(INSTEAD) * len(SAMPLES)
    for done, (instead, code) in enumerate(product(INSTEAD, SAMPLES)):
        place.progress(done / total, t("attention_off.left.reading", done=done + 1, total=total))
        found[instead] += left_on_sample(network, instead, code, view.network, MEASURES[network])
    head = f"| {t('attention_off.left.head')} | {t(f'attention_off.left.head_{network}')} |"
    lines = [f"| {t(f'attention_off.instead.{instead}')} | {_said(network, found[instead])} |" for instead in INSTEAD]
    place.markdown("\n".join([head, "|:--|--:|", *lines]))
    st.caption(t(f"attention_off.left.{network}", count=len(found["ones"]), total=len(SAMPLES)))


def _said(network: str, found: list[float]) -> str:
    if network == "classifier":
        return t("attention_off.left.times", count=f"{sum(found):.0f}", total=len(found))
    return t("attention_off.left.times_person", value=f"{np.mean(found):.2f}", total=len(found))
