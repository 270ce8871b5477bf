"""What is computed once and shared by all sessions. The only place with Streamlit's caches."""

import gc
from collections.abc import Hashable
from pathlib import Path

import streamlit as st

from attention.images import CBAMTrace, FeatureMaps, cbam, feature_maps
from attention.networks import Encoder, EncoderTrace, load_encoder
from figures.overlays import grey, jpeg_url
from pages.shared.byte_cache import ByteCache
from pages.shared.picture_source import SAMPLES, OpenPicture, open_picture
from pages.shared.picture_weights import DEFAULT, Weights

MODELS = Path(__file__).parents[2] / "assets" / "models"
ENCODERS = {"en": "all-minilm-l6-v2", "zh": "simbert-tiny-zh"}  # language it was trained on: folder
TRACES_KEPT = 256 * 2**20  # bytes; the trace of 512 pieces takes about 100 MB, of an ordinary sentence less than 1
PICTURES_KEPT = 12  # the channels of one take 5 MB at most


@st.cache_resource(show_spinner=False)
def settle_server() -> None:
    """Once per server: what the imports made stays, so the garbage collector need not walk it after every rerun."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def encoder(network: str) -> Encoder:
    """The trained network, its arrays read-only: loaded once per server, when first needed."""
    return load_encoder(MODELS / ENCODERS[network])


@st.cache_resource(show_spinner=False)
def _traces() -> ByteCache:
    def bytes_of(trace: EncoderTrace) -> int:
        return sum(part.nbytes for part in (trace.Q, trace.K, trace.V, trace.weights, trace.hidden_states))

    return ByteCache(TRACES_KEPT, bytes_of)


def read_sentence(text: str, network: str, **changes: Hashable) -> EncoderTrace:
    """One forward pass, shared by everybody who looks at the same sentence with the same `changes` (see `Encoder`)."""
    asked = (network, text, *sorted(changes.items()))
    return _traces().get(asked, lambda: encoder(network)(text, **changes))


@st.cache_resource(show_spinner=False)
def sample_picture(code: str) -> OpenPicture:
    """A picture of assets/images."""
    path = SAMPLES[code]
    return open_picture(path.read_bytes(), f"assets/images/{path.name}")


# Results for readers' own pictures lie in these caches too: only who has the picture has the hash they lie under.
@st.cache_resource(show_spinner=False, max_entries=PICTURES_KEPT)
def _channels(digest: str, _picture: OpenPicture) -> FeatureMaps:
    return feature_maps(_picture.rgb)


@st.cache_data(show_spinner=False, max_entries=PICTURES_KEPT)
def _thumbnails(digest: str, _picture: OpenPicture, longest: int) -> list[str]:
    return [jpeg_url(plane, longest=longest) for plane in grey(picture_channels(_picture).maps)]


def picture_channels(picture: OpenPicture) -> FeatureMaps:
    """The channel bank of a picture, computed once."""
    return _channels(picture.digest, picture)


def channel_thumbnails(picture: OpenPicture, longest: int) -> list[str]:
    """The channels as small grey pictures, data URLs."""
    return _thumbnails(picture.digest, picture, longest)


def picture_attention(picture: OpenPicture, weights: Weights = DEFAULT) -> CBAMTrace:
    """Channel and spatial attention: a few milliseconds, so not cached."""
    channels = picture_channels(picture)
    return cbam(channels.maps, weights.channel_weights(channels.names), weights.spatial_weights())
