"""What if: words hidden, heads removed, the softmax warmer or colder; before, after, and the difference."""

import numpy as np
import streamlit as st

from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from pages.explorer.changes import Changes, choose_changes, toggle_mask
from pages.explorer.choice import Choice, ask, look
from pages.explorer.in_view import in_view
from pages.explorer.strip import word_strip
from pages.shared.components import attention_map
from pages.shared.compute import ENCODERS
from pages.shared.opened_cell import opened_cell
from pages.shared.sentence_controls import arrays
from pages.shared.sentence_map import COMPARABLE
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, plain, prose, t, template


def show(choice: Choice) -> None:
    """Place what can be changed, the two maps and their difference, and the changed cell opened."""
    strip, said = st.container(), st.container()
    with st.container(key="changes"):
        changes = choose_changes(choice)
    with st.spinner(t("change.computing"), show_time=False):
        after = choice.alone(**changes.options())
        changed = after.trace
    with strip:
        word_strip(after, clicks=("mask", "asks"), masked=changes.masked, on_mask=toggle_mask)
    before = in_view(choice.alone())
    row, column = before.unit(choice.asks), before.unit(choice.looks[0])
    weights = before.weights[0], in_view(after).weights[0]
    said.markdown(f"#### {plain(_finding(choice, changes, [w[row] for w in weights], before.words, (row, column)))}")

    def pin(row: int, column: int) -> None:
        ask(int(choice.shown[row]))
        look(int(choice.shown[column]))

    places = st.columns(3, gap="medium")
    for place, name, values in zip(
        places, ("before", "after", "difference"), (*weights, weights[1] - weights[0]), strict=True
    ):
        with place:
            st.markdown(f"**{t(f'change.map.{name}')}**")
            _map(choice, name, values, before.words, (row, column), pin)
    names = (isolate(choice.labels[choice.asks]), isolate(choice.labels[choice.looks[0]]))
    opened_cell(
        changed.head(choice.layer, choice.head),
        choice.asks,
        choice.looks[0],
        names=names,
        shown=choice.shown,
        sinks=choice.sinks,
        place=f"changed-layer{choice.layer}-head{choice.head}",
    )
    take_home(
        "what-if",
        lambda: {**arrays(choice.trace), **{f"changed_{key}": value for key, value in arrays(after.trace).items()}},
        _python_lines(choice, changes),
        key="change_npz",
    )
    with st.expander(t("change.why"), icon=":material/help:"):
        st.markdown(prose("change_view"))


def _finding(choice: Choice, changes: Changes, rows: list[np.ndarray], words: list[str], cell: tuple[int, int]) -> str:
    """What was changed, and what that did to the row of the word that asks."""
    most = int(np.abs(rows[1] - rows[0]).argmax())
    values = {
        "said": changes.said(choice.labels),
        "asks": isolate(words[cell[0]]),
        "layer": choice.layer,
        "head": choice.head,
    }
    if not np.abs(rows[1] - rows[0]).max() > 5e-5:
        return t("change.finding_nothing", **values)
    said = t(
        "change.finding",
        looks=isolate(words[cell[1]]),
        before=percent(rows[0][cell[1]]),
        after=percent(rows[1][cell[1]]),
        **values,
    )
    if most == cell[1]:
        return said
    return said + t(
        "change.finding_most", word=isolate(words[most]), before=percent(rows[0][most]), after=percent(rows[1][most])
    )


def _map(choice: Choice, name: str, values: np.ndarray, words: list[str], cell: tuple[int, int], pin) -> None:
    difference = name == "difference"
    long = not difference and len(words) > COMPARABLE
    high = t("map_view.high_one_roots") if long else t("sentence.high")
    end = max(float(np.abs(values).max()), 0.01) if difference else 1.0
    row, column = np.unravel_index(np.abs(values).argmax(), values.shape)
    shown = signed(values[row, column], 2) if difference else percent(values[row, column])
    attention_map(
        map_payload(
            values,
            words,
            words,
            MapText(
                row_title=t("sentence.row_title"),
                column_title=t("sentence.column_title"),
                low=t("change.low", value=signed(-end, 2)) if difference else t("sentence.low"),
                high=t("change.high", value=signed(end, 2)) if difference else high,
                sentence=t(
                    f"change.largest_{'difference' if difference else 'weight'}",
                    row=isolate(words[row]),
                    column=isolate(words[column]),
                    value=shown,
                ),
                hover=template("sentence.hover"),
                name=f"what-if-{name}-layer{choice.layer}-head{choice.head}",
                source=choice.source,
            ),
            chosen=cell,
            scale="diverging" if difference else "sequential",
            value_range=(-end, end) if difference else (0, 1),
            roots=long,
            axis_colors=("Q", "K"),
            cell=(4, 72),
        ),
        key=f"change_{name}",
        on_choose=pin,
    )


def _python_lines(choice: Choice, changes: Changes) -> str:
    options = "".join(f", {name}={value!r}" for name, value in changes.options().items())
    return "\n".join(
        [
            "from attention.networks import load_encoder",
            "",
            f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
            f"text = {choice.trace.text[: choice.trace.tokens.truncated_at]!r}",
            "before = encoder(text)",
            f"after = encoder(text{options})",
            f"at = {choice.layer} - 1, {choice.head} - 1, {choice.asks}, {choice.looks[0]}",
            "print(before.weights[at], after.weights[at])",
        ]
    )
