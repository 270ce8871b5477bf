"""What single heads of the English network are known to do. Layers and heads are counted from 1."""

import pytest

from attention.profiles import head_profiles

LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."


@pytest.mark.parametrize(
    ("layer", "head", "name", "expected"),
    [(1, 3, "to_previous", 1.00), (2, 9, "to_next", 0.73), (3, 2, "to_next", 0.22), (4, 2, "to_special", 0.33)],
)
def test_habits(english, layer, head, name, expected):
    trace = english(LAW)
    share = getattr(head_profiles(trace.weights, trace.tokens.special), name)[layer - 1, head - 1]
    assert share == pytest.approx(expected, abs=0.005)
