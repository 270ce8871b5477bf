"""Words that ask words: those of their own sentence, or of the same sentence in another language."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.teaching.two_languages import FEATURES, LARGEST, SEEKS, SENTENCES, ask_words
from attention.walkthrough import Walkthrough
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from pages.shared.components import attention_map
from pages.shared.controls import badge, choice
from pages.shared.state import arrive_cell, hold, keep_cell
from pages.shared.texts import t, template

PAIRS, LANGUAGES = tuple(SENTENCES), ("en", "zh")
OPENS_ON = "drank"  # the word that shares its attention between two


def asked_words(origin: str, loudness: float) -> tuple[tuple[str, ...], tuple[str, ...], Walkthrough]:
    """The words that ask, those that are asked, and what comes of it, as the reader has chosen."""
    state = st.session_state
    pair = state.get("self_pair")
    sentences = SENTENCES[pair if pair in PAIRS else PAIRS[0]]
    asks = state.get("self_asks")
    first, second = LANGUAGES if asks != "zh" else LANGUAGES[::-1]
    asking, asked = sentences[first], sentences[first if origin == "same" else second]
    seeks = state.get("self_seeks")
    seeks = seeks if seeks in SEEKS else SEEKS[0]
    return asking, asked, ask_words(asking, asked if origin == "other" else None, loudness=loudness, seeks=seeks)


def hold_words() -> None:
    """While a picture is asked."""
    hold("self_pair", PAIRS[0], PAIRS.__contains__)
    hold("self_asks", LANGUAGES[0], LANGUAGES.__contains__)
    hold("self_seeks", SEEKS[0], SEEKS.__contains__)


def words_toy(about: DeltaGenerator, left: DeltaGenerator, right: DeltaGenerator, origin: str, loudness: float) -> None:
    """Place what can be chosen, the map of the weights, and beside it the vectors behind it and what comes back."""
    with about:
        choice("self_pair", PAIRS, PAIRS[0], texts="lesson_self.pair")
        choice("self_asks", LANGUAGES, LANGUAGES[0], texts=f"lesson_self.asks_{origin}")
    asking, asked, road = asked_words(origin, loudness)
    cell = arrive_cell("self_cell", road.weights.shape, of=(asking, asked))
    if cell is None:
        row = asking.index(OPENS_ON) if OPENS_ON in asking else 1
        cell = row, int(road.weights[row].argmax())
    with left:
        badge("illustrative", t("lesson_self.badge"))
        attention_map(
            map_payload(
                road.weights,
                list(asking),
                list(asked),
                MapText(
                    row_title=t("lesson_self.row"),
                    column_title=t("lesson_self.column"),
                    low=t("sentence.low"),
                    high=t("sentence.high"),
                    sentence=_finding(road, asking, asked, cell),
                    hover=template("lesson_self.hover"),
                    name=f"{origin}-attention",
                    source=t("lesson_self.badge"),
                ),
                chosen=cell,
                value_range=(0, 1),
                axis_colors=("Q", "K"),
            ),
            key="self_map",
            on_choose=lambda row, column: keep_cell("self_cell", row, column),
        )
        st.markdown(_where_from(origin, road))
    with right:
        st.markdown(t("lesson_self.vectors", asks=asking[cell[0]]))
        _vectors(road, asking, asked, cell[0])
        st.markdown(_product(road, asking, asked, cell))


def _where_from(origin: str, road: Walkthrough) -> str:
    asks = "zh" if st.session_state.self_asks == "zh" else "en"
    of = asks if origin == "same" else LANGUAGES[asks == "en"]
    names = {"asking": t(f"lesson_self.sentence.{asks}"), "asked": t(f"lesson_self.sentence.{of}")}
    (n_q, n_k), d = road.weights.shape, len(FEATURES)
    return t(f"lesson_self.where_{origin}", n_q=n_q, n_k=n_k, d=d, **names)


def _finding(road: Walkthrough, asking, asked, cell: tuple[int, int]) -> str:
    row = road.weights[cell[0]]
    first, second = (int(i) for i in np.argsort(-row, kind="stable")[:2])
    if np.ptp(row) < 1e-9:
        return t("lesson_self.finding_even", asks=asking[cell[0]], share=percent(row[0]))
    return t(
        "lesson_self.finding",
        asks=asking[cell[0]],
        first=asked[first],
        share=percent(row[first]),
        second=asked[second],
        second_share=percent(row[second]),
    )


def _vectors(road: Walkthrough, asking, asked, row: int) -> None:
    """q of the word that asks, the vectors of those that are asked, and z: all in the same features."""
    rows = [t("lesson_self.q_of", word=asking[row]), *asked, t("lesson_self.z_of", word=asking[row])]
    features = [t(f"lesson_self.feature.{name}") for name in FEATURES]
    values = np.vstack([road.Q[row], road.V, road.output[row]])
    best, most = int(road.output[row].argmax()), max(LARGEST, float(values.max()))
    attention_map(
        map_payload(
            values,
            rows,
            features,
            MapText(
                row_title=t("lesson_self.vector_row"),
                column_title=t("lesson_self.vector_column"),
                low=t("lesson_self.vector_low"),
                high=t("lesson_self.vector_high", most=f"{most:g}"),
                sentence=t(
                    "lesson_self.vector_finding",
                    asks=asking[row],
                    feature=features[best],
                    value=signed(road.output[row, best], 2),
                ),
                hover=template("lesson_self.vector_hover"),
                name="vectors",
                source=t("lesson_self.badge"),
            ),
            value_range=(0.0, most),
            decimals=2,
            cell=(6, 40),
        ),
        key="self_vectors",
        tools=("csv",),
    )


def _product(road: Walkthrough, asking, asked, cell: tuple[int, int]) -> str:
    """The pinned score in numbers."""
    q, k = road.Q[cell[0]], road.K[cell[1]]
    terms = [
        t("lesson_self.term", feature=t(f"lesson_self.feature.{name}"), q=f"{a:g}", k=f"{b:g}")
        for name, a, b in zip(FEATURES, q, k, strict=True)
        if a * b
    ]
    return t(
        "lesson_self.product",
        asks=asking[cell[0]],
        asked=asked[cell[1]],
        terms=" + ".join(terms) or "0",
        score=f"{road.scores[cell]:g}",
        root=f"{len(FEATURES) ** 0.5:g}",
        scaled=signed(road.scaled[cell], 2),
        weight=percent(road.weights[cell]),
    )
