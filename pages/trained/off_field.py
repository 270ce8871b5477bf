"""The pinned field of the evidence map, and the sum that made its number."""

import re

import numpy as np
import streamlit as st

from attention.networks.class_evidence import ClassEvidence
from pages.shared.networks import class_name
from pages.shared.state import arrive, depart
from pages.shared.texts import plain, t
from pages.trained.off_sum import weighted_sum
from pages.trained.off_view import View


def choose_field(view: View, evidence: ClassEvidence) -> tuple[int, int]:
    """Row and column of the pinned field, from 0; ``field=3,5`` is column 3, row 5. At first the strongest one."""
    rows, columns = evidence.signed.shape

    def parse(code: str) -> tuple[int, int] | None:
        found = re.fullmatch(r"(\d{1,2}),(\d{1,2})", code, re.ASCII)
        column, row = (int(number) - 1 for number in found.groups()) if found else (-1, -1)
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    arrive("field", "", lambda code: parse(code) is not None, of=view.picture.digest)
    pinned = parse(st.session_state.field)
    depart("field", "")
    return pinned or strongest_field(evidence.signed)


def strongest_field(values: np.ndarray) -> tuple[int, int]:
    """Row and column of the largest number."""
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column)


def pin_field(row: int, column: int) -> None:
    """What a click on the map does, before the page runs again."""
    st.session_state.field = f"{column + 1},{row + 1}"


def opened_field(view: View, evidence: ClassEvidence, field: tuple[int, int], index: int) -> None:
    """Every map's number at the field times the map's weight, and what they add up to."""
    row, column = field
    label = plain(class_name(index))
    st.markdown(t("attention_off.evidence.opened", row=row + 1, column=column + 1, label=label))
    weighted_sum(view.now.features[:, row, column], evidence.weights, None, "map")
    if evidence.signed[field] < 0:
        st.markdown(t("attention_off.evidence.against_here", label=label))
