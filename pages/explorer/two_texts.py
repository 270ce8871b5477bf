"""Two texts read as a pair: who in the one looks at whom in the other."""

import re

import numpy as np
import streamlit as st

from attention.blocks import block_shares, strongest_between
from attention.networks import EncoderTrace
from attention.sinks import set_aside
from figures.bars import bars_payload
from figures.maps import MapText, map_payload
from figures.numbers import percent
from pages.explorer.choice import Choice, open_head
from pages.shared.components import attention_map, bars
from pages.shared.compute import ENCODERS, read_sentence
from pages.shared.controls import switch
from pages.shared.opened_cell import opened_cell
from pages.shared.sentence_controls import RESCALED_LINE, arrays, labels, readable
from pages.shared.sentence_map import COMPARABLE
from pages.shared.state import LONGEST_IN_ADDRESS, arrive, depart
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, plain, prose, t, template


def show(choice: Choice) -> None:
    """Place the second text, the map with its four blocks, their shares, and the opened cell."""
    second = _ask_for_second(choice.network)

    def read() -> EncoderTrace:
        return read_sentence(choice.text, choice.network, pair=second)

    trace = read()
    _say_what_was_cut(trace)
    first_text, second_text = _texts(trace)
    if not (first_text.any() and second_text.any()):
        st.info(t("pair.nothing_to_link"), icon=":material/edit:")
        return
    of_heads = _set_aside(trace, choice.sinks)
    weights = of_heads[choice.layer - 1, choice.head - 1]
    printed = labels(trace.tokens)
    left, right = st.columns([4, 3], gap="large")
    with left:
        one_way = switch("one_way", label=t("pair.one_way"), help=t("pair.one_way_help"))
        rows = np.flatnonzero(first_text) if one_way else _shown(trace, choice.sinks)
        columns = np.flatnonzero(second_text) if one_way else rows
        asks, looks = _pinned(trace, weights, rows, columns)
        _map(choice, trace, weights, printed, (rows, columns), (asks, looks))
    with right:
        _row(choice, weights, printed, (asks, looks), columns)
        _blocks(trace, weights)
        _strongest(trace, of_heads, printed)
    opened_cell(
        trace.head(choice.layer, choice.head),
        asks,
        looks,
        names=(isolate(printed[asks]), isolate(printed[looks])),
        shown=_shown(trace, choice.sinks),
        sinks=choice.sinks,
        place=f"pair-layer{choice.layer}-head{choice.head}",
    )
    take_home("two-texts", lambda: arrays(read()), _python_lines(choice, trace, asks, looks), key="pair_npz")
    with st.expander(t("pair.why"), icon=":material/help:"):
        st.markdown(prose("pair_view"))


def _ask_for_second(network: str) -> str:
    """The second text; a blank one is answered, and the last one stays."""
    default = t(f"pair.example.{network}")
    arrive("second", default, lambda text: bool(text.strip()))
    known = [t(f"pair.example.{name}") for name in ENCODERS]
    if st.session_state.second in known:  # nobody has typed yet: the example follows the first text's language
        st.session_state.second = default
    typed = st.text_input(t("pair.second"), key="second", placeholder=t("pair.placeholder"), on_change=_forget_pin)
    if len(typed) > LONGEST_IN_ADDRESS:
        st.caption(t("sentence.too_long_for_link"))
    if not typed.strip():
        st.info(t("pair.empty"), icon=":material/edit:")
        return st.session_state.get("last_second", default)
    depart("second", default)
    st.session_state.last_second = typed
    return typed


def _say_what_was_cut(trace: EncoderTrace) -> None:
    if trace.tokens.characters_cut:
        limit = len(trace.tokens)
        st.info(t("pair.cut", limit=limit, cut=trace.tokens.characters_cut), icon=":material/content_cut:")


def _texts(trace: EncoderTrace) -> tuple[np.ndarray, np.ndarray]:
    """Which positions are words of the first text, and which of the second."""
    tokens = trace.tokens
    return ~tokens.special & (tokens.segments == 0), ~tokens.special & (tokens.segments == 1)


def _shown(trace: EncoderTrace, sinks: str) -> np.ndarray:
    return np.flatnonzero(~trace.tokens.special | (sinks == "show"))


def _set_aside(trace: EncoderTrace, sinks: str) -> np.ndarray:
    """The weights of all heads, (layers, heads, n, n); where rows are rescaled, [CLS] and [SEP] ask and get nothing."""
    if sinks != "renormalise":
        return trace.weights
    keep = ~trace.tokens.special
    rescaled = np.zeros_like(trace.weights)
    rescaled[..., *np.ix_(keep, keep)] = set_aside(trace.weights, keep, sinks)
    return rescaled


def _pinned(trace: EncoderTrace, weights: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> tuple[int, int]:
    """The cell pinned on this map ("9.31" in the address), else the strongest link from A to B."""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})", st.session_state.pair_pin)
    cell = (int(found[1]), int(found[2])) if found else (-1, -1)
    if cell[0] not in rows or cell[1] not in columns:
        st.session_state.pair_pin = ""
        words = readable(trace.tokens)
        asking, looked = (part & words if (part & words).any() else part for part in _texts(trace))
        cell = strongest_between(weights, asking, looked)
    depart("pair_pin", "")
    return cell


def _forget_pin() -> None:
    """With another second text; before the page runs again."""
    st.session_state.pair_pin = ""


def pin(asks: int, looks: int) -> None:
    """Pin this cell; before the page runs again."""
    st.session_state.pair_pin = f"{asks}.{looks}"


def _map(choice: Choice, trace: EncoderTrace, weights, printed: list[str], shown, cell: tuple[int, int]) -> None:
    rows, columns = shown
    values = weights[np.ix_(rows, columns)]
    row, column = (int(np.searchsorted(axis, at)) for axis, at in zip(shown, cell, strict=True))
    second = _texts(trace)[1]
    long = max(values.shape) > COMPARABLE
    one_way = len(rows) != len(columns) or (rows != columns).any()
    attention_map(
        map_payload(
            values,
            [printed[i] for i in rows],
            [printed[i] for i in columns],
            MapText(
                row_title=t("pair.row_title_one_way" if one_way else "sentence.row_title"),
                column_title=t("pair.column_title_one_way" if one_way else "sentence.column_title"),
                low=t("sentence.low"),
                high=t("map_view.high_one_roots") if long else t("sentence.high"),
                sentence=_finding(choice, trace, weights, printed, cell),
                hover=template("sentence.hover"),
                name=f"pair-layer{choice.layer}-head{choice.head}",
                source=choice.source,
            ),
            chosen=(row, column),
            value_range=(0, 1),
            roots=long,
            axis_colors=("Q", "K"),
            cell=(6, 72),
            dividers=None if one_way else (int(second[rows].argmax()), int(second[columns].argmax())),
            blocks=None if one_way else [[t(f"pair.block.{a}{b}") for b in "ab"] for a in "ab"],
        ),
        key="pair_map",
        on_choose=lambda row, column: pin(int(rows[row]), int(columns[column])),
    )


def _finding(choice: Choice, trace: EncoderTrace, weights, printed: list[str], cell: tuple[int, int]) -> str:
    asks, looks = cell
    from_a, to_b = _texts(trace)
    across = float(block_shares(weights, [from_a], [to_b])[0, 0])
    return t(
        "pair.finding" if from_a[asks] else "pair.finding_from_b",
        layer=choice.layer,
        head=choice.head,
        asks=isolate(printed[asks]),
        looks=isolate(printed[looks]),
        share=percent(weights[asks, looks]),
        across=percent(across),
    )


def _row(choice: Choice, weights, printed: list[str], cell: tuple[int, int], columns: np.ndarray) -> None:
    asks, looks = cell
    bars(
        bars_payload(
            weights[asks, columns],
            [printed[i] for i in columns],
            title=t("sentence.bars", asks=isolate(printed[asks])),
            rest=template("sentence.rest"),
            chosen=int(np.searchsorted(columns, looks)),
        ),
        key="pair_bars",
        on_choose=lambda index: pin(asks, int(columns[index])),
    )


def _blocks(trace: EncoderTrace, weights: np.ndarray) -> None:
    """How much each text gives to itself, to the other, and to [CLS] and [SEP]: a map of six numbers."""
    first, second = _texts(trace)
    shares = block_shares(weights, [first, second], [first, second, trace.tokens.special])
    attention_map(
        map_payload(
            shares,
            [t("pair.text_a"), t("pair.text_b")],
            [t("pair.text_a"), t("pair.text_b"), "[CLS] [SEP]"],
            MapText(
                row_title=t("pair.shares_row"),
                column_title=t("pair.shares_column"),
                low=t("sentence.low"),
                high=t("sentence.high"),
                sentence=t("pair.shares", a_b=percent(shares[0, 1]), b_a=percent(shares[1, 0])),
                hover=template("sentence.hover"),
                name="pair-blocks",
            ),
            value_range=(0, 1),
            axis_colors=("Q", "K"),
            cell=(44, 96),
        ),
        key="pair_blocks",
        tools=("csv",),
    )


def _strongest(trace: EncoderTrace, weights: np.ndarray, printed: list[str]) -> None:
    """One click to the head, of all, with the strongest link from the first text to the second."""
    words = readable(trace.tokens)
    first, second = _texts(trace)
    if not ((first & words).any() and (second & words).any()):
        return
    layer, head, asks, looks = strongest_between(weights, first & words, second & words)
    said = t(
        "pair.strongest",
        asks=isolate(printed[asks]),
        looks=isolate(printed[looks]),
        share=percent(weights[layer, head, asks, looks]),
        head=f"L{layer + 1}H{head + 1}",
    )

    def open_it() -> None:
        open_head(layer + 1, head + 1)
        pin(asks, looks)

    st.button(plain(said), icon=":material/search:", key="pair_strongest", on_click=open_it)


def _python_lines(choice: Choice, trace: EncoderTrace, asks: int, looks: int) -> str:
    tokens = trace.tokens
    lines = [
        "from attention.networks import load_encoder",
        "",
        f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
        f"trace = encoder({trace.text[: tokens.truncated_at]!r}, pair={trace.pair[: tokens.pair_truncated_at]!r})",
        f"row = trace.weights[{choice.layer} - 1, {choice.head} - 1, {asks}]",
    ]
    if choice.sinks == "renormalise":
        lines.append(RESCALED_LINE)
    return "\n".join([*lines, f"print(row[{looks}])"])
