"""Make assets/models/picodet/ from the published network: `python -m tools.convert_picodet`.

Batch norms are folded into the convolutions before them, and names say what a layer does. The weights stay float32:
rounded to float16 they are 2.4 MB instead of 4.7, but sides of boxes move by up to 6 pixels.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from attention.images import fold_batch_norm
from tools._envelope import open_wheel, read_member
from tools._folder import write_network
from tools._paddle import read_parameters

REQUIREMENT = "paddlelabel-ml==1.0.0"
INSIDE = "paddlelabel_ml/model/PicoDet/ckpt"
SHA256 = {
    f"{INSIDE}/model.pdiparams": "e3922b2a8f1bc0d9ee9dce7152484f6a8a7d40f18f8701a222c884469b4546f2",
    f"{INSIDE}/model.pdmodel": "da078fd535d21b3ef57e81f67e7e8f68514c4d38f1cb7df02f135966f4b1119f",
    f"{INSIDE}/infer_cfg.yml": "7abdf247e229735c07de593231c1a283d282f4727eada0c7a6604cf2fc998b4a",
    "paddlelabel_ml-1.0.0.dist-info/LICENSE": "c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4",
}
FOLDER = Path(__file__).parents[1] / "assets/models/picodet"
STRIDES = (8, 16, 32, 64)

NOTICE = f"""\
PicoDet (LCNet backbone, 416 x 416)
===================================

A one-stage detector without anchors for the 80 classes of COCO: 1.2 million parameters, four strides, six gates.

Origin    PicoDet by the PaddlePaddle authors, PaddleDetection (https://github.com/PaddlePaddle/PaddleDetection);
          described in Yu et al., "PP-PicoDet", 2021 (arXiv:2111.00902). Trained on COCO 2017.
Licence   Apache License 2.0, see LICENSE.
Taken     from the Python package {REQUIREMENT}:
          {INSIDE}/model.pdiparams,
          SHA-256 {SHA256[f"{INSIDE}/model.pdiparams"]}
          {INSIDE}/model.pdmodel,
          SHA-256 {SHA256[f"{INSIDE}/model.pdmodel"]}

Changed   model.safetensors: batch normalisations folded into the convolutions before them; tensors named by what
          they do; the table of cell centres and the values of the distance bins left out, which are computed (the
          file has 3.0003 and 6.0006 for the bins 3 and 6).
          config.json: made from infer_cfg.yml and the suppression step of the graph.

Made by   python -m tools.convert_picodet
"""


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    parameters, model, settings, licence = (read_member(archive, name, sha256) for name, sha256 in SHA256.items())
    tensors = convert_weights(read_parameters(model, parameters))
    labels = re.search(r"^label_list:\n((?:- .+\n)+)", settings.decode(), re.MULTILINE).group(1)
    config = {
        "model_type": "picodet",
        "input_size": 416,
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "strides": STRIDES,
        "bins": 8,
        "score_threshold": 0.025,
        "iou_threshold": 0.6,
        "boxes_kept": 100,
        "labels": [line.removeprefix("- ") for line in labels.splitlines()],
    }
    write_network(FOLDER, tensors, config, licence, NOTICE, marked=False)


def convert_weights(parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every convolution as ``name.weight`` and ``name.bias``."""
    tensors = {}
    for name, convolution, norm in sources():
        W, b = parameters[f"conv2d_{convolution}.w_0"], parameters.get(f"conv2d_{convolution}.b_0")
        if norm is not None:
            scale, shift, mean, variance = (
                parameters[f"batch_norm2d_{norm}.{x}"] for x in ("w_0", "b_0", "w_1", "w_2")
            )
            W, b = fold_batch_norm(W, b, weight=scale, bias=shift, running_mean=mean, running_var=variance)
        if name.endswith("depthwise"):
            W = W[:, 0]  # (C, k, k)
        elif ".gate" in name:
            W = W[:, :, 0, 0]  # (R, C)
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = np.ascontiguousarray(W), b
    return tensors


def sources() -> Iterator[tuple[str, int, int | None]]:
    """What each convolution does, its number in the file, and the number of the batch norm after it."""
    yield "backbone.stem", 0, 0
    for block in range(1, 12):
        yield from _separable(f"backbone.{block}", 2 * block - 1, 2 * block - 1)
    for block, first in ((12, 23), (13, 27)):
        norm = 2 * block - 1
        yield f"backbone.{block}.depthwise", first, norm
        yield f"backbone.{block}.gate.reduce", first + 1, None
        yield f"backbone.{block}.gate.expand", first + 2, None
        yield f"backbone.{block}.pointwise", first + 3, norm + 1
    for i, stride in enumerate(STRIDES[:3]):
        yield f"neck.reduce.{stride}", 31 + i, 27 + i
    yield from _separable("neck.extra.reduced", 34, 30)
    yield from _separable("neck.extra.mixed", 36, 32)
    modules = ("top_down.16.1", "top_down.16.2", "top_down.8.1", "top_down.8.2")
    modules += ("shrink.16", "bottom_up.16.1", "bottom_up.16.2", "shrink.32", "bottom_up.32.1", "bottom_up.32.2")
    for i, module in enumerate(modules):
        yield from _separable(f"neck.{module}", 38 + 2 * i, 34 + 2 * i)
    for i, stride in enumerate(STRIDES):
        tower, outputs, norm = 58 + 6 * i, 84 + 4 * i, 54 + 5 * i
        yield from _separable(f"head.{stride}.1", tower, norm)
        yield from _separable(f"head.{stride}.2", tower + 2, norm + 2)
        yield f"head.{stride}.gate", tower + 4, None
        yield f"head.{stride}.pointwise", tower + 5, norm + 4
        yield f"head.{stride}.classes", outputs, None
        yield f"head.{stride}.distances", outputs + 1, None
        yield f"head.{stride}.alignment.1", outputs + 2, 74 + 2 * i
        yield f"head.{stride}.alignment.2", outputs + 3, 75 + 2 * i


def _separable(name: str, convolution: int, norm: int) -> Iterator[tuple[str, int, int]]:
    yield f"{name}.depthwise", convolution, norm
    yield f"{name}.pointwise", convolution + 1, norm + 1


if __name__ == "__main__":
    main()
