"""Why not K with itself? A trained network: how one-sided its heads are, and what becomes of them when keys ask."""

from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.networks import EncoderTrace
from attention.similarity import cosine_similarity
from attention.sources.scripts import choose_network
from attention.teaching.mirror import asymmetry, self_share
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.worksheet import matrix_svg
from pages.lessons.query_reading import ASKS, LAW, LONGEST, Reading, fits, reading
from pages.shared.components import attention_map
from pages.shared.controls import badge, choice
from pages.shared.sentence_controls import reader, say_what_was_not_read, shortened, typed_text
from pages.shared.state import arrive, keep_cell
from pages.shared.texts import isolate, t, template

PRINTED = 7  # words on a worksheet


def network_toy(row: DeltaGenerator) -> None:
    """Place the sentence, who asks, all heads by how one-sided they are, and the chosen head beside what it becomes."""
    with row:
        by_whom = st.container(width="content")
    arrive("query_text", LAW["text"], fits)
    text = typed_text("query_text", LAW["text"], t("sentence.text"), t("home.empty"), max_chars=LONGEST)
    left, right = st.columns([6, 5], gap="large")
    with left:
        choice("query_asks", ASKS, ASKS[0], texts="lesson_query.who")
        facts = st.container()
    with facts, st.spinner(t("lesson_query.computing"), show_time=False):
        seen = reading()
    with by_whom:
        badge("trained", _source(seen))
    with facts:
        _facts(seen)
        say_what_was_not_read(text, seen.own.tokens, seen.network, choose_network(text))
    with right:
        _all_heads(seen)
    name = {"layer": seen.at[0] + 1, "head": seen.at[1] + 1}
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"#### {t('lesson_query.as_trained', **name)}")
        _weights(seen, seen.own, "trained")
    with right:
        st.markdown(f"#### {t(f'lesson_query.beside.{seen.who}', **name)}")
        if seen.who == "queries":
            _one_sided(seen)
        else:
            _weights(seen, seen.trace, seen.who)


def network_picture() -> str:
    """What the chosen word gives and gets in the chosen head, as trained; below it the same with the keys asking."""
    seen = reading()
    traces = [seen.own] if seen.who == "queries" else [seen.own, seen.trace]
    asks, _ = seen.pair
    values = np.vstack([part for trace in traces for part in _both_ways(trace.weights[seen.at], asks)])
    most = np.argsort(-values.max(axis=0), kind="stable")[:PRINTED]
    rows = [t(f"lesson_query.printed.{name}") for name in ("gives", "gets", "gives_k", "gets_k")[: len(values)]]
    title = t(
        f"lesson_query.printed.{seen.who}",
        word=isolate(seen.words[asks]),
        layer=seen.at[0] + 1,
        head=seen.at[1] + 1,
    )
    return matrix_svg(values[:, most], rows, [shortened(seen.words[i], 9) for i in most], title)


def _both_ways(weights: np.ndarray, word: int) -> tuple[np.ndarray, np.ndarray]:
    return weights[word], weights[:, word]


def scaled_scores(trace: EncoderTrace) -> np.ndarray:
    """Of all heads: (layers, heads, n, n)."""
    return trace.Q @ trace.K.swapaxes(-1, -2) * trace.scale


def _source(seen: Reading) -> str:
    return reader(seen.network, seen.own)


def _all_heads(seen: Reading) -> None:
    """One cell a head: how far its scores are from a mirror; a click opens that head."""
    values = asymmetry(scaled_scores(seen.trace))
    text = MapText(
        row_title=t("lesson_query.layer"),
        column_title=t("lesson_query.head"),
        low=t("lesson_query.mirror"),
        high=t("lesson_query.opposite"),
        sentence=_spread_of(values, seen.who),
        hover=template("lesson_query.head_hover"),
        name="asymmetry",
        source=_source(seen),
    )
    rows, columns = ([str(i + 1) for i in range(size)] for size in values.shape)
    payload = map_payload(values, rows, columns, text, chosen=seen.at, value_range=(0.0, 1.0), cell=(14, 36))
    attention_map(payload, key="query_heads", on_choose=partial(keep_cell, "query_head"))


def _spread_of(values: np.ndarray, who: str) -> str:
    """The numbers of all heads in a sentence."""
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


def _facts(seen: Reading) -> None:
    """What the change did to all heads together and to what leaves the last layer."""
    if seen.who == "queries":
        st.markdown(t("lesson_query.choose_who"))
        return
    own, trace = seen.own, seen.trace
    vectors = np.stack([own.hidden_states[-1], trace.hidden_states[-1]], axis=1)  # (n, 2, d_model)
    alike = cosine_similarity(vectors, 0)[:, 1].mean()
    values = {"before": percent(self_share(own.weights).mean()), "after": percent(self_share(trace.weights).mean())}
    st.markdown(t("lesson_query.changed", **values, alike=signed(alike, 2)))


def _weights(seen: Reading, trace: EncoderTrace, name: str) -> None:
    weights = trace.weights[seen.at]
    asks, asked = seen.pair
    there, back = percent(weights[asks, asked]), percent(weights[asked, asks])
    case = "link_itself" if asks == asked else "link"
    finding = t(f"lesson_query.{case}", **_asked(seen), there=there, back=back, itself=percent(self_share(weights)))
    _map(seen, weights, name, "weights", finding, value_range=(0.0, 1.0))


def _one_sided(seen: Reading) -> None:
    """A asks B, less B asks A, in scores."""
    scores = scaled_scores(seen.own)[seen.at]
    asks, asked = seen.pair
    there, back = signed(scores[asks, asked], 2), signed(scores[asked, asks], 2)
    size = signed(asymmetry(scores), 2)
    case = "difference_itself" if asks == asked else "difference"
    finding = t(f"lesson_query.{case}", **_asked(seen), there=there, back=back, asymmetry=size)
    _map(seen, scores - scores.T, "one-sided", "difference", finding, scale="diverging")


def _asked(seen: Reading) -> dict[str, str]:
    asks, asked = (isolate(seen.words[at]) for at in seen.pair)
    return {"asks": asks, "asked": asked}


def _map(seen: Reading, values: np.ndarray, name: str, ends: str, finding: str, **look: object) -> None:
    """Words against words; a click chooses a pair in all maps."""
    text = MapText(
        row_title=t("lesson_query.row"),
        column_title=t("lesson_query.column"),
        low=t(f"lesson_query.low.{ends}"),
        high=t(f"lesson_query.high.{ends}"),
        sentence=finding,
        hover=template("lesson_query.hover"),
        name=f"{ends}-{name}",
        source=_source(seen),
    )
    payload = map_payload(values, seen.words, seen.words, text, chosen=seen.pair, **look)
    attention_map(payload, key=f"query_map_{name}", on_choose=partial(keep_cell, "query_link"))
