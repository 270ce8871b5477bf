"""The prompt encoder of Segment Anything: clicks and a box become tokens, places become vectors."""

import math

import numpy as np

from attention.networks.promptable_weights import PromptWeights

NOT_THIS, THIS, TOP_LEFT, BOTTOM_RIGHT = "not_this", "this", "top_left", "bottom_right"
NO_POINT = "no_point"
_KINDS = (NOT_THIS, THIS, TOP_LEFT, BOTTOM_RIGHT)  # in the order of the trained vectors; a click's label is its index


def position_vectors(weights: PromptWeights, places: np.ndarray) -> np.ndarray:
    """Sines and cosines of a place, at random frequencies that were drawn once.

    Parameters
    ----------
    places : (..., 2) ndarray
        (row, column), as shares 0 to 1 of the square that the encoder read.

    Returns
    -------
    (..., d) float32 ndarray

    References
    ----------
    Tancik et al., 2020, "Fourier Features" (arXiv:2006.10739); Kirillov et al., 2023, "Segment Anything"
    (arXiv:2304.02643), appendix A.
    """
    angles = 2 * math.pi * ((2 * places[..., ::-1] - 1).astype(np.float32) @ weights.frequencies)  # x before y
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)


def grid_positions(weights: PromptWeights, side: int) -> np.ndarray:
    """The vectors of the centres of side x side patches: (side², d), row by row."""
    centres = (np.arange(side) + 0.5) / side
    places = np.stack(np.meshgrid(centres, centres, indexing="ij"), axis=-1)
    return position_vectors(weights, places.reshape(-1, 2))


def embed_prompts(
    weights: PromptWeights, points: np.ndarray, labels: np.ndarray, box: np.ndarray | None
) -> tuple[np.ndarray, tuple[str, ...]]:
    """The tokens of clicks and of a box.

    Parameters
    ----------
    points : (n, 2) ndarray
        (row, column), as shares 0 to 1 of the square that the encoder read.
    labels : (n,) ndarray of int
        1 = this, 0 = not this.
    box : (2, 2) ndarray or None
        Its top left and bottom right corner, likewise.

    Returns
    -------
    tokens : (m, d) float32 ndarray
        The clicks, then the corners, or where there is no box a token that stands for no point.
    kinds : tuple of m str
        "this", "not_this", "top_left", "bottom_right" or "no_point".
    """
    kinds = [int(label) for label in labels]
    places = np.asarray(points, np.float64).reshape(-1, 2)
    if box is not None:
        kinds += [_KINDS.index(TOP_LEFT), _KINDS.index(BOTTOM_RIGHT)]
        places = np.concatenate([places, box])
    tokens = position_vectors(weights, places) + weights.kinds[kinds]
    names = tuple(_KINDS[kind] for kind in kinds)
    if box is None:
        return np.concatenate([tokens, weights.no_point[None]]), (*names, NO_POINT)
    return tokens, names
