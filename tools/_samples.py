"""The sample pictures that fixtures are made of."""

from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parents[1] / "assets/images"
PICTURES = ("astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg", "shapes.png")


def read_picture(name: str) -> np.ndarray:
    """(H, W, 3) uint8 ndarray, writable."""
    return np.array(Image.open(FOLDER / name).convert("RGB"))
