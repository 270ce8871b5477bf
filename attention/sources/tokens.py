"""A sentence in, word pieces out, each with the characters it came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import tokenizers

from attention.sources import SourceError
from attention.sources.scripts import script_of

CONTINUATION = "##"  # WordPiece's mark of a piece that continues a word
LONGEST_WORD = 100  # characters; a longer word is one unknown piece (`max_input_chars_per_word`)
CHARACTERS_A_PIECE = 16  # more than a text needs on average, so that its beginning is usually enough

# A piece is printed as the reader wrote it, but for characters that would disturb the text around it:
# controls, and marks that change the direction of writing.
_DISTURBING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_JOINTS = frozenset("'’-‐‑")  # within a word, as in "didn't" and "well-known"
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text in word pieces, the special ones ([CLS] first, [SEP] last) included.

    Attributes
    ----------
    text : str
        The whole text, as given.
    ids : (n,) int64 ndarray
        Rows of the network's table of word vectors. Read-only.
    pieces : tuple of n str
        As the vocabulary has them: lower case, ``##`` where a word is continued, ``[UNK]`` where unknown.
    words : tuple of n str
        What to print: the characters cut from `text`. Special pieces keep their names. A word without spaces
        may be as long as the text.
    offsets : tuple of n (int, int)
        First character and the one after the last, in `text`. Empty for [CLS] and [SEP]. Several pieces may
        share a character: Korean syllables are read as two or three letters.
    special : (n,) bool ndarray
        True at the [CLS] and the [SEP] that the network needs, not at one that the text contains. Read-only.
    unknown : (n,) bool ndarray
        True where the vocabulary has no piece for the characters. Read-only.
    truncated_at : int or None
        Character at which the text was cut because the network reads no further; None if it was read to the
        end.
    """

    text: str
    ids: np.ndarray
    pieces: tuple[str, ...]
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    special: np.ndarray
    unknown: np.ndarray
    truncated_at: int | None

    def __len__(self) -> int:
        return len(self.pieces)

    @property
    def characters_cut(self) -> int:
        """Number of characters at the end of `text` that were not read."""
        return 0 if self.truncated_at is None else len(self.text) - self.truncated_at

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

    @property
    def word_texts(self) -> tuple[str, ...]:
        """What to print for each word of `groups`: as `words`, from its first piece to its last."""
        firsts = np.flatnonzero(np.diff(self.groups, prepend=-1)).tolist()
        lasts = [first - 1 for first in [*firsts[1:], len(self)]]
        return tuple(
            self.pieces[first]
            if self.special[first]
            else _printed(self.text, self.offsets[first][0], self.offsets[last][1])
            for first, last in zip(firsts, lasts, strict=True)
        )

    def _is_joint(self, i: int) -> bool:
        """Whether piece i joins the two beside it into one word."""
        if self.words[i] not in _JOINTS or not (self._is_spelled(i - 1) and self._is_spelled(i + 1)):
            return False
        return self.offsets[i - 1][1] == self.offsets[i][0] and self.offsets[i][1] == self.offsets[i + 1][0]

    def _is_spelled(self, i: int) -> bool:
        """Whether piece i begins with a letter, digit or accent, but not with a Chinese character."""
        if self.special[i]:
            return False
        character = self.text[self.offsets[i][0]]
        return unicodedata.category(character)[0] in "LNM" and script_of(character) != "han"


class Tokenizer:
    """Cuts texts into word pieces. Immutable; may be called from several threads at once.

    Parameters
    ----------
    folder : str or Path
        A folder with a ``tokenizer.json``.
    limit : int
        Most pieces the network reads, [CLS] and [SEP] included.

    Raises
    ------
    SourceError
        ``missing_file`` or ``damaged_file``; the message names the file.
    """

    def __init__(self, folder: str | Path, limit: int) -> None:
        path = Path(folder) / "tokenizer.json"
        if not path.is_file():
            raise SourceError("missing_file", f"{path}: no such file", file=str(path))
        try:
            tokenizer = tokenizers.Tokenizer.from_file(str(path))
            self._unknown_id = tokenizer.token_to_id(tokenizer.model.unk_token)
        except Exception as error:  # the library raises nothing more special than Exception
            raise SourceError("damaged_file", f"{path}: cannot be read ({error})", file=str(path)) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(limit)
        self._tokenizer = tokenizer
        self.limit = limit
        self.vocabulary_size = tokenizer.get_vocab_size()

    def __call__(self, text: str) -> Tokens:
        """Cut `text` into at most `limit` pieces."""
        encoding, truncated = self._encode(_LONE_SURROGATE.sub("\ufffd", text))
        offsets = _with_marks(text, encoding.offsets)
        special = np.array(encoding.special_tokens_mask, dtype=bool)
        ids = np.array(encoding.ids, dtype=np.int64)
        unknown = (ids == self._unknown_id) & ~special
        words = tuple(
            piece if is_special else _printed(text, start, end)
            for piece, is_special, (start, end) in zip(encoding.tokens, special, offsets, strict=True)
        )
        for array in (ids, special, unknown):
            array.flags.writeable = False
        return Tokens(
            text=text,
            ids=ids,
            pieces=tuple(encoding.tokens),
            words=words,
            offsets=offsets,
            special=special,
            unknown=unknown,
            truncated_at=offsets[-1][1] if truncated else None,
        )

    def _encode(self, text: str) -> tuple[tokenizers.Encoding, bool]:
        """The encoding of `text`, and whether pieces were cut off.

        The beginning of a long text is tried first. It gives the same pieces as the whole when the last one
        kept ends so far from the end of that beginning that no word reaches across.
        """
        beginning = text[: CHARACTERS_A_PIECE * self.limit]
        encoding = self._tokenizer.encode(beginning)
        last_end = max(end for _, end in encoding.offsets)
        whole = len(beginning) == len(text)
        if not whole and (not encoding.overflowing or last_end + 2 * LONGEST_WORD > len(beginning)):
            encoding = self._tokenizer.encode(text)
        return encoding, bool(encoding.overflowing)


def _printed(text: str, start: int, end: int) -> str:
    return _DISTURBING.sub("", text[start:end])


def _with_marks(text: str, offsets: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """`offsets` in ascending order, each with the accents and vowel signs after it, which BERT strips."""
    limits = [start if start < end else len(text) for start, end in offsets[1:]] + [len(text)]
    result = []
    position = 0
    for (start, end), limit in zip(offsets, limits, strict=True):
        if start == end:  # [CLS] and [SEP], which the library puts at 0
            start = end = position
        else:
            while end < limit and unicodedata.category(text[end]).startswith("M"):
                end += 1
        result.append((start, end))
        position = end
    return tuple(result)
