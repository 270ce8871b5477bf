"""What is computed once and shared by all sessions. With networks.py the only place with Streamlit's caches."""

import gc
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from attention.images import FeatureMaps, feature_maps
from attention.images.comparison import MECHANISMS, Measured, compared, measured
from attention.networks import Encoder, EncoderTrace, load_encoder
from attention.teaching.spread import Trials, draw_trials
from figures.overlays import grey, jpeg_url
from pages.shared.byte_cache import ByteCache, OwnedCache, bytes_of
from pages.shared.picture_source import SAMPLES, OpenPicture, open_picture

MODELS = Path(__file__).parents[2] / "assets" / "models"
ENCODERS = {"en": "all-minilm-l6-v2", "zh": "simbert-tiny-zh"}  # language it was trained on: folder
TRACES_KEPT = 256 * 2**20  # bytes; the trace of 512 pieces takes about 100 MB, of an ordinary sentence less than 1
PICTURES_KEPT = 400 * 2**20  # bytes; the channels of one picture take up to 31 MB and less than 0.1 s
SIZES_MEASURED = 64  # sizes of pictures
TRIALS_KEPT = 32  # 350 kB each, drawn in 0.1 s


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


@st.cache_resource(show_spinner=False)
def _of_pictures() -> OwnedCache:
    return OwnedCache(PICTURES_KEPT, bytes_of)


def of_picture(picture: OpenPicture, name: Hashable, compute: Callable[[], Any]) -> Any:
    """What is computed from a picture, kept under `name` as long as there is room and the picture is open.

    All sessions share what comes from a sample. What comes from a reader's own picture is found with that session's
    picture alone, and goes with it: when it is removed or replaced, or its session ends.
    """
    return _of_pictures().get_of(picture, name, compute)


def held_of_picture(picture: OpenPicture, name: Hashable) -> Any | None:
    """What `of_picture` keeps of a picture under `name`, or None."""
    return _of_pictures().held_of(picture, name)


def picture_channels(picture: OpenPicture) -> FeatureMaps:
    """The channel bank of a picture, computed once."""
    return of_picture(picture, "channels", lambda: feature_maps(picture.rgb))


def channel_thumbnails(picture: OpenPicture, longest: int) -> list[str]:
    """The channels as small grey pictures, data URLs."""

    def thumbnails() -> list[str]:
        return [jpeg_url(plane, longest=longest) for plane in grey(picture_channels(picture).maps)]

    return of_picture(picture, ("thumbnails", longest), thumbnails)


def picture_comparison(picture: OpenPicture) -> dict[str, np.ndarray]:
    """Where every mechanism looks, as multiples of its own average: {code: (H, W)}, computed once."""

    def comparison() -> dict[str, np.ndarray]:
        return {code: compared(code, picture_channels(picture)) for code in MECHANISMS}

    return of_picture(picture, "comparison", comparison)


@st.cache_resource(show_spinner=False, max_entries=SIZES_MEASURED)
def mechanism_costs(height: int, width: int, _channels: FeatureMaps) -> dict[str, Measured]:
    """What every mechanism costs at a picture's size, measured once: {code: Measured}."""
    return {code: measured(code, _channels) for code in MECHANISMS}


@st.cache_resource(show_spinner=False, max_entries=TRIALS_KEPT)
def dot_product_trials(seed: int, alike: float) -> Trials:
    """Dot products of random vectors (see `draw_trials`)."""
    return draw_trials(seed, alike=alike)
