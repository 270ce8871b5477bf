"""Make tests/vectors/pp-lcnetv2/ with onnxruntime, from the published network in float32.

    pip install onnx==1.23.2 onnxruntime==1.32.0 paddle2onnx==1.2.11
    python -m tools.reference_pplcnet

For each sample picture the probabilities and the gates of the six blocks; `ungated` are the probabilities of the graph
without the multiplications that follow the gates.
"""

from pathlib import Path

import numpy as np

from tools._envelope import open_wheel, read_member
from tools._onnx import export, normalised, session, without_products
from tools._samples import PICTURES, read_picture
from tools.convert_pplcnet import INSIDE, REQUIREMENT, SHA256

FOLDER = Path(__file__).parents[1] / "tests/vectors/pp-lcnetv2"


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    names = (f"{INSIDE}/ckpt/inference.{suffix}" for suffix in ("pdmodel", "pdiparams"))
    model = export(*(read_member(archive, name, SHA256[name]) for name in names))
    gates = [node.output[0] for node in model.graph.node if node.op_type == "Sigmoid"]
    gated, bare = session(model, gates), session(without_products(model, gates))

    found = {name: [] for name in ("probabilities", "ungated", *(f"gates{i}" for i in range(1, 7)))}
    for picture in PICTURES:
        X = {"x": normalised(read_picture(picture), 224)}
        probabilities, *opened = gated.run(None, X)
        found["probabilities"].append(probabilities[0])
        found["ungated"].append(bare.run(None, X)[0][0])
        for i, values in enumerate(opened, 1):
            found[f"gates{i}"].append(values.ravel())
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(FOLDER / "pictures.npz", pictures=PICTURES, **found)


if __name__ == "__main__":
    main()
