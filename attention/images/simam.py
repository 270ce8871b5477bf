"""SimAM: every number of the maps gets a gate of its own, by how far it stands out, with nothing to learn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images.maps import as_maps, sigmoid


@dataclass(frozen=True, eq=False)
class SimAMTrace:
    """Every stage of `simam`.

    X : (..., C, H, W)
    mean, variance : (..., C), over the pixels of each channel; the variance divides by H·W - 1
    lam : as it was given
    """

    X: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    lam: float

    @cached_property
    def energy(self) -> np.ndarray:
        """(..., C, H, W), at least 1/2: one over the paper's minimal energy, the higher the more it stands out"""
        distances = np.square(self.X - self.mean[..., None, None])
        return distances / (4 * (self.variance[..., None, None] + self.lam)) + 0.5

    @cached_property
    def mask(self) -> np.ndarray:
        """(..., C, H, W), in 0..1: the sigmoid of `energy`, so at least 0.62"""
        return sigmoid(self.energy)

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their mask"""
        return self.X * self.mask


def simam(X: np.ndarray, *, lam: float = 1e-4) -> SimAMTrace:
    """Weigh every number by its squared distance from its channel's mean, in units of the channel's variance.

    ``mask = sigmoid((X - mean)² / (4·(variance + lam)) + 1/2)``: Yang, Zhang, Li and Xie, "SimAM" (ICML 2021,
    PMLR 139), equation 5 and algorithm 1; the code is ``networks/attentions/simam_module.py`` of
    github.com/ZjjConan/SimAM, whose variance divides by H·W - 1.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    lam : float
        The paper's lambda, above 0: it keeps channels with little variance from being blown up.

    Raises
    ------
    ValueError
        When lam is not above 0.
    """
    X = as_maps(X)
    if not lam > 0:
        raise ValueError(f"lam must be above 0, got {lam}")
    pixels = X.shape[-2] * X.shape[-1]
    mean = X.mean(axis=(-2, -1))  # (..., C)
    distances = np.square(X - mean[..., None, None])
    return SimAMTrace(X, mean, distances.sum(axis=(-2, -1)) / max(pixels - 1, 1), lam)
