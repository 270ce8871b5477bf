"""What the lesson on the family computes with: a sentence that a trained network read, and one of its heads."""

import streamlit as st

from attention.networks.encoder_trace import EncoderTrace
from attention.teaching.relatives import Layer
from pages.shared.compute import read_sentence, sample_picture
from pages.shared.controls import choice
from pages.shared.picture_source import SAMPLES, OpenPicture
from pages.shared.sentence_controls import examples

NETWORK = "en"
ASKING = "What will never be perfect?"  # the sentence that asks another one
HEADS = {"law": (4, 2), "balanced": (3, 7), "previous": (1, 3), "next": (2, 9)}  # layer and head, from 1
HEAD, REACH, SAMPLE = "law", 4, "astronaut"
REACHES = tuple(map(str, range(1, 14)))


def example() -> dict:
    """The law sentence, with the word that asks and the one it looks at."""
    return examples()[0]


def law() -> EncoderTrace:
    """The law sentence, read."""
    return read_sentence(example()["text"], NETWORK)


def layer_of(name: str) -> Layer:
    """The layer of one of `HEADS`."""
    layer, head = HEADS[name]
    trace, asking = law(), read_sentence(ASKING, NETWORK)
    at = layer - 1
    return Layer(trace.Q[at], trace.K[at], trace.V[at], head - 1, asking.Q[at, head - 1])


def chosen(name: str, default: object) -> object:
    """What a control of the lesson stands at, also before it was ever placed."""
    found = st.session_state.get(f"family_{name}")
    return default if found is None else found


def choose_head() -> str:
    """One of `HEADS`."""
    return choice("family_head", tuple(HEADS), HEAD, texts="lesson_family.head")


def choose_picture() -> OpenPicture:
    """A sample."""
    return sample_picture(choice("family_picture", tuple(SAMPLES), SAMPLE, texts="lesson_family.picture"))
