"""A word that asks the patches of a picture: Q from language, K and V from pixels."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from attention.images.features import CHANNELS
from attention.images.patch_attention import effective_number, patch_pixels
from attention.images.patches import Patches, picture_patches
from attention.teaching.picture_words import MEANS, ask_patches
from attention.trace import AttentionTrace
from figures.gallery import Item, gallery_payload
from figures.masks import MaskText
from figures.numbers import percent
from figures.overlays import jpeg_url
from pages.pictures.viewer import mask_viewer
from pages.shared.components import gallery
from pages.shared.compute import of_picture, picture_channels, sample_picture
from pages.shared.controls import badge, choice
from pages.shared.picture_source import SAMPLES, OpenPicture
from pages.shared.state import hold
from pages.shared.texts import t, template

ACROSS = 16
WORDS, PICTURES, FIRST = tuple(MEANS), tuple(sorted(SAMPLES)), "shapes"
NAMED = 6  # patches on a worksheet


def hold_picture() -> None:
    """While words are asked."""
    hold("self_word", WORDS[0], WORDS.__contains__)
    hold("self_sample", FIRST, PICTURES.__contains__)


def picture_toy(about: DeltaGenerator, left: DeltaGenerator, right: DeltaGenerator, loudness: float) -> None:
    """Place the choice of a word, the picture under the word's attention, and beside it what the word gets back."""
    with about:
        word = choice("self_word", WORDS, WORDS[0], texts="lesson_self.word")
        sample = choice("self_sample", PICTURES, FIRST, texts="lesson_self.sample")
    picture = sample_picture(sample)
    patches, trace = _ask(picture, word, loudness)
    shape, row = patches.shape, trace.weights[0]
    at = int(row.argmax())
    with left:
        badge("illustrative", t("lesson_self.picture_badge"))
        mask_viewer(
            picture,
            row.reshape(shape),
            MaskText(
                low=t("lesson_self.patch_low"),
                high=t("lesson_self.patch_high", share=percent(row[at])),
                sentence=t(
                    "lesson_self.patch_finding",
                    word=t(f"lesson_self.word.{word}"),
                    row=at // shape[1] + 1,
                    column=at % shape[1] + 1,
                    share=percent(row[at]),
                    even=percent(1 / len(row)),
                ),
                name=f"word-{word}-{sample}",
                row_title=t("lesson_self.patch_row"),
                column_title=t("lesson_self.patch_column"),
                hover=template("lesson_self.patch_hover"),
            ),
            key="self_patches",
            again=lambda: _ask(sample_picture(sample), word, loudness)[1].weights[0].reshape(shape),
            value_range=(0.0, float(row[at])),
            controls=False,
            take=False,
            called="map",
        )
        st.markdown(t("lesson_self.where_picture", n_k=len(row), d=len(CHANNELS), word=t(f"lesson_self.word.{word}")))
    with right:
        channels = [t(f"picture.channel.{name}") for name in MEANS[word]]
        said = t("lesson_self.between").join(channels)
        st.markdown(t("lesson_self.word_says", word=t(f"lesson_self.word.{word}"), channels=said))
        _what_comes_back(picture, patches, trace, at)


def _ask(picture: OpenPicture, word: str, loudness: float) -> tuple[Patches, AttentionTrace]:
    def cut() -> tuple[Patches, np.ndarray]:
        patches = picture_patches(picture_channels(picture).maps, ACROSS)
        return patches, patch_pixels(picture.rgb, patches)

    patches, pixels = of_picture(picture, "self_patches", cut)
    return patches, ask_patches(word, patches.vectors, pixels, loudness=loudness)


def _what_comes_back(picture: OpenPicture, patches: Patches, trace: AttentionTrace, at: int) -> None:
    """The patch that got most, and z: the mixture of all patches' pixels."""
    height, width = (int(np.diff(edges).max()) for edges in patches.edges)
    windows = [trace.V[at], trace.output[0]]
    urls = [jpeg_url(np.rint(window.reshape(height, width, 3)).astype(np.uint8)) for window in windows]
    most, mixture = (
        Item(name, [url], (width, height), t(f"lesson_self.back.{name}"), note)
        for name, url, note in zip(
            ("most", "mixture"),
            urls,
            (
                percent(trace.weights[0, at]),
                t("lesson_self.back.count", count=f"{float(effective_number(trace.weights[0])):.0f}"),
            ),
            strict=True,
        )
    )
    gallery(gallery_payload([most, mixture], most=2, smallest=120, tallest=150), key="self_back")
    st.caption(t("lesson_self.back.say"))


def strongest(loudness: float) -> tuple[list[float], list[str], str]:
    """Shares and places of the patches that get most, as the reader has chosen, and what they are."""
    state = st.session_state
    sample, word = state.get("self_sample"), state.get("self_word")
    picture = sample_picture(sample if sample in PICTURES else FIRST)
    word = word if word in WORDS else WORDS[0]
    patches, trace = _ask(picture, word, loudness)
    order = np.argsort(-trace.weights[0], kind="stable")[:NAMED]
    places = [t("patches.patch", row=i // patches.shape[1] + 1, column=i % patches.shape[1] + 1) for i in order]
    return trace.weights[0][order].tolist(), places, t("lesson_self.patches_title", word=t(f"lesson_self.word.{word}"))
