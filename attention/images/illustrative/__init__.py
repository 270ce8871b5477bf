"""Hand-chosen weights for the channel bank: nothing here was trained, and every number has a reason.

They let a reader follow every mechanism on a picture. The rules are stated where the numbers are; how strongly
they act was set by looking at the sample pictures. No number is drawn by chance. Training for a task would
change all of them, and the channels too, which a network learns along with its weights.
"""

from attention.images.illustrative.bam import QUESTIONS, illustrative_bam_weights
from attention.images.illustrative.channel import SEESAWS, illustrative_channel_weights, illustrative_se_weights
from attention.images.illustrative.coordinate import STRIPES, illustrative_coordinate_weights
from attention.images.illustrative.eca import illustrative_eca_kernel
from attention.images.illustrative.non_local import SCALES, illustrative_non_local_weights
from attention.images.illustrative.spatial import GATED_THRESHOLD, RAW_THRESHOLD, illustrative_spatial_weights

__all__ = [
    "GATED_THRESHOLD",
    "QUESTIONS",
    "RAW_THRESHOLD",
    "SCALES",
    "SEESAWS",
    "STRIPES",
    "illustrative_bam_weights",
    "illustrative_channel_weights",
    "illustrative_coordinate_weights",
    "illustrative_eca_kernel",
    "illustrative_non_local_weights",
    "illustrative_se_weights",
    "illustrative_spatial_weights",
]
