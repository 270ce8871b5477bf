import numpy as np
import pytest

from attention import attend
from attention.teaching.two_languages import FEATURES, LARGEST, SENTENCES, ask_words, feature_vectors

PARTNERS = {  # what a word of one language means in the other
    "cat": {"Yesterday": "昨天", "old": "老", "cat": "猫", "drank": "喝", "milk": "牛奶", "at": "在", "home": "家"},
    "buns": {"I": "我", "ate": "吃", "100": "100", "steamed": "包子", "buns": "包子"},
}


@pytest.mark.parametrize("pair", SENTENCES)
def test_every_word_that_means_something_finds_its_partner(pair):
    words, other = SENTENCES[pair]["en"], SENTENCES[pair]["zh"]
    weights = ask_words(words, other).weights
    for word, partner in PARTNERS[pair].items():
        row = weights[words.index(word)]
        assert other[int(row.argmax())] == partner
        assert row.max() > 0.75


def test_words_of_chinese_that_english_does_without_ask_what_they_belong_to():
    for pair, particle, verb in (("cat", "了", "drank"), ("buns", "了", "ate"), ("buns", "个", "100")):
        words, other = SENTENCES[pair]["zh"], SENTENCES[pair]["en"]
        assert other[int(ask_words(words, other).weights[words.index(particle)].argmax())] == verb


def test_a_word_that_says_nothing_looks_everywhere_alike():
    words, other = SENTENCES["cat"]["en"], SENTENCES["cat"]["zh"]
    assert np.allclose(ask_words(words, other).weights[words.index("the")], 1 / len(other))


def test_it_is_the_engines_attention():
    words, other = SENTENCES["buns"]["en"], SENTENCES["buns"]["zh"]
    X, Y = feature_vectors(other), feature_vectors(words)
    road = ask_words(words, other, loudness=1.5)
    assert road.cross
    assert road.weights.shape == (5, 6)
    assert road.output.shape == (5, len(FEATURES))
    assert np.allclose(road.output, attend(1.5 * Y, X, X).output)


def test_a_sentence_that_asks_itself():
    words = SENTENCES["buns"]["en"]
    road = ask_words(words)
    assert not road.cross
    assert np.array_equal(road.scores, road.scores.T)
    assert list(road.weights.argmax(axis=1)) == list(range(len(words)))


@pytest.mark.parametrize(("pair", "deed", "who"), [("cat", "drank", "cat"), ("buns", "ate", "I")])
def test_a_deed_may_ask_who_did_it_and_the_other_words_ask_as_before(pair, deed, who):
    words = SENTENCES[pair]["en"]
    weights, before = ask_words(words, seeks="who").weights, ask_words(words).weights
    row = words.index(deed)
    assert words[int(weights[row].argmax())] == who
    assert np.array_equal(np.delete(weights, row, axis=0), np.delete(before, row, axis=0))


def test_what_cannot_be_sought_is_named():
    with pytest.raises(ValueError, match="teapot"):
        ask_words(["cat"], seeks="teapot")


def test_a_silent_question_gives_all_the_same():
    road = ask_words(*SENTENCES["cat"].values(), loudness=0.0)
    assert np.allclose(road.weights, 1 / 8)


def test_no_word_says_less_than_nothing_or_more_than_the_largest():
    for sentences in SENTENCES.values():
        for words in sentences.values():
            vectors = feature_vectors(words)
            assert vectors.min() == 0
            assert vectors.max() == LARGEST


def test_a_word_without_a_vector_is_named():
    with pytest.raises(ValueError, match="teapot"):
        feature_vectors(["cat", "teapot"])
