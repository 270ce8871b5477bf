"""Two texts as the network was trained to read them: [CLS] first [SEP] second [SEP]."""

from pathlib import Path

import numpy as np
import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from attention.sources.tokenizer import Tokenizer

MODELS = Path(__file__).parents[3] / "assets/models"
FOLDERS = {"en": MODELS / "all-minilm-l6-v2", "zh": MODELS / "simbert-tiny-zh"}
TOKENIZERS = {name: Tokenizer(folder, 512) for name, folder in FOLDERS.items()}
SHORT = {name: Tokenizer(folder, 12) for name, folder in FOLDERS.items()}
LIBRARY = {name: tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")) for name, folder in FOLDERS.items()}
for library in LIBRARY.values():
    library.no_padding()
ENGLISH = TOKENIZERS["en"]
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab é́ẹ字한 😂👍🏽'-,[]")), max_size=20
)
both = pytest.mark.parametrize("name", FOLDERS)


def assert_same_as_the_library(name, tokens, limit):
    LIBRARY[name].enable_truncation(limit, strategy="longest_first")
    expected = LIBRARY[name].encode(tokens.text, tokens.pair)
    assert tokens.ids.tolist() == expected.ids
    assert tokens.pieces == tuple(expected.tokens)
    assert tokens.segments.tolist() == expected.type_ids
    assert tokens.special.tolist() == [bool(special) for special in expected.special_tokens_mask]


def test_a_pair():
    tokens = ENGLISH("Thinking Machines", "It's a café 😂")
    assert tokens.pieces[:5] == ("[CLS]", "thinking", "machines", "[SEP]", "it")
    assert tokens.words[4:] == ("It", "'", "s", "a", "café", "😂", "[SEP]")
    assert tokens.segments.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert np.flatnonzero(tokens.special).tolist() == [0, 3, 10]
    assert np.flatnonzero(tokens.unknown).tolist() == [9]
    assert tokens.offsets[:5] == ((0, 0), (0, 8), (9, 17), (17, 17), (0, 2))
    assert tokens.offsets[-1] == (13, 13)
    assert (tokens.text, tokens.pair) == ("Thinking Machines", "It's a café 😂")
    assert tokens.unknown_share == pytest.approx(1 / 8)


def test_the_words_of_both_texts():
    tokens = ENGLISH("I don't", "a well-known izers")
    assert tokens.word_texts == ("[CLS]", "I", "don't", "[SEP]", "a", "well-known", "izers", "[SEP]")
    assert tokens.groups.tolist() == [0, 1, 2, 2, 2, 3, 4, 5, 5, 5, 6, 6, 7]


def test_words_do_not_join_across_the_texts():
    assert ENGLISH("well-", "known").word_texts == ("[CLS]", "well", "-", "[SEP]", "known", "[SEP]")
    assert ENGLISH("don", "'t").word_texts == ("[CLS]", "don", "[SEP]", "'", "t", "[SEP]")


@both
@pytest.mark.parametrize(("text", "pair"), [("", ""), ("a", ""), ("", "a"), (" ", "\x00\n")])
def test_an_empty_text_beside_another(name, text, pair):
    tokens = TOKENIZERS[name](text, pair)
    assert_same_as_the_library(name, tokens, 512)
    assert tokens.pieces.count("[SEP]") == 2


def test_a_text_by_itself_is_no_pair():
    tokens = ENGLISH("Thinking Machines")
    assert tokens.pair is None
    assert tokens.segments.tolist() == [0, 0, 0, 0]
    assert tokens.pair_truncated_at is None


@both
@settings(max_examples=200)
@given(text=TEXTS, pair=TEXTS)
def test_pieces_and_segments_are_the_librarys(name, text, pair):
    tokens = TOKENIZERS[name](text, pair)
    assert_same_as_the_library(name, tokens, 512)
    first, second = (TOKENIZERS[name](one) for one in (text, pair))
    assert tokens.words == (*first.words, *second.words[1:])
    assert tokens.offsets == (*first.offsets, *second.offsets[1:])
    assert tokens.word_texts == (*first.word_texts, *second.word_texts[1:])
    assert tokens.truncated_at is tokens.pair_truncated_at is None
    assert tokens.characters_cut == 0


@both
@given(lengths=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_the_longer_text_is_cut_first(name, lengths):
    first, second = lengths
    tokens = SHORT[name]("a " * first, "1 " * second)
    assert_same_as_the_library(name, tokens, 12)
    kept = tokens.words.count("a"), tokens.words.count("1")
    assert tokens.truncated_at == (None if kept[0] == first else 2 * kept[0] - 1)
    assert tokens.pair_truncated_at == (None if kept[1] == second else 2 * kept[1] - 1)
    ends = [(2 * length - (2 * n - 1)) if n < length else 0 for n, length in zip(kept, lengths, strict=True)]
    assert tokens.characters_cut == sum(ends)


@both
@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The quick brown fox jumps over it. " * 2858, "Thinking machines."),
        ("我吃了包子。", "The quick brown fox jumps over it. " * 2858),
        ("x😂, " * 700, "我吃了一百个包子，然后睡觉。" * 60),
        ("我吃了一百个包子，然后睡觉。" * 60, "unbelievable tokenizers " * 700),
        ("a " * 255, "b " * 255),
    ],
)
def test_long_texts_are_cut_as_the_library_cuts_them(name, text, pair):
    tokens = TOKENIZERS[name](text, pair)
    assert len(tokens) == 512
    assert_same_as_the_library(name, tokens, 512)
    second = int(np.flatnonzero(tokens.segments)[0])
    for at, one, separator in ((tokens.truncated_at, text, second - 1), (tokens.pair_truncated_at, pair, 511)):
        end = tokens.offsets[separator - 1][1]
        assert tokens.offsets[separator] == (end, end)
        assert at == (None if end == len(one.rstrip()) else end)


def test_half_a_character_is_left_out():
    assert ENGLISH("one \ud83d", "\ud83d two").words == ("[CLS]", "one", "[SEP]", "two", "[SEP]")


def test_arrays_are_read_only():
    tokens = ENGLISH("Thinking", "Machines")
    for array in (tokens.ids, tokens.segments, tokens.special, tokens.unknown):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert tokens.segments.dtype == tokens.ids.dtype == np.int64
