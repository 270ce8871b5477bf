"""What the reader of the Sentence page can choose, and the words the page answers with."""

import tomllib
from functools import cache

import numpy as np
import streamlit as st

from attention.networks import EncoderTrace
from attention.sinks import strongest_link
from attention.sources.scripts import choose_network
from attention.sources.tokens import Tokens
from figures.numbers import percent
from pages.shared.compute import ENCODERS, read_sentence
from pages.shared.controls import choice, number_choice
from pages.shared.state import arrive, depart
from pages.shared.texts import TEXTS, plain, t

NETWORKS = ("auto", *ENCODERS)
LONGEST_LABEL = 24  # characters


@cache
def examples() -> list[dict]:
    """The sentences to begin with; the first is what the page opens on."""
    return tomllib.loads((TEXTS / "examples.toml").read_text(encoding="utf-8"))["sentence"]


def _take_example(example: dict) -> None:
    st.session_state.update(
        text=example["text"],
        network="auto",
        layer=example["layer"],
        head=example["head"],
        asks=example["asks"],
        looks=example["looks"],
    )


def ask_for_text(*, with_examples: bool = True) -> str:
    """The text field with its examples. A blank text is answered with a sentence, and the last good one stays."""
    default = examples()[0]["text"]
    arrive("text", default, lambda text: bool(text.strip()))
    typed = st.text_input(
        t("sentence.text"), key="text", placeholder=t("sentence.placeholder"), on_change=_forget_words
    )
    if with_examples:
        _offer_examples()
    if typed.strip():
        depart("text", default)
        st.session_state.last_text = typed
        return typed
    st.info(t("sentence.empty"), icon=":material/edit:")
    return st.session_state.get("last_text", default)


def _offer_examples() -> None:
    with st.container(horizontal=True, gap="small"):
        for i, example in enumerate(examples()):
            st.button(
                plain(example["name"]),
                key=f"example{i}",
                type="tertiary",
                on_click=_take_example,
                args=(example,),
            )


def _forget_words() -> None:
    st.session_state.words_forgotten = True


def read(text: str) -> tuple[EncoderTrace, str]:
    """The text through the network that reads its script, or the one the reader chose; with what must be said."""
    arrive("network", "auto", NETWORKS.__contains__)
    chosen = st.session_state.network
    by_script = choose_network(text)
    network = by_script or "en" if chosen == "auto" else chosen
    with st.spinner(t("sentence.loading")):
        trace = read_sentence(text, network)
    tokens = trace.tokens
    if tokens.truncated_at is not None:
        st.info(
            t("sentence.cut", limit=len(tokens), read=tokens.truncated_at, cut=tokens.characters_cut),
            icon=":material/content_cut:",
        )
    if by_script is None:
        st.warning(
            t(
                "sentence.unreadable",
                network=t(f"sentence.name.{network}"),
                unknown=percent(tokens.unknown_share),
                spelled=percent(tokens.spelled_share),
            ),
            icon=":material/translate:",
        )
        st.page_link(
            "pages/steps.py",
            label=t("sentence.illustrative"),
            icon=":material/footprint:",
            query_params={"words": text[:200]},
        )
    elif tokens.unknown_share > 0.05:
        st.warning(t("sentence.unknown", share=percent(tokens.unknown_share)), icon=":material/translate:")
    return trace, network


def choose_head(trace: EncoderTrace) -> tuple[int, int]:
    """Layer and head, counted from 1."""
    first = examples()[0]
    layer = number_choice("layer", trace.layers, min(first["layer"], trace.layers), label=t("sentence.layer"))
    head = number_choice(
        "head",
        trace.heads,
        first["head"],
        label=t("sentence.head"),
        help=t("sentence.head_help", heads=trace.heads),
    )
    return layer, head


def choose_network_that_reads() -> None:
    """By script, or the reader's own choice; `read` has used it by the time this is drawn."""
    choice("network", NETWORKS, "auto", texts="sentence.network")


def choose_sinks() -> str:
    """What to do with [CLS] and [SEP]: "show", "hide" or "renormalise"."""
    return choice("sinks", ("show", "hide", "renormalise"), "show", texts="sentence.sinks")


def labels(tokens: Tokens) -> list[str]:
    """What to print for each piece: its characters, or its name where they cannot be seen; never a long line."""
    printed = (word.strip() or piece for word, piece in zip(tokens.words, tokens.pieces, strict=True))
    return [word if len(word) <= LONGEST_LABEL else word[: LONGEST_LABEL - 1] + "…" for word in printed]


def default_words(trace: EncoderTrace, weights: np.ndarray) -> tuple[int, int]:
    """What to pin before the reader has: the opening example's words, else the strongest link between two words."""
    first = examples()[0]
    if trace.text == first["text"]:
        return first["asks"], first["looks"]
    return strongest_link(weights, ~trace.tokens.special)


def choose_words(trace: EncoderTrace, weights: np.ndarray, shown: np.ndarray) -> tuple[int, int]:
    """The position that asks and the one it looks at."""
    printed = labels(trace.tokens)
    defaults = default_words(trace, weights)
    options = [int(i) for i in shown]
    forgotten = st.session_state.pop("words_forgotten", False)
    chosen = []
    for place, name, default in zip(st.columns(2), ("asks", "looks"), defaults, strict=True):
        default = default if default in options else options[0]
        if forgotten or st.session_state.get(name, default) not in options:
            st.session_state[name] = default
        chosen.append(
            place.selectbox(
                t(f"sentence.{name}"),
                options,
                index=options.index(default),
                format_func=lambda i: f"{i} {printed[i]}",
                key=name,
                bind="query-params",
            )
        )
    return chosen[0], chosen[1]


def pin_words(asks: int, looks: int) -> None:
    """What a click on the map or on a bar does, before the page runs again."""
    st.session_state.asks, st.session_state.looks = asks, looks


def sinks_note(sinks: str, weights: np.ndarray, special: np.ndarray) -> None:
    """One line on why [CLS] and [SEP] take so much, with how much it is in this head."""
    st.caption(t(f"sentence.sinks.note_{sinks}", share=percent(weights[:, special].sum() / len(weights))))


def reader(network: str, trace: EncoderTrace) -> str:
    """Which network read the sentence."""
    name = t(f"sentence.name.{network}")
    return t("sentence.reader", network=name, folder=ENCODERS[network], layers=trace.layers, heads=trace.heads)


def python_lines(text: str, network: str, layer: int, head: int, asks: int, looks: int, sinks: str) -> str:
    """Python that prints the chosen weight."""
    lines = [
        "from attention import attend",
        "from attention.networks import load_encoder",
        "",
        f'encoder = load_encoder("assets/models/{ENCODERS[network]}")',
        f"trace = encoder({text!r})",
        f"Q, K, V = (part[{layer} - 1, {head} - 1] for part in (trace.Q, trace.K, trace.V))",
        f"row = attend(Q, K, V).weights[{asks}]",
    ]
    if sinks == "renormalise":
        lines.append("row = row / row[~trace.tokens.special].sum()  # [CLS] and [SEP] set aside")
    lines.append(f"print(row[{looks}])")
    return "\n".join(lines)
