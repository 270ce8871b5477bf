"""The channel gates of the trained picture networks: each as the network computes it, or as somebody else sets it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.errors import ShapeError
from attention.images.maps import gate, linear, pool_pixels, sigmoid
from attention.images.squeeze_excitation import SqueezeExcitationWeights

Gates = Mapping[int, np.ndarray | float]  # by the number of the block, counted from 1: (C,), or one for all channels


@dataclass(frozen=True, eq=False)
class OneLayerWeights:
    """A gate of one layer from averages to gates, without the hidden layer of `SqueezeExcitationWeights`.

    W : (C, A) ndarray; b : (C,) ndarray
    """

    W: np.ndarray
    b: np.ndarray

    def hidden(self, squeezed: np.ndarray) -> np.ndarray:
        """There is none: `squeezed` itself."""
        return squeezed

    def logits(self, hidden: np.ndarray) -> np.ndarray:
        """W·hidden + b: (A,) -> (C,)."""
        return linear(hidden, self.W, self.b)


@dataclass(frozen=True, eq=False)
class GateTrace:
    """A block of squeeze-and-excitation inside a network.

    X : (C, H, W), the maps it gates
    squeezed : (C,), the averages of the maps it looks at
    hidden : (R,)
    own : (C,), in 0..1, the gates that the network computes here
    gates : (C,), the gates that were used
    """

    X: np.ndarray
    squeezed: np.ndarray
    hidden: np.ndarray
    own: np.ndarray
    gates: np.ndarray

    @cached_property
    def output(self) -> np.ndarray:
        """(C, H, W), the maps times the gates that were used"""
        return gate(self.X, self.gates)


def gate_maps(
    X: np.ndarray,
    weights: SqueezeExcitationWeights | OneLayerWeights,
    number: int,
    gates: Gates,
    *,
    seen: np.ndarray | None = None,
    activation: Callable[[np.ndarray], np.ndarray] = sigmoid,
) -> GateTrace:
    """Squeeze-and-excitation as `attention.images.squeeze_excitation`, with gates that can be set from outside.

    Parameters
    ----------
    X : (C, H, W) ndarray
    weights : SqueezeExcitationWeights or OneLayerWeights
    number : int
        Of this block, counted from 1.
    gates : mapping of int to (C,) ndarray or float
        The gates to use instead of their own, by the number of the block; a float is for all channels.
    seen : (A, h, w) ndarray, optional
        The maps whose averages decide, where they are others than X.
    activation : callable
        What makes gates of numbers of any size.

    Raises
    ------
    ShapeError
        When the gates set for this block are for another number of channels.
    """
    squeezed = pool_pixels(X if seen is None else seen, "avg")
    hidden = weights.hidden(squeezed)
    own = activation(weights.logits(hidden))
    used = own if number not in gates else np.asarray(gates[number], X.dtype)
    if used.shape not in ((), own.shape):
        raise ShapeError(f"the gates of block {number} must be {own.shape} or one number, got {used.shape}")
    return GateTrace(X, squeezed, hidden, own, np.broadcast_to(used, own.shape))


class GatedBlocks:
    """The gated blocks of one pass through a network: each is counted and kept when its turn comes.

    Parameters
    ----------
    gates : mapping of int to (C,) ndarray or float, or None
        As for `gate_maps`.
    count : int
        How many blocks there are.

    Raises
    ------
    ValueError
        When gates are for a block that is not there.
    """

    def __init__(self, gates: Gates | None, count: int) -> None:
        self.gates: Gates = gates or {}
        if strange := [number for number in self.gates if number not in range(1, count + 1)]:
            raise ValueError(f"blocks are counted from 1 to {count}, got {strange[0]!r}")
        self.traces: list[GateTrace] = []

    def __call__(
        self,
        X: np.ndarray,
        weights: SqueezeExcitationWeights | OneLayerWeights,
        **options: np.ndarray | Callable[[np.ndarray], np.ndarray] | None,
    ) -> np.ndarray:
        """The output of the next block, as `gate_maps` with these options: (C, H, W) -> (C, H, W)."""
        self.traces.append(gate_maps(X, weights, len(self.traces) + 1, self.gates, **options))
        return self.traces[-1].output


@dataclass(frozen=True)
class VarianceSplit:
    """Where the differences between gates come from. The three shares add up to 1.

    channel : what is fixed: some channels are more open than others on every picture
    picture : what opens or shuts all channels of a picture together
    both : what is left: channels that open for one picture and not for another
    """

    channel: float
    picture: float
    both: float


def split_variance(gates: Sequence[np.ndarray] | np.ndarray) -> VarianceSplit:
    """Split the variance of a block's gates between its channels and the pictures.

    The two-way analysis of variance with one number a cell (Fisher, "Statistical Methods for Research Workers",
    1925): the squared distances from the mean of all are those of the channels' means, those of the pictures' means,
    and what neither explains.

    Parameters
    ----------
    gates : (pictures, C) ndarray

    Raises
    ------
    ShapeError
        When there are not two axes, with two pictures and two channels at least.
    """
    gates = np.asarray(gates, float)
    if gates.ndim != 2 or min(gates.shape) < 2:
        raise ShapeError(f"gates must be (pictures, C) with two of each at least, got {gates.shape}")
    apart = gates - gates.mean()
    whole = np.square(apart).mean()
    if not whole:
        return VarianceSplit(0.0, 0.0, 0.0)
    channel = np.square(apart.mean(axis=0)).mean() / whole
    picture = np.square(apart.mean(axis=1)).mean() / whole
    return VarianceSplit(float(channel), float(picture), float(1 - channel - picture))
