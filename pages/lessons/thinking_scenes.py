"""The scenes of the lesson: two sentences, and for each whose attention is looked at."""

from dataclasses import dataclass, field

import streamlit as st

from attention import AttentionTrace, attend
from attention.networks import EncoderTrace
from attention.walkthrough import Walkthrough, draw_projections, draw_words, walk
from pages.shared.compute import read_sentence
from pages.shared.sentence_controls import examples, labels

THINKING = "Thinking Machines"
SHORT = "the law and its application"  # what Step by step has room for
D_MODEL, D_K, SEED, SEEDS = 4, 3, 19, 99  # as Step by step opens
HEADS = {  # scene: layer and head of the English network, counted from 1
    "previous": (1, 3),
    "next": (2, 9),
    "law": (4, 2),
    "both": (3, 7),
    "following": (5, 10),
}
SCENES = {"machines": ("hand", "previous", "next"), "law": ("law", "both", "following")}  # by sentence


@dataclass(frozen=True, eq=False)
class Scene:
    """One head over one sentence.

    code : as in `SCENES`
    words : one for each of the n positions
    attention : weights (n, n), V (n, d_v), output (n, d_v)
    opens_on : (row, column)
    trace : of the whole network, where it is a trained one
    """

    code: str
    words: list[str]
    attention: AttentionTrace = field(repr=False)
    opens_on: tuple[int, int]
    trace: EncoderTrace | None = field(default=None, repr=False)


def law() -> str:
    """The law sentence, as the Sentence page opens."""
    return examples()[0]["text"]


def by_hand(seed: int) -> Walkthrough:
    """The two words with illustrative numbers: those that Step by step shows for this seed."""
    return walk(draw_words(THINKING.split(), D_MODEL, seed), *draw_projections(D_MODEL, D_K, seed))


def scene(text: str, code: str, seed: int) -> Scene:
    """What is looked at; `text` is "machines" or "law"."""
    if code == "hand":
        road = by_hand(seed)
        return Scene(code, THINKING.split(), attend(road.Q, road.K, road.V), (0, 1))
    trace = read_sentence(THINKING if text == "machines" else law(), "en")
    attention = trace.head(*HEADS[code])
    asks = {"previous": 2, "next": 1}.get(code, examples()[0]["asks"])
    return Scene(code, labels(trace.tokens), attention, (asks, int(attention.weights[asks].argmax())), trace)


def chosen() -> Scene:
    """The scene of the reader's choice, also before there are widgets."""
    state = st.session_state
    text = state.get("thinking_text")
    text = text if text in SCENES else "machines"
    code = state.get(f"thinking_{text}")
    return scene(text, code if code in SCENES[text] else SCENES[text][0], state.get("thinking_seed", SEED))
