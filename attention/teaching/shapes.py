"""A picture of coloured shapes, one a patch, each with a few facts that can be asked for: red, blue, green, round."""

import math

import numpy as np

from attention.dot_product import attend
from attention.images.features import FeatureMaps
from attention.images.patch_attention import standardise
from attention.images.patches import picture_patches
from attention.trace import AttentionTrace

ACROSS = 4  # patches along the sample "shapes": each holds one shape
COLOURS = {"red": "red_green", "blue": "blue_yellow", "green": "green_red"}  # the channels they are read from
FACTS = (*COLOURS, "round")


def roundness(inside: np.ndarray) -> float:
    """How near a shape is to a disc, from its area and how far that area spreads: A² / (2π (μ₂₀ + μ₀₂)).

    Parameters
    ----------
    inside : (H, W) bool ndarray
        At least one pixel of it True.

    Returns
    -------
    float
        1 for a disc, 3/π = 0.955 for a square, 0.827 for an equilateral triangle, less for what is drawn out.

    References
    ----------
    Žunić, Hirota and Rosin, 2010, "A Hu moment invariant as a shape circularity measure", Pattern Recognition 43,
    equation 7.
    """
    rows, columns = np.nonzero(inside)
    area = float(len(rows))
    spread = area * (rows.var() + columns.var() + 1 / 6)  # 1/6: each pixel is a square, not a point
    return area * area / (2 * math.pi * spread)


def shape_facts(channels: FeatureMaps) -> tuple[np.ndarray, tuple[int, int]]:
    """What each patch's shape is: its mean colours, read from the channels, and its roundness.

    The shape is what is darker than halfway between the patch's lightest and darkest pixel.

    Returns
    -------
    facts : (rows · columns, 4) ndarray of float64
        In the order of `FACTS`, each with mean 0 and variance 1 over the patches.
    shape : (rows, columns)
    """
    patches = picture_patches(channels.maps, ACROSS)
    found = []
    for top, left, bottom, right in patches.boxes:
        place = np.s_[top:bottom, left:right]
        light = channels["luminance"][place]
        inside = light < (light.max() + light.min()) / 2
        inside |= light == light.min()  # in a patch of one colour, everything
        found.append([*(channels[name][place][inside].mean() for name in COLOURS.values()), roundness(inside)])
    return standardise(np.array(found, dtype=np.float64), equal_lengths=False), patches.shape


def ask_shapes(facts: np.ndarray, loudness: dict[str, float]) -> AttentionTrace:
    """softmax(q Kᵀ / √d) V over the patches, where q says how loudly each fact is asked for.

    Parameters
    ----------
    facts : (n, 4) ndarray
        From `shape_facts`.
    loudness : {name of a fact: float}

    Returns
    -------
    AttentionTrace
        weights (1, n); output (1, 4): the mixture of the patches' facts.
    """
    question = np.array([[float(loudness.get(name, 0)) for name in FACTS]])
    return attend(question, facts, facts)
