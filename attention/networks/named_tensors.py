"""A file's tensors by name: which there must be, and two of them as a layer."""

from collections.abc import Mapping

import numpy as np

Layer = tuple[np.ndarray, np.ndarray]  # a convolution's kernels, or a matrix, and the bias


def with_biases(weights: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The shapes of layers' tensors: ``name.weight`` as given by the layer's name, ``name.bias`` a number an output."""
    shapes = {f"{name}.weight": shape for name, shape in weights.items()}
    return shapes | {f"{name}.bias": shape[:1] for name, shape in weights.items()}


def layer(tensors: Mapping[str, np.ndarray], name: str) -> Layer:
    """Weight and bias as they are in the file."""
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def convolution(tensors: Mapping[str, np.ndarray], name: str) -> Layer:
    """The same; a matrix over channels becomes kernels of 1 x 1."""
    W, bias = layer(tensors, name)
    return W[:, :, None, None] if W.ndim == 2 else W, bias


def frozen(array: np.ndarray) -> np.ndarray:
    """The numbers in one piece, read-only."""
    array = np.ascontiguousarray(array)
    array.flags.writeable = False
    return array
