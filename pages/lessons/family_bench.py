"""The bench of the lesson on the family: cheaper attention beside full attention, on the same Q, K and V."""

import numpy as np
import streamlit as st

from attention.images.area_attention import moved
from attention.teaching.cheaper import Cheaper, apart, cheaper, products
from figures.maps import MapText, map_payload
from figures.numbers import percent
from figures.small_multiples import magnitude
from pages.lessons.family_read import HEAD, HEADS, NETWORK, REACH, REACHES, choose_head, example, law, layer_of
from pages.shared.components import attention_map, bring_back
from pages.shared.controls import badge, choice
from pages.shared.sentence_controls import labels, reader
from pages.shared.state import arrive_cell, depart, hold, keep_cell
from pages.shared.texts import t, template

CHOICES = ("window", "strided", "linear")
LONG = (512, 32_768)  # words: what this network reads at most, and a long text of today


def hold_bench() -> None:
    """What a move sets while another branch is open is there when the bench opens."""
    hold("family_head", HEAD, HEADS.__contains__)
    hold("family_cheap", CHOICES[0], CHOICES.__contains__)
    hold("family_reach", str(REACH), REACHES.__contains__)


def bench() -> None:
    """Choose a cheaper kind; its map beside the full one, and how far apart they are."""
    trace = law()
    words = labels(trace.tokens)
    with st.container(key="family_bench"):
        st.markdown(f"#### {t('lesson_family.bench')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        head = choose_head()
        kind = choice("family_cheap", CHOICES, CHOICES[0], texts="lesson_family.kind")
        reach = _choose_reach(disabled=kind == "linear")
    layer, number = HEADS[head]
    with st.container(horizontal=True, vertical_alignment="center"):
        badge("trained", reader(NETWORK, trace))
        st.markdown(t("lesson_family.bench_say", layer=layer, head=number), width="content")
    source = t("lesson_family.source", reader=reader(NETWORK, trace), layer=layer, head=number)
    cell = arrive_cell("family_cell", trace.weights.shape[-2:]) or (example()["asks"], example()["looks"][0])
    full, other = run("full", head, reach), run(kind, head, reach)
    for place, name, found in zip(st.columns(2, gap="large"), ("full", kind), (full, other), strict=True):
        with place:
            st.markdown(f"**{t(f'lesson_family.kind.{name}')}**")
            _map(name, found, words, cell, source)
    left, right = st.columns(2, gap="large")
    left.markdown(_table(kind, full, other, reach))
    right.caption(t("lesson_family.bench_text", text=trace.text))
    right.caption(t("lesson_family.table.note"))
    bring_back("family_bench", st.session_state.get("family_measured", 0))


def _choose_reach(*, disabled: bool) -> int:
    """Not bound by Streamlit, which leaves out of the address what a move sets while the slider is out of sight."""
    label, start = t("lesson_family.reach"), st.session_state.family_reach
    chosen = st.select_slider(label, REACHES, start, key="family_reach", width=320, disabled=disabled)
    depart("family_reach", str(REACH))
    return int(chosen)


def run(kind: str, head: str, reach: int) -> Cheaper:
    """One kind of attention over the law sentence, with the trained Q, K and V of a head."""
    layer = layer_of(head)
    Q, K, V = (X[layer.head].astype(np.float64) for X in (layer.Q, layer.K, layer.V))
    return cheaper(Q, K, V, kind, reach)


def _map(kind: str, found: Cheaper, words: list[str], cell: tuple[int, int], source: str) -> None:
    weights = found.weights
    said = {"asks": words[cell[0]], "looks": words[cell[1]], "share": percent(float(weights[cell]))}
    text = MapText(
        row_title=t("sentence.row_title"),
        column_title=t("sentence.column_title"),
        low=t("sentence.low"),
        high=t("map_view.high_one_roots"),
        sentence=t("lesson_family.finding", **said),
        hover=template("sentence.hover"),
        name=f"family-{kind}",
        source=source,
    )
    payload = map_payload(
        weights, words, words, text, chosen=cell, value_range=(0, 1), roots=True, axis_colors=("Q", "K"), cell=(6, 20)
    )
    attention_map(payload, key=f"family_map_{'full' if kind == 'full' else 'cheap'}", on_choose=_keep)


def _keep(row: int, column: int) -> None:
    keep_cell("family_cell", row, column)


def _table(kind: str, full: Cheaper, other: Cheaper, reach: int) -> str:
    """How far a kind is from full attention, and what both cost, as a table."""
    n, d = len(full.weights), full.output.shape[-1]
    shift, difference = float(moved(other.weights, full.weights).mean()), apart(full.output, other.output)
    lines = [f"| | {t('lesson_family.kind.full')} | {t(f'lesson_family.kind.{kind}')} |", "|:--|--:|--:|"]
    lines.append(f"| {t('lesson_family.table.moved')} | | {percent(shift)} |")
    lines.append(f"| {t('lesson_family.table.apart')} | | {percent(difference)} |")
    for size in (n, *LONG):
        costs = (magnitude(products(each, size, d, d, reach)) for each in ("full", kind))
        lines.append(f"| {t('lesson_family.table.products', n=f'{size:,}')} | {' | '.join(costs)} |")
    return "\n".join(lines)
