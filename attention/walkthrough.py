"""Self-attention on a few words with every matrix in the open, small enough to follow by hand.

    X  ->  Q = X W_Q, K = X W_K, V = X W_V  ->  scores  ->  scaled  ->  weights  ->  output

The inputs are illustrative: drawn from a seed, not trained. Any number on the way may be overwritten, and what
comes after it follows.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from attention.dot_product import attend
from attention.errors import ShapeError
from attention.softmax import softmax

MATRICES = ("X", "Y", "W_Q", "W_K", "W_V", "Q", "K", "V", "scores", "scaled", "weights", "output")
INPUTS = MATRICES[:5]

# Ideographs and kana: written without spaces between words.
_UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHARACTERS = re.compile(rf"[{_UNSPACED}]|[^{_UNSPACED}]+")
_LONGEST_WORD = 4  # ideographs; a longer run is a phrase, not a word


@dataclass(frozen=True, eq=False)
class Walkthrough:
    """What `walk` returns: every matrix on the way, after overwriting.

    Attributes
    ----------
    X : (n_k, d_model) ndarray
        The words that are looked at.
    Y : (n_q, d_model) ndarray
        The words that ask: X itself in self-attention.
    W_Q, W_K, W_V : (d_model, d_k) ndarray
    Q : (n_q, d_k) ndarray
    K, V : (n_k, d_k) ndarray
    scores, scaled, weights : (n_q, n_k) ndarray
    output : (n_q, d_k) ndarray
    scale : float
        1 / sqrt(d_k).
    overwritten : dict of (name, row, column) to float
        The numbers that are not the computed ones.
    """

    X: np.ndarray
    Y: np.ndarray
    W_Q: np.ndarray
    W_K: np.ndarray
    W_V: np.ndarray
    Q: np.ndarray
    K: np.ndarray
    V: np.ndarray
    scores: np.ndarray
    scaled: np.ndarray
    weights: np.ndarray
    output: np.ndarray
    scale: float
    overwritten: dict[tuple[str, int, int], float]

    @property
    def cross(self) -> bool:
        """Whether the questions come from other words than the keys and values."""
        return self.Y is not self.X


def walk(X, W_Q, W_K, W_V, *, Y=None, overwrite: Iterable[tuple[str, int, int, float]] = ()) -> Walkthrough:
    """Attention from the words' vectors to the output, each stage computed from the stage before it.

    Parameters
    ----------
    X : (n_k, d_model) array_like
    W_Q, W_K, W_V : (d_model, d_k) array_like
    Y : (n_q, d_model) array_like, optional
        The words that ask, where they are not those of X (cross-attention).
    overwrite : iterable of (name, row, column, value)
        Numbers put in place of the computed ones, the name being one of `MATRICES`; stages before them stay as they
        are, stages after them follow. Of several for one cell the last counts. Those for cells that do not exist
        here, for example after a change of size, have no effect.

    Returns
    -------
    Walkthrough
        Without `overwrite`, scores, scaled, weights and output are those of ``attend(Y @ W_Q, X @ W_K, X @ W_V)``.

    Raises
    ------
    ShapeError
        If a projection does not fit the width of X and Y.

    References
    ----------
    Vaswani et al., 2017, "Attention Is All You Need" (arXiv:1706.03762), sections 3.2.1 and 3.2.3.
    """
    wanted = {(name, row, column): float(value) for name, row, column, value in overwrite}
    placed = {}

    def put(name, matrix):
        matrix = np.array(matrix, dtype=np.float64)
        for (target, row, column), value in wanted.items():
            if target == name and 0 <= row < matrix.shape[0] and 0 <= column < matrix.shape[1]:
                matrix[row, column] = placed[target, row, column] = value
        matrix.flags.writeable = False
        return matrix

    X = put("X", X)
    Y = X if Y is None else put("Y", Y)
    W_Q, W_K, W_V = put("W_Q", W_Q), put("W_K", W_K), put("W_V", W_V)
    for name, W, words in (("W_Q", W_Q, Y), ("W_K", W_K, X), ("W_V", W_V, X)):
        if W.shape[0] != words.shape[1]:
            raise ShapeError(f"{name} has {W.shape[0]} rows, but the words have d_model = {words.shape[1]}")
    Q, K, V = put("Q", Y @ W_Q), put("K", X @ W_K), put("V", X @ W_V)
    trace = attend(Q, K, V)
    scores = put("scores", trace.scores)
    scaled = put("scaled", scores * trace.scale)
    weights = put("weights", softmax(scaled))
    output = put("output", weights @ V)
    return Walkthrough(X, Y, W_Q, W_K, W_V, Q, K, V, scores, scaled, weights, output, trace.scale, placed)


def draw(name: str, rows: int, columns: int, seed: int, *, low: int, high: int, parts: int) -> np.ndarray:
    """Illustrative numbers: each one of low/parts, (low + 1)/parts, ..., high/parts, all equally likely.

    They are read off a hash of the seed and the name, so that they are the same on every machine and with every
    version of NumPy, and a matrix that grows a column keeps those it had.

    Returns
    -------
    (rows, columns) ndarray of float64
    """
    stream = hashlib.shake_256(f"{seed}/{name}".encode()).digest(2 * rows * columns)
    steps = np.frombuffer(stream, "<u2").astype(np.int64) % (high - low + 1) + low
    return steps.reshape(columns, rows).T / parts


def draw_words(words: Sequence[str], d_model: int, seed: int) -> np.ndarray:
    """A vector for each word, from -2.0 to 2.0 with one decimal; equal words get equal vectors.

    Returns
    -------
    (n, d_model) ndarray
    """
    return np.vstack([draw(f"word {word}", d_model, 1, seed, low=-20, high=20, parts=10).T for word in words])


def draw_projections(d_model: int, d_k: int, seed: int) -> list[np.ndarray]:
    """W_Q, W_K and W_V, numbers from -1.0 to 1.0 with one decimal: three (d_model, d_k) ndarrays."""
    return [draw(name, d_model, d_k, seed, low=-10, high=10, parts=10) for name in ("W_Q", "W_K", "W_V")]


def illustrated_transformer() -> tuple[np.ndarray, list[np.ndarray]]:
    """Matrices whose products are the figures of Jay Alammar, "The Illustrated Transformer" (2018).

    The article (https://jalammar.github.io/illustrated-transformer/) gives the results for "Thinking Machines":
    q1 · k1 = 112 and q1 · k2 = 96 with d_k = 64, divided by 8 to 14 and 12, softmax 0.88 and 0.12. It prints no
    vectors. These are ours, whole numbers only: seeds were tried until the products came out as these.

    Returns
    -------
    X : (2, 4) ndarray
    [W_Q, W_K, W_V] : list of (4, 64) ndarray
    """
    X = np.array([[2.0, 0, 1, 0], [0, 1, 1, 1]])
    seeds = {"W_Q": 2225, "W_K": 1557, "W_V": 2225}
    return X, [draw(name, 4, 64, seed, low=-1, high=2, parts=1) for name, seed in seeds.items()]


def split_words(text: str) -> list[str]:
    """The words of a short text: at spaces; and where a script is written without them, character by character.

    "思考 机器" has two words and "思考机器" has four: spaces are taken at their word where somebody set them.
    """
    pieces = text.split()
    words = []
    for piece in pieces:
        unspaced = sum(1 for c in piece if re.match(f"[{_UNSPACED}]", c))
        whole = not unspaced or (len(pieces) > 1 and unspaced <= _LONGEST_WORD)
        words += [piece] if whole else _CHARACTERS.findall(piece)
    return words
