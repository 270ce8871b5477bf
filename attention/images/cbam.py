"""CBAM, the convolutional block attention module: which channels matter, then which places matter.

Definitions: Woo, Park, Lee and Kweon, "CBAM: Convolutional Block Attention Module" (ECCV 2018, arXiv
1807.06521), section 3, and the authors' code, ``MODELS/cbam.py`` of github.com/Jongchan/attention-module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from attention.images.convolution import convolve
from attention.images.maps import as_maps, gate, pool_channels, pool_pixels, sigmoid
from attention.images.squeeze_excitation import SqueezeExcitationWeights

# The planes that the spatial convolution reads, in order. Equation 3 of the paper writes [avg, max]; its code
# has the maximum first, and so have all weights trained with it. timm (timm/layers/cbam.py): the mean first.
ORIGINAL = ("max", "mean")
TIMM = ("mean", "max")
TIMM_LIGHT = ("midpoint",)

# How the halves are put together: section 3 of the paper compares these three, and keeps the first.
Order = Literal["channel_first", "spatial_first", "parallel"]


@dataclass(frozen=True, eq=False)
class SpatialWeights:
    """The convolution that turns pooled planes into one mask, and the batch normalisation after it.

    kernel : (1, P, k, k) ndarray
        P pooled planes, k odd (7 in the paper); no bias of its own.
    scale, bias : float
        Batch normalisation as it is at inference, folded into one line: ``scale·x + bias``.
    """

    kernel: np.ndarray
    scale: float = 1.0
    bias: float = 0.0

    @classmethod
    def with_batch_norm(
        cls,
        kernel: np.ndarray,
        *,
        weight: float,
        bias: float,
        running_mean: float,
        running_var: float,
        eps: float = 1e-5,
    ) -> "SpatialWeights":
        """From the numbers that a trained batch normalisation layer stores; eps as in both codes."""
        scale = float(weight) / float(np.sqrt(running_var + eps))
        return cls(kernel, scale, float(bias) - scale * float(running_mean))


@dataclass(frozen=True, eq=False)
class ChannelTrace:
    """Every stage of `channel_attention`.

    X : (..., C, H, W)
    squeezed, hidden, path_logits : {pool: (..., C)}, {pool: (..., R)}, {pool: (..., C)}
        The path of each pool through the same two layers.
    logits : (..., C), the sum over the paths
    gates : (..., C), in 0..1
    """

    X: np.ndarray
    squeezed: Mapping[str, np.ndarray]
    hidden: Mapping[str, np.ndarray]
    path_logits: Mapping[str, np.ndarray]
    logits: np.ndarray
    gates: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their gates"""
        return gate(self.X, self.gates)


@dataclass(frozen=True, eq=False)
class SpatialTrace:
    """Every stage of `spatial_attention`.

    X : (..., C, H, W)
    pools : names of the P pooled planes, in the order the kernel reads them
    pooled : (..., P, H, W)
    convolved : (..., H, W), before batch normalisation
    logits : (..., H, W), after it
    mask : (..., H, W), in 0..1
    """

    X: np.ndarray
    pools: tuple[str, ...]
    pooled: np.ndarray
    convolved: np.ndarray
    logits: np.ndarray
    mask: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), every channel times the mask"""
        return self.X * self.mask[..., None, :, :]


@dataclass(frozen=True, eq=False)
class CBAMTrace:
    """Both halves of `cbam`.

    channel, spatial : the second in order reads the output of the first; in parallel both read the same maps
    order : as it was given
    """

    channel: ChannelTrace
    spatial: SpatialTrace
    order: Order = "channel_first"

    @property
    def gates(self) -> np.ndarray:
        """(..., C), in 0..1"""
        return self.channel.gates

    @property
    def mask(self) -> np.ndarray:
        """(..., H, W), in 0..1"""
        return self.spatial.mask

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their gates and the mask"""
        if self.order == "parallel":
            return self.channel.output * self.mask[..., None, :, :]
        return self.spatial.output if self.order == "channel_first" else self.channel.output


def channel_attention(
    X: np.ndarray, weights: SqueezeExcitationWeights, *, pools: Sequence[str] = ("avg", "max")
) -> ChannelTrace:
    """Gate every channel by what its average and its strongest pixel say, through one shared pair of layers.

    ``gates = sigmoid(MLP(avg(X)) + MLP(max(X)))``, equation 2 of the CBAM paper.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : SqueezeExcitationWeights
        The original code has biases, timm's none.
    pools : names for `attention.images.maps.pool_pixels`
        One path each: avg and max in the paper; lp and lse in the original code too; ("midpoint",) is timm's
        LightChannelAttn.

    Raises
    ------
    ShapeError
        When the weights are for another number of channels.
    ValueError
        For an unknown pool, or none.
    """
    X = as_maps(X)
    weights.check(X)
    if not pools:
        raise ValueError("pools must name at least one pool")
    squeezed = {pool: pool_pixels(X, pool) for pool in pools}  # (..., C) each
    hidden = {pool: weights.hidden(squeezed[pool]) for pool in pools}  # (..., R) each
    path_logits = {pool: weights.logits(hidden[pool]) for pool in pools}  # (..., C) each
    logits = sum(path_logits.values())
    return ChannelTrace(X, squeezed, hidden, path_logits, logits, sigmoid(logits))


def spatial_attention(X: np.ndarray, weights: SpatialWeights, *, pools: Sequence[str] = ORIGINAL) -> SpatialTrace:
    """Mask every place by what a convolution sees in the maximum and the mean over the channels.

    ``mask = sigmoid(norm(conv([max(X), mean(X)])))``, equation 3 of the CBAM paper, in its code's order.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : SpatialWeights
        Its kernel reads one plane for every pool.
    pools : names for `attention.images.maps.pool_channels`
        `ORIGINAL` (max, mean), `TIMM` (mean, max) or `TIMM_LIGHT` (one plane, the mean of both).

    Raises
    ------
    ShapeError
        When the kernel reads another number of planes than there are pools, or its side is even.
    ValueError
        For an unknown pool, or none.
    """
    X = as_maps(X)
    if not pools:
        raise ValueError("pools must name at least one pool")
    pooled = np.stack([pool_channels(X, pool) for pool in pools], axis=-3)  # (..., P, H, W)
    convolved = convolve(pooled, weights.kernel)  # (..., H, W)
    logits = convolved * weights.scale + weights.bias
    return SpatialTrace(X, tuple(pools), pooled, convolved, logits, sigmoid(logits))


def cbam(
    X: np.ndarray,
    channel_weights: SqueezeExcitationWeights,
    spatial_weights: SpatialWeights,
    *,
    channel_pools: Sequence[str] = ("avg", "max"),
    spatial_pools: Sequence[str] = ORIGINAL,
    order: Order = "channel_first",
) -> CBAMTrace:
    """Channel attention, then spatial attention on what it left: section 3 of the CBAM paper, figure 1.

    Parameters and errors are those of `channel_attention` and `spatial_attention`. timm's CbamModule is
    ``spatial_pools=TIMM``; its LightCbamModule is ``channel_pools=("midpoint",), spatial_pools=TIMM_LIGHT``.

    Parameters
    ----------
    order : {"channel_first", "spatial_first", "parallel"}
        The arrangements of the paper's table 3. In parallel both halves read X, which is then multiplied by the
        gates and by the mask.

    Raises
    ------
    ValueError
        For another order.
    """
    if order not in get_args(Order):
        raise ValueError(f"order must be one of {', '.join(get_args(Order))}, got {order!r}")
    if order == "spatial_first":
        spatial = spatial_attention(X, spatial_weights, pools=spatial_pools)
        return CBAMTrace(channel_attention(spatial.output, channel_weights, pools=channel_pools), spatial, order)
    channel = channel_attention(X, channel_weights, pools=channel_pools)
    seen = channel.output if order == "channel_first" else channel.X
    return CBAMTrace(channel, spatial_attention(seen, spatial_weights, pools=spatial_pools), order)
