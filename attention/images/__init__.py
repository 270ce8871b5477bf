"""Attention over pictures: feature maps in, gates and masks out. One mechanism a file, all channel-first.

These are the mechanisms and their weights. What is built on them, and belongs to no paper, is imported from its own
module: `rebuild`, `patch_attention`, `comparison`, `costs`.

Letters: ``C`` channels, ``H`` rows, ``W`` columns, ``R`` hidden units of a channel gate, ``P`` pooled planes,
``k`` side of a kernel.
"""

from attention.images.bam import BAMTrace, BAMWeights, bam
from attention.images.cbam import (
    ORIGINAL,
    TIMM,
    TIMM_LIGHT,
    CBAMTrace,
    ChannelTrace,
    Order,
    SpatialTrace,
    SpatialWeights,
    cbam,
    channel_attention,
    spatial_attention,
)
from attention.images.convolution import convolve, convolve_many, fold_batch_norm, mix_channels
from attention.images.coordinate import CoordinateTrace, CoordinateWeights, coordinate_attention
from attention.images.eca import ECATrace, eca_kernel_size, efficient_channel_attention
from attention.images.features import CHANNELS, FeatureMaps, feature_maps
from attention.images.gather_excite import GatherExciteTrace, gather_excite
from attention.images.global_context import GlobalContextTrace, GlobalContextWeights, global_context
from attention.images.illustrative import (
    RAW_THRESHOLD,
    SEESAWS,
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_coordinate_weights,
    illustrative_eca_kernel,
    illustrative_non_local_weights,
    illustrative_se_weights,
    illustrative_spatial_weights,
)
from attention.images.non_local import NonLocalTrace, NonLocalWeights, non_local
from attention.images.patches import Patches, grid_positions, patch_embed, picture_patches
from attention.images.simam import SimAMTrace, simam
from attention.images.squeeze_excitation import (
    SqueezeExcitationTrace,
    SqueezeExcitationWeights,
    effective_squeeze_excitation,
    squeeze_excitation,
)

__all__ = [
    "CHANNELS",
    "ORIGINAL",
    "RAW_THRESHOLD",
    "SEESAWS",
    "TIMM",
    "TIMM_LIGHT",
    "BAMTrace",
    "BAMWeights",
    "CBAMTrace",
    "ChannelTrace",
    "CoordinateTrace",
    "CoordinateWeights",
    "ECATrace",
    "FeatureMaps",
    "GatherExciteTrace",
    "GlobalContextTrace",
    "GlobalContextWeights",
    "NonLocalTrace",
    "NonLocalWeights",
    "Order",
    "Patches",
    "SimAMTrace",
    "SpatialTrace",
    "SpatialWeights",
    "SqueezeExcitationTrace",
    "SqueezeExcitationWeights",
    "bam",
    "cbam",
    "channel_attention",
    "convolve",
    "convolve_many",
    "coordinate_attention",
    "eca_kernel_size",
    "effective_squeeze_excitation",
    "efficient_channel_attention",
    "feature_maps",
    "fold_batch_norm",
    "gather_excite",
    "global_context",
    "grid_positions",
    "illustrative_bam_weights",
    "illustrative_channel_weights",
    "illustrative_coordinate_weights",
    "illustrative_eca_kernel",
    "illustrative_non_local_weights",
    "illustrative_se_weights",
    "illustrative_spatial_weights",
    "mix_channels",
    "non_local",
    "patch_embed",
    "picture_patches",
    "simam",
    "spatial_attention",
    "squeeze_excitation",
]
