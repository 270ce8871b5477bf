"""Make tests/vectors/selfie-segmenter/ with torch, from the published file operator by operator.

    pip install tflite==2.18.0 torch==2.13.0
    python -m tools.reference_selfie

For each sample picture the mask and the gates of the ten blocks; `ungated` are the masks of the graph without the
multiplications by the gates.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from attention.networks.picture_layers import fit_picture
from tools._envelope import open_tarball, read_member
from tools._samples import PICTURES, read_picture
from tools._tflite import Graph, Operator, read_graph
from tools.convert_selfie import FILE, PACKAGE, SHA256

FOLDER = Path(__file__).parents[1] / "tests/vectors/selfie-segmenter"


def main() -> None:
    graph = read_graph(read_member(open_tarball(PACKAGE, __doc__), FILE, SHA256))
    (mask,) = graph.outputs
    gates = [operator.outputs[0] for operator in graph.operators if operator.kind == "LOGISTIC"]
    gates.remove(mask)
    found = {name: [] for name in ("masks", "ungated", *(f"gates{i}" for i in range(1, len(gates) + 1)))}
    for picture in PICTURES:
        X = fit_picture(read_picture(picture), (256, 256))
        tensors = run(graph, X, gates, gated=True)
        found["masks"].append(tensors[mask][0, 0])
        found["ungated"].append(run(graph, X, gates, gated=False)[mask][0, 0])
        for i, number in enumerate(gates, 1):
            found[f"gates{i}"].append(tensors[number].ravel())
    FOLDER.mkdir(parents=True, exist_ok=True)
    arrays = {name: np.stack(values).astype(np.float16) for name, values in found.items()}
    np.savez_compressed(FOLDER / "pictures.npz", pictures=PICTURES, **arrays)


def run(graph: Graph, picture: np.ndarray, gates: list[int], *, gated: bool) -> dict[int, torch.Tensor]:
    """Every tensor of the graph, each (1, C, H, W)."""
    tensors = {graph.inputs[0]: torch.from_numpy(picture)[None]}
    for operator in graph.operators:
        constants = [graph.constants[number] for number in operator.inputs if number in graph.constants]
        inputs = [tensors[number] for number in operator.inputs if number not in graph.constants]
        if operator.kind == "MUL" and not gated:
            (inputs,) = ([tensors[number]] for number in operator.inputs if number not in gates)
            tensors[operator.outputs[0]] = inputs[0]
        else:
            tensors[operator.outputs[0]] = compute(operator, inputs, constants)
    return tensors


def compute(operator: Operator, inputs: list[torch.Tensor], constants: list[np.ndarray]) -> torch.Tensor:
    """One operator, with the file's kernels (O, k, k, C) and TensorFlow's padding."""
    X, *others = inputs
    match operator.kind:
        case "CONV_2D" | "DEPTHWISE_CONV_2D":
            W, bias = (torch.from_numpy(constant.astype(np.float32)) for constant in constants)
            depthwise = operator.kind == "DEPTHWISE_CONV_2D"
            W = W.permute(3, 0, 1, 2) if depthwise else W.permute(0, 3, 1, 2)
            groups = len(W) if depthwise else 1
            return functional.conv2d(padded(X, W.shape[-1], operator.stride), W, bias, operator.stride, groups=groups)
        case "Convolution2DTransposeBias":
            W, bias = (torch.from_numpy(constant.astype(np.float32)) for constant in constants)
            return functional.conv_transpose2d(X, W.permute(3, 0, 1, 2), bias, stride=2)
        case "HARD_SWISH":
            return functional.hardswish(X)
        case "RELU":
            return functional.relu(X)
        case "LOGISTIC":
            return torch.sigmoid(X)
        case "AVERAGE_POOL_2D":  # always over the whole map
            return X.mean((2, 3), keepdim=True)
        case "MUL":
            return X * others[0]
        case "ADD":
            return X + others[0]
        case "RESIZE_BILINEAR":
            return functional.interpolate(X, tuple(constants[0].tolist()), mode="bilinear", align_corners=False)
    raise ValueError(f"operator {operator.kind} is not read")


def padded(X: torch.Tensor, kernel: int, stride: int) -> torch.Tensor:
    """TensorFlow's padding "same"."""
    rows, columns = (max((-(-side // stride) - 1) * stride + kernel - side, 0) for side in X.shape[2:])
    return functional.pad(X, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))


if __name__ == "__main__":
    main()
