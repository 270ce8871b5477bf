"""Word pieces, and where in the text they come from."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from attention.sources import SourceError
from attention.sources.tokenizer import Tokenizer

MODELS = Path(__file__).parents[3] / "assets/models"
FOLDERS = {"en": MODELS / "all-minilm-l6-v2", "zh": MODELS / "simbert-tiny-zh"}
TOKENIZERS = {name: Tokenizer(folder, 512) for name, folder in FOLDERS.items()}
ENGLISH, CHINESE = TOKENIZERS["en"], TOKENIZERS["zh"]
both = pytest.mark.parametrize("tokenizer", TOKENIZERS.values(), ids=TOKENIZERS)

# Letters of many scripts, accents, emoji, controls, marks of direction, spaces and markup.
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("aé́ẹ字　 \t\n\x00\u200b\u202e\u200d\ufe0f😂👍🏽한नि<>&'\"[]#"))
)


def test_words_are_cut_from_the_text():
    tokens = ENGLISH("The  Unbelievable café, isn't it?")
    assert tokens.pieces == ("[CLS]", "the", "unbelievable", "cafe", ",", "isn", "'", "t", "it", "?", "[SEP]")
    assert tokens.words == ("[CLS]", "The", "Unbelievable", "café", ",", "isn", "'", "t", "it", "?", "[SEP]")
    assert tokens.offsets[:4] == ((0, 0), (0, 3), (5, 17), (18, 22))
    assert tokens.offsets[-1] == (33, 33)
    assert tokens.special.tolist() == [True] + [False] * 9 + [True]


def test_a_continued_word_is_printed_without_its_mark():
    tokens = ENGLISH("Tokenizers")
    assert tokens.pieces == ("[CLS]", "token", "##izer", "##s", "[SEP]")
    assert tokens.words == ("[CLS]", "Token", "izer", "s", "[SEP]")


def test_chinese_is_read_character_by_character():
    assert CHINESE("我吃了100个包子").words == ("[CLS]", "我", "吃", "了", "100", "个", "包", "子", "[SEP]")


def test_an_unknown_word_is_printed_as_written():
    tokens = ENGLISH("I 😂👍🏽 pizza")
    assert tokens.pieces == ("[CLS]", "i", "[UNK]", "pizza", "[SEP]")
    assert tokens.words == ("[CLS]", "I", "😂👍🏽", "pizza", "[SEP]")
    assert tokens.unknown.tolist() == [False, False, True, False, False]
    assert tokens.unknown_share == pytest.approx(1 / 3)


def test_accents_stay_with_their_letter():
    tokens = ENGLISH("e\u0301t caf\u00e9 re\u0301 ❤\ufe0f x")
    assert tokens.words == ("[CLS]", "e\u0301t", "café", "re\u0301", "❤\ufe0f", "x", "[SEP]")


def test_an_accent_with_a_piece_of_its_own_is_not_printed_twice():
    tokens = ENGLISH("दुनिया")
    assert "".join(tokens.words[1:-1]) == "दुनिया"


def test_marks_of_direction_and_controls_are_not_printed():
    tokens = ENGLISH("a\u202eb\x07c d\u2067e")
    assert all(character.isprintable() for word in tokens.words for character in word)
    assert tokens.offsets[1][0] == 0
    assert tokens.offsets[-2][1] == len(tokens.text)


def test_a_special_piece_in_the_text_is_the_readers_own_word():
    tokens = ENGLISH("a [MASK] b")
    assert tokens.words == tokens.pieces == ("[CLS]", "a", "[MASK]", "b", "[SEP]")
    assert tokens.special.tolist() == [True, False, False, False, True]


def test_markup_is_text():
    assert ENGLISH("<b>x</b>").words[1:-1] == ("<", "b", ">", "x", "<", "/", "b", ">")


@both
@settings(max_examples=300)
@given(text=TEXTS)
def test_offsets_cover_the_text(tokenizer, text):
    tokens = tokenizer(text)
    offsets = np.array(tokens.offsets)
    assert (offsets[:, 0] <= offsets[:, 1]).all()
    assert (np.diff(offsets[:, 0]) >= 0).all()
    assert offsets.min() >= 0
    assert offsets.max() <= len(text)
    covered = np.zeros(len(text), bool)
    for start, end in tokens.offsets:
        covered[start:end] = True
    for character, is_covered in zip(text, covered, strict=True):
        # Left out are spaces, controls, unassigned characters, and accents with nothing before them.
        assert is_covered or character == "\ufffd" or unicodedata.category(character)[0] in "CMZ"


@both
@settings(max_examples=200)
@given(text=TEXTS)
def test_words_are_printable_and_from_the_text(tokenizer, text):
    tokens = tokenizer(text)
    n = len(tokens)
    assert n == len(tokens.ids) == len(tokens.words) == len(tokens.offsets) == len(tokens.special)
    assert tokens.ids.max() < tokenizer.vocabulary_size
    assert tokens.truncated_at is None
    assert tokens.characters_cut == 0
    assert 0 <= tokens.unknown_share <= 1
    assert 0 <= tokens.spelled_share <= 1
    for word, special in zip(tokens.words, tokens.special, strict=True):
        assert special or (word and word[:1].strip())
        assert not set(word) & set("\x00\n\u202e")


@both
@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000", "\x00", "\u200b\ufeff"])
def test_nothing_to_read(tokenizer, text):
    tokens = tokenizer(text)
    assert tokens.words == ("[CLS]", "[SEP]")
    assert tokens.unknown_share == tokens.spelled_share == 0


def test_half_a_character_is_left_out():
    tokens = ENGLISH("one \ud83d two")
    assert tokens.words == ("[CLS]", "one", "two", "[SEP]")
    assert tokens.offsets[2] == (6, 9)


@both
@pytest.mark.parametrize(
    "unit",
    [
        "The quick brown fox jumps over it. ",
        "我吃了一百个包子，然后睡觉。",
        "مرحبا بالعالم ",
        "x",
        "😂👍🏽",
        "a" * 99 + " ",
        " " * 9_000 + "word ",
        "e\u0301",
    ],
)
def test_100_000_characters_are_cut_as_the_whole_would_be(tokenizer, unit):
    text = (unit * (1 + 100_000 // len(unit)))[:100_000]
    tokens = tokenizer(text)
    folder = FOLDERS["en" if tokenizer is ENGLISH else "zh"]
    library = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    library.no_padding()
    library.no_truncation()
    whole = library.encode(text)
    if len(whole) <= 512:
        assert tokens.pieces == tuple(whole.tokens)
        assert tokens.truncated_at is None
    else:
        assert tokens.pieces == (*whole.tokens[:511], "[SEP]")
        assert tokens.truncated_at == tokens.offsets[510][1] == tokens.offsets[511][0]
        assert tokens.truncated_at <= whole.offsets[511][0]
        assert tokens.characters_cut == 100_000 - tokens.truncated_at


def test_the_limit_counts_special_pieces():
    tokens = Tokenizer(FOLDERS["en"], 8)("one two three four five six seven eight")
    assert tokens.words == ("[CLS]", "one", "two", "three", "four", "five", "six", "[SEP]")
    assert tokens.truncated_at == len("one two three four five six")
    assert tokens.characters_cut == len(" seven eight")
    assert Tokenizer(FOLDERS["en"], 8)("one two three four five six").truncated_at is None


def test_a_script_that_is_spelled_letter_by_letter():
    tokens = ENGLISH("مرحبا بالعالم")
    assert tokens.unknown_share == 0
    assert tokens.spelled_share == 1
    assert CHINESE("שלום").unknown_share == 1
    assert ENGLISH("Thinking machines spell nothing").spelled_share == 0


def test_arrays_are_read_only():
    tokens = ENGLISH("Thinking Machines")
    for array in (tokens.ids, tokens.special, tokens.unknown):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_threads_get_the_same():
    texts = ["Thinking Machines", "我吃了100个包子", "x" * 50_000, "The fox. " * 9_000] * 8
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ENGLISH, texts))
    assert [tokens.pieces for tokens in together] == [ENGLISH(text).pieces for text in texts]


def test_missing_and_damaged_files(tmp_path):
    path = tmp_path / "tokenizer.json"
    with pytest.raises(SourceError) as caught:
        Tokenizer(tmp_path, 512)
    assert caught.value.reason == "missing_file"
    assert str(path) in str(caught.value)
    cut = (FOLDERS["zh"] / "tokenizer.json").read_bytes()[:9999]
    without_unknown = tokenizers.Tokenizer(tokenizers.models.BPE()).to_str().encode()
    for content in (b"", b"{}", b"\xff", cut, without_unknown):
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            Tokenizer(tmp_path, 512)
        assert caught.value.reason == "damaged_file"
        assert str(path) in str(caught.value)
