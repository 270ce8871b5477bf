"""The shipped pictures as feature maps, at the size that the pages show them in, and where the thing is in each."""

from functools import cache
from pathlib import Path

import numpy as np

from attention.images import FeatureMaps, feature_maps
from attention.sources.images import read_image

FOLDER = Path(__file__).parents[3] / "assets" / "images"
# A box (top, left, bottom, right), in shares of height and width, that lies on the thing, and one beside it.
THINGS = {
    "astronaut.jpg": ((0.62, 0.10, 0.95, 0.30), (0.05, 0.55, 0.40, 0.72)),  # suit, wall
    "cat.jpg": ((0.50, 0.45, 0.80, 0.65), (0.30, 0.86, 0.60, 1.00)),  # face, room
    "coffee.jpg": ((0.15, 0.33, 0.45, 0.63), (0.40, 0.90, 0.80, 1.00)),  # cup, table
    "rocket.jpg": ((0.45, 0.49, 0.90, 0.51), (0.05, 0.20, 0.40, 0.80)),  # rocket, sky
    "shapes.png": ((0.47, 0.61, 0.56, 0.64), (0.30, 0.30, 0.36, 0.70)),  # triangle, ground
}
TRIANGLE = (0.38, 0.54, 0.59, 0.71)  # around the whole of it, the odd one out of shapes.png


@cache
def channels(name: str) -> FeatureMaps:
    """The channel bank of a shipped picture."""
    return feature_maps(read_image((FOLDER / name).read_bytes(), max_side=640).rgb)


def inside(values: np.ndarray, box: tuple[float, ...]) -> np.ndarray:
    """The part of a map (..., H, W) that lies in a box."""
    H, W = values.shape[-2:]
    top, left, bottom, right = box
    return values[..., round(top * H) : round(bottom * H), round(left * W) : round(right * W)]


def on_and_off(values: np.ndarray, name: str) -> tuple[float, float]:
    """The means of a map (H, W) on the thing, and beside it."""
    return tuple(float(inside(values, box).mean()) for box in THINGS[name])


def highest_place(values: np.ndarray) -> tuple[float, float]:
    """Where a map (H, W) is highest, in shares of height and width."""
    row, column = np.unravel_index(values.argmax(), values.shape)
    return row / values.shape[0], column / values.shape[1]
