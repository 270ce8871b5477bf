import numpy as np
import pytest

from attention import attend
from attention.teaching.before_after import before_after


def head(scale=None):
    rng = np.random.default_rng(8)
    return attend(rng.normal(size=(5, 7)), rng.normal(size=(5, 7)), rng.normal(size=(5, 13)), scale=scale)


def test_what_a_word_brings_and_what_it_leaves_with():
    trace = head()
    found = before_after(trace, 3, 1)
    assert np.array_equal(found.before, trace.V[3])
    assert np.array_equal(found.looked, trace.V[1])
    assert np.allclose(found.after, sum(weight * v for weight, v in zip(trace.weights[3], trace.V, strict=True)))
    expected = found.after @ found.looked / np.linalg.norm(found.after) / np.linalg.norm(found.looked)
    assert found.alike_after == pytest.approx(expected)


def test_all_attention_on_one_word_makes_the_vector_that_words_own():
    trace = head(scale=1e4)
    looks = int(trace.weights[2].argmax())
    assert before_after(trace, 2, looks).alike_after == pytest.approx(1)


@pytest.mark.parametrize(("asks", "looks"), [(5, 0), (0, 5), (-1, 0)])
def test_a_word_that_is_not_there(asks, looks):
    with pytest.raises(ValueError, match="among 5 words"):
        before_after(head(), asks, looks)
