"""One sentence in two languages, its words as vectors that can be read: what each says of nine features.

Written by hand so that attention can be followed without training: words of the two languages that say the same have
much the same vector, so a word of one finds its partners in the other.
"""

from collections.abc import Sequence

import numpy as np

from attention.walkthrough import Walkthrough, walk

FEATURES = ("being", "doing", "finished", "food", "amount", "quality", "when", "where", "link")
SENTENCES = {  # {pair: {language: its words}}
    "cat": {
        "en": ("Yesterday", "the", "old", "cat", "drank", "milk", "at", "home"),
        "zh": ("老", "猫", "昨天", "在", "家", "喝", "了", "牛奶"),
    },
    "buns": {
        "en": ("I", "ate", "100", "steamed", "buns"),
        "zh": ("我", "吃", "了", "100", "个", "包子"),
    },
}
SEEKS = ("alike", "who")
LARGEST = 4.0  # what a word can say of a feature
_SAYS = {  # what is not named is 0
    "yesterday": {"when": 4, "finished": 1},
    "the": {},
    "old": {"quality": 4},
    "cat": {"being": 4},
    "drank": {"doing": 4, "finished": 3},
    "milk": {"food": 4},
    "at": {"link": 4, "where": 2},
    "home": {"where": 4},
    "老": {"quality": 4},
    "猫": {"being": 4},
    "昨天": {"when": 4},
    "在": {"link": 4, "where": 2},
    "家": {"where": 4},
    "喝": {"doing": 4},
    "了": {"finished": 4},
    "牛奶": {"food": 4},
    "i": {"being": 4},
    "ate": {"doing": 4, "finished": 3},
    "100": {"amount": 4},
    "steamed": {"quality": 3, "food": 2},
    "buns": {"food": 4, "amount": 1},
    "我": {"being": 4},
    "吃": {"doing": 4},
    "个": {"amount": 3, "link": 2},
    "包子": {"food": 4, "quality": 2},
}


def feature_vectors(words: Sequence[str]) -> np.ndarray:
    """How much each word says of each of `FEATURES`, from 0 (nothing) to `LARGEST`.

    Returns
    -------
    (n, 9) ndarray of float64

    Raises
    ------
    ValueError
        If a word has no vector here.
    """
    if unknown := [word for word in words if word.lower() not in _SAYS]:
        raise ValueError(f"no vector for {unknown}: only the words of SENTENCES have one")
    return np.array([[_SAYS[word.lower()].get(name, 0.0) for name in FEATURES] for word in words], dtype=np.float64)


def ask_words(
    asking: Sequence[str], asked: Sequence[str] | None = None, *, loudness: float = 1.0, seeks: str = "alike"
) -> Walkthrough:
    """Words that ask words: each other (self-attention), or those of another sentence (cross-attention).

    W_K and W_V are identities, and so is W_Q but for the two options: every number of Q, K and V is a feature.

    Parameters
    ----------
    asking : sequence of n_q str
        Where Q comes from.
    asked : sequence of n_k str, optional
        Where K and V come from. Default: the words that ask.
    loudness : float
        Factor of W_Q. 0: nobody is asked for anything, and all get the same.
    seeks : {"alike", "who"}
        What W_Q makes of a word: a question for its like; or, of a word that does something, one for who did it.

    Returns
    -------
    Walkthrough
        weights (n_q, n_k), output (n_q, 9): in the features again.

    Raises
    ------
    ValueError
        If a word has no vector, or nothing is known of what is sought.

    References
    ----------
    Vaswani et al., 2017, "Attention Is All You Need" (arXiv:1706.03762), section 3.2.3; alignments read off attention:
    Bahdanau, Cho and Bengio, 2015, "Neural Machine Translation by Jointly Learning to Align and Translate"
    (arXiv:1409.0473), section 5.2.1.
    """
    if seeks not in SEEKS:
        raise ValueError(f"seeks is {seeks!r}, but must be one of {SEEKS}")
    same = np.eye(len(FEATURES))
    W_Q = loudness * same
    if seeks == "who":
        W_Q[FEATURES.index("doing")] = W_Q[FEATURES.index("being")]
    Y = None if asked is None else feature_vectors(asking)
    return walk(feature_vectors(asking if asked is None else asked), W_Q, same, same, Y=Y)
