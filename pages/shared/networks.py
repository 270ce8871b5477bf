"""The trained picture networks and what they make of a picture: loaded once per server, when first needed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from attention.images import SqueezeExcitationWeights
from attention.networks.classifier import Classifier, load_classifier
from attention.networks.detector import Detector, load_detector
from attention.networks.gates import OneLayerWeights
from attention.networks.promptable import Promptable, ReadPicture, load_promptable
from attention.networks.segmenter import Segmenter, load_segmenter
from pages.shared.compute import MODELS, held_of_picture, of_picture, sample_picture
from pages.shared.picture_source import SAMPLES, OpenPicture
from pages.shared.texts import t
from pages.shared.work import Pool, wait_for

TALLEST, NARROWEST = 480, 240  # CSS pixels: of a picture as it is shown, and of a bar that lies on it
INSTEAD = ("ones", "mean", "average", "other")


@dataclass(frozen=True)
class GateChange:
    """Which squeeze-and-excitation blocks do without the gates that they compute from the picture.

    blocks : their numbers, counted from 1
    instead : what they use, of `INSTEAD`: 1 for every channel, the mean of their own gates for every channel, the
        gates they have on average over all other samples, or those that they have for one sample
    donor : that sample's code
    """

    blocks: tuple[int, ...] = ()
    instead: str = "ones"
    donor: str = ""


OWN = GateChange()


@st.cache_resource(show_spinner=False)
def classifier() -> Classifier:
    """What is in a picture: 1,000 classes."""
    return load_classifier(MODELS / "pp-lcnetv2")


def class_name(index: int) -> str:
    """One of its classes in the reader's language."""
    return t(f"imagenet.c{index}")


@st.cache_resource(show_spinner=False)
def segmenter() -> Segmenter:
    """Where people are."""
    return load_segmenter(MODELS / "selfie-segmenter")


@st.cache_resource(show_spinner=False)
def detector() -> Detector:
    """Where 80 kinds of things are in a picture."""
    return load_detector(MODELS / "picodet")


def read_with(network: Callable[[], Callable[..., Any]], picture: OpenPicture, change: GateChange = OWN) -> Any:
    """One forward pass over a picture, computed once.

    Parameters
    ----------
    network : callable returning the network
        One of this module's.
    picture : OpenPicture
    change : GateChange

    Returns
    -------
    the network's trace
    """

    def trace() -> Any:
        return network()(picture.rgb, gates=gates_used(network, picture, change))

    return of_picture(picture, (network.__name__, change), trace)


def gates_used(
    network: Callable[[], Callable[..., Any]], picture: OpenPicture, change: GateChange
) -> dict[int, np.ndarray | float]:
    """The gates that a change puts in the place of a network's own: {block: (C,) ndarray or one number for all}."""
    if change.instead == "ones":
        return dict.fromkeys(change.blocks, 1.0)
    if change.instead == "mean":
        own = read_with(network, picture).blocks
        return {number: float(own[number - 1].own.mean()) for number in change.blocks}
    donors = [change.donor] if change.instead == "other" else other_samples(picture)
    return {number: usual_gates(network, number, donors) for number in change.blocks}


def other_samples(picture: OpenPicture) -> list[str]:
    """The codes of all samples but this picture."""
    return [code for code in SAMPLES if sample_picture(code).digest != picture.digest]


def sample_gates(network: Callable[[], Callable[..., Any]]) -> dict[str, tuple[np.ndarray, ...]]:
    """The gates of every block for every sample picture: {code: ((C,), ...)}."""
    return _sample_gates(network.__name__, network)


def usual_gates(
    network: Callable[[], Callable[..., Any]], number: int, codes: Iterable[str] = tuple(SAMPLES)
) -> np.ndarray:
    """(C,) ndarray: the gates of a block, counted from 1, on average over some samples."""
    found = sample_gates(network)
    return np.mean([found[code][number - 1] for code in codes], axis=0)


def gate_weights(network: Classifier | Segmenter) -> list[SqueezeExcitationWeights | OneLayerWeights]:
    """The layers that compute the gates of every block, in their order."""
    weights = network.weights
    if isinstance(network, Classifier):
        return [block.gate for block in weights.blocks if block.gate is not None]
    encoder = [block.gate for block in weights.encoder if block.gate is not None]
    return [*encoder, weights.middle_gate, *(level.gate for level in weights.decoder)]


@st.cache_resource(show_spinner=False)
def _sample_gates(name: str, _network: Callable[[], Callable[..., Any]]) -> dict[str, tuple[np.ndarray, ...]]:
    return {code: tuple(block.own for block in read_with(_network, sample_picture(code)).blocks) for code in SAMPLES}


@st.cache_resource(show_spinner=False)
def left_on_sample(
    name: str,
    instead: str,
    code: str,
    _network: Callable[[], Callable[..., Any]],
    _measure: Callable[[Any, Any], float | None],
) -> list[float]:
    """What is left of a network's answer to a sample when all its blocks do without their own gates, computed once.

    Parameters
    ----------
    name : str
        Of the network.
    instead : str
        Of `INSTEAD`; for "other", the sample is read with the gates of each of the others.
    code : str
        Of the sample.
    _network : callable returning the network
    _measure : callable
        ``_measure(own, changed)`` of two traces of one picture; None leaves it out.
    """
    picture = sample_picture(code)
    own = read_with(_network, picture)
    every = tuple(range(1, len(own.blocks) + 1))
    found = []
    for donor in other_samples(picture) if instead == "other" else [""]:
        gates = gates_used(_network, picture, GateChange(every, instead, donor))
        found.append(_measure(own, _network()(picture.rgb, gates=gates)))  # not kept: a trace takes 5 MB
    return [value for value in found if value is not None]


@st.cache_resource(show_spinner=False)
def promptable() -> Promptable:
    """The object that was clicked: trained on the masks of Segment Anything."""
    return load_promptable(MODELS / "mobile-sam")


@st.cache_resource(show_spinner=False)
def _heavy() -> Pool:
    return Pool()


def read_by_promptable(picture: OpenPicture, size: int) -> ReadPicture:
    """The picture as the encoder reads it, its longer side as `size` pixels: computed once, in the pool.

    Readers of the same file share a computation that is under way, but only those of a sample share its result.
    """
    name = promptable.__name__, size
    found = held_of_picture(picture, name)
    if found is None:
        rgb = picture.rgb
        found = wait_for(
            _heavy(),
            (*name, picture.digest),
            lambda report: promptable().read(rgb, size, report),
            width=max(NARROWEST, TALLEST * rgb.shape[1] // rgb.shape[0]),
        )
    return of_picture(picture, name, lambda: found)
