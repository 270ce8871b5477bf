"""The pinned field of the evidence map, and the sum that made its number."""

from functools import partial

import numpy as np
import streamlit as st

from attention.networks.class_evidence import ClassEvidence
from pages.shared.networks import class_name
from pages.shared.state import arrive_cell, keep_cell
from pages.shared.texts import plain, t
from pages.trained.off_sum import weighted_sum
from pages.trained.off_view import View

pin_field = partial(keep_cell, "field")  # what a click on the map does, told its row and column


def choose_field(view: View, evidence: ClassEvidence) -> tuple[int, int]:
    """Row and column of the pinned field, from 0; at first the strongest one."""
    pinned = arrive_cell("field", evidence.signed.shape, of=view.picture.digest)
    return pinned or strongest_field(evidence.signed)


def strongest_field(values: np.ndarray) -> tuple[int, int]:
    """Row and column of the largest number."""
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column)


def opened_field(view: View, evidence: ClassEvidence, field: tuple[int, int], index: int) -> None:
    """Every map's number at the field times the map's weight, and what they add up to."""
    row, column = field
    label = plain(class_name(index))
    st.markdown(t("attention_off.evidence.opened", row=row + 1, column=column + 1, label=label))
    weighted_sum(view.now.features[:, row, column], evidence.weights, None, "map")
    if evidence.signed[field] < 0:
        st.markdown(t("attention_off.evidence.against_here", label=label))
