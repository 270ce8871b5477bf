"""Which head does a job best, of all heads of a trained network."""

from dataclasses import dataclass

import numpy as np

from attention.profiles import fixed_shares

JOBS = ("previous", "next", "special")  # places that are fixed whatever the words mean; a link is between two words


@dataclass(frozen=True)
class Worker:
    """The head that does a job best.

    layer, head : counted from 1
    share : of its attention that goes where the job says
    """

    layer: int
    head: int
    share: float


def best_head(weights: np.ndarray, special: np.ndarray, job: str | tuple[int, int]) -> Worker:
    """Of all heads, the one that gives the most of its attention to one kind of place.

    Parameters
    ----------
    weights : (layers, heads, n, n) ndarray
    special : (n,) ndarray of bool
        True at [CLS], [SEP] and the like.
    job : str, or (asks, looks)
        One of `JOBS`, the mean over all words that are not special, as `attention.profiles.fixed_shares` takes it; or
        one word that asks and one that it is to look at.

    References
    ----------
    Clark et al., 2019, "What Does BERT Look At?" (arXiv:1906.04341), sections 3 and 4.
    """
    shares = weights[..., job[0], job[1]] if isinstance(job, tuple) else fixed_shares(weights, special, ~special)[job]
    layer, head = np.unravel_index(shares.argmax(), shares.shape)
    return Worker(int(layer) + 1, int(head) + 1, float(shares[layer, head]))
