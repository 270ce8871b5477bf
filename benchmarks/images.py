"""Every mechanism over pictures at the working size, 20 channels of 480 x 640, against the same module in torch.

Both give the mechanism's output, eager and in float32. The weights are seeded random numbers; torch's modules are
made of torch.nn as the papers' codes are, with what normalisation does at inference folded into their layers.
"""

from collections.abc import Callable
from functools import partial
from types import ModuleType

import numpy as np

from attention.images import (
    BAMWeights,
    CoordinateWeights,
    GlobalContextWeights,
    NonLocalWeights,
    SpatialWeights,
    SqueezeExcitationWeights,
    bam,
    cbam,
    channel_attention,
    coordinate_attention,
    efficient_channel_attention,
    gather_excite,
    global_context,
    non_local,
    picture_patches,
    simam,
    spatial_attention,
    squeeze_excitation,
)
from benchmarks.image_modules import modules
from benchmarks.timing import Row, compare, load_torch

C, R, D, HEIGHT, WIDTH = 20, 5, 10, 480, 640
GOAL = 1.0


def run() -> list[Row]:
    torch = load_torch()
    chance = np.random.default_rng(0)

    def draw(*shape):
        return chance.standard_normal(shape, dtype=np.float32) / np.float32(np.sqrt(shape[-1]))

    X = chance.random((C, HEIGHT, WIDTH), dtype=np.float32)
    grid = chance.random((C, 18, 24), dtype=np.float32)
    layers = SqueezeExcitationWeights(draw(R, C), draw(R), draw(C, R), draw(C))
    kernel = SpatialWeights(draw(1, 2, 7, 7))
    both = BAMWeights(
        layers, draw(R, C), draw(R), tuple((draw(R, R, 3, 3), draw(R)) for _ in range(2)), draw(1, R), draw(1)
    )
    lines = CoordinateWeights(draw(R, C), draw(R), draw(C, R), draw(C), draw(C, R), draw(C))
    pairs = NonLocalWeights(*(draw(*shape) for shape in ((D, C), (D,)) * 3), draw(C, D), draw(C))
    context = GlobalContextWeights(draw(C), draw(R, C), draw(R), draw(R), draw(R), draw(C, R), draw(C))
    neighbours = draw(3)

    ours = {
        "SE": (squeeze_excitation, X, layers),
        "ECA": (efficient_channel_attention, X, neighbours),
        "CBAM, channel half": (channel_attention, X, layers),
        "CBAM, spatial half": (spatial_attention, X, kernel),
        "CBAM": (cbam, X, layers, kernel),
        "BAM": (bam, X, both),
        "GE, all pixels": (gather_excite, X, 0),
        "GE, extent 2": (gather_excite, X, 2),
        "SimAM": (simam, X),
        "coordinate": (coordinate_attention, X, lines),
        "global context": (global_context, X, context),
        "non-local, 24 x 18": (non_local, grid, pairs),
        "patches, 32 x 24": (picture_patches, X, 32),
    }
    theirs = {} if torch is None else modules(torch)
    return [_row(what, *call, theirs.get(what), torch) for what, call in ours.items()]


def _row(what: str, function: Callable, *arguments) -> Row:
    *arguments, module, torch = arguments
    mine = partial(_output, function, *arguments)
    peer = None
    if module is not None:
        X, *weights = arguments
        peer = partial(module, torch.from_numpy(X)[None], *(_tensors(torch, weight) for weight in weights))
        np.testing.assert_allclose(mine(), peer()[0].numpy(), atol=1e-4)
    return compare(f"{what}, float32", mine, peer, goal=GOAL)


def _output(function: Callable, *arguments) -> np.ndarray:
    trace = function(*arguments)
    return trace.vectors if function is picture_patches else trace.output


def _tensors(torch: ModuleType, weight):
    """The same weights for torch: arrays and all that hold them."""
    if isinstance(weight, np.ndarray):
        return torch.from_numpy(weight)
    if isinstance(weight, tuple):
        return tuple(_tensors(torch, part) for part in weight)
    if hasattr(weight, "__dataclass_fields__"):
        return type(weight)(**{name: _tensors(torch, part) for name, part in vars(weight).items()})
    return weight
