"""A word that asks a picture: its vector names channels of the channel bank, the patches answer with theirs."""

import numpy as np

from attention.dot_product import attend
from attention.images.features import CHANNELS
from attention.images.patch_attention import standardise
from attention.trace import AttentionTrace

MEANS = {  # word: the channels it stands for
    "orange": ("red_green", "yellow_blue", "saturation"),
    "blue": ("blue_yellow", "saturation"),
    "green": ("green_red",),
    "bright": ("luminance",),
    "dark": ("darkness",),
    "level": ("edge_0",),
    "upright": ("edge_90",),
}


def word_query(word: str) -> np.ndarray:
    """The word as a vector over `CHANNELS`: even over the channels it stands for, of length √d like a patch's.

    Returns
    -------
    (d,) ndarray of float64

    Raises
    ------
    ValueError
        If the word stands for no channels.
    """
    if word not in MEANS:
        raise ValueError(f"{word!r} stands for no channels: only {', '.join(MEANS)} do")
    named = np.isin(CHANNELS, MEANS[word])
    return named * np.sqrt(len(CHANNELS) / named.sum())


def ask_patches(word: str, vectors: np.ndarray, pixels: np.ndarray, *, loudness: float = 1.0) -> AttentionTrace:
    """Cross-attention from one word to the patches of a picture: softmax(q Kᵀ / √d) V.

    Parameters
    ----------
    word : str
        One of `MEANS`.
    vectors : (n, d) ndarray
        The patches' means in the channels, standardised here: K.
    pixels : (n, d_v) ndarray
        What the patches hand over: V.
    loudness : float
        Factor of q; 0 looks everywhere alike.

    Returns
    -------
    AttentionTrace
        weights (1, n), output (1, d_v).
    """
    return attend(loudness * word_query(word)[None], standardise(vectors), pixels)
