from pathlib import Path

import pytest

from attention.networks.encoder import load_encoder

MODELS = Path(__file__).parents[3] / "assets/models"


@pytest.fixture(scope="session")
def english():
    return load_encoder(MODELS / "all-minilm-l6-v2")


@pytest.fixture(scope="session")
def chinese():
    return load_encoder(MODELS / "simbert-tiny-zh")
