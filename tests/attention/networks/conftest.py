"""What the tests of the networks share: the networks, loaded once, and the sample pictures."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention.networks.classifier import load_classifier
from attention.networks.encoder import load_encoder

ASSETS = Path(__file__).parents[3] / "assets"
MODELS = ASSETS / "models"


@pytest.fixture(scope="session")
def picture():
    """A function from a sample picture's file name to its (H, W, 3) pixels."""
    return cache(lambda name: np.asarray(Image.open(ASSETS / "images" / name).convert("RGB")))


@pytest.fixture(scope="session")
def classifier():
    return load_classifier(MODELS / "pp-lcnetv2")


@pytest.fixture(scope="session")
def english():
    return load_encoder(MODELS / "all-minilm-l6-v2")


@pytest.fixture(scope="session")
def chinese():
    return load_encoder(MODELS / "simbert-tiny-zh")
