"""A query that learns: its gradient against finite differences, its way downhill, what it finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from attention import attend
from attention.teaching.learned_query import Scene, first_query, gradient, learn, look, mixture_loss
from attention.teaching.street import SEEN, UNSEEN, scene


def loss(q, of: Scene) -> float:
    return mixture_loss(look(q, of).weights[0], of)


@given(some.integers(0, 2**32 - 1), some.floats(0.01, 10))
def test_the_gradient_is_that_of_finite_differences(seed, length):
    """Of the engine's own softmax attention, for queries short and long."""
    draw = np.random.default_rng(seed)
    n, d, step = 5, 7, 1e-5
    here, q = Scene(draw.normal(size=(n, d)), int(draw.integers(n))), length * draw.normal(size=d)
    measured = [(loss(q + step * axis, here) - loss(q - step * axis, here)) / (2 * step) for axis in np.eye(d)]
    np.testing.assert_allclose(gradient(q, here), measured, rtol=1e-4, atol=1e-8)


def test_the_loss_is_0_only_where_the_mixture_is_the_right_answer():
    here = scene("crossing")
    assert mixture_loss(np.eye(4)[here.right], here) == 0
    assert all(mixture_loss(np.eye(4)[i], here) > 0 for i in range(4) if i != here.right)
    missed = here.things.mean(axis=0) - here.things[here.right]
    assert mixture_loss(np.full(4, 0.25), here) == pytest.approx(np.sum(missed**2) / 2)


def test_a_run_is_gradient_descent_and_keeps_every_step():
    scenes = [scene(name) for name in SEEN]
    run = learn(scenes, seed=3, rate=2.0, steps=5)
    np.testing.assert_array_equal(run.queries[0], first_query(4, 3))
    for before, after in zip(run.queries[:-1], run.queries[1:], strict=True):
        np.testing.assert_allclose(after - before, -2.0 * np.mean([gradient(before, each) for each in scenes], axis=0))
    for at, each in enumerate(scenes):
        np.testing.assert_allclose(run.weights[at], attend(run.queries, each.things, each.things).weights)
        np.testing.assert_allclose(run.losses[:, at], [loss(q, each) for q in run.queries])


def test_a_seed_gives_the_same_run_and_another_one_another():
    assert np.array_equal(first_query(4, 5), first_query(4, 5))
    assert not np.array_equal(first_query(4, 5), first_query(4, 6))


@pytest.mark.parametrize("rate", [1, 3, 10, 30])
@pytest.mark.parametrize("seed", [0, 7, 99])
def test_from_any_start_and_with_any_step_on_offer_the_street_is_learned(seed, rate):
    run = learn([scene(name) for name in SEEN], seed=seed, rate=rate, steps=200)
    mean = run.losses.mean(axis=1)
    assert mean[-1] < mean[0] / 5
    for weights, name in zip(run.weights, SEEN, strict=True):
        assert weights[-1].argmax() == scene(name).right
    unseen = scene(UNSEEN)
    assert look(run.queries[-1], unseen).weights[0].argmax() == unseen.right
