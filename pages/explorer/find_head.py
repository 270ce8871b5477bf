"""Which heads link a word to others: all of them ranked, and those marked that only look at a fixed position."""

import streamlit as st

from attention.head_search import HeadSearch, search_heads
from figures.bars import ranking_payload
from figures.numbers import percent
from pages.explorer.choice import Choice, go, open_head
from pages.explorer.strip import word_strip
from pages.shared.components import bars
from pages.shared.compute import ENCODERS
from pages.shared.sentence_controls import arrays, counterexamples, take_example
from pages.shared.take_home import take_home
from pages.shared.texts import isolate, listed, plain, prose, t


def show(choice: Choice) -> None:
    """Place the words to choose, the ranking, and what it does and does not prove."""
    word_strip(choice, clicks=("looks", "asks"))
    found = search_heads(choice.trace.weights, choice.trace.tokens.special, choice.asks, choice.looks)
    left, right = st.columns([4, 3], gap="large")
    with left:
        _ranking(choice, found)
    with right:
        st.markdown(_finding(choice, found))
        _ways_on(choice, found)
        st.markdown(prose("find_view"))
        with st.container(horizontal=True):
            for i, example in enumerate(counterexamples()):
                st.button(plain(example["name"]), key=f"counterexample{i}", on_click=take_example, args=(example,))

    take_home(
        "find-a-head",
        lambda: {**arrays(choice.trace), "shares": found.shares, "habits": found.habits},
        _python_lines(choice, found),
        key="find_npz",
    )


def _ranking(choice: Choice, found: HeadSearch) -> None:
    def note(at: tuple[int, int]) -> str:
        kind = str(found.fixed[at[0] - 1, at[1] - 1])
        return t(f"find.habit.{kind}", share=percent(found.habits[at[0] - 1, at[1] - 1])) if kind else ""

    focus = (choice.layer, choice.head)
    payload = ranking_payload(
        [found.shares[layer - 1, head - 1] for layer, head in found.order],
        [name(at) for at in found.order],
        [note(at) for at in found.order],
        title=t("find.ranking", asks=_asks(choice), looks=listed([choice.labels[i] for i in found.looks])),
        references=[
            (found.mean, t("find.mean", count=len(found.order), share=percent(found.mean))),
            (found.uniform, t("find.uniform", share=percent(found.uniform))),
        ],
        more=(t("find.more", count=len(found.order)), t("find.less")),
        chosen=found.order.index(focus),
    )
    bars(payload, key="ranking", on_choose=lambda index: open_head(*found.order[index]))


def _finding(choice: Choice, found: HeadSearch) -> str:
    def share(at: tuple[int, int]) -> str:
        return percent(found.shares[at[0] - 1, at[1] - 1])

    first, best = found.order[0], found.best
    words = {"asks": _asks(choice), "looks": listed([choice.labels[i] for i in found.looks])}
    words |= {"first": name(first), "first_share": share(first), "best": name(best), "best_share": share(best)}
    kind = str(found.fixed[first[0] - 1, first[1] - 1])
    if not kind:
        said = t("find.finding", **words)
    else:
        habit = t(f"find.habit.{kind}", share=percent(found.habits[first[0] - 1, first[1] - 1]))
        said = t("find.finding_all_marked" if first == best else "find.finding_marked", habit=habit, **words)
    return plain(said)


def _ways_on(choice: Choice, found: HeadSearch) -> None:
    """One click to the winner's map, and to that of the head the reader has chosen in the ranking."""
    focus = (choice.layer, choice.head)
    with st.container(horizontal=True):
        for at, kind in ((found.best, "primary"), (focus, "secondary")):
            if at != found.best or kind == "primary":
                st.button(
                    t("find.open", head=name(at)),
                    type=kind,
                    icon=":material/grid_on:",
                    key=f"open_{kind}",
                    on_click=_open,
                    args=at,
                )


def _open(layer: int, head: int) -> None:
    open_head(layer, head)
    go("map")


def _python_lines(choice: Choice, found: HeadSearch) -> str:
    return "\n".join(
        [
            "from attention.head_search import search_heads",
            "from attention.networks import load_encoder",
            "",
            f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
            f"trace = encoder({choice.trace.text[: choice.trace.tokens.truncated_at]!r})",
            f"found = search_heads(trace.weights, trace.tokens.special, asks={found.asks}, looks={found.looks})",
            f"print(found.shares[{choice.layer} - 1, {choice.head} - 1])",
        ]
    )


def name(at: tuple[int, int]) -> str:
    """A head as the literature writes it: L4H2."""
    return f"L{at[0]}H{at[1]}"


def _asks(choice: Choice) -> str:
    return isolate(choice.labels[choice.asks])
