"""What is written out adds up to what the map shows."""

import re

import numpy as np
import pytest

from attention.merging import merge_weights
from figures.mixtures import MOST, division, max_lines, merged_cell, sum_lines


def test_a_sum_is_written_out_with_its_terms():
    assert sum_lines([0.5, 0.25]) == r"\begin{aligned}&0.500 + 0.250 = 0.750\end{aligned}"
    assert sum_lines(np.float32([0.5, 0.0004])) == r"\begin{aligned}&0.500 + 0.0004 = 0.500\end{aligned}"


def test_the_largest_is_written_out():
    assert max_lines([0.5, 0.25]) == r"\begin{aligned}&\max(0.500,\ 0.250) = 0.500\end{aligned}"


def test_a_division_is_written_out():
    assert division(0.9, 3) == r"0.900 \div 3 = 0.300"


@pytest.mark.parametrize("count", [1, 4, 5, 12, MOST, 100])
def test_many_terms_stand_in_several_lines_and_the_sum_is_that_of_all(count):
    weights = np.linspace(0.01, 0.02, count)
    written = sum_lines(weights)
    terms = re.findall(r"\d\.\d{3}", written)
    assert len(terms) - 1 == min(count, MOST - 1 if count > MOST else MOST)
    assert float(terms[-1]) == pytest.approx(weights.sum(), abs=5e-4)
    assert written.count(r"\\") == (min(count, MOST) - 1) // 4


def test_a_merged_cell_is_that_of_the_merged_map():
    weights = np.random.default_rng(1).dirichlet(np.ones(5), 5)
    groups = np.array([0, 1, 1, 2, 2])
    block = weights[1:3, 3:5]
    sums, mean = merged_cell(block)
    np.testing.assert_allclose(sums, [weights[1, 3:5].sum(), weights[2, 3:5].sum()])
    assert mean == pytest.approx(merge_weights(weights, groups)[1, 2])
