"""Grad-CAM of the classifier: its gradient by finite differences, and what its map adds up to."""

import numpy as np
import pytest

from attention.networks.class_evidence import class_evidence

CAT, ESPRESSO, GOLDFISH = 285, 967, 1


@pytest.fixture(scope="module")
def trace(classifier, picture):
    return classifier(picture("cat.jpg"))


def score(classifier, features, index):
    """The head in float64, written once more."""
    W, bias = (array.astype(float) for array in classifier.weights.classes)
    return W[index] @ np.maximum(classifier.weights.widen.astype(float) @ features.mean(axis=(1, 2)), 0) + bias[index]


@pytest.mark.parametrize("index", [CAT, ESPRESSO, GOLDFISH])
def test_its_gradient_is_that_of_finite_differences(classifier, trace, index):
    evidence = class_evidence(classifier, trace, index)
    features = trace.features.astype(float)
    rng = np.random.default_rng(7)
    for c, row, column in zip(rng.integers(0, 1024, 40), rng.integers(0, 7, 40), rng.integers(0, 7, 40), strict=True):
        up, down = features.copy(), features.copy()
        up[c, row, column] += 1e-4
        down[c, row, column] -= 1e-4
        slope = (score(classifier, up, index) - score(classifier, down, index)) / 2e-4
        assert evidence.weights[c] == pytest.approx(slope, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("index", [CAT, ESPRESSO, GOLDFISH])
def test_its_signed_map_adds_up_to_the_score(classifier, trace, index):
    evidence = class_evidence(classifier, trace, index)
    assert evidence.score == trace.logits[index]
    assert evidence.signed.sum() + evidence.bias == pytest.approx(evidence.score, abs=1e-3)


def test_the_map_is_the_weighted_sum_of_the_last_maps_where_it_speaks_for_the_class(classifier, trace):
    evidence = class_evidence(classifier, trace, CAT)
    for row, column in np.ndindex(7, 7):
        total = sum(float(evidence.weights[c]) * float(trace.features[c, row, column]) for c in range(1024))
        assert evidence.signed[row, column] == pytest.approx(total, abs=1e-4)
        assert evidence.map[row, column] == pytest.approx(max(total, 0), abs=1e-4)


def test_the_cat_lies_in_the_middle_of_its_evidence_and_a_fish_has_none(classifier, trace):
    cat = class_evidence(classifier, trace, CAT)
    row, column = np.unravel_index(cat.map.argmax(), (7, 7))
    assert classifier.labels[CAT] == "Egyptian cat"
    assert row in range(1, 6)
    assert column in range(1, 6)
    assert class_evidence(classifier, trace, GOLDFISH).score < cat.score / 2


@pytest.mark.parametrize("index", [-1, 1000])
def test_a_class_that_is_not_there_is_refused(classifier, trace, index):
    with pytest.raises(IndexError, match="0 to 999"):
        class_evidence(classifier, trace, index)
