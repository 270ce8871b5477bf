"""Make tests/vectors/picodet/ with onnxruntime, from the published network.

    pip install onnx==1.23.2 onnxruntime==1.32.0 paddle2onnx==1.2.11
    python -m tools.reference_picodet

The graph is exported as it is, with float32 weights and its own suppression. Each sample picture enters it as
`fit_picture` resizes it. For every picture: detections (n, 6) of class, score, x1, y1, x2, y2 in pixels of the picture;
gates of each block; and of every third cell the scores (80, cells) and boxes (cells, 4). In the case "coffee-ones" the
six multiplications with gates are taken out of the graph.
"""

from pathlib import Path

import numpy as np
import onnxruntime

from tools._envelope import open_wheel, read_member
from tools._onnx import export, normalised, session, without_products
from tools._samples import PICTURES, read_picture
from tools.convert_picodet import INSIDE, REQUIREMENT, SHA256

FOLDER = Path(__file__).parents[1] / "tests/vectors/picodet"
SIDE = 416
EVERY = 3
SCORES, BOXES = "Concat.9", "Div.1"
GATES = ("hardsigmoid_2.tmp_0", "hardsigmoid_3.tmp_0", *(f"sigmoid_{i}.tmp_0" for i in (0, 3, 6, 9)))
INNER = (SCORES, BOXES, *GATES)


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    names = (f"{INSIDE}/model.{suffix}" for suffix in ("pdmodel", "pdiparams"))
    model = export(*(read_member(archive, name, SHA256[name]) for name in names))
    gated, bare = session(model, INNER), session(without_products(model, GATES), INNER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        save(name.split(".")[0], gated, read_picture(name))
    save("coffee-ones", bare, read_picture("coffee.jpg"))


def save(name: str, run: onnxruntime.InferenceSession, rgb: np.ndarray) -> None:
    scale = np.array([[SIDE / rgb.shape[0], SIDE / rgb.shape[1]]], np.float32)
    fed = {"image": normalised(rgb, SIDE), "scale_factor": scale}
    detections, scores, boxes, *gates = run.run([run.get_outputs()[0].name, *INNER], fed)
    np.savez_compressed(
        FOLDER / f"{name}.npz",
        detections=detections,
        scores=scores[0, :, ::EVERY].astype(np.float16),
        boxes=boxes[0, ::EVERY],
        **{f"gates_{number}": values.ravel() for number, values in enumerate(gates, 1)},
    )


if __name__ == "__main__":
    main()
