"""Hand-chosen channel gates: a few hidden units, each a seesaw between two kinds of channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attention.images.illustrative.reading import matrix
from attention.images.squeeze_excitation import SqueezeExcitationWeights


@dataclass(frozen=True)
class Seesaw:
    """One hidden unit: what it weighs, and whose gates it moves when it tips.

    reads : {channel: weight}; the unit tips up when the sum is above its level
    moves : {channel: weight}; gates that open (or close, where negative) when it tips up
    level : where it is balanced in CBAM: about the mean of what its two paths, average and maximum, read on an
        everyday photograph
    average_level : where it is balanced in squeeze-and-excitation, which reads averages only
    average_gain : how many times more strongly it reads there, since averages differ less from picture to
        picture than maxima, and one path has to do what two do in CBAM
    """

    reads: Mapping[str, float]
    moves: Mapping[str, float]
    level: float
    average_level: float
    average_gain: float


# The coarsest question first: a gate with R hidden units has the first R of them.
SEESAWS = {
    # Regions that differ from the rest, and vivid ones, count the more the stronger they are; grain the less.
    "object": Seesaw(
        reads={"global_contrast": 1, "coarse_contrast": 1},
        moves={"global_contrast": 3, "coarse_contrast": 3, "saturation": 1.5, "center": 0.5}
        | {"fine_contrast": -2.5, "texture": -2.5},
        level=0.6,
        average_level=0.2,
        average_gain=4,
    ),
    # The warmer the strongest colours, the more the warm channels count, and the less the cool ones.
    "warm_cool": Seesaw(
        reads={"red_green": 1, "yellow_blue": 1, "green_red": -1, "blue_yellow": -1},
        moves={"red": 1, "red_green": 3, "yellow_blue": 3, "skin": 0.5}
        | {"green": -0.5, "blue": -1, "green_red": -3, "blue_yellow": -3},
        level=0.1,
        average_level=0.05,
        average_gain=4,
    ),
    # What is everywhere does not stand out: on a dark picture light does, on a light one darkness.
    "light_dark": Seesaw(
        reads={"darkness": 1, "luminance": -1},
        moves={"luminance": 2.5, "darkness": -2.5},
        level=0.0,
        average_level=0.0,
        average_gain=2,
    ),
    # In a calm picture detail stands out; in a busy one it is everywhere. Any picture has one sharp point, so
    # the path of the maximum lies at the bottom, and the level makes up for it.
    "calm_busy": Seesaw(
        reads={"fine_contrast": -6},
        moves={"fine_contrast": 2, "texture": 2},
        level=-1.6,
        average_level=-0.6,
        average_gain=2,
    ),
    # The direction of the strongest lines opens its gates.
    "straight_slanted": Seesaw(
        reads={"edge_0": 4, "edge_90": 4, "edge_45": -4, "edge_135": -4},
        moves={"edge_0": 2, "edge_90": 2, "edge_45": -2, "edge_135": -2},
        level=0.0,
        average_level=0.0,
        average_gain=10,
    ),
    # Among the warm colours: rather red, or rather yellow?
    "red_yellow": Seesaw(
        reads={"red_green": 2, "yellow_blue": -2},
        moves={"red_green": 1.5, "yellow_blue": -1.5},
        level=0.0,
        average_level=0.0,
        average_gain=4,
    ),
    # Among the cool ones: rather green, or rather blue?
    "green_blue": Seesaw(
        reads={"green_red": 2, "blue_yellow": -2},
        moves={"green": 0.5, "green_red": 1.5, "blue": -0.5, "blue_yellow": -1.5},
        level=-0.05,
        average_level=0.0,
        average_gain=4,
    ),
    # Among the straight lines: rather flat, or rather upright?
    "flat_upright": Seesaw(
        reads={"edge_0": 4, "edge_90": -4},
        moves={"edge_0": 1.5, "edge_90": -1.5},
        level=0.0,
        average_level=0.0,
        average_gain=10,
    ),
    # Among the slanted ones: rather rising to the right, or rather falling?
    "rising_falling": Seesaw(
        reads={"edge_45": 4, "edge_135": -4},
        moves={"edge_45": 1.5, "edge_135": -1.5},
        level=0.0,
        average_level=0.0,
        average_gain=10,
    ),
    # In a vivid picture colour tells things apart; in a grey one light and darkness have to.
    "vivid_grey": Seesaw(
        reads={"saturation": 2},
        moves={"saturation": 1, "red": 0.5, "green": 0.5, "blue": 0.5, "luminance": -0.5, "darkness": -0.5},
        level=0.9,
        average_level=0.4,
        average_gain=2,
    ),
}


def illustrative_channel_weights(
    names: Sequence[str],
    *,
    reduction: int = 4,
    sharpness: float = 1.0,
    favour: Mapping[str, float] | None = None,
) -> SqueezeExcitationWeights:
    """Two layers, C -> R -> C, whose hidden units are the first R `SEESAWS`, for CBAM's `channel_attention`.

    Parameters
    ----------
    names : C channel names
        Channels that no seesaw knows keep a gate of 1/2.
    reduction : int
        r of the papers: R is C / r, rounded down, at most 10.
    sharpness : float
        How far the gates move from 1/2; 0 leaves all of them there.
    favour : {channel: gain}
        Added to the channel's logit whatever the picture, half by each path: positive opens its gate.

    Returns
    -------
    SqueezeExcitationWeights
        With biases, in float32.

    Raises
    ------
    ValueError
        When `favour` names a channel that is not in `names`, or the reduction leaves no hidden unit, or asks
        for more than there are seesaws.
    """
    seesaws = _first(reduction, names)
    return _weights(names, seesaws, [(1, seesaw.level) for seesaw in seesaws], sharpness, favour, paths=2)


def illustrative_se_weights(
    names: Sequence[str],
    *,
    reduction: int = 4,
    sharpness: float = 1.0,
    favour: Mapping[str, float] | None = None,
) -> SqueezeExcitationWeights:
    """The same seesaws for `squeeze_excitation`, which reads averages only: balanced at the levels of averages.

    Parameters, result and errors are those of `illustrative_channel_weights`; the one path adds all of `favour`.
    """
    seesaws = _first(reduction, names)
    balance = [(seesaw.average_gain, seesaw.average_level) for seesaw in seesaws]
    return _weights(names, seesaws, balance, sharpness, favour, paths=1)


def _first(reduction: int, names: Sequence[str]) -> list[Seesaw]:
    """The C / r most important seesaws."""
    units = len(names) // reduction if reduction > 0 else 0
    if not 1 <= units <= len(SEESAWS):
        most, C = len(SEESAWS), len(names)
        raise ValueError(f"reduction must leave 1 to {most} hidden units of {C} channels, got {reduction}")
    return list(SEESAWS.values())[:units]


def _weights(
    names: Sequence[str],
    seesaws: Sequence[Seesaw],
    balance: Sequence[tuple[float, float]],
    sharpness: float,
    favour: Mapping[str, float] | None,
    *,
    paths: int,
) -> SqueezeExcitationWeights:
    """unit = ReLU(1 + gain·(read - level)), logits = moves·(unit - 1), for (gain, level) in `balance`."""
    favour = dict(favour or {})
    if unknown := sorted(set(favour) - set(names)):
        raise ValueError(f"favour names channels that do not exist: {', '.join(unknown)}")
    gains, levels = np.array(balance, np.float32).T
    W1 = gains[:, None] * matrix((seesaw.reads for seesaw in seesaws), names)
    b1 = 1 - gains * levels  # balanced units stand at 1: ReLU cuts only the far end of the lower side
    W2 = np.float32(sharpness) * matrix((seesaw.moves for seesaw in seesaws), names).T
    # A balanced unit shall move nothing, so what it would add is taken away again.
    b2 = np.array([favour.get(name, 0) / paths for name in names], np.float32) - W2.sum(axis=1)
    return SqueezeExcitationWeights(W1, b1, W2, b2)
