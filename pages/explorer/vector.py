"""What attention carries into a word's vector: the network with its attention, and truly run again without it."""

import numpy as np
import streamlit as st

from attention.carried import Carried, carried
from figures.maps import MapText, map_payload
from figures.numbers import signed
from figures.vector_lines import MOST, LinesText, vector_lines
from pages.explorer.choice import Choice, toggle_look
from pages.explorer.strip import word_strip
from pages.shared.components import attention_map
from pages.shared.compute import ENCODERS
from pages.shared.controls import choice as choice_of
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, listed, plain, prose, t, template


def show(choice: Choice) -> None:
    """Place the words to choose, the verdict, the switch, the lines and every cosine."""
    word_strip(choice, clicks=("looks", "asks"))
    verdict = st.container()
    off = choice_of("off", ("all", "layer", "head"), "all", texts="vector.off")
    removed = _removed(choice, off)
    without = choice.alone(without=removed)
    trace = choice.trace
    found = carried(trace.hidden_states, without.trace.hidden_states, choice.asks, choice.looks, trace.tokens.special)
    verdict.markdown(f"#### {plain(_verdict(choice, found, off))}")

    left, right = st.columns([4, 3], gap="large")
    with left:
        _lines(choice, found, off)
    with right:
        st.markdown(prose("vector_view"))
    _every_cosine(choice, found, off)
    take_home(
        f"vector-{choice.asks}",
        lambda: {
            "on": choice.trace.hidden_states,
            "off": without.trace.hidden_states,
            "cosines": found.on,
            "cosines_off": found.off,
        },
        _python_lines(choice, removed),
        key="vector_npz",
    )


def _removed(choice: Choice, off: str) -> tuple[tuple[int, int], ...]:
    trace = choice.trace
    layers = range(1, trace.layers + 1) if off == "all" else [choice.layer]
    heads = [choice.head] if off == "head" else range(1, trace.heads + 1)
    return tuple((layer, head) for layer in layers for head in heads)


def _others(choice: Choice) -> list[int]:
    """The words looked at but for the one whose vector it is, always at 1 from itself; where no other is, that one."""
    return [i for i in choice.looks if i != choice.asks] or [choice.asks]


def _run(choice: Choice, off: str) -> str:
    return t(f"vector.without.{off}", layer=choice.layer, head=choice.head)


def _verdict(choice: Choice, found: Carried, off: str) -> str:
    return t(
        f"vector.verdict.{found.verdict}",
        asks=isolate(choice.labels[choice.asks]),
        looks=listed([choice.labels[i] for i in _others(choice)]),
        on=signed(found.words_on[-1], 2),
        off=signed(found.words_off[-1], 2),
        rest_on=signed(found.rest_on[-1], 2),
        rest_off=signed(found.rest_off[-1], 2),
        without=_run(choice, off),
    )


def _lines(choice: Choice, found: Carried, off: str) -> None:
    looks = _others(choice)
    text = LinesText(
        on=t("vector.on"),
        off=_run(choice, off),
        rest=t("vector.rest"),
        x_title=t("vector.x_title"),
        y_title=t("vector.y_title", asks=choice.labels[choice.asks]),
        hover=template("vector.line_hover"),
    )
    figure = vector_lines(
        found.on[:, looks],
        found.off[:, looks],
        [choice.labels[i] for i in looks],
        (found.rest_on, found.rest_off),
        text,
        theme=st.context.theme.type or "light",
    )
    st.plotly_chart(figure, key="vector_lines", config={"displayModeBar": False}, alt=_verdict(choice, found, off))
    if len(looks) > MOST:
        st.caption(t("vector.lines_first", count=MOST))


def _every_cosine(choice: Choice, found: Carried, off: str) -> None:
    """All words, all layers, as a map: a click chooses a word for the lines."""
    which = choice_of("cosines", ("change", "on", "off"), "change", texts="vector.cosines")
    values = {"change": found.on - found.off, "on": found.on, "off": found.off}[which][:, choice.shown]
    others = choice.shown != choice.asks  # a word is always closest to itself
    row, column = np.unravel_index((np.abs(values) * (others | ~others.any())).argmax(), values.shape)
    end = max(float(np.abs(values).max()), 0.01) if which == "change" else 1.0
    asks = isolate(choice.labels[choice.asks])
    rows = [t("vector.row", layer=layer) if layer else t("vector.row_0") for layer in range(len(values))]
    attention_map(
        map_payload(
            values,
            rows,
            [choice.labels[i] for i in choice.shown],
            MapText(
                row_title=t("vector.row_title"),
                column_title=t(f"vector.column_title.{which}", asks=asks, without=_run(choice, off)),
                low=t(f"vector.low.{which}", value=signed(-end, 2)),
                high=t(f"vector.high.{which}", value=signed(end, 2)),
                sentence=t(
                    f"vector.finding.{which}",
                    word=isolate(choice.labels[choice.shown[column]]),
                    value=signed(values[row, column], 2),
                    row=rows[row],
                ),
                hover=template("vector.hover"),
                name=f"cosines-{which}",
                source=choice.source,
            ),
            chosen=None,
            scale="diverging",
            value_range=(-end, end),
            cell=(6, 56),
        ),
        key="cosine_map",
        on_choose=lambda row, column: toggle_look(int(choice.shown[column])),
    )


def _python_lines(choice: Choice, removed: tuple[tuple[int, int], ...]) -> str:
    trace = choice.trace
    if len(removed) == trace.layers * trace.heads:
        heads = f"[(layer, head) for layer in range(1, {trace.layers + 1}) for head in range(1, {trace.heads + 1})]"
    elif len(removed) == trace.heads:
        heads = f"[({choice.layer}, head) for head in range(1, {trace.heads + 1})]"
    else:
        heads = f"[({choice.layer}, {choice.head})]"
    return "\n".join(
        [
            "from attention.networks import load_encoder",
            "from attention.similarity import cosine_similarity",
            "",
            f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
            f"text = {trace.text[: trace.tokens.truncated_at]!r}",
            "on = encoder(text).hidden_states[-1]",
            f"off = encoder(text, without={heads}).hidden_states[-1]",
            f"asks, looks = {choice.asks}, {_others(choice)[0]}",
            "print(cosine_similarity(on, asks)[looks], cosine_similarity(off, asks)[looks])",
        ]
    )
