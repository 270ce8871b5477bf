"""Every stage of dot-product attention, under the name the field gives it."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from attention.arrays import share_heads
from attention.masks import apply_mask


@dataclass(frozen=True, eq=False)
class AttentionTrace:
    """What `attend` returns: from Q, K and V to the output, stage by stage.

        scores = Q Kᵀ  ->  scaled = scores · scale  ->  capped = softcap · tanh(scaled / softcap)
        ->  masked = capped + mask  ->  weights = softmax(masked / temperature)  ->  output = weights V

    `weights` and `output` are there from the start; the stages between are computed when first asked for,
    from the arrays given, and then kept. Arrays are held, not copied: whoever changes Q, K, V or the mask
    afterwards changes the stages not yet asked for.

    Attributes
    ----------
    Q : (..., n_q, d_k) ndarray
    K : (..., n_k, d_k) ndarray
    V : (..., n_k, d_v) ndarray
        As given, in the dtype they were computed in.
    weights : (..., n_q, n_k) ndarray
        Rows sum to 1, or to 0 where everything is masked.
    output : (..., n_q, d_v) ndarray
    mask : (..., n_q or 1, up to n_k) ndarray of bool or float, or None
    causal : bool
    scale : float
    softcap : float or None
    temperature : float
    """

    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)
    mask: np.ndarray | None = field(repr=False)
    causal: bool
    scale: float
    softcap: float | None
    temperature: float

    @cached_property
    def scores(self) -> np.ndarray:
        """(..., n_q, n_k) ndarray: the dot product of each query with each key, read-only."""
        with np.errstate(all="ignore"):
            scores = self.Q @ share_heads(self.K, self.Q).swapaxes(-1, -2)
        return np.broadcast_to(scores, self.weights.shape)

    @cached_property
    def scaled(self) -> np.ndarray:
        """(..., n_q, n_k) ndarray: scores times `scale`."""
        with np.errstate(all="ignore"):
            return self.scores * self.scale

    @cached_property
    def capped(self) -> np.ndarray:
        """(..., n_q, n_k) ndarray: `scaled` bent into ±softcap, or `scaled` itself without one."""
        if self.softcap is None:
            return self.scaled
        return np.tanh(self.scaled / self.softcap) * self.softcap

    @cached_property
    def masked(self) -> np.ndarray:
        """(..., n_q, n_k) ndarray: `capped` with the mask applied, or `capped` itself where there is none."""
        if self.mask is None and not self.causal:
            return self.capped
        masked = self.capped.copy()
        with np.errstate(all="ignore"):
            apply_mask(masked, self.mask, self.causal)
        return masked
