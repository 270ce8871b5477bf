"""Hand-chosen weights for the non-local block: places that look alike attend to one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attention.images.illustrative.reading import matrix
from attention.images.non_local import NonLocalWeights


@dataclass(frozen=True)
class Scale:
    """One inner dimension: a scale between two opposites, and where its middle is on an everyday photograph.

    reads : {channel: weight}
    middle : the sum that counts as neither one nor the other
    """

    reads: Mapping[str, float]
    middle: float


# Ten, which is D = C / 2 as in the paper.
SCALES = {
    "red_green": Scale({"red_green": 2, "green_red": -2}, 0.1),
    "blue_yellow": Scale({"blue_yellow": 2, "yellow_blue": -2}, -0.1),
    "light_dark": Scale({"luminance": 0.7, "darkness": -0.7}, -0.1),
    "vivid": Scale({"saturation": 1}, 0.2),
    "skin": Scale({"skin": 0.5}, 0.1),
    "unusual": Scale({"global_contrast": 1}, 0.25),
    "distinct": Scale({"coarse_contrast": 1}, 0.25),
    "detail": Scale({"texture": 1, "fine_contrast": 0.5}, 0.3),
    "upright_flat": Scale({"edge_90": 1, "edge_0": -1}, 0.0),
    "rising_falling": Scale({"edge_45": 1, "edge_135": -1}, 0.0),
}


def illustrative_non_local_weights(
    names: Sequence[str], *, sharpness: float = 12.0, strength: float = 0.5
) -> NonLocalWeights:
    """Queries and keys are the place on ten `SCALES`; values are the same, and what is collected is given back.

    theta and phi are the same but for `sharpness`, so the score of two places is high where both lean to the same
    side, the more the further they lean: a place without character asks nobody in particular, and one that leans a
    little looks rather at those that lean far than at its equals. W_z hands every reading back to the channels it
    came from, so that a place gains what those like it have. A trained block learns four matrices that need not
    resemble each other.

    Parameters
    ----------
    names : C channel names
    sharpness : float
        Multiplies the scores; 0 makes every place look at all places alike.
    strength : float
        How much of what is collected is added to the maps; 0 leaves them as they are.

    Returns
    -------
    NonLocalWeights
        With D = 10, in float32, batch normalisation folded to the identity.
    """
    reads = matrix((scale.reads for scale in SCALES.values()), names)  # (10, C)
    middles = np.array([scale.middle for scale in SCALES.values()], np.float32)
    back = np.float32(strength) * reads.T / np.square(reads).sum(axis=1)  # (C, 10)
    return NonLocalWeights(
        np.float32(sharpness) * reads, -np.float32(sharpness) * middles, reads, -middles, reads, -middles, back, None
    )
