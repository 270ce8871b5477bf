"""What attention carries into a word's vector: how alike it is to other words' vectors, with attention and without."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from attention.similarity import cosine_similarity

NOTABLE = 0.05  # of a cosine; less is told as nothing


@dataclass(frozen=True, eq=False)
class Carried:
    """Cosines with the vector of one word, state by state: the word vectors that enter, then what each layer makes.

    Attributes
    ----------
    on, off : (layers + 1, n) ndarray of float64
        With each of the n vectors, with the attention that is examined, and with it switched off.
    words_on, words_off : (layers + 1,) ndarray
        Mean over the words in question but the one whose vector it is; NaN where there are none.
    rest_on, rest_off : (layers + 1,) ndarray
        Mean over the other words; NaN where there are none.
    """

    on: np.ndarray = field(repr=False)
    off: np.ndarray = field(repr=False)
    words_on: np.ndarray
    words_off: np.ndarray
    rest_on: np.ndarray
    rest_off: np.ndarray

    @property
    def gain(self) -> float:
        """How much closer attention brought the word to those in question, in the last state."""
        return float(self.words_on[-1] - self.words_off[-1])

    @property
    def rest_gain(self) -> float:
        """The same for the other words; NaN where there are none."""
        return float(self.rest_on[-1] - self.rest_off[-1])

    @property
    def verdict(self) -> str:
        """What the last state says of "its vector carries these words".

        "itself" : they are no other words than it, and a vector is always at 1 from itself.
        "not" : attention brought it no closer to them.
        "alone" : it did, and there are no other words to hold that against.
        "mixes" : it did, but as much to the other words.
        "level" : it did, more than to the other words, but they are hardly closer now than those.
        "carries" : it did, more than to the other words, and they are closer now than those.
        """
        if np.isnan(self.gain):
            return "itself"
        if self.gain < NOTABLE:
            return "not"
        if np.isnan(self.rest_gain):
            return "alone"
        if self.gain - self.rest_gain < NOTABLE:
            return "mixes"
        return "carries" if self.words_on[-1] - self.rest_on[-1] >= NOTABLE else "level"


def carried(
    on_states: np.ndarray, off_states: np.ndarray, asks: int, looks: Iterable[int], special: np.ndarray
) -> Carried:
    """Compare two runs of a network over the same text.

    Parameters
    ----------
    on_states, off_states : (layers + 1, n, d) ndarray
        Hidden states with the attention that is examined, and without it.
    asks : int
        The word whose vector it is.
    looks : iterable of int
        The words in question. All others but special ones are "the rest".
    special : (n,) bool ndarray

    Raises
    ------
    ValueError
        If there is no such word.

    References
    ----------
    Ethayarajh, 2019, "How Contextual are Contextualized Word Representations?" (arXiv:1909.00512): vectors of later
    layers are alike anyway, so a cosine means something only beside that of other words.
    """
    on, off = cosine_similarity(on_states, asks), cosine_similarity(off_states, asks)
    words = sorted({*looks} - {asks})
    rest = ~special
    rest[[asks, *words]] = False

    def mean(cosines: np.ndarray, chosen) -> np.ndarray:
        kept = cosines[:, chosen]
        return kept.mean(axis=1) if kept.shape[1] else np.full(len(kept), np.nan)

    return Carried(on, off, mean(on, words), mean(off, words), mean(on, rest), mean(off, rest))
