"""Make tests/vectors/pp-lcnetv2/ with onnxruntime, from the published network in float32.

    pip install onnx==1.23.2 onnxruntime==1.32.0 paddle2onnx==1.2.11
    python -m tools.reference_pplcnet

For each sample picture the probabilities and the gates of the six blocks; `ungated` are the probabilities of the graph
without the multiplications that follow the gates.
"""

import sys
import tempfile
import types
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from PIL import Image

from attention.networks.picture_layers import fit_picture
from tools._envelope import open_wheel, read_member
from tools.convert_pplcnet import INSIDE, REQUIREMENT, SHA256

ROOT = Path(__file__).parents[1]
PICTURES = ("astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg", "shapes.png")
MEAN, STD = (np.array(colours, np.float32)[:, None, None] for colours in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    program, parameters = (
        read_member(archive, name, SHA256[name])
        for name in (f"{INSIDE}/ckpt/inference.pdmodel", f"{INSIDE}/ckpt/inference.pdiparams")
    )
    model = onnx.load_from_string(export(program, parameters))
    gates = [node.output[0] for node in model.graph.node if node.op_type == "Sigmoid"]
    model.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in gates)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    bare = onnxruntime.InferenceSession(without_products(model, gates).SerializeToString())

    found = {name: [] for name in ("probabilities", "ungated", *(f"gates{i}" for i in range(1, 7)))}
    for picture in PICTURES:
        rgb = np.asarray(Image.open(ROOT / "assets/images" / picture).convert("RGB"))
        X = {"x": ((fit_picture(rgb, (224, 224)) - MEAN) / STD)[None]}
        probabilities, *opened = session.run(None, X)
        found["probabilities"].append(probabilities[0])
        found["ungated"].append(bare.run(None, X)[0][0])
        for i, values in enumerate(opened, 1):
            found[f"gates{i}"].append(values.ravel())
    folder = ROOT / "tests/vectors/pp-lcnetv2"
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "pictures.npz", pictures=PICTURES, **found)


def export(program: bytes, parameters: bytes) -> bytes:
    """The network in ONNX's format."""
    sys.modules["paddle"] = types.ModuleType("paddle")  # paddle2onnx imports it, but its exporter does without
    from paddle2onnx import paddle2onnx_cpp2py_export as exporter

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "model.pdmodel"), Path(folder, "model.pdiparams")]
        for path, data in zip(paths, (program, parameters), strict=True):
            path.write_bytes(data)
        return exporter.export(*map(str, paths), 13, True, False, True, True, True, {}, "onnxruntime", "", "", False)


def without_products(model: onnx.ModelProto, gates: list[str]) -> onnx.ModelProto:
    """The network whose maps go past their gates."""
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    past = {}
    for node in [node for node in bare.graph.node if node.op_type == "Mul" and set(node.input) & set(gates)]:
        (past[node.output[0]],) = set(node.input) - set(gates)
        bare.graph.node.remove(node)
    for node in bare.graph.node:
        node.input[:] = [past.get(name, name) for name in node.input]
    del bare.graph.output[1:]
    return bare


if __name__ == "__main__":
    main()
