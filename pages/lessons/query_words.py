"""Why not K with itself? Five words with illustrative numbers: Q·Kᵀ beside K·Kᵀ, a pair in both directions."""

from functools import cache, partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.teaching.mirror import asymmetry, count_one_way, self_share
from attention.walkthrough import Walkthrough, draw_projections, draw_words, walk
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.worksheet import matrix_svg
from pages.shared.components import attention_map
from pages.shared.controls import badge, choice
from pages.shared.state import arrive_cell, keep_cell
from pages.shared.texts import t, template

D_MODEL, D_K, SEED, SEEDS = 4, 3, 57, 100
SHOWN = ("scores", "weights")


def words_toy(row: DeltaGenerator) -> None:
    """Place the controls in the row, and the two maps; a click on a cell of either chooses a pair of words."""
    with row:
        shown = choice("query_shown", SHOWN, SHOWN[0], texts="lesson_query.shown", quiet=True)
        seed = st.slider(
            t("lesson_query.seed"),
            0,
            SEEDS - 1,
            SEED,
            key="query_seed",
            bind="query-params",
            persist_state="session",
            width=320,
        )
    words = _words()
    pair = arrive_cell("query_pair", (len(words), len(words))) or _opening_pair(words)
    badge("illustrative", t("lesson_query.badge"))
    for place, name, road in zip(st.columns(2, gap="large"), ("qk", "kk"), _both(seed), strict=True):
        with place:
            st.markdown(f"#### {t(f'lesson_query.{name}')}")
            _map(name, road, shown, words, pair)
            st.markdown(_both_ways(road, words, pair, shown))
    own, mirrored, pairs = _count(tuple(words))
    st.markdown(t("lesson_query.hunt", seeds=SEEDS, pairs=pairs, own=own, mirrored=mirrored))


def words_picture() -> str:
    """Both maps as they stand, side by side, for the worksheet."""
    shown = st.session_state.get("query_shown") or SHOWN[0]
    maps = [getattr(road, shown) for road in _both(st.session_state.get("query_seed", SEED))]
    return matrix_svg(np.hstack(maps), _words(), 2 * _words(), t(f"lesson_query.both.{shown}"), maps=2)


def _map(name: str, road: Walkthrough, shown: str, words: list[str], pair: tuple[int, int]) -> None:
    values = getattr(road, shown)
    finding = t(
        f"lesson_query.finding.{shown}",
        asymmetry=signed(asymmetry(road.scores), 2),
        itself=percent(self_share(road.weights)),
        even=percent(1 / len(words)),
    )
    text = MapText(
        row_title=t("lesson_query.row"),
        column_title=t("lesson_query.column"),
        low=t(f"lesson_query.low.{shown}"),
        high=t(f"lesson_query.high.{shown}"),
        sentence=finding,
        hover=template("lesson_query.hover"),
        name=f"{shown}-{name}",
        source=t("lesson_query.badge"),
    )
    look = {"scale": "diverging"} if shown == "scores" else {"value_range": (0.0, 1.0)}
    payload = map_payload(values, words, words, text, chosen=pair, cell=(6, 72), **look)
    attention_map(payload, key=f"query_{name}", on_choose=partial(keep_cell, "query_pair"))


def _both_ways(road: Walkthrough, words: list[str], pair: tuple[int, int], shown: str) -> str:
    """The chosen pair there and back, and which of the cases it is; the cells' own numbers first."""
    asks, asked = pair
    there, back = float(road.scores[asks, asked]), float(road.scores[asked, asks])
    case = "itself" if asks == asked else "one_way" if there * back < 0 else "mutual" if there == back else "both"
    values = {"asks": words[asks], "asked": words[asked], "there": signed(there, 2), "back": signed(back, 2)}
    if shown == "scores":
        return t(f"lesson_query.pair.{case}", **values)
    gives, gets = percent(road.weights[asks, asked]), percent(road.weights[asked, asks])
    return t(f"lesson_query.pair_weights.{case}", **values, gives=gives, gets=gets)


def _words() -> list[str]:
    return t("lesson_query.words").split()


def _opening_pair(words: list[str]) -> tuple[int, int]:
    return words.index(t("lesson_query.asks")), words.index(t("lesson_query.asked"))


def _both(seed: int) -> tuple[Walkthrough, Walkthrough]:
    """With its own questions, and with the keys asking."""
    X, (W_Q, W_K, W_V) = draw_words(_words(), D_MODEL, seed), draw_projections(D_MODEL, D_K, seed)
    return walk(X, W_Q, W_K, W_V), walk(X, W_K, W_K, W_V)


@cache
def _count(words: tuple[str, ...]) -> tuple[int, int, int]:
    return count_one_way(words, D_MODEL, D_K, SEEDS)
