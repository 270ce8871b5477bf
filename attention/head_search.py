"""Which heads link a word to others, and which of them only look at a fixed position."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from attention.profiles import fixed_shares

ALWAYS = 0.5  # from here on a habit is most of what the head does
OFTEN = 0.15  # from here on it explains a link that lies on its positions,
TIMES_UNIFORM = 3  # if it is also this many times what a head that looks everywhere alike would give


@dataclass(frozen=True, eq=False)
class HeadSearch:
    """What `search_heads` finds. Layers and heads are counted from 1, positions from 0.

    Attributes
    ----------
    asks : int
    looks : tuple of int
        Ascending, each once.
    shares : (layers, heads) ndarray of float64
        What each head gives to the positions in `looks`, together.
    mean : float
        Of the shares of all heads.
    uniform : float
        What a head that looks everywhere alike would give.
    order : tuple of (layer, head)
        Largest share first; of equal ones the lower layer, then the lower head.
    fixed : (layers, heads) ndarray of str
        The fixed position of a marked head: "previous", "next", "same" or "special"; "" where a head is not marked.
    habits : (layers, heads) ndarray of float64
        Mean share that the other words of the text give to that position in this head; 0 where `fixed` is "".
    """

    asks: int
    looks: tuple[int, ...]
    shares: np.ndarray = field(repr=False)
    mean: float
    uniform: float
    order: tuple[tuple[int, int], ...] = field(repr=False)
    fixed: np.ndarray = field(repr=False)
    habits: np.ndarray = field(repr=False)

    @property
    def best(self) -> tuple[int, int]:
        """The first head that is not marked; the first of all where every one is."""
        return next((at for at in self.order if not self.fixed[at[0] - 1, at[1] - 1]), self.order[0])


def search_heads(weights: np.ndarray, special: np.ndarray, asks: int, looks: Iterable[int]) -> HeadSearch:
    """Rank all heads by what the word at `asks` gives to those at `looks`.

    A head that looks at the next word in every sentence also links "its" to "application" in "its application". Its
    share says nothing of meaning then, so it is marked. The habit of a head is its mean share on a fixed position
    (the previous word, the next, the word itself, or the special ones) over the other words of the text, as in
    `head_profiles`. A head is marked when a habit is at least 0.5; or when at least half of its share lies on such
    a position, and the habit is at least 0.15 and three times the uniform 1/n.

    Parameters
    ----------
    weights : (layers, heads, n, n) ndarray
        Rows ask, columns are looked at.
    special : (n,) bool ndarray
        True at [CLS], [SEP] and the like.
    asks : int
    looks : iterable of int
        Positions, counted from 0; one given twice counts once.

    Returns
    -------
    HeadSearch

    Raises
    ------
    ShapeError
        If the sizes do not fit.
    ValueError
        If a position is not in the text, or none is looked at.

    References
    ----------
    Voita et al., 2019, "Analyzing Multi-Head Self-Attention" (arXiv:1905.09418), section 5.2, for positional heads;
    the two thresholds are this project's own.
    """
    n = len(special)
    looks = tuple(sorted({int(look) for look in looks}))
    if not looks:
        raise ValueError("looks is empty, but at least one position must be looked at")
    for position in (asks, *looks):
        if not 0 <= position < n:
            raise ValueError(f"position {position} is not in the text: its {n} words are counted from 0")

    habits = fixed_shares(weights, special, ~special & (np.arange(n) != asks))
    given = weights[..., asks, :].astype(np.float64)  # (layers, heads, n)
    shares = given[..., looks].sum(axis=-1)
    _, heads = shares.shape
    order = tuple((int(i) // heads + 1, int(i) % heads + 1) for i in np.argsort(-shares, axis=None, kind="stable"))
    fixed, largest = _mark(habits, given, shares, _positions(special, asks, looks))
    return HeadSearch(int(asks), looks, shares, float(shares.mean()), len(looks) / n, order, fixed, largest)


def _positions(special: np.ndarray, asks: int, looks: tuple[int, ...]) -> dict[str, list[int]]:
    """Which of `looks` lie on each fixed position. A special word is none of the neighbours."""
    real = [look for look in looks if not special[look]]
    return {
        "special": [look for look in looks if special[look]],
        "previous": [look for look in real if look == asks - 1],
        "next": [look for look in real if look == asks + 1],
        "same": [look for look in real if look == asks],
    }


def _mark(
    habits: dict[str, np.ndarray], given: np.ndarray, shares: np.ndarray, positions: dict[str, list[int]]
) -> tuple[np.ndarray, np.ndarray]:
    """`fixed` and `habits` of a `HeadSearch`. Of several positions that mark a head, that of the largest habit."""
    least = max(OFTEN, TIMES_UNIFORM / given.shape[-1])
    fixed, largest = np.full(shares.shape, "", dtype="<U8"), np.zeros(shares.shape)
    for name, habit in habits.items():
        on_it = given[..., positions[name]].sum(axis=-1)
        marked = (habit >= ALWAYS) | ((habit >= least) & (on_it > 0) & (on_it >= shares / 2))
        marked &= habit > largest
        fixed[marked] = name
        largest[marked] = habit[marked]
    return fixed, largest
