"""What the tests of the page about attention that is off share: the networks' own answers."""

from functools import cache

import numpy as np

from attention.networks.classifier import load_classifier
from attention.networks.segmenter import load_segmenter
from attention.sources.images import read_image
from pages.shared.picture_source import SAMPLES
from tests.pages.picture_helpers import ROOT, sample

LOADERS = {"classifier": (load_classifier, "pp-lcnetv2"), "segmenter": (load_segmenter, "selfie-segmenter")}
BLOCKS = {"classifier": 6, "segmenter": 10}


@cache
def network(name: str):
    load, folder = LOADERS[name]
    return load(ROOT / "assets" / "models" / folder)


@cache
def rgb(code: str) -> np.ndarray:
    return read_image(sample(code)).rgb


@cache
def own_gates(name: str, code: str) -> tuple[np.ndarray, ...]:
    return tuple(block.own for block in network(name)(rgb(code)).blocks)


def replaced(name: str, code: str, instead: str, numbers: tuple[int, ...], donor: str = "astronaut") -> dict:
    """The gates of a change, worked out block by block."""
    gates = {}
    for k in numbers:
        gates[k] = {
            "ones": lambda k=k: 1.0,
            "mean": lambda k=k: float(own_gates(name, code)[k - 1].mean()),
            "average": lambda k=k: np.mean(
                [own_gates(name, other)[k - 1] for other in SAMPLES if other != code], axis=0
            ),
            "other": lambda k=k: own_gates(name, donor)[k - 1],
        }[instead]()
    return gates
