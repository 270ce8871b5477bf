"""Every mechanism on one picture, in numbers that can be laid side by side.

A gate, a mask and a row of attention weights are different things. What they share is a question: how much of what
counts comes from this place? For a mechanism that multiplies, that is the share of the maps' strength that passes
there, ``sum_c Y_c / sum_c X_c``: of a pure mask this is the mask, of gates on channels the mix of the gates of what is
there. For a mechanism in which places ask places, it is the attention that a place receives, on average over all that
ask. Each is then divided by its own mean over the picture: 1 is as much as the picture's average, 2 twice as much.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from types import MappingProxyType
from typing import Any

import numpy as np

from attention.dot_product import attend
from attention.images.bam import bam
from attention.images.cbam import cbam
from attention.images.coordinate import coordinate_attention
from attention.images.costs import (
    Cost,
    bam_cost,
    cbam_cost,
    coordinate_cost,
    eca_cost,
    gather_excite_cost,
    non_local_cost,
    patches_cost,
    simam_cost,
    squeeze_excitation_cost,
)
from attention.images.eca import eca_kernel_size, efficient_channel_attention
from attention.images.features import FeatureMaps
from attention.images.gather_excite import gather_excite
from attention.images.illustrative import (
    illustrative_bam_weights,
    illustrative_channel_weights,
    illustrative_coordinate_weights,
    illustrative_eca_kernel,
    illustrative_non_local_weights,
    illustrative_se_weights,
    illustrative_spatial_weights,
)
from attention.images.non_local import non_local
from attention.images.patch_attention import standardise
from attention.images.patches import Patches, picture_patches
from attention.images.simam import simam
from attention.images.squeeze_excitation import squeeze_excitation
from attention.trace import AttentionTrace

EXTENT = 16  # of gather-excite, in pixels
NON_LOCAL_ACROSS = 40  # places along the longer side: every place asks every place, which grows with their square
RUNS = 3  # of which the median is the time
PATCHES_ACROSS = 16  # as many as a transformer has that cuts 224 pixels into patches of 14


@dataclass(frozen=True)
class Mechanism:
    """How one mechanism is run for a comparison.

    run : callable, FeatureMaps -> trace with an ``output``
        With the illustrative weights, where it has weights.
    strength : callable, trace -> (H, W) ndarray, not negative
        How much of what counts comes from every place, on any scale.
    cost : callable, trace -> Cost
        Of this run.
    """

    run: Callable[[FeatureMaps], Any]
    strength: Callable[[Any], np.ndarray]
    cost: Callable[[Any], Cost]


def passed(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The share of the maps' strength that a mechanism lets pass at every place.

    Parameters
    ----------
    X, Y : (C, H, W) ndarray
        The maps before and after, not negative.

    Returns
    -------
    (H, W) ndarray
        ``sum_c Y_c / sum_c X_c``; 0 where there is nothing that could pass.
    """
    before, after = X.sum(axis=0), Y.sum(axis=0)
    return np.divide(after, before, out=np.zeros_like(after), where=before > 0)


def _passed(trace: Any) -> np.ndarray:
    return passed(trace.X, trace.output)


@dataclass(frozen=True, eq=False)
class AskingPlaces:
    """What places that ask places give: the patches of the picture, and their attention.

    patches : Patches, n of them
    attention : AttentionTrace, its weights (n, n): a row for each that asks
    output : what comes out in the end
    """

    patches: Patches
    attention: AttentionTrace
    output: np.ndarray

    def received(self) -> np.ndarray:
        """(H, W) ndarray: the attention that the patch of each pixel gets, on average over all that ask."""
        values = self.attention.weights.mean(axis=0).reshape(self.patches.shape)
        for axis, edges in enumerate(self.patches.edges):
            values = np.repeat(values, np.diff(edges), axis=axis)
        return values


def _se(channels: FeatureMaps):
    return squeeze_excitation(channels.maps, illustrative_se_weights(channels.names))


def _eca(channels: FeatureMaps):
    kernel = illustrative_eca_kernel(eca_kernel_size(len(channels.names)))
    return efficient_channel_attention(channels.maps, kernel)


def _cbam(channels: FeatureMaps):
    return cbam(channels.maps, illustrative_channel_weights(channels.names), illustrative_spatial_weights())


def _bam(channels: FeatureMaps):
    return bam(channels.maps, illustrative_bam_weights(channels.names))


def _ge(channels: FeatureMaps):
    return gather_excite(channels.maps, EXTENT)


def _simam(channels: FeatureMaps):
    return simam(channels.maps)


def _coordinate(channels: FeatureMaps):
    return coordinate_attention(channels.maps, illustrative_coordinate_weights(channels.names))


def _non_local(channels: FeatureMaps) -> AskingPlaces:
    patches = picture_patches(channels.maps, NON_LOCAL_ACROSS)
    coarse = patches.vectors.T.reshape(-1, *patches.shape)  # (C, rows, columns)
    trace = non_local(coarse, illustrative_non_local_weights(channels.names))
    return AskingPlaces(patches, trace.attention, trace.output)


def _patches(channels: FeatureMaps) -> AskingPlaces:
    patches = picture_patches(channels.maps, PATCHES_ACROSS)
    vectors = standardise(patches.vectors)
    trace = attend(vectors, vectors, patches.vectors)
    return AskingPlaces(patches, trace, trace.output)


def _non_local_cost(trace: AskingPlaces) -> Cost:
    n, C = trace.patches.vectors.shape
    return non_local_cost(C, n, D=trace.attention.Q.shape[-1])


MECHANISMS: Mapping[str, Mechanism] = MappingProxyType(
    {
        "se": Mechanism(
            _se,
            _passed,
            lambda trace: squeeze_excitation_cost(*trace.X.shape, R=len(trace.hidden)),
        ),
        "eca": Mechanism(
            _eca,
            _passed,
            lambda trace: eca_cost(*trace.X.shape, k=eca_kernel_size(len(trace.X))),
        ),
        "ge": Mechanism(
            _ge,
            _passed,
            lambda trace: gather_excite_cost(*trace.X.shape),
        ),
        "cbam": Mechanism(
            _cbam,
            lambda trace: passed(trace.channel.X, trace.output),
            lambda trace: cbam_cost(*trace.channel.X.shape, R=len(trace.channel.hidden["avg"])),
        ),
        "bam": Mechanism(
            _bam,
            _passed,
            lambda trace: bam_cost(*trace.X.shape, R=len(trace.hidden), S=len(trace.reduced)),
        ),
        "coordinate": Mechanism(
            _coordinate,
            _passed,
            lambda trace: coordinate_cost(*trace.X.shape, R=len(trace.hidden_rows)),
        ),
        "simam": Mechanism(
            _simam,
            _passed,
            lambda trace: simam_cost(*trace.X.shape),
        ),
        "non_local": Mechanism(
            _non_local,
            AskingPlaces.received,
            _non_local_cost,
        ),
        "patches": Mechanism(
            _patches,
            AskingPlaces.received,
            lambda trace: patches_cost(*reversed(trace.patches.vectors.shape)),
        ),
    }
)


def compared(code: str, channels: FeatureMaps) -> np.ndarray:
    """Where a mechanism looks, as a multiple of its own average over the picture.

    Parameters
    ----------
    code : str
        One of `MECHANISMS`.
    channels : FeatureMaps
        Of the picture, C maps of (H, W).

    Returns
    -------
    (H, W) float32 ndarray, read-only
        Its mean is 1; all ones where the mechanism treats every place alike, also by passing nothing at all.

    Raises
    ------
    KeyError
        For an unknown code.
    """
    mechanism = MECHANISMS[code]
    strength = mechanism.strength(mechanism.run(channels))
    mean = strength.mean(dtype=np.float64)
    values = (strength / mean if mean > 0 else np.ones_like(strength)).astype(np.float32)
    values.flags.writeable = False
    return values


@dataclass(frozen=True)
class Measured:
    """cost : Cost; seconds : the median of some runs, `output` included"""

    cost: Cost
    seconds: float


def measured(code: str, channels: FeatureMaps, *, runs: int = RUNS) -> Measured:
    """What a mechanism costs on these maps, counted and measured.

    Raises
    ------
    KeyError
        For an unknown code.
    """
    mechanism = MECHANISMS[code]
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        trace = mechanism.run(channels)
        _ = trace.output  # where it is computed only when asked for
        seconds.append(perf_counter() - start)
    return Measured(mechanism.cost(trace), median(seconds))
