"""Efficient channel attention: every channel gets a gate from its own average and those of its neighbours."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.errors import ShapeError
from attention.images.maps import as_maps, gate, pool_pixels, sigmoid


@dataclass(frozen=True, eq=False)
class ECATrace:
    """Every stage of `efficient_channel_attention`.

    X : (..., C, H, W); squeezed : (..., C); logits : (..., C)
    gates : (..., C), in 0..1
    """

    X: np.ndarray
    squeezed: np.ndarray
    logits: np.ndarray
    gates: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their gates"""
        return gate(self.X, self.gates)


def eca_kernel_size(channels: int, *, gamma: float = 2, b: float = 1) -> int:
    """How many neighbouring channels a gate looks at: |(log2(C) + b) / gamma|, made odd.

    Equation 12 of the paper, rounded as in its figure 3, which is code: the fraction is cut off, and an even
    number becomes the next odd one. (timm does the same, but never goes below 3.)

    Raises
    ------
    ValueError
        When there is no channel.
    """
    if channels < 1:
        raise ValueError(f"channels must be at least 1, got {channels}")
    k = int(abs((math.log2(channels) + b) / gamma))
    return k if k % 2 else k + 1


def efficient_channel_attention(X: np.ndarray, kernel: np.ndarray) -> ECATrace:
    """Average every channel, slide one small kernel along the averages, and gate every channel by the result.

    ``gates = sigmoid(conv1d(mean(X)))``, with zeros before the first channel and after the last: Wang et al.,
    "ECA-Net" (CVPR 2020, arXiv 1910.03151), equations 8 and 9, and its code, ``models/eca_module.py`` of
    github.com/BangguWu/ECANet. Which channels are neighbours is therefore part of what is learned.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    kernel : (k,) ndarray
        k odd; the paper's choice is `eca_kernel_size(C)`. Its middle number weighs the channel itself.

    Raises
    ------
    ShapeError
        When the kernel is not one row of odd length.
    """
    X, kernel = as_maps(X), np.asarray(kernel)
    if kernel.ndim != 1 or len(kernel) % 2 == 0:
        raise ShapeError(f"kernel must be (k,) with odd k, got {kernel.shape}")
    squeezed = pool_pixels(X, "avg")  # (..., C)
    C, pad = X.shape[-3], len(kernel) // 2
    padded = np.zeros((*squeezed.shape[:-1], C + 2 * pad), X.dtype)
    padded[..., pad : pad + C] = squeezed
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(kernel), axis=-1)  # (..., C, k)
    logits = windows @ kernel.astype(X.dtype)
    return ECATrace(X, squeezed, logits, sigmoid(logits))
