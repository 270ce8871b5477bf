"""Self-attention on two sentences: a small live map, the asking word's vector before and after, and the ways on."""

import numpy as np
import streamlit as st

from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.worksheet import bars_svg
from pages.lessons.frame import Answer, Lesson
from pages.lessons.thinking_scenes import HEADS, SCENES, SEED, SEEDS, SHORT, THINKING, Scene, chosen, law
from pages.lessons.thinking_vectors import in_this_head, through_the_network
from pages.shared.components import attention_map
from pages.shared.compute import read_sentence
from pages.shared.controls import badge, choice
from pages.shared.sentence_controls import address, reader
from pages.shared.sentence_map import finding
from pages.shared.state import arrive_cell, hold, keep_cell
from pages.shared.texts import t, template

TEXTS = tuple(SCENES)
MOST = 6  # words on a worksheet


def _toy() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = choice("thinking_text", TEXTS, TEXTS[0], texts="lesson_thinking.text")
        for other in TEXTS:
            if other != text:
                hold(f"thinking_{other}", SCENES[other][0], SCENES[other].__contains__)
        code = choice(f"thinking_{text}", SCENES[text], SCENES[text][0], texts="lesson_thinking.scene")
        if code == "hand":
            st.slider(
                t("lesson_thinking.seed"),
                0,
                SEEDS,
                SEED,
                key="thinking_seed",
                bind="query-params",
                persist_state="session",
                width=220,
            )
    seen = chosen()
    cell = arrive_cell("thinking_cell", seen.attention.weights.shape, of=(text, code)) or seen.opens_on
    source = reader("en", seen.trace) if seen.trace else t("lesson_thinking.badge")
    left, right = st.columns([6, 5], gap="large")
    with left:
        badge("trained" if seen.trace else "illustrative", source)
        _map(seen, cell, source)
    with right:
        in_this_head(seen, cell, source)
        _links(seen, cell)
    if seen.trace:
        through_the_network(seen, cell, source)


def _map(seen: Scene, cell: tuple[int, int], source: str) -> None:
    if seen.trace:
        layer, head = HEADS[seen.code]
        where = t("map_view.where.one", layer=layer, head=head)
    else:
        where = t("lesson_thinking.by_hand")
    weights = seen.attention.weights
    text = MapText(
        row_title=t("sentence.row_title"),
        column_title=t("sentence.column_title"),
        low=t("sentence.low"),
        high=t("sentence.high"),
        sentence=finding(weights[cell[0]], seen.words, cell, where=where),
        hover=template("sentence.hover"),
        name=f"thinking-{seen.code}",
        source=source,
    )
    payload = map_payload(
        weights, seen.words, seen.words, text, chosen=cell, value_range=(0, 1), axis_colors=("Q", "K"), cell=(6, 90)
    )
    attention_map(payload, key="thinking_map", on_choose=lambda row, column: keep_cell("thinking_cell", row, column))


def _links(seen: Scene, cell: tuple[int, int]) -> None:
    """The same view on the pages where every number of it can be opened."""
    if seen.trace is None:
        seed = st.session_state.get("thinking_seed", SEED)
        row, column = cell[0] + 1, cell[1] + 1
        here = {"words": THINKING, "asks": str(row), "seed": str(seed)}
        _steps("steps", {**here, "step": "6", "cell": f"weights.{row}.{column}"})
        _steps("illustrated", {"preset": "illustrated", "asks": "1", "step": "6"})
        return
    layer, head = HEADS[seen.code]
    found = address(seen.trace.text, layer, head, cell)
    for view in ("map", "open", "vector"):
        label = t(f"lesson_thinking.link.{view}", asks=seen.words[cell[0]])
        st.page_link("pages/sentence.py", label=label, icon=_ICONS[view], query_params={**found, "view": view})
    if seen.trace.text == law():
        _steps("law", {"words": SHORT, "asks": str(SHORT.split().index("its") + 1), "step": "6"})


_ICONS = {"map": ":material/grid_on:", "open": ":material/calculate:", "vector": ":material/show_chart:"}


def _steps(name: str, settings: dict[str, str]) -> None:
    label = t(f"lesson_thinking.link.{name}")
    st.page_link("pages/steps.py", label=label, icon=":material/footprint:", query_params=settings)


def _answer() -> Answer:
    """Where the first word looks, in a head that looks at the word before."""
    layer, head = HEADS["previous"]
    trace = read_sentence(THINKING, "en")
    rows = trace.weights[layer - 1, head - 1]
    mark, first, second = (trace.tokens.words.index(word) for word in ("[CLS]", *THINKING.split()))
    right = {mark: "mark", first: "itself", second: "machines"}[int(rows[first].argmax())]
    shares = {"mark": rows[first, mark], "itself": rows[first, first], "machines": rows[first, second]}
    return Answer(right, {name: percent(float(share)) for name, share in shares.items()})


def _picture() -> str:
    seen = chosen()
    pinned = st.session_state.get("thinking_cell", "").partition(",")[2]
    asks = int(pinned) - 1 if pinned.isdecimal() and 1 <= int(pinned) <= len(seen.words) else seen.opens_on[0]
    row = seen.attention.weights[asks]
    order = np.argsort(-row, kind="stable")[:MOST]
    title = t("lesson_thinking.row_of", asks=seen.words[asks], share=signed(float(row[order].sum()), 2))
    return bars_svg(row[order].tolist(), [seen.words[i] for i in order], title)


LESSON = Lesson(
    "thinking",
    _toy,
    moves={
        "next": {"thinking_text": "machines", "thinking_machines": "next", "thinking_cell": ""},
        "law": {"thinking_text": "law", "thinking_law": "law", "thinking_cell": ""},
        "following": {"thinking_text": "law", "thinking_law": "following", "thinking_cell": ""},
    },
    options=("machines", "itself", "mark"),
    answer=_answer,
    picture=_picture,
)
