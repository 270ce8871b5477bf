"""SimAM: every number of the maps gets a gate of its own, by how far it stands out, with nothing to learn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images.maps import as_maps, by_planes, pool_pixels, sigmoid


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
        return by_planes(_energy, self.X, self.mean, self._steepness)

    @cached_property
    def mask(self) -> np.ndarray:
        """(..., C, H, W), in 0..1: the sigmoid of `energy`, so at least 0.62"""
        return by_planes(_mask, self.X, self.mean, self._steepness)

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their mask"""
        return by_planes(_output, self.X, self.mean, self._steepness)

    @property
    def _steepness(self) -> np.ndarray:
        return 1 / (4 * (self.variance + self.lam))  # (..., C)


def simam(X: np.ndarray, *, lam: float = 1e-4) -> SimAMTrace:
    """Weigh every number by its squared distance from its channel's mean, in units of the channel's variance.

    ``mask = sigmoid((X - mean)² / (4·(variance + lam)) + 1/2)``: Yang, Zhang, Li and Xie, "SimAM" (ICML 2021,
    PMLR 139), equations 5 and 6; the code is ``simam_module.py`` of github.com/ZjjConan/SimAM, whose variance
    divides by H·W - 1.

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
    mean = pool_pixels(X, "avg")  # (..., C)
    variance = np.empty_like(mean)
    for place in np.ndindex(mean.shape):
        centred = (X[place] - mean[place]).ravel()
        variance[place] = centred @ centred / max(centred.size - 1, 1)
    return SimAMTrace(X, mean, variance, lam)


def _energy(plane: np.ndarray, mean: float, steepness: float, out: np.ndarray) -> None:
    np.subtract(plane, mean, out=out)
    np.square(out, out=out)
    out *= steepness
    out += 0.5


def _mask(plane: np.ndarray, mean: float, steepness: float, out: np.ndarray) -> None:
    _energy(plane, mean, steepness, out)
    sigmoid(out, out=out)


def _output(plane: np.ndarray, mean: float, steepness: float, out: np.ndarray) -> None:
    _mask(plane, mean, steepness, out)
    out *= plane
