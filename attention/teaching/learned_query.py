"""A query that is learned: told only what the answer should have been, gradient descent finds where to look.

Several scenes share one query q. In each, the engine's attention mixes what the things there say; the loss is half the
squared distance of the mixture from the right answer, and its gradient flows back through V, the softmax and K to q.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attention.dot_product import attend
from attention.trace import AttentionTrace

START = 0.5  # standard deviation of the numbers that q starts with


@dataclass(frozen=True, eq=False)
class Scene:
    """Things to look at.

    things : (n, d) ndarray
        Their features: keys and values at once.
    right : int
        The thing whose values are the right answer.
    """

    things: np.ndarray
    right: int


@dataclass(frozen=True, eq=False)
class Course:
    """What `learn` returns: the whole way of the query.

    queries : (steps + 1, d) ndarray
    weights : tuple of (steps + 1, n) ndarrays, one a scene
    losses : (steps + 1, scenes) ndarray
    """

    queries: np.ndarray
    weights: tuple[np.ndarray, ...]
    losses: np.ndarray


def look(q: np.ndarray, scene: Scene) -> AttentionTrace:
    """softmax(q Kᵀ / √d) V over the things of a scene: (d,) -> weights (1, n), output (1, d)."""
    return attend(q[None], scene.things, scene.things)


def mixture_loss(weights: np.ndarray, scene: Scene) -> float:
    """Half the squared distance of a mixture from the right answer: (n,) weights -> 0 or more."""
    missed = weights @ scene.things - scene.things[scene.right]
    return float(missed @ missed) / 2


def gradient(q: np.ndarray, scene: Scene) -> np.ndarray:
    """The gradient of the loss with respect to the query.

    With o = p V, p = softmax(s), s = q Kᵀ · scale and L = |o - t|² / 2:
    dL/dp = V (o - t); dL/ds = p * (dL/dp - p · dL/dp), which is (diag(p) - p pᵀ) dL/dp; dL/dq = scale · dL/ds K.

    Parameters
    ----------
    q : (d,) ndarray
    scene : Scene

    Returns
    -------
    (d,) ndarray

    References
    ----------
    The softmax's Jacobian as in Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.2.2.3.
    """
    trace = look(q, scene)
    p = trace.weights[0]
    by_weights = trace.V @ (trace.output[0] - scene.things[scene.right])  # (n,)
    by_scores = p * (by_weights - p @ by_weights)
    return trace.scale * by_scores @ trace.K


def first_query(d: int, seed: int) -> np.ndarray:
    """A query that knows nothing yet: (d,) numbers around 0, drawn from the seed."""
    return np.random.default_rng(seed).normal(0, START, d)


def learn(scenes: Sequence[Scene], *, seed: int, rate: float, steps: int) -> Course:
    """Gradient descent on the mean loss of all scenes.

    Parameters
    ----------
    scenes : sequence of Scene
        With the same features.
    seed : int
        Of the query that it starts with.
    rate : float
        How far each step goes, in units of the gradient.
    steps : int

    Returns
    -------
    Course
    """
    q = first_query(scenes[0].things.shape[1], seed)
    queries = [q]
    for _ in range(steps):
        q = q - rate * np.mean([gradient(q, scene) for scene in scenes], axis=0)
        queries.append(q)
    queries = np.array(queries)
    weights = tuple(attend(queries, scene.things, scene.things).weights for scene in scenes)
    losses = [[mixture_loss(row, scene) for row in rows] for rows, scene in zip(weights, scenes, strict=True)]
    return Course(queries, weights, np.array(losses).T)
