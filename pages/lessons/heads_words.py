"""The words of the lesson on heads: illustrative vectors and projections, and how a map of theirs is placed."""

import numpy as np
import streamlit as st

from attention.walkthrough import draw_projections, draw_words
from figures.maps import MapText, map_payload
from pages.lessons import projector
from pages.shared.components import attention_map
from pages.shared.texts import t, template

D_MODEL, SEED, SEEDS = 8, 7, 99
HALF = 0.5  # of the drawn vectors: their softmax is neither even nor one word
NARROW = 160  # pixels: two sliders stand side by side on a phone


def words() -> list[str]:
    return t("lesson_heads.words").split()


def choose_seed() -> int:
    """The slider of the drawn numbers, the same in every part that shows such numbers."""
    return st.slider(
        t("lesson_heads.seed"),
        0,
        SEEDS,
        SEED,
        key="heads_seed",
        bind="query-params",
        persist_state="session",
        width=projector.larger(NARROW),
    )


def chosen_seed() -> int:
    """The same where there is no slider, or not yet."""
    return st.session_state.get("heads_seed", SEED)


def vectors(of: list[str], seed: int) -> np.ndarray:
    """(n, D_MODEL) ndarray, numbers from -1 to 1."""
    return HALF * draw_words(of, D_MODEL, seed)


def projections(d_k: int, seed: int) -> list[np.ndarray]:
    """W_Q, W_K, W_V: (D_MODEL, d_k) ndarrays."""
    return draw_projections(D_MODEL, d_k, seed)


def place_map(
    key: str, values: np.ndarray, rows: list[str], columns: list[str], finding: str, *, width: int, **how: object
) -> None:
    """One of several maps that stand side by side where there is room, under its title ``lesson_heads.map.<key>``.

    `how` goes to `figures.maps.map_payload`; with ``texts`` another table has the words of rows, columns and ends, and
    with ``title`` another title stands above.
    """
    texts = f"lesson_heads.{how.pop('texts', 'looks')}"
    title = how.pop("title", None) or t(f"lesson_heads.map.{key}")
    source = how.pop("source", t("lesson_heads.badge"))
    text = MapText(
        row_title=t(f"{texts}.row"),
        column_title=t(f"{texts}.column"),
        low=t(f"{texts}.low"),
        high=t(f"{texts}.high"),
        sentence=finding,
        hover=template(f"{texts}.hover"),
        name=f"heads-{key}",
        source=source,
    )
    with st.container(width=projector.larger(width)):
        st.markdown(f"**{title}**")
        attention_map(map_payload(values, rows, columns, text, **how), key=f"heads_{key}")
