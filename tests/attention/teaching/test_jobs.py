"""The head that does a job best is found, in made-up weights and in a trained network."""

import numpy as np
import pytest

from attention.networks import load_encoder
from attention.teaching.jobs import JOBS, best_head

SPECIAL = np.array([True, False, False, False, True])


@pytest.mark.parametrize(
    ("job", "columns"), [("previous", [0, 0, 1, 2, 3]), ("next", [1, 2, 3, 4, 4]), ("special", [0] * 5)]
)
def test_a_head_that_does_nothing_else_is_found(job, columns):
    weights = np.random.default_rng(0).dirichlet(np.ones(5), (3, 2, 5))
    weights[2, 1] = np.eye(5)[columns]
    found = best_head(weights, SPECIAL, job)
    assert (found.layer, found.head) == (3, 2)
    assert found.share == pytest.approx(1)


def test_the_strongest_link_between_two_words():
    weights = np.random.default_rng(1).dirichlet(np.ones(5), (3, 2, 5))
    found = best_head(weights, SPECIAL, (2, 4))
    assert found.share == weights[..., 2, 4].max() == weights[found.layer - 1, found.head - 1, 2, 4]


def test_jobs_in_the_english_network():
    law = "The Law will never be perfect, but its application should be just"
    trace = load_encoder("assets/models/all-minilm-l6-v2")(f"{law} - this is what we are missing, in my opinion.")
    found = {job: best_head(trace.weights, trace.tokens.special, job) for job in JOBS}
    assert [(worker.layer, worker.head) for worker in found.values()] == [(1, 3), (2, 9), (3, 10)]
    link = best_head(trace.weights, trace.tokens.special, (9, 2))  # its, law
    assert (link.layer, link.head) == (4, 2)
    assert link.share == pytest.approx(0.80, abs=0.005)
