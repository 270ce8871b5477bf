"""Attention over pictures: feature maps in, gates and masks out. One mechanism a file, all channel-first.

Letters: ``C`` channels, ``H`` rows, ``W`` columns, ``R`` hidden units of a channel gate, ``P`` pooled planes,
``k`` side of a kernel.
"""

from attention.images.cbam import (
    ORIGINAL,
    TIMM,
    TIMM_LIGHT,
    CBAMTrace,
    ChannelTrace,
    SpatialTrace,
    SpatialWeights,
    cbam,
    channel_attention,
    spatial_attention,
)
from attention.images.convolution import convolve
from attention.images.features import CHANNELS, FeatureMaps, feature_maps
from attention.images.illustrative import (
    SEESAWS,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from attention.images.squeeze_excitation import (
    SqueezeExcitationTrace,
    SqueezeExcitationWeights,
    effective_squeeze_excitation,
    squeeze_excitation,
)

__all__ = [
    "CHANNELS",
    "ORIGINAL",
    "SEESAWS",
    "TIMM",
    "TIMM_LIGHT",
    "CBAMTrace",
    "ChannelTrace",
    "FeatureMaps",
    "SpatialTrace",
    "SpatialWeights",
    "SqueezeExcitationTrace",
    "SqueezeExcitationWeights",
    "cbam",
    "channel_attention",
    "convolve",
    "effective_squeeze_excitation",
    "feature_maps",
    "illustrative_channel_weights",
    "illustrative_spatial_weights",
    "spatial_attention",
    "squeeze_excitation",
]
