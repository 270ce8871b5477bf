"""Why not K with itself? A trained network: how one-sided its heads are, and what becomes of them when keys ask."""

from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.networks import EncoderTrace
from attention.similarity import cosine_similarity
from attention.teaching.mirror import asymmetry, self_share
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.worksheet import bars_svg
from pages.shared.components import attention_map
from pages.shared.compute import read_sentence
from pages.shared.controls import badge, choice
from pages.shared.sentence_controls import examples
from pages.shared.state import arrive_cell, keep_cell
from pages.shared.texts import t, template

NETWORK = "en"
ASKS = ("queries", "head", "all")  # who asks: the queries, this head's keys, the keys of all heads
PRINTED = 6  # words in the worksheet's bars


def network_toy(row: DeltaGenerator) -> None:
    """Place who asks, all heads by how one-sided they are, and the chosen head as trained and as changed."""
    own, (layer, head) = as_trained(), opening_head()
    with row:
        badge("trained", t("lesson_query.trained"))
    left, right = st.columns([5, 6], gap="large")
    with right:
        st.markdown(f"“{own.text}”")
        who = choice("query_asks", ASKS, ASKS[0], texts="lesson_query.who")
        facts = st.container()
    row, column = arrive_cell("query_head", (own.layers, own.heads)) or (layer - 1, head - 1)
    with st.spinner(t("lesson_query.computing"), show_time=False):
        trace = own if who == "queries" else read_with(keys_of(own, who, (row + 1, column + 1)))
    with left:
        _all_heads(trace, (row, column), who)
    with facts:
        _facts(own, trace, who)
    pieces = list(own.tokens.pieces)
    pair = arrive_cell("query_link", (len(pieces), len(pieces))) or opening_link()
    name = {"layer": row + 1, "head": column + 1}
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"#### {t('lesson_query.as_trained', **name)}")
        _weights(own, (row, column), pieces, pair, "trained")
    with right:
        st.markdown(f"#### {t(f'lesson_query.beside.{who}', **name)}")
        if who == "queries":
            _one_sided(own, (row, column), pieces, pair)
        else:
            _weights(trace, (row, column), pieces, pair, who)


def as_trained() -> EncoderTrace:
    """The opening sentence, read by the network as it is."""
    return read_sentence(examples()[0]["text"], NETWORK)


def read_with(keys_ask: tuple[tuple[int, int], ...]) -> EncoderTrace:
    """The same, with the keys asking in some heads."""
    return read_sentence(examples()[0]["text"], NETWORK, keys_ask=keys_ask)


def keys_of(trace: EncoderTrace, who: str, head: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The heads in which keys ask; layers and heads counted from 1."""
    if who == "head":
        return (head,)
    return tuple((i + 1, j + 1) for i in range(trace.layers) for j in range(trace.heads))


def opening_head() -> tuple[int, int]:
    """Layer and head, counted from 1."""
    return examples()[0]["layer"], examples()[0]["head"]


def opening_link() -> tuple[int, int]:
    """The word that asks and the one it looks at, as positions."""
    return examples()[0]["asks"], examples()[0]["looks"][0]


def scaled_scores(trace: EncoderTrace) -> np.ndarray:
    """Of all heads: (layers, heads, n, n)."""
    return trace.Q @ trace.K.swapaxes(-1, -2) * trace.scale


def network_picture() -> str:
    """What the chosen word looks at most in the chosen head, as the network runs now."""
    own, (layer, head) = as_trained(), opening_head()
    who = st.session_state.get("query_asks") or ASKS[0]
    row, column = _pinned("query_head", (layer - 1, head - 1))
    asks, _ = _pinned("query_link", opening_link())
    trace = own if who == "queries" else read_with(keys_of(own, who, (row + 1, column + 1)))
    weights = trace.weights[row, column, asks]
    most = np.argsort(-weights, kind="stable")[:PRINTED]
    pieces = own.tokens.pieces
    title = t(f"lesson_query.printed.{who}", word=pieces[asks], layer=row + 1, head=column + 1)
    return bars_svg(weights[most], [pieces[i] for i in most], title)


def _pinned(name: str, default: tuple[int, int]) -> tuple[int, int]:
    """Row and column that `keep_cell` kept, from 0."""
    column, _, row = (st.session_state.get(name) or "").partition(",")
    return (int(row) - 1, int(column) - 1) if row else default


def _all_heads(trace: EncoderTrace, chosen: tuple[int, int], who: str) -> None:
    """One cell a head: how far its scores are from a mirror; a click opens that head."""
    values = asymmetry(scaled_scores(trace))
    text = MapText(
        row_title=t("lesson_query.layer"),
        column_title=t("lesson_query.head"),
        low=t("lesson_query.mirror"),
        high=t("lesson_query.opposite"),
        sentence=_spread_of(values, who),
        hover=template("lesson_query.head_hover"),
        name="asymmetry",
        source=t("lesson_query.trained"),
    )
    rows, columns = ([str(i + 1) for i in range(size)] for size in values.shape)
    payload = map_payload(values, rows, columns, text, chosen=chosen, value_range=(0.0, 1.0), cell=(14, 36))
    attention_map(payload, key="query_heads", on_choose=partial(keep_cell, "query_head"))


def _spread_of(values: np.ndarray, who: str) -> str:
    """The 72 numbers in a sentence."""
    if who == "all":
        return t("lesson_query.all_mirrors", heads=values.size, largest=signed(values.max(), 2))
    (low_layer, low_head), (layer, head) = (
        (int(i) + 1 for i in np.unravel_index(at, values.shape)) for at in (values.argmin(), values.argmax())
    )
    return t(
        "lesson_query.one_sided_heads",
        heads=values.size,
        least=signed(values.min(), 2),
        least_layer=low_layer,
        least_head=low_head,
        median=signed(np.median(values), 2),
        most=signed(values.max(), 2),
        most_layer=layer,
        most_head=head,
    )


def _facts(own: EncoderTrace, trace: EncoderTrace, who: str) -> None:
    """What the change did to all heads together and to what leaves the last layer."""
    if who == "queries":
        st.markdown(t("lesson_query.choose_who"))
        return
    vectors = np.stack([own.hidden_states[-1], trace.hidden_states[-1]], axis=1)  # (n, 2, d_model)
    alike = cosine_similarity(vectors, 0)[:, 1].mean()
    values = {"before": percent(self_share(own.weights).mean()), "after": percent(self_share(trace.weights).mean())}
    st.markdown(t("lesson_query.changed", **values, alike=signed(alike, 2)))


def _weights(trace: EncoderTrace, at: tuple[int, int], pieces: list[str], pair: tuple[int, int], name: str) -> None:
    weights = trace.weights[at]
    asks, asked = pair
    finding = t(
        "lesson_query.link",
        asks=pieces[asks],
        asked=pieces[asked],
        there=percent(weights[pair]),
        back=percent(weights[asked, asks]),
        itself=percent(self_share(weights)),
    )
    text = MapText(
        row_title=t("lesson_query.row"),
        column_title=t("lesson_query.column"),
        low=t("lesson_query.low.weights"),
        high=t("lesson_query.high.weights"),
        sentence=finding,
        hover=template("lesson_query.hover"),
        name=f"weights-{name}",
        source=t("lesson_query.trained"),
    )
    payload = map_payload(weights, pieces, pieces, text, chosen=pair, value_range=(0.0, 1.0))
    attention_map(payload, key=f"query_map_{name}", on_choose=partial(keep_cell, "query_link"))


def _one_sided(trace: EncoderTrace, at: tuple[int, int], pieces: list[str], pair: tuple[int, int]) -> None:
    """A asks B, less B asks A, in scores."""
    scores = scaled_scores(trace)[at]
    asks, asked = pair
    finding = t(
        "lesson_query.difference",
        asks=pieces[asks],
        asked=pieces[asked],
        there=signed(scores[pair], 2),
        back=signed(scores[asked, asks], 2),
        asymmetry=signed(asymmetry(scores), 2),
    )
    text = MapText(
        row_title=t("lesson_query.row"),
        column_title=t("lesson_query.column"),
        low=t("lesson_query.low.difference"),
        high=t("lesson_query.high.difference"),
        sentence=finding,
        hover=template("lesson_query.hover"),
        name="one-sided",
        source=t("lesson_query.trained"),
    )
    payload = map_payload(scores - scores.T, pieces, pieces, text, chosen=pair, scale="diverging")
    attention_map(payload, key="query_one_sided", on_choose=partial(keep_cell, "query_link"))
