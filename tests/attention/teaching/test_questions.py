"""Questions put to a sentence of readable words: the engine's attention, the words that match, mixtures."""

import numpy as np
import pytest

from attention.teaching.questions import ASKABLE, FEATURES, LOUDEST, SENTENCES, ask_sentence

ANSWERS = {
    "en": {"person": "I", "number": "100", "thing": "buns", "action": "ate"},
    "zh": {"person": "我", "number": "100", "thing": "包子", "action": "吃"},
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("feature", ASKABLE)
def test_each_question_finds_its_word(language, feature):
    weights = ask_sentence(language, {feature: LOUDEST}).weights[0]
    assert list(SENTENCES[language])[int(weights.argmax())] == ANSWERS[language][feature]
    assert weights.max() > 0.8


@pytest.mark.parametrize("language", SENTENCES)
def test_the_answer_is_the_weighted_mixture_of_the_words(language):
    trace = ask_sentence(language, {"thing": 6, "action": 3})
    words = np.array(list(SENTENCES[language].values()))
    powers = np.exp(words @ trace.Q[0] / np.sqrt(len(FEATURES)))
    np.testing.assert_allclose(trace.weights[0], powers / powers.sum())
    np.testing.assert_allclose(trace.output[0], (powers / powers.sum()) @ words)


@pytest.mark.parametrize("language", SENTENCES)
def test_without_a_question_all_words_weigh_alike(language):
    weights = ask_sentence(language, {}).weights
    np.testing.assert_allclose(weights, 1 / len(SENTENCES[language]))


@pytest.mark.parametrize("language", SENTENCES)
def test_every_word_says_each_feature_from_0_to_1(language):
    words = np.array(list(SENTENCES[language].values()))
    assert words.shape[1] == len(FEATURES)
    assert words.min() == 0
    assert words.max() == 1


def test_what_is_no_feature_cannot_be_asked_for():
    with pytest.raises(ValueError, match="colour"):
        ask_sentence("en", {"colour": 1})
