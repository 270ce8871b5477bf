"""In which script a text is written, and which trained network reads it."""

import functools
import unicodedata
from collections import Counter

READERS = {"latin": "en", "han": "zh"}
ENOUGH = 4096  # characters; more than a network reads would not change the answer

# By the first word of a letter's name in Unicode; other scripts go by that word.
_SCRIPTS = {
    "cjk": "han",
    "ideographic": "han",
    "hiragana": "kana",
    "katakana": "kana",
    "katakana-hiragana": "kana",
    "hangul": "korean",
}


def script_of(text: str) -> str | None:
    """The script that most of `text` is written in, or None where it has no letters.

    Counted are words, and characters of Chinese and Japanese, which do not part their words. Japanese is told
    from Chinese by its kana: a tenth is enough. A Japanese text without any kana counts as Chinese.

    Returns
    -------
    str or None
        ``latin``, ``han``, ``japanese``, ``korean``, ``arabic``, ``cyrillic``, ``greek``, ``hebrew``,
        ``thai``, ``devanagari``, ...: the first word of the letters' names in Unicode, in lower case.
    """
    counts: Counter[str] = Counter()
    before = None
    for character in unicodedata.normalize("NFKC", text[:ENOUGH]):
        script = _script(character)
        if script is not None and (script != before or script in ("han", "kana")):
            counts[script] += 1
        if not unicodedata.category(character).startswith("M"):  # an accent does not end a word
            before = script
    kana = counts.pop("kana", 0)
    if kana and kana * 10 >= kana + counts["han"]:
        counts["japanese"] = kana + counts.pop("han", 0)
    script, count = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    return script if count else None


def choose_network(text: str) -> str | None:
    """The network that reads the script of `text`: ``"en"``, ``"zh"``, or None where neither does.

    A text without letters (digits, emoji, or nothing) goes to the English network; `Tokens.unknown_share`
    tells how much of it that network knows. The choice is by script: a text in French is Latin, so it goes to
    the English network too.
    """
    script = script_of(text)
    return "en" if script is None else READERS.get(script)


@functools.lru_cache(maxsize=8192)
def _script(character: str) -> str | None:
    if not character.isalpha():
        return None
    word = unicodedata.name(character, "unknown").split()[0].lower()
    return _SCRIPTS.get(word, word)
