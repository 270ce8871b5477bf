"""BAM, the bottleneck attention module: which channels and which places, side by side, in one map."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images.convolution import convolve_many, mix_channels
from attention.images.maps import as_maps, by_planes, check_weights, pool_pixels, sigmoid
from attention.images.squeeze_excitation import SqueezeExcitationWeights


@dataclass(frozen=True, eq=False)
class BAMWeights:
    """Both branches of BAM; a batch normalisation is folded into its layer (`fold_batch_norm`).

    channel : SqueezeExcitationWeights
        The channel branch, C -> R -> C.
    W_reduce : (S, C) ndarray; b_reduce : (S,) ndarray
        The 1x1 convolution that opens the spatial branch; S is R in the paper.
    dilated : tuple of ((S, S, k, k) ndarray, (S,) ndarray)
        Kernel and bias of every dilated convolution; two with k = 3 in the paper.
    W_final : (1, S) ndarray; b_final : (1,) ndarray
        The 1x1 convolution that closes it.
    dilation : int
        4 in the paper.
    """

    channel: SqueezeExcitationWeights
    W_reduce: np.ndarray
    b_reduce: np.ndarray
    dilated: tuple[tuple[np.ndarray, np.ndarray], ...]
    W_final: np.ndarray
    b_final: np.ndarray
    dilation: int = 4

    def check(self, X: np.ndarray) -> None:
        """Raise ShapeError unless the layers fit each other and the channels of X : (..., C, H, W)."""
        self.channel.check(X)
        S = len(self.W_reduce)
        check_weights(self, X, W_reduce=(S, X.shape[-3]), b_reduce=(S,), W_final=(1, S), b_final=(1,))


@dataclass(frozen=True, eq=False)
class BAMTrace:
    """Every stage of `bam`.

    X : (..., C, H, W)
    squeezed : (..., C); hidden : (..., R); channel_logits : (..., C), the channel branch
    reduced : (..., S, H, W), what opens the spatial branch
    dilated : tuple of (..., S, H, W), what each dilated convolution leaves
    spatial_logits : (..., H, W), the spatial branch
    """

    X: np.ndarray
    squeezed: np.ndarray
    hidden: np.ndarray
    channel_logits: np.ndarray
    reduced: np.ndarray
    dilated: tuple[np.ndarray, ...]
    spatial_logits: np.ndarray

    @cached_property
    def attention(self) -> np.ndarray:
        """(..., C, H, W), in 1..2: 1 + sigmoid(channel_logits · spatial_logits)"""
        return by_planes(_attention, *self._operands)

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their attention"""
        return by_planes(_output, *self._operands)

    @property
    def _operands(self) -> tuple[np.ndarray, ...]:
        places = np.broadcast_to(self.spatial_logits[..., None, :, :], self.X.shape)
        return self.X, self.channel_logits, places


def bam(X: np.ndarray, weights: BAMWeights) -> BAMTrace:
    """Multiply what the channels say by what the places say, and strengthen the maps by up to twice.

    ``output = X · (1 + sigmoid(channel · spatial))``: Park, Woo, Lee and Kweon, "BAM: Bottleneck Attention
    Module" (BMVC 2018, arXiv 1807.06514), section 3. Equation 2 of the paper adds the branches; its code,
    ``MODELS/bam.py`` of github.com/Jongchan/attention-module, multiplies them, and so have all weights trained
    with it been: that is what is done here. The channel branch squeezes by the average over all pixels (the code's
    window, H by H, is for square maps); ReLU follows every layer but the last of either branch.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : BAMWeights

    Raises
    ------
    ShapeError
        When the weights do not fit each other or the channels of X.
    """
    X = as_maps(X)
    weights.check(X)
    squeezed = pool_pixels(X, "avg")  # (..., C)
    hidden = weights.channel.hidden(squeezed)  # (..., R)
    channel_logits = weights.channel.logits(hidden)  # (..., C)
    reduced = _relu(mix_channels(X, weights.W_reduce, weights.b_reduce))  # (..., S, H, W)
    dilated = []
    for kernel, bias in weights.dilated:
        below = dilated[-1] if dilated else reduced
        dilated.append(_relu(convolve_many(below, kernel, bias, dilation=weights.dilation)))
    last = dilated[-1] if dilated else reduced
    spatial_logits = mix_channels(last, weights.W_final, weights.b_final)[..., 0, :, :]  # (..., H, W)
    return BAMTrace(X, squeezed, hidden, channel_logits, reduced, tuple(dilated), spatial_logits)


def _relu(X: np.ndarray) -> np.ndarray:
    return np.maximum(X, 0, out=X)


def _attention(_plane: np.ndarray, channel: float, spatial: np.ndarray, out: np.ndarray) -> None:
    np.multiply(spatial, channel, out=out)
    sigmoid(out, out=out)
    out += 1


def _output(plane: np.ndarray, channel: float, spatial: np.ndarray, out: np.ndarray) -> None:
    _attention(plane, channel, spatial, out)
    out *= plane
