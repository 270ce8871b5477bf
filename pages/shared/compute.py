"""What is computed once and shared by all sessions. The only place with Streamlit's caches."""

from pathlib import Path

import streamlit as st

from attention.networks import Encoder, EncoderTrace, load_encoder
from pages.shared.byte_cache import ByteCache

MODELS = Path(__file__).parents[2] / "assets" / "models"
ENCODERS = {
    "en": "all-minilm-l6-v2",
    "zh": "simbert-tiny-zh",
}  # the language a network was trained on: its folder
TRACES_KEPT = (
    256 * 2**20
)  # bytes; the trace of 512 pieces takes about 100 MB, of an ordinary sentence less than 1


@st.cache_resource(show_spinner=False)
def encoder(network: str) -> Encoder:
    """The trained network, its arrays read-only: loaded once per server, when first needed."""
    return load_encoder(MODELS / ENCODERS[network])


@st.cache_resource(show_spinner=False)
def _traces() -> ByteCache:
    def bytes_of(trace: EncoderTrace) -> int:
        return sum(part.nbytes for part in (trace.Q, trace.K, trace.V, trace.weights, trace.hidden_states))

    return ByteCache(TRACES_KEPT, bytes_of)


def read_sentence(text: str, network: str) -> EncoderTrace:
    """One forward pass, shared by everybody who looks at the same sentence."""
    return _traces().get((network, text), lambda: encoder(network)(text))
