"""One sentence whose words are vectors that can be read, and a question put to it: attention before any training.

The vectors are written by hand: each number says how far a word is a person, an action, and so on, from 0 to 1. They
are keys and values at once, so that the answer can be read feature by feature like a word.
"""

from collections.abc import Mapping

import numpy as np

from attention.dot_product import attend
from attention.trace import AttentionTrace

FEATURES = ("person", "number", "thing", "action", "done", "food")
ASKABLE = FEATURES[:4]  # what the four questions ask for: who, how many, what, did what
LOUDEST = 10
SENTENCES = {  # {language: {word: its features}}
    "en": {
        "I": (1, 0, 0, 0, 0, 0),
        "ate": (0, 0, 0, 1, 1, 0.3),
        "100": (0, 1, 0, 0, 0, 0),
        "steamed": (0, 0, 0.2, 0.2, 0.2, 0.6),
        "buns": (0, 0.2, 1, 0, 0, 1),
    },
    "zh": {
        "我": (1, 0, 0, 0, 0, 0),
        "吃": (0, 0, 0, 1, 0, 0.3),
        "了": (0, 0, 0, 0.2, 1, 0),
        "100": (0, 1, 0, 0, 0, 0),
        "个": (0, 0.5, 0.2, 0, 0, 0),
        "包子": (0, 0, 1, 0, 0, 1),
    },
}


def ask_sentence(language: str, loudness: Mapping[str, float]) -> AttentionTrace:
    """softmax(q Kᵀ / √d) V, where q says how loudly each feature is asked for.

    Parameters
    ----------
    language : {"en", "zh"}
    loudness : {name of a feature: float}
        From 0, not asked, to `LOUDEST`; what is not named is not asked. Several may be asked at once.

    Returns
    -------
    AttentionTrace
        Q (1, d), K and V (n, d), weights (1, n), output (1, d): the answer, of the same features as a word.

    Raises
    ------
    ValueError
        If something is asked for that is no feature.
    """
    if unknown := set(loudness) - set(FEATURES):
        raise ValueError(f"no features: {', '.join(sorted(unknown))}; there are {', '.join(FEATURES)}")
    words = np.array(list(SENTENCES[language].values()), dtype=np.float64)
    question = np.array([[float(loudness.get(name, 0)) for name in FEATURES]])
    return attend(question, words, words)
