"""Hand-chosen weights for coordinate attention: what a row or a column shows most of opens its channels there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attention.images.coordinate import CoordinateWeights
from attention.images.illustrative.reading import matrix


@dataclass(frozen=True)
class Stripe:
    """One hidden unit: what it looks for in the averages of a row or a column, and whose gates it opens there.

    reads : {channel: weight}
    level : the sum at which the unit is 0; h-swish lets little through below
    gain : how steeply it rises
    opens : {channel: weight}; where negative it closes
    """

    reads: Mapping[str, float]
    level: float
    gain: float
    opens: Mapping[str, float]


# Eight, as in the paper's code, which takes max(8, C / 32).
STRIPES = {
    "distinct": Stripe(
        {"global_contrast": 1, "coarse_contrast": 1}, 0.45, 6, {"global_contrast": 1, "coarse_contrast": 1}
    ),
    "vivid": Stripe({"saturation": 1}, 0.2, 8, {"saturation": 2, "red": 1, "green": 1, "blue": 1}),
    "warm": Stripe(
        {"red_green": 1, "yellow_blue": 1, "green_red": -1, "blue_yellow": -1},
        0.2,
        5,
        {"red_green": 2, "yellow_blue": 2, "red": 1, "skin": 1, "green_red": -1, "blue_yellow": -1},
    ),
    "cool": Stripe(
        {"red_green": -1, "yellow_blue": -1, "green_red": 1, "blue_yellow": 1},
        0.1,
        5,
        {"green_red": 2, "blue_yellow": 2, "blue": 1, "red_green": -1, "yellow_blue": -1},
    ),
    "light": Stripe({"luminance": 1}, 0.55, 5, {"luminance": 2}),
    "dark": Stripe({"darkness": 1}, 0.7, 5, {"darkness": 2}),
    "detail": Stripe(
        {"texture": 1, "fine_contrast": 1},
        0.35,
        5,
        {"texture": 1, "fine_contrast": 1, "edge_0": 1, "edge_45": 1, "edge_90": 1, "edge_135": 1},
    ),
    "middle": Stripe({"center": 1}, 0.5, 5, {"center": 2}),
}

# Whatever the channel: rows and columns that hold something distinct open, those in the middle a little.
EVERYWHERE = {"distinct": 2.0, "middle": 1.0}
SHUT = -0.5  # the logit of a gate that no unit opens


def illustrative_coordinate_weights(names: Sequence[str], *, sharpness: float = 1.0) -> CoordinateWeights:
    """Two layers, C -> 8 -> C, whose hidden units are the `STRIPES`; rows and columns are treated alike.

    A channel opens in a row (a column) where the row's averages, over all its pixels, are above the levels of the
    units that open it. A gate therefore belongs to a whole row and a whole column, and the mask is brightest where
    an open row crosses an open column: things that lie beside the row's or the column's thing share in it.

    Parameters
    ----------
    names : C channel names
    sharpness : float
        How far the gates move from 1/2; 0 leaves all of them there.

    Returns
    -------
    CoordinateWeights
        In float32, batch normalisation folded to the identity.
    """
    gains = np.array([stripe.gain for stripe in STRIPES.values()], np.float32)
    levels = np.array([stripe.level for stripe in STRIPES.values()], np.float32)
    everywhere = np.array([[EVERYWHERE.get(code, 0)] for code in STRIPES], np.float32)
    reads = matrix((stripe.reads for stripe in STRIPES.values()), names)  # (8, C)
    opens = matrix((stripe.opens for stripe in STRIPES.values()), names) + everywhere  # (8, C)
    out = np.float32(sharpness) * opens.T, np.full(len(names), sharpness * SHUT, np.float32)
    return CoordinateWeights(gains[:, None] * reads, -gains * levels, *out, *out)
