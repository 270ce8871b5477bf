"""Make tests/vectors/picodet/ with onnxruntime, from the published network.

    pip install onnx onnxruntime paddle2onnx==1.2.11
    python -m tools.reference_picodet

The graph is exported as it is, with float32 weights and its own suppression. Each sample picture enters it as
`fit_picture` resizes it. For every picture: detections (n, 6) of class, score, x1, y1, x2, y2 in pixels of the picture;
gates of each block; and of every third cell the scores (80, cells) and boxes (cells, 4). In the case "coffee-ones" the
six multiplications with gates are taken out of the graph.
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
from tools.convert_picodet import INSIDE, REQUIREMENT, SHA256

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/vectors/picodet"
PICTURES = ("astronaut.jpg", "cat.jpg", "coffee.jpg", "rocket.jpg", "shapes.png")
EVERY = 3
SCORES, BOXES = "Concat.9", "Div.1"
GATES = ("hardsigmoid_2.tmp_0", "hardsigmoid_3.tmp_0", *(f"sigmoid_{i}.tmp_0" for i in (0, 3, 6, 9)))


def main() -> None:
    model = onnx.load_from_string(export())
    inner = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in (SCORES, BOXES, *GATES)]
    model.graph.output.extend(inner)
    run, run_ungated = session(model), session(without_gates(model))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        rgb = np.asarray(Image.open(ROOT / "assets/images" / name).convert("RGB"))
        save(name.split(".")[0], run, rgb)
        if name == "coffee.jpg":
            save("coffee-ones", run_ungated, rgb)


def export() -> bytes:
    """The published network as ONNX."""
    sys.modules["paddle"] = types.ModuleType("paddle")  # paddle2onnx imports it and uses nothing of it here
    from paddle2onnx import paddle2onnx_cpp2py_export as exporter

    archive = open_wheel(REQUIREMENT, __doc__)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for suffix in ("pdmodel", "pdiparams"):
            name = f"{INSIDE}/model.{suffix}"
            paths.append(Path(folder) / f"model.{suffix}")
            paths[-1].write_bytes(read_member(archive, name, SHA256[name]))
        # Opset 13, chosen anew where it is too low; checked; optimised; for onnxruntime.
        options = (13, True, False, True, True, True, {}, "onnxruntime", "", "", False)
        return exporter.export(*map(str, paths), *options)


def without_gates(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with the maps going past the multiplications."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    for node in changed.graph.node:
        if node.op_type == "Mul" and node.input[1] in GATES:
            node.op_type = "Identity"
            del node.input[1]
    return changed


def session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def save(name: str, run: onnxruntime.InferenceSession, rgb: np.ndarray) -> None:
    side = 416
    mean, std = (np.array(v, np.float32)[:, None, None] for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
    image = (fit_picture(rgb, (side, side)) - mean) / std
    scale = np.array([[side / rgb.shape[0], side / rgb.shape[1]]], np.float32)
    fed = {"image": image[None], "scale_factor": scale}
    detections, scores, boxes, *gates = run.run([run.get_outputs()[0].name, SCORES, BOXES, *GATES], fed)
    np.savez_compressed(
        FOLDER / f"{name}.npz",
        detections=detections,
        scores=scores[0, :, ::EVERY].astype(np.float16),
        boxes=boxes[0, ::EVERY],
        **{f"gates_{number}": values.ravel() for number, values in enumerate(gates, 1)},
    )


if __name__ == "__main__":
    main()
