"""What the road from X to Z (assets/components/stages) draws: every matrix with its printed numbers, stage by stage."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from attention.walkthrough import Walkthrough
from figures.arithmetic import open_cell
from figures.printed import exact, is_short, percent_of, print_matrix, short

STEPS = 7
STEP_OF = {
    "X": 1, "Y": 1, "W_Q": 2, "W_K": 2, "W_V": 2, "Q": 3, "K": 3, "V": 3,
    "scores": 4, "scaled": 5, "weights": 6, "output": 7,
}  # fmt: skip
FIRST_OF = {1: "Y", 2: "W_Q", 3: "Q", 4: "scores", 5: "scaled", 6: "weights", 7: "output"}
PAIRS = ("scores", "scaled", "weights")  # a row asks, a column is looked at
ASKING = ("Y", "Q", *PAIRS, "output")  # whose rows are the words that ask
COLOR = {"X": "X", "Y": "X", "W_Q": "Q", "Q": "Q", "W_K": "K", "K": "K", "W_V": "V", "V": "V", "output": "Z"}
WIDEST = 8  # columns that are drawn with numbers; a wider matrix becomes a strip of thin cells

Cell = tuple[str, int, int]  # a matrix of `Walkthrough`, a row, a column
Say = Callable[..., str]  # (key, **values) -> a sentence in the reader's language


@dataclass(frozen=True)
class View:
    """What the reader looks at.

    Parameters
    ----------
    step : int
        1 to 7; later stages are faint. 0 shows all at once.
    asks : int
        The row of the word that asks.
    cell : (name, row, column), optional
        The opened cell; where it is None or does not exist, the step opens one of its own.
    """

    step: int
    asks: int = 0
    cell: Cell | None = None


def matrices_of(road: Walkthrough) -> list[str]:
    """The names of the matrices on this road, in reading order: Y only where other words ask."""
    return [name for name in STEP_OF if name != "Y" or road.cross]


def opened_cell(road: Walkthrough, view: View) -> Cell:
    """The cell that is open: the reader's own, or the one its step is about."""
    if view.cell is not None:
        name, row, column = view.cell
        if name in matrices_of(road):
            rows, columns = getattr(road, name).shape
            if 0 <= row < rows and 0 <= column < columns:
                return view.cell
    name = FIRST_OF[view.step or STEPS]
    if name == "Y" and not road.cross:
        name = "X"
    row = view.asks if name in (*ASKING, "X") else 0
    return name, row, int(road.weights[row].argmax()) if name in PAIRS else 0


def stages_payload(road: Walkthrough, words: list[str], asking: list[str], view: View, say: Say) -> dict:
    """Everything the component needs, as plain JSON types.

    Parameters
    ----------
    road : Walkthrough
    words : list of str
        One a row of K and V.
    asking : list of str
        One a row of Q: the same words in self-attention.
    view : View
    say : callable
        ``say(key, **values)`` gives the text under "steps.<key>" in the reader's language.

    Raises
    ------
    ValueError
        If words and matrices disagree.
    """
    for name, labels, rows in (("words", words, len(road.K)), ("asking", asking, len(road.Q))):
        if len(labels) != rows:
            raise ValueError(f"{name} has {len(labels)} words for {rows} rows")
    cell = opened_cell(road, view)
    opened = open_cell(road, words, asking, cell, say)
    about = {
        "word": asking[view.asks],
        "d_model": road.X.shape[1],
        "d_k": road.Q.shape[1],
        "root": _root(road.Q.shape[1]),
    }
    crossed = "_cross" if road.cross and view.step in (1, 3, 4) else ""
    about["finding"] = finding(road.weights[view.asks], words, say)
    return {
        "step": view.step,
        "steps": STEPS,
        "where": say("where_all", steps=STEPS) if view.step == 0 else say("where", step=view.step, steps=STEPS),
        "title": say(f"step.{view.step or 'all'}.title", **about),
        "sentence": say(f"step.{view.step or 'all'}.text{crossed}", **about),
        "try": say(f"step.{view.step or 'all'}.try", **about),
        "asking": asking,
        "asks": view.asks,
        "cross": road.cross,
        "matrices": [_matrix(road, name, words, asking, say) for name in matrices_of(road)],
        "chosen": list(cell),
        "opened": opened,
        "root": f"√{road.Q.shape[1]}",
        "name": "attention-steps",
    }


def finding(weights: np.ndarray, words: list[str], say: Say) -> str:
    """Where a row's attention goes, in words: three shares, or the two largest and the rest of them together.

    A row whose numbers were changed may not sum to 1 any more; then that is said too.
    """
    order = np.argsort(-weights, kind="stable")
    named = order if len(order) <= 3 else order[:2]
    shares = [say("share", percent=percent_of(weights[i]), word=words[i]) for i in named]
    if others := order[len(named) :].tolist():
        shares.append(say("rest", percent=percent_of(weights[others].sum()), count=len(others)))
    said = say("and").join(filter(None, [say("comma").join(shares[:-1]), shares[-1]]))
    total = float(weights.sum())
    return said if math.isclose(total, 1, abs_tol=1e-6) else said + say("not_one", total=short(total))


def _root(d_k: int) -> str:
    root = math.sqrt(d_k)
    return f"{'=' if is_short(root) else '≈'} {short(root)}"


def _matrix(road: Walkthrough, name: str, words: list[str], asking: list[str], say: Say) -> dict:
    values = getattr(road, name)
    thin = name not in PAIRS and values.shape[1] > WIDEST
    largest = float(np.abs(values).max())
    rows = [] if name.startswith("W_") else asking if name in ASKING else words
    return {
        "name": name,
        "title": say("title.Q_cross" if road.cross and name == "Q" else f"title.{name}"),
        "kind": say(f"kind.{name}"),
        "about": say(f"about.{name}"),
        "step": STEP_OF[name],
        "color": COLOR.get(name),
        "asking": name in ASKING or (name == "X" and not road.cross),
        "rows": rows,
        "columns": words if name in PAIRS else [],
        "values": values.tolist(),
        "texts": [[]] * len(values) if thin else print_matrix(values, places=2 if name == "weights" else None),
        "exact": [[exact(value) for value in row] for row in values],
        "thin": thin,
        "scale": "sequential" if name == "weights" else "diverging",
        "range": [0.0, 1.0] if name == "weights" else [-(largest or 1.0), largest or 1.0],
        "overwritten": [[row, column] for target, row, column in road.overwritten if target == name],
    }
