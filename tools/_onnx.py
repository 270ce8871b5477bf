"""Published Paddle networks in onnxruntime: exported as they are, asked for what lies inside, with and without gates.

pip install onnx==1.23.2 onnxruntime==1.32.0 paddle2onnx==1.2.11
"""

import sys
import tempfile
import types
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from attention.networks.picture_layers import fit_picture

# Of ImageNet's colours, as both networks were trained.
MEAN, STD = (np.array(colours, np.float32)[:, None, None] for colours in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))


def export(program: bytes, parameters: bytes) -> onnx.ModelProto:
    """The network in ONNX's format, from the bytes of its .pdmodel and its .pdiparams."""
    sys.modules["paddle"] = types.ModuleType("paddle")  # paddle2onnx imports it and uses nothing of it here
    from paddle2onnx import paddle2onnx_cpp2py_export as exporter

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "model.pdmodel"), Path(folder, "model.pdiparams")]
        for path, data in zip(paths, (program, parameters), strict=True):
            path.write_bytes(data)
        # Opset 13, chosen anew where it is too low; checked; optimised; for onnxruntime.
        options = (13, True, False, True, True, True, {}, "onnxruntime", "", "", False)
        return onnx.load_from_string(exporter.export(*map(str, paths), *options))


def session(model: onnx.ModelProto, inside: Sequence[str] = ()) -> onnxruntime.InferenceSession:
    """The network ready to run; the values named `inside` are outputs too, after its own."""
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in inside)
    return onnxruntime.InferenceSession(shown.SerializeToString(), providers=["CPUExecutionProvider"])


def without_products(model: onnx.ModelProto, gates: Collection[str]) -> onnx.ModelProto:
    """The network whose maps go past the multiplications with their gates."""
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    for node in bare.graph.node:
        if node.op_type == "Mul" and set(node.input) & set(gates):
            (maps,) = set(node.input) - set(gates)
            node.op_type = "Identity"
            node.input[:] = [maps]
    return bare


def normalised(rgb: np.ndarray, side: int) -> np.ndarray:
    """A picture as both networks read it: (H, W, 3) uint8 -> (1, 3, side, side)."""
    return ((fit_picture(rgb, (side, side)) - MEAN) / STD)[None]
