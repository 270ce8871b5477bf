"""Make assets/models/pp-lcnetv2/ from the published network: `python -m tools.convert_pplcnet`.

Batch norms are folded into the convolutions before them, names say what a layer does, matrices become float16.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from attention.images import fold_batch_norm
from tools._envelope import open_wheel, read_member
from tools._folder import write_network
from tools._paddle import read_parameters

REQUIREMENT = "paddlelabel-ml==1.0.0"
INSIDE = "paddlelabel_ml/model/PPLCNetV2"
SHA256 = {
    f"{INSIDE}/ckpt/inference.pdiparams": "7dccbd0a9aea1e2d495afd3fef919c82dfd88e8d0bd7f50d94f11e016f61d4db",
    f"{INSIDE}/ckpt/inference.pdmodel": "de3f8b450965166a8d331ec6a37d9e1926758fcf4e9da78a69525c203acec35b",
    f"{INSIDE}/labels.txt": "33f41fec9a5036e84369f9bcee23c747cde5f9be1174bf76eb9dfeba690f2953",
    "paddlelabel_ml-1.0.0.dist-info/LICENSE": "c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4",
}
FOLDER = Path(__file__).parents[1] / "assets/models/pp-lcnetv2"
DROPOUT = 0.2  # of the graph's last dropout, of the older kind that scales by 1 - 0.2 when it does not drop

NOTICE = f"""\
PP-LCNetV2 (base)
=================

An image classifier for the 1,000 classes of ImageNet: 6.6 million parameters, six squeeze-and-excitation blocks.

Origin    PP-LCNetV2_base by the PaddlePaddle authors, PaddleClas (https://github.com/PaddlePaddle/PaddleClas).
          Trained on ImageNet-1k (ILSVRC 2012).
Licence   Apache License 2.0, see LICENSE.
Taken     from the Python package {REQUIREMENT}:
          {INSIDE}/ckpt/inference.pdiparams,
          SHA-256 {SHA256[f"{INSIDE}/ckpt/inference.pdiparams"]}
          {INSIDE}/ckpt/inference.pdmodel,
          SHA-256 {SHA256[f"{INSIDE}/ckpt/inference.pdmodel"]}
          {INSIDE}/labels.txt,
          SHA-256 {SHA256[f"{INSIDE}/labels.txt"]}

Changed   model.safetensors: batch normalisations folded into the convolutions before them; the constant factor of the
          last dropout folded into the last layer; tensors named by what they do; the matrices that mix channels
          rounded from float32 to float16 (the other numbers, a fiftieth of all, are kept: rounding those moves the
          gates four times as far).
          labels.txt: the numbers before the names left out; a line is a class.
          config.json: made from the package's model.py.

Made by   python -m tools.convert_pplcnet
"""


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    parameters, program, labels, licence = (read_member(archive, name, sha256) for name, sha256 in SHA256.items())
    tensors = dict(convert_weights(read_parameters(program, parameters)))
    config = {
        "model_type": "pp-lcnetv2",
        "input_size": 224,
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "num_classes": 1000,
        "torch_dtype": "float16",
    }
    names = [line.split(" ", 1) for line in labels.decode().splitlines()]
    if [int(number) for number, _ in names] != list(range(1000)):
        raise ValueError("labels.txt does not count its classes from 0 to 999")

    stored = {name: np.ascontiguousarray(tensor, _stored_as(tensor)) for name, tensor in tensors.items()}
    write_network(FOLDER, stored, config, licence, NOTICE)
    (FOLDER / "labels.txt").write_text("".join(f"{name.strip()}\n" for _, name in names))


def convert_weights(parameters: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    """The tensors under names that say what they do. Paddle numbers the layers in the order in which they run."""
    convolutions = _numbered(parameters, "conv2d")
    norms = iter(_numbered(parameters, "batch_norm2d"))
    for name, number in zip(_layers(), convolutions, strict=True):
        W, b = parameters[f"conv2d_{number}.w_0"], parameters.get(f"conv2d_{number}.b_0")
        if b is None and name != "head.widen":
            norm = f"batch_norm2d_{next(norms)}"
            learned = dict(zip(("weight", "bias", "running_mean", "running_var"), _norm(parameters, norm), strict=True))
            W, b = fold_batch_norm(W.astype(np.float64), None, **learned)
        if name.endswith(".depthwise"):
            W = W[:, 0]  # (C, 1, k, k) -> (C, k, k)
        elif W.shape[2:] == (1, 1):
            W = W[:, :, 0, 0]
        yield f"{name}.weight", W
        if b is not None:
            yield f"{name}.bias", b
    yield "head.classes.weight", parameters["linear_0.w_0"].T * (1 - DROPOUT)
    yield "head.classes.bias", parameters["linear_0.b_0"]


def _layers() -> Iterator[str]:
    """What the convolutions are, in their order."""
    yield "stem"
    for stage, blocks in enumerate((1, 2, 2, 6, 2)):
        for block in range(1, blocks + 1):
            name = f"stage{stage}.{block}"
            yield f"{name}.depthwise"
            if stage == 3:
                yield f"{name}.gate.squeeze"
                yield f"{name}.gate.excite"
                yield f"{name}.narrow"
            yield f"{name}.widen"
    yield "head.widen"


def _stored_as(tensor: np.ndarray) -> type:
    return np.float16 if tensor.ndim == 2 else np.float32  # a matrix mixes channels


def _numbered(parameters: dict[str, np.ndarray], kind: str) -> list[int]:
    return sorted({int(name.split(".")[0].rpartition("_")[2]) for name in parameters if name.startswith(f"{kind}_")})


def _norm(parameters: dict[str, np.ndarray], name: str) -> list[np.ndarray]:
    """Gain, shift, mean and variance, as Paddle names them."""
    return [parameters[f"{name}.{part}"].astype(np.float64) for part in ("w_0", "b_0", "w_1", "w_2")]


if __name__ == "__main__":
    main()
