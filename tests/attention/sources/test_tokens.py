"""Which pieces make a word, and how the word is printed."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attention.sources.tokenizer import Tokenizer

MODELS = Path(__file__).parents[3] / "assets/models"
TOKENIZERS = {"en": Tokenizer(MODELS / "all-minilm-l6-v2", 512), "zh": Tokenizer(MODELS / "simbert-tiny-zh", 512)}
both = pytest.mark.parametrize("tokenizer", TOKENIZERS.values(), ids=TOKENIZERS)
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("aé́ẹ字한नि  \t\x00\u200b\u202e\ufe0f😂👍🏽'’-‐##.,[]")))


@both
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("didn't", ["didn't"]),
        ("didn’t it?", ["didn’t", "it", "?"]),
        ("perfect, but", ["perfect", ",", "but"]),
        ("a well-known state-of-the-art", ["a", "well-known", "state-of-the-art"]),
        ("just - this", ["just", "-", "this"]),
        ("just -this- 'is'", ["just", "-", "this", "-", "'", "is", "'"]),
        ("the dogs' rock'n'roll", ["the", "dogs", "'", "rock'n'roll"]),
        ("a--b", ["a", "-", "-", "b"]),
        ("COVID-19 3.14", ["COVID-19", "3", ".", "14"]),
        ("我-你 吃了100个", ["我", "-", "你", "吃", "了", "100", "个"]),
        ("x-字-y", ["x", "-", "字", "-", "y"]),
        ("e\u0301te\u0301-re\u0301", ["e\u0301te\u0301-re\u0301"]),
        ("😂-😂 don't", ["😂", "-", "😂", "don't"]),
        ("a ## b#c", ["a", "#", "#", "b", "#", "c"]),
        ("<b>it's</b>", ["<", "b", ">", "it's", "<", "/", "b", ">"]),
        ("-", ["-"]),
        ("", []),
    ],
)
def test_words(tokenizer, text, words):
    assert tokenizer(text).word_texts == ("[CLS]", *words, "[SEP]")


def test_continued_pieces_belong_to_their_word():
    tokens = TOKENIZERS["en"]("Tokenizers didn't")
    assert tokens.words == ("[CLS]", "Token", "izer", "s", "didn", "'", "t", "[SEP]")
    assert tokens.groups.tolist() == [0, 1, 1, 1, 2, 2, 2, 3]
    assert tokens.groups.dtype == np.int64


def test_letters_that_share_a_syllable_print_it_once():
    tokens = TOKENIZERS["en"]("한국어 दुनिया-नमस्ते")
    assert len(tokens) > 8
    assert tokens.word_texts == ("[CLS]", "한국어", "दुनिया-नमस्ते", "[SEP]")


def test_each_chinese_character_is_a_word():
    tokens = TOKENIZERS["zh"]("小猫没有过马路，因为它太累了。")
    assert tokens.word_texts == tokens.words
    assert tokens.groups.tolist() == list(range(len(tokens)))


def test_the_readers_own_special_pieces_are_words():
    assert TOKENIZERS["en"]("a-[MASK]-b").word_texts == ("[CLS]", "a", "-", "[MASK]", "-", "b", "[SEP]")


def test_marks_of_direction_are_not_printed():
    assert TOKENIZERS["en"]("well\u202e-known").word_texts[1:-1] == ("well", "-", "known")
    assert TOKENIZERS["en"]("izer\u202es").word_texts[1:-1] == ("izers",)


def test_groups_are_read_only_and_kept():
    tokens = TOKENIZERS["en"]("Thinking Machines")
    assert tokens.groups is tokens.groups
    with pytest.raises(ValueError, match="read-only"):
        tokens.groups[0] = 1


@both
@settings(max_examples=300)
@given(text=TEXTS)
def test_words_are_whole_and_in_order(tokenizer, text):
    tokens = tokenizer(text)
    groups = tokens.groups
    assert groups.shape == (len(tokens),)
    assert groups[0] == 0
    assert set(np.diff(groups)) <= {0, 1}
    assert len(tokens.word_texts) == groups[-1] + 1
    assert (np.bincount(groups)[groups[tokens.special]] == 1).all()
    for i, piece in enumerate(tokens.pieces):
        assert tokens.special[i] or tokens.words[i] in tokens.word_texts[groups[i]]
        assert not piece.startswith("##") or groups[i] == groups[i - 1]
