"""Hand-chosen weights for the channel bank: nothing here was trained, and every number has a reason.

They let a reader follow both halves of CBAM on a picture. The rules are stated where the numbers are; how
strongly they act was set by looking at the sample pictures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attention.images.cbam import ORIGINAL, SpatialWeights
from attention.images.squeeze_excitation import SqueezeExcitationWeights


@dataclass(frozen=True)
class Seesaw:
    """One hidden unit: what it weighs, and whose gates it moves when it tips.

    reads : {channel: weight}; the unit tips up when the sum is above `level`
    moves : {channel: weight}; gates that open (or close, where negative) when it tips up
    level : where it is balanced, about the mean of the two paths on an everyday photograph
    """

    reads: Mapping[str, float]
    moves: Mapping[str, float]
    level: float


SEESAWS = {
    # The warmer the strongest colours, the more the warm channels count, and the less the cool ones.
    "warm_cool": Seesaw(
        reads={"red_green": 1, "yellow_blue": 1, "green_red": -1, "blue_yellow": -1},
        moves={"red": 1, "red_green": 3, "yellow_blue": 3, "skin": 0.5}
        | {"green": -0.5, "blue": -1, "green_red": -3, "blue_yellow": -3},
        level=0.1,
    ),
    # What is everywhere does not stand out: on a dark picture light does, on a light one darkness.
    "light_dark": Seesaw(
        reads={"darkness": 1, "luminance": -1},
        moves={"luminance": 2.5, "darkness": -2.5},
        level=0.0,
    ),
    # The direction of the strongest lines opens its gates.
    "straight_slanted": Seesaw(
        reads={"edge_0": 4, "edge_90": 4, "edge_45": -4, "edge_135": -4},
        moves={"edge_0": 2, "edge_90": 2, "edge_45": -2, "edge_135": -2},
        level=0.0,
    ),
    # In a calm picture detail stands out; in a busy one it is everywhere. Any picture has one sharp point, so
    # the path of the maximum lies at the bottom, and the level makes up for it.
    "calm_busy": Seesaw(
        reads={"fine_contrast": -6},
        moves={"fine_contrast": 2, "texture": 2},
        level=-1.6,
    ),
    # Regions that differ from the rest, and vivid ones, count the more the stronger they are.
    "object": Seesaw(
        reads={"global_contrast": 1, "coarse_contrast": 1},
        moves={"global_contrast": 3, "coarse_contrast": 3, "saturation": 1.5, "center": 0.5},
        level=0.6,
    ),
}


def illustrative_channel_weights(
    names: Sequence[str], *, sharpness: float = 1.0, favour: Mapping[str, float] | None = None
) -> SqueezeExcitationWeights:
    """Two layers, C -> 5 -> C, whose five hidden units are the `SEESAWS`.

    Parameters
    ----------
    names : C channel names
        Channels that no seesaw knows keep a gate of 1/2.
    sharpness : float
        How far the gates move from 1/2; 0 leaves all of them there.
    favour : {channel: gain}
        Added to the channel's logit whatever the picture, half by each of the two paths of
        `channel_attention`: positive opens its gate, negative closes it.

    Raises
    ------
    ValueError
        When `favour` names a channel that is not in `names`.
    """
    favour = dict(favour or {})
    if unknown := sorted(set(favour) - set(names)):
        raise ValueError(f"favour names channels that do not exist: {', '.join(unknown)}")
    seesaws = SEESAWS.values()
    W1 = np.array([[seesaw.reads.get(name, 0) for name in names] for seesaw in seesaws], np.float32)
    # Balanced units stand at 1, so that ReLU cuts only the far end of the lower side.
    b1 = np.array([1 - seesaw.level for seesaw in seesaws], np.float32)
    W2 = np.array([[seesaw.moves.get(name, 0) for seesaw in seesaws] for name in names], np.float32)
    W2 *= np.float32(sharpness)
    # A balanced unit shall move nothing, so what it would add is taken away again.
    b2 = np.array([favour.get(name, 0) / 2 for name in names], np.float32) - W2.sum(axis=1)
    return SqueezeExcitationWeights(W1, b1, W2, b2)


def illustrative_spatial_weights(
    *,
    kernel_size: int = 7,
    max_weight: float = 0.5,
    mean_weight: float = 5.0,
    surround: float = 1.0,
    sharpness: float = 12.0,
    threshold: float = 1.05,
) -> SpatialWeights:
    """A kernel that asks of every place: do the open channels respond here, and more than just around it?

    Each pooled plane is read by ``(1 + surround)·centre - surround·wide``, two Gaussians that sum to 1: an
    even area keeps its value whatever `surround` is, and what differs from its surroundings gains.

    Parameters
    ----------
    kernel_size : int
        k, odd, at least 3.
    max_weight, mean_weight : float
        How much the maximum and the mean over the channels count.
    surround : float
        How strongly the surroundings are held against the centre; 0 only smooths.
    sharpness : float
        How steeply the mask goes from 0 to 1.
    threshold : float
        The weighted response at which the mask is 1/2.

    Returns
    -------
    SpatialWeights
        For `spatial_attention` with ``pools=ORIGINAL``: kernel (1, 2, k, k).

    Raises
    ------
    ValueError
        When kernel_size is even or below 3.
    """
    if kernel_size < 3 or kernel_size % 2 == 0:
        raise ValueError(f"kernel_size must be odd and at least 3, got {kernel_size}")
    centre, wide = _gaussian(kernel_size, kernel_size / 7), _gaussian(kernel_size, kernel_size / 3)
    profile = (1 + surround) * centre - surround * wide
    weights = {"max": max_weight, "mean": mean_weight}
    kernel = sharpness * np.stack([weights[pool] * profile for pool in ORIGINAL])[None]  # (1, 2, k, k)
    return SpatialWeights(kernel.astype(np.float32), bias=-sharpness * threshold)


def _gaussian(k: int, sigma: float) -> np.ndarray:
    along = np.exp(-np.square(np.arange(k) - k // 2) / (2 * sigma**2))
    return np.outer(along, along) / along.sum() ** 2
