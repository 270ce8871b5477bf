"""Make assets/models/selfie-segmenter/ from the published network: `python -m tools.convert_selfie`.

    pip install tflite==2.18.0    # reads the file's tables

The file's half-precision numbers are taken as they are; names say what a layer does.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tools._envelope import open_tarball, read_member
from tools._folder import write_network
from tools._tflite import Graph, read_graph

PACKAGE = "@mediapipe/selfie_segmentation@0.1.1675465747"
FILE = "package/selfie_segmentation.tflite"
SHA256 = "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27"
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "assets/models/selfie-segmenter"
LICENSE = ROOT / "assets/models/all-minilm-l6-v2/LICENSE"  # the same licence; the package only names it

NOTICE = f"""\
MediaPipe Selfie Segmentation (general model)
=============================================

A person segmenter for pictures of 256 x 256 pixels: 106,401 parameters, ten squeeze-and-excitation blocks.

Origin    MediaPipe Selfie Segmentation by Google (https://github.com/google-ai-edge/mediapipe); after Howard et al.,
          "Searching for MobileNetV3", 2019 (arXiv:1905.02244). Trained on pictures of people.
Licence   Apache License 2.0, see LICENSE.
Taken     from the npm package {PACKAGE}:
          {FILE},
          SHA-256 {SHA256}

Changed   model.safetensors: the numbers unchanged, in half precision as in the file; tensors named by what they do,
          kernels with the channels in front.

Made by   python -m tools.convert_selfie
"""


def main() -> None:
    graph = read_graph(read_member(open_tarball(PACKAGE, __doc__), FILE, SHA256))
    tensors = dict(convert_weights(graph))
    config = {"model_type": "selfie-segmenter", "input_size": 256, "torch_dtype": "float16"}
    write_network(FOLDER, tensors, config, LICENSE.read_bytes(), NOTICE)


def convert_weights(graph: Graph) -> Iterator[tuple[str, np.ndarray]]:
    """The tensors under names that say what they do, from the convolutions in the order in which they run."""
    convolutions = [operator for operator in graph.operators if len(operator.inputs) == 3]  # maps, kernels, bias
    for name, operator in zip(_layers(), convolutions, strict=True):
        W, bias = (graph.constants[number] for number in operator.inputs[1:])
        if operator.kind == "DEPTHWISE_CONV_2D":
            W = W[0].transpose(2, 0, 1)  # (1, k, k, C) -> (C, k, k)
        elif operator.kind == "CONV_2D":
            W = W.transpose(0, 3, 1, 2)  # (O, k, k, C) -> (O, C, k, k)
            W = W[:, :, 0, 0] if W.shape[2:] == (1, 1) else W
        else:
            W = W.transpose(3, 0, 1, 2)  # (O, 2, 2, C) -> (C, O, 2, 2)
        yield f"{name}.weight", np.ascontiguousarray(W)
        yield f"{name}.bias", bias


def _layers() -> Iterator[str]:
    """What the convolutions are, in their order."""
    yield "stem"
    for block in range(1, 9):
        yield f"encoder.{block}.expand"
        yield f"encoder.{block}.depthwise"
        if block not in (2, 3):
            yield f"encoder.{block}.gate.squeeze"
            yield f"encoder.{block}.gate.excite"
        yield f"encoder.{block}.project"
    yield "middle.maps"
    yield "middle.gate"
    for level in range(1, 4):
        for part in ("reduce", "gate.squeeze", "gate.excite", "mix", "depthwise"):
            yield f"decoder.{level}.{part}"
    yield "mask"


if __name__ == "__main__":
    main()
