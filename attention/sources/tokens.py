"""A text in word pieces: what each one is, what to print for it, and which of them make a word."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.sources.scripts import script_of

CONTINUATION = "##"  # WordPiece's mark of a piece that continues a word

# A piece is printed as the reader wrote it, but for characters that would disturb the text around it:
# controls, and marks that change the direction of writing.
_DISTURBING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_JOINTS = frozenset("'’-‐‑")  # within a word, as in "didn't" and "well-known"


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text or a pair in word pieces, the special ones included: [CLS] text [SEP], or [CLS] text [SEP] pair [SEP].

    Attributes
    ----------
    text : str
        The whole text, as given.
    pair : str or None
        The whole second text, as given; None where there is but one.
    ids : (n,) int64 ndarray
        Rows of the network's table of word vectors. Read-only.
    pieces : tuple of n str
        As the vocabulary has them: lower case, ``##`` where a word is continued, ``[UNK]`` where unknown.
    words : tuple of n str
        What to print: the characters cut from their text. Special pieces keep their names. A word without spaces
        may be as long as the text.
    offsets : tuple of n (int, int)
        First character and the one after the last, in `text` or, where `segments` is 1, in `pair`. Empty for [CLS]
        and [SEP]. Several pieces may share a character: Korean syllables are read as two or three letters.
    segments : (n,) int64 ndarray
        0 up to the [SEP] after `text`, 1 from there to the end. Read-only.
    special : (n,) bool ndarray
        True at the [CLS] and each [SEP] that the network needs, not at one that the text contains. Read-only.
    unknown : (n,) bool ndarray
        True where the vocabulary has no piece for the characters. Read-only.
    truncated_at : int or None
        Character at which `text` was cut because the network reads no further; None if it was read to the
        end.
    pair_truncated_at : int or None
        The same of `pair`.
    """

    text: str
    pair: str | None
    ids: np.ndarray
    pieces: tuple[str, ...]
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    segments: np.ndarray
    special: np.ndarray
    unknown: np.ndarray
    truncated_at: int | None
    pair_truncated_at: int | None

    def __len__(self) -> int:
        return len(self.pieces)

    @property
    def characters_cut(self) -> int:
        """Number of characters that were not read: at the end of `text`, and at that of `pair`."""
        ends = (self.text, self.truncated_at), (self.pair, self.pair_truncated_at)
        return sum(len(text) - end for text, end in ends if end is not None)

    @property
    def unknown_share(self) -> float:
        """Unknown pieces as a share of all but the special ones; 0 where there are none."""
        return int(self.unknown.sum()) / max(1, len(self) - int(self.special.sum()))

    @property
    def spelled_share(self) -> float:
        """Pieces that are one letter of a longer word, as a share of all but the special ones.

        A vocabulary may know the letters of a script and none of its words. Then little is unknown, and yet
        the network cannot read the text: for Arabic in an English vocabulary this share is 1.
        """
        continues = [piece.startswith(CONTINUATION) for piece in self.pieces] + [False]
        spelled = sum(
            end - start == 1 and (continues[i] or continues[i + 1]) for i, (start, end) in enumerate(self.offsets)
        )
        return spelled / max(1, len(self) - int(self.special.sum()))

    @cached_property
    def groups(self) -> np.ndarray:
        """(n,) int64 ndarray: the word that each piece belongs to, counted from 0. Read-only.

        A piece goes to the word before it where it continues it (``##``), or where an apostrophe or a hyphen joins
        the two without a space: "didn't" and "well-known" are one word each. Other punctuation, each Chinese
        character and each special piece are words of their own.
        """
        joints = [self._is_joint(i) for i in range(len(self))]
        joined = [joint or before for joint, before in zip(joints, [False, *joints[:-1]], strict=True)]
        begins = [not (join or piece.startswith(CONTINUATION)) for join, piece in zip(joined, self.pieces, strict=True)]
        groups = np.cumsum(begins, dtype=np.int64) - 1
        groups.flags.writeable = False
        return groups

    @cached_property
    def word_texts(self) -> tuple[str, ...]:
        """What to print for each word of `groups`: as `words`, from its first piece to its last."""
        firsts = np.flatnonzero(np.diff(self.groups, prepend=-1)).tolist()
        lasts = [first - 1 for first in [*firsts[1:], len(self)]]
        return tuple(
            self.pieces[first]
            if self.special[first]
            else printed(self._text_of(first), self.offsets[first][0], self.offsets[last][1])
            for first, last in zip(firsts, lasts, strict=True)
        )

    def _text_of(self, i: int) -> str:
        """The text that piece i is from."""
        return self.pair if self.segments[i] else self.text

    def _is_joint(self, i: int) -> bool:
        """Whether piece i joins the two beside it into one word."""
        if self.words[i] not in _JOINTS or not (self._is_spelled(i - 1) and self._is_spelled(i + 1)):
            return False
        return self.offsets[i - 1][1] == self.offsets[i][0] and self.offsets[i][1] == self.offsets[i + 1][0]

    def _is_spelled(self, i: int) -> bool:
        """Whether piece i begins with a letter, digit or accent, but not with a Chinese character."""
        if self.special[i]:
            return False
        character = self._text_of(i)[self.offsets[i][0]]
        return unicodedata.category(character)[0] in "LNM" and script_of(character) != "han"


def printed(text: str, start: int, end: int) -> str:
    """What to print for the characters of `text` from `start` to before `end`."""
    return _DISTURBING.sub("", text[start:end])
