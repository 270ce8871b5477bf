"""What the reader of the Sentence page can choose, and the words the page answers with."""

import re
import tomllib
from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.networks import EncoderTrace
from attention.sinks import strongest_link
from attention.sources.scripts import choose_network
from attention.sources.tokens import Tokens
from figures.numbers import percent
from pages.shared.compute import ENCODERS, read_sentence
from pages.shared.controls import badge, choice
from pages.shared.state import LONGEST_IN_ADDRESS, arrive, depart
from pages.shared.texts import TEXTS, plain, t

NETWORKS = ("auto", *ENCODERS)
OPENING_HEADS = {"en": (4, 2), "zh": (3, 4)}  # layer and head of each network that often link words by meaning
LONGEST_LABEL = 24  # characters
RESCALED_LINE = "row = row / row[~trace.tokens.special].sum()  # [CLS] and [SEP] set aside"  # of printed Python


@cache
def _sentences() -> dict[str, list[dict]]:
    return tomllib.loads((TEXTS / "examples.toml").read_text(encoding="utf-8"))


def examples() -> list[dict]:
    """The sentences to begin with; the first is what the page opens on."""
    return _sentences()["sentence"]


def counterexamples() -> list[dict]:
    """Two sentences alike but for one word, whose links do not follow the meaning."""
    return _sentences()["counterexample"]


def take_example(example: dict) -> None:
    """Show this sentence with its head and its first words; before the page runs again."""
    st.session_state.update(
        text=example["text"],
        network="auto",
        read_by=choose_network(example["text"]),
        layer=example["layer"],
        head=example["head"],
        also=[],
        asks="",
        looks="",
    )


def ask_for_text(*, examples_in: DeltaGenerator | None = None) -> str:
    """The text field, with examples in a place of the page's choice.

    A blank text is answered with a sentence, and the last good one stays.
    """
    default = examples()[0]["text"]
    arrive("text", default, lambda text: bool(text.strip()))
    empty = t("sentence.empty" if examples_in else "home.empty")
    typed = typed_text("text", default, t("sentence.text"), empty, on_change=_note_new_text)
    if examples_in:
        with examples_in:
            _offer_examples()
    return typed


def typed_text(name: str, default: str, label: str, empty: str, **field: Any) -> str:
    """A field for what has arrived; a blank text is answered with the sentence `empty`, and the last good one stays."""
    typed = st.text_input(label, key=name, placeholder=t("sentence.placeholder"), **field)
    if not typed.strip():
        st.info(empty, icon=":material/edit:")
        return st.session_state.get(f"last_{name}", default)
    if len(typed) > LONGEST_IN_ADDRESS:
        st.caption(t("sentence.too_long_for_link"))
    depart(name, default)
    st.session_state[f"last_{name}"] = typed
    return typed


def _offer_examples() -> None:
    with st.container(horizontal=True, gap="small", width="content", key="examples"):
        for i, example in enumerate(examples()):
            st.button(
                plain(example["name"]),
                key=f"example{i}",
                type="tertiary",
                on_click=take_example,
                args=(example,),
            )


def _note_new_text() -> None:
    st.session_state.text_is_new = True


def read(text: str) -> tuple[EncoderTrace, str]:
    """The text through the network that reads its script, or the one the reader chose; with what must be said."""
    arrive("network", "auto", NETWORKS.__contains__)
    chosen = st.session_state.network
    by_script = choose_network(text)
    network = by_script or "en" if chosen == "auto" else chosen
    if st.session_state.get("read_by", network) != network:  # another network: begin at a head worth seeing
        st.session_state.layer, st.session_state.head = OPENING_HEADS[network]
    st.session_state.read_by = network
    with st.spinner(t("sentence.loading")):
        trace = read_sentence(text, network)
    say_what_was_not_read(text, trace.tokens, network, by_script)
    return trace, network


def say_what_was_not_read(text: str, tokens: Tokens, network: str, by_script: str | None) -> None:
    """What of a text its network could not read, and who would; nothing where all is well."""
    if tokens.truncated_at is not None:
        st.info(
            t("sentence.cut", limit=len(tokens), read=tokens.truncated_at, cut=tokens.characters_cut),
            icon=":material/content_cut:",
        )
    if tokens.special.all():
        st.info(t("sentence.nothing_read"), icon=":material/edit:")
    elif by_script is None:
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
    elif by_script != network:
        st.warning(t(f"sentence.mismatch.{network}"), icon=":material/translate:")
    elif tokens.unknown_share > 0.05:
        st.warning(t("sentence.unknown", share=percent(tokens.unknown_share)), icon=":material/translate:")


def say_who_reads(network: str, trace: EncoderTrace) -> None:
    """The badge of the network, and beside it the choice of another."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        badge("trained", reader(network, trace))
        with st.popover(t("sentence.network.label"), icon=":material/translate:", type="tertiary"):
            choice("network", NETWORKS, "auto", texts="sentence.network")


def labels(tokens: Tokens) -> list[str]:
    """What to print for each piece: its characters, or its name where they cannot be seen; never a long line."""
    return [shortened(word.strip() or piece) for word, piece in zip(tokens.words, tokens.pieces, strict=True)]


def shortened(word: str, longest: int = LONGEST_LABEL) -> str:
    """A word that does not fill a line."""
    return word if len(word) <= longest else word[: longest - 1] + "…"


def first_words(trace: EncoderTrace, layer: int, head: int) -> tuple[int, tuple[int, ...]]:
    """What asks and what is looked at before anybody has chosen: an example's words, else a head's strongest link."""
    for example in examples() + counterexamples():
        if trace.text == example["text"]:
            return example["asks"], tuple(example["looks"])
    asks, looks = strongest_link(trace.weights[layer - 1, head - 1], readable(trace.tokens))
    return asks, (looks,)


def readable(tokens: Tokens) -> np.ndarray:
    """(n,) bool: words; punctuation counts only where there are no two words."""
    words = np.array([any(map(str.isalnum, word)) for word in tokens.words]) & ~tokens.special
    return words if words.sum() > 1 else ~tokens.special


def address(text: str, layer: int, head: int, cell: tuple[int, int]) -> dict[str, str]:
    """What brings another page's reader to exactly this cell of the Sentence page's map."""
    named = {"text": text} if len(text) <= LONGEST_IN_ADDRESS else {}  # a longer one is kept for this visit anyway
    chosen = {"layer": layer, "head": head, "asks": cell[0], "looks": cell[1]}
    return {**named, "view": "map", **{name: str(value) for name, value in chosen.items()}}


def pinned_cell(trace: EncoderTrace, network: str) -> tuple[int, int]:
    """The cell pinned on the home page ("9.2" in its address), forgotten when the text is another."""
    arrive("pin", "", lambda text: True)
    if st.session_state.pop("text_is_new", False):
        st.session_state.pin = ""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})", st.session_state.pin)
    if found and max(map(int, found.groups())) < len(trace.tokens):
        return int(found[1]), int(found[2])
    asks, looks = first_words(trace, *OPENING_HEADS[network])
    return asks, looks[0]


def pin_cell(row: int, column: int) -> None:
    """What a click on the home page's map does, before the page runs again."""
    st.session_state.pin = f"{row}.{column}"


def reader(network: str, trace: EncoderTrace) -> str:
    """Which network read the sentence."""
    names = {"network": t(f"sentence.name.{network}"), "model": t(f"sentence.model.{network}")}
    return t("sentence.reader", layers=trace.layers, heads=trace.heads, **names)


def arrays(trace: EncoderTrace) -> dict[str, np.ndarray]:
    """Everything the network computed, under its own names."""
    return {
        "ids": trace.ids,
        "pieces": np.array(trace.tokens.pieces),
        "words": np.array(trace.tokens.words),
        "Q": trace.Q,
        "K": trace.K,
        "V": trace.V,
        "weights": trace.weights,
        "hidden_states": trace.hidden_states,
    }


def python_lines(trace: EncoderTrace, network: str, layer: int, head: int, asks: int, looks: int, sinks: str) -> str:
    """Python that prints the chosen weight."""
    lines = [
        "from attention import attend",
        "from attention.networks import load_encoder",
        "",
        f'encoder = load_encoder("assets/models/{ENCODERS[network]}")',
        f"trace = encoder({trace.text[: trace.tokens.truncated_at]!r})",
        f"Q, K, V = (part[{layer} - 1, {head} - 1] for part in (trace.Q, trace.K, trace.V))",
        f"row = attend(Q, K, V).weights[{asks}]",
    ]
    if sinks == "renormalise":
        lines.append(RESCALED_LINE)
    lines.append(f"print(row[{looks}])")
    return "\n".join(lines)
