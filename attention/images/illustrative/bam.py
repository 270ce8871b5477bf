"""Hand-chosen weights for BAM: seesaws for the channels, five questions for the places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from attention.images.bam import BAMWeights
from attention.images.illustrative.channel import illustrative_se_weights
from attention.images.illustrative.reading import matrix


@dataclass(frozen=True)
class Question:
    """One plane of the spatial branch: what it asks of every place, and how much the answer counts.

    reads : {channel: weight}; ReLU cuts the sum off below `level`
    counts : what the answer adds to the mask's logit
    """

    reads: Mapping[str, float]
    level: float
    counts: float


# Five, as many as the channel branch has hidden units for the 20 channels by default; they are one number in the paper.
QUESTIONS = {
    # Is the region unlike the picture, or unlike its wide surroundings?
    "distinct": Question({"global_contrast": 1, "coarse_contrast": 1}, level=0.3, counts=5.0),
    # Is its colour vivid?
    "vivid": Question({"saturation": 1}, level=0.25, counts=5.0),
    # Is there detail?
    "detail": Question({"texture": 1, "fine_contrast": 0.5}, level=0.3, counts=1.0),
    # Does it lie in the dark, where little can be told? This one counts against the place.
    "shadow": Question({"darkness": 1}, level=0.7, counts=-8.0),
    # Is it near the middle?
    "middle": Question({"center": 1}, level=0.5, counts=1.0),
}

# Added to every channel's logit. Where the logit of a channel is negative, the product of the branches turns the
# answer of the places round; with this only channels that the seesaws plainly speak against are turned.
LIFT = 1.5


def illustrative_bam_weights(
    names: Sequence[str],
    *,
    reduction: int = 4,
    sharpness: float = 1.0,
    surround: float = 1.0,
    threshold: float = 2.5,
) -> BAMWeights:
    """The channel branch: `SEESAWS`. The spatial branch: `QUESTIONS`, each a plane of its own from end to end.

    The first dilated kernel holds a place against its surroundings, the second smooths over the nine pixels that
    it reaches, and the last layer adds the answers up, each by what it counts. Batch normalisations are folded
    to the identity.

    Parameters
    ----------
    names : C channel names
    reduction, sharpness
        As for `illustrative_channel_weights`, of the channel branch.
    surround : float
        How strongly the eight pixels around, four pixels away, are held against the middle.
    threshold : float
        The sum of answers at which the spatial logit is 0.

    Raises
    ------
    ValueError
        As `illustrative_channel_weights`.
    """
    channel = illustrative_se_weights(names, reduction=reduction, sharpness=sharpness)
    questions = QUESTIONS.values()
    S = len(questions)
    ring = np.full((3, 3), -surround / 8)
    ring[1, 1] = 1 + surround
    binomial = np.outer([1, 2, 1], [1, 2, 1]) / 16
    none = np.zeros(S, np.float32)
    return BAMWeights(
        replace(channel, b2=channel.b2 + np.float32(LIFT)),
        W_reduce=matrix((question.reads for question in questions), names),
        b_reduce=np.array([-question.level for question in questions], np.float32),
        dilated=((_apart(ring, S), none), (_apart(binomial, S), none)),
        W_final=np.array([[question.counts for question in questions]], np.float32),
        b_final=np.array([-threshold], np.float32),
    )


def _apart(kernel: np.ndarray, planes: int) -> np.ndarray:
    """The same kernel for each plane, none reading another: (k, k) -> (planes, planes, k, k)."""
    return np.einsum("ab,ij->abij", np.eye(planes), kernel).astype(np.float32)
