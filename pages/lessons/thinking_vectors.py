"""A word's vector before attention and after: in one head, and through a whole network."""

import numpy as np
import streamlit as st

from attention.carried import carried
from attention.teaching.before_after import before_after
from figures.maps import MapText, map_payload
from figures.numbers import signed, weight
from pages.lessons.thinking_scenes import Scene
from pages.shared.components import attention_map
from pages.shared.compute import read_sentence
from pages.shared.texts import plain, t, template

TERMS = 3  # of the mixture, written out


def in_this_head(seen: Scene, cell: tuple[int, int], source: str) -> None:
    """v of the word that asks, v of the word it looks at, and z, the mixture it leaves with."""
    asks, looks = (seen.words[i] for i in cell)
    found = before_after(seen.attention, *cell)
    values = np.stack([found.before, found.looked, found.after])
    end = float(np.abs(values).max())
    st.markdown(f"#### {t('lesson_thinking.head_title', asks=plain(asks))}")
    attention_map(
        map_payload(
            values,
            [
                t("lesson_thinking.v_of", word=asks),
                t("lesson_thinking.v_of", word=looks),
                t("lesson_thinking.z_of", word=asks),
            ],
            [str(i + 1) for i in range(values.shape[1])],
            MapText(
                row_title=t("lesson_thinking.vector_row"),
                column_title=t("lesson_thinking.vector_column", d_v=values.shape[1]),
                low=signed(-end, 1),
                high=signed(end, 1),
                sentence=t(
                    f"lesson_thinking.head_finding_{'other' if cell[0] != cell[1] else 'own'}",
                    asks=asks,
                    looks=looks,
                    before=signed(found.alike_before),
                    after=signed(found.alike_after),
                ),
                hover=template("lesson_thinking.vector_hover"),
                name=f"before-after-{seen.code}",
                source=source,
            ),
            scale="diverging",
            cell=(6, 44),
        ),
        key="thinking_vectors",
        tools=("csv",),
    )
    st.markdown(_mixture(seen, cell[0]))


def _mixture(seen: Scene, asks: int) -> str:
    """z as a sum: the largest terms."""
    row = seen.attention.weights[asks]
    order = np.argsort(-row, kind="stable")[:TERMS]
    terms = " + ".join(
        t("lesson_thinking.term", weight=weight(float(row[i])), word=plain(seen.words[i])) for i in order
    )
    rest = t("lesson_thinking.rest") if len(row) > TERMS else ""
    return t("lesson_thinking.mixture", asks=plain(seen.words[asks]), terms=terms + rest)


def through_the_network(seen: Scene, cell: tuple[int, int], source: str) -> None:
    """How alike the word's vector is to all others: as it enters, and after all layers, without attention and with."""
    trace = seen.trace
    heads = tuple((layer, head) for layer in range(1, trace.layers + 1) for head in range(1, trace.heads + 1))
    off = read_sentence(trace.text, "en", without=heads)
    found = carried(trace.hidden_states, off.hidden_states, cell[0], [cell[1]], trace.tokens.special)
    asks, looks = (seen.words[i] for i in cell)
    st.markdown(f"#### {t('lesson_thinking.network_title', asks=plain(asks))}")
    values = np.stack([found.on[0], found.off[-1], found.on[-1]])
    rest = float(found.rest_on[-1])
    enters, off_there, on_there = (signed(float(cosine), 2) for cosine in values[:, cell[1]])
    said = {"asks": asks, "looks": looks, "enters": enters, "off": off_there, "on": on_there, "rest": signed(rest, 2)}
    attention_map(
        map_payload(
            values,
            [t(f"lesson_thinking.{row}") for row in ("enters", "without", "with")],
            seen.words,
            MapText(
                row_title=t("lesson_thinking.cosine_row", layers=trace.layers),
                column_title=t("lesson_thinking.cosine_column"),
                low=t("lesson_thinking.opposite"),
                high=t("lesson_thinking.alike"),
                sentence=t(f"lesson_thinking.network_finding{'_two' if np.isnan(rest) else ''}", **said),
                hover=template("lesson_thinking.cosine_hover"),
                name=f"cosines-{seen.code}",
                source=source,
            ),
            scale="diverging",
            value_range=(-1, 1),
            cell=(6, 44),
        ),
        key="thinking_cosines",
        tools=("csv",),
    )
    st.caption(t("lesson_thinking.cosine_note"))
