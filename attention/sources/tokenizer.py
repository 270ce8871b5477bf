"""A sentence or a pair of them in, word pieces out, each with the characters it came from."""

import re
import unicodedata
from pathlib import Path

import numpy as np
import tokenizers

from attention.sources import SourceError
from attention.sources.tokens import Tokens, printed

LONGEST_WORD = 100  # characters; a longer word is one unknown piece (`max_input_chars_per_word`)
CHARACTERS_A_PIECE = 16  # more than a text needs on average, so that its beginning is usually enough

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


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

    def __call__(self, text: str, pair: str | None = None) -> Tokens:
        """Cut a text, or a pair of texts, into at most `limit` pieces.

        Of a pair the longer text is cut first, until both are of one length; then both are cut, as "longest_first"
        of Hugging Face's tokenizers does.
        """
        first = self._read(text)
        return first if pair is None else self._join(first, self._read(pair))

    def _read(self, text: str) -> Tokens:
        """A text by itself."""
        encoding, truncated = self._encode(_LONE_SURROGATE.sub("\ufffd", text))
        offsets = _with_marks(text, encoding.offsets)
        special = np.array(encoding.special_tokens_mask, dtype=bool)
        ids = np.array(encoding.ids, dtype=np.int64)
        words = tuple(
            piece if is_special else printed(text, start, end)
            for piece, is_special, (start, end) in zip(encoding.tokens, special, offsets, strict=True)
        )
        return Tokens(
            text=text,
            pair=None,
            ids=_frozen(ids),
            pieces=tuple(encoding.tokens),
            words=words,
            offsets=offsets,
            segments=_frozen(np.zeros_like(ids)),
            special=_frozen(special),
            unknown=_frozen((ids == self._unknown_id) & ~special),
            truncated_at=offsets[-1][1] if truncated else None,
            pair_truncated_at=None,
        )

    def _join(self, first: Tokens, second: Tokens) -> Tokens:
        """Two texts as [CLS] first [SEP] second [SEP], each as far as there is room."""
        lengths = len(first) - 2, len(second) - 2
        if lengths[0] == lengths[1]:  # perhaps only as far as they were read, and the longer one may keep a piece more
            lengths = self._count(first.text), self._count(second.text)
        n_first, n_second = _longest_first(*lengths, self.limit - 3)
        end, pair_end = first.offsets[n_first][1], second.offsets[n_second][1]
        # Where the pieces are in the two encodings, one after the other.
        chosen = [*range(n_first + 1), len(first) - 1]
        chosen += [*range(len(first) + 1, len(first) + 1 + n_second), len(first) + len(second) - 1]

        def choose(name: str) -> list:
            both = [*getattr(first, name), *getattr(second, name)]
            return [both[i] for i in chosen]

        offsets = choose("offsets")
        offsets[n_first + 1], offsets[-1] = (end, end), (pair_end, pair_end)
        return Tokens(
            text=first.text,
            pair=second.text,
            ids=_frozen(np.array(choose("ids"))),
            pieces=tuple(choose("pieces")),
            words=tuple(choose("words")),
            offsets=tuple(offsets),
            segments=_frozen(np.repeat([0, 1], [n_first + 2, n_second + 1])),
            special=_frozen(np.array(choose("special"))),
            unknown=_frozen(np.array(choose("unknown"))),
            truncated_at=end if n_first < lengths[0] else None,
            pair_truncated_at=pair_end if n_second < lengths[1] else None,
        )

    def _count(self, text: str) -> int:
        """Pieces of the whole `text`, without [CLS] and [SEP]."""
        encoding = self._tokenizer.encode(_LONE_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
        return sum(len(part) for part in (encoding, *encoding.overflowing))

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


def _longest_first(first: int, second: int, room: int) -> tuple[int, int]:
    """How many of `first` and `second` pieces are kept where there is room for `room`."""
    if first + second <= room:
        return first, second
    short = min(first, second, room // 2)
    return (short, room - short) if first <= second else (room - short, short)


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


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
