"""The tensors of MobileSAM, each with the shape that it must have in the file."""

from attention.networks.named_tensors import with_biases


def promptable_shapes(settings: dict) -> dict[str, tuple[int, ...]]:
    """Every tensor of a network with these settings (config.json), with its shape as in torch: outputs first."""
    return _encoder_shapes(settings) | _decoder_shapes(settings)


def _encoder_shapes(settings: dict) -> dict[str, tuple[int, ...]]:
    """Every tensor of encoder and prompts, with its shape as in torch."""
    widths, d = settings["stage_widths"], settings["prompt_width"]
    shapes = {
        "encoder.stem.0": (widths[0] // 2, 3, 3, 3),
        "encoder.stem.1": (widths[0], widths[0] // 2, 3, 3),
        "encoder.neck.project_norm": (d,),
        "encoder.neck.mix_norm": (d,),
    }
    biases = {}
    for stage, (C, depth) in enumerate(zip(widths, settings["stage_depths"], strict=True)):
        inner = settings["expansion"] * C
        if stage:
            shapes |= _steps_shapes(f"encoder.stages.{stage}.merge", widths[stage - 1], C, C)
        for block in range(depth):
            name = f"encoder.stages.{stage}.blocks.{block}"
            if stage == 0:
                shapes |= _steps_shapes(name, C, inner, C)
                continue
            window, heads = settings["stage_windows"][stage - 1], settings["stage_heads"][stage - 1]
            biases[f"{name}.attention.distance_bias"] = (heads, window, window)
            shapes |= {f"{name}.attention.{part}": (C, C) for part in ("query", "key", "value", "output")}
            shapes |= {
                f"{name}.attention.norm": (C,),
                f"{name}.local": (C, 1, 3, 3),
                f"{name}.mlp.norm": (C,),
                f"{name}.mlp.inner": (inner, C),
                f"{name}.mlp.outer": (C, inner),
            }
    return {
        **with_biases(shapes),
        **biases,
        "encoder.neck.project.weight": (d, widths[-1], 1, 1),
        "encoder.neck.mix.weight": (d, d, 3, 3),
        "prompts.frequencies": (2, d // 2),
        "prompts.kinds": (4, d),
        "prompts.no_point": (d,),
        "prompts.no_mask": (d,),
    }


def _steps_shapes(name: str, entering: int, inside: int, leaving: int) -> dict[str, tuple[int, ...]]:
    return {
        f"{name}.widen": (inside, entering, 1, 1),
        f"{name}.depthwise": (inside, 1, 3, 3),
        f"{name}.mix": (leaving, inside, 1, 1),
    }


def _decoder_shapes(settings: dict) -> dict[str, tuple[int, ...]]:
    """Every tensor of the mask decoder, with its shape as in torch."""
    d, inner, masks = settings["prompt_width"], settings["decoder_inner_width"], settings["mask_tokens"]
    attentions = {"decoder.final.token_to_image": d // 2}  # queries and keys are half as wide
    shapes = {"decoder.upscale.norm": (d // 4,)}
    for i in range(settings["decoder_layers"]):
        layer = f"decoder.layers.{i}"
        attentions |= {
            f"{layer}.token_to_token": d,
            f"{layer}.token_to_image": d // 2,
            f"{layer}.image_to_token": d // 2,
        }
        shapes |= {f"{layer}.mlp.inner": (inner, d), f"{layer}.mlp.outer": (d, inner)}
        shapes |= {f"{layer}.mlp.norm": (d,)}
    for name, width in attentions.items():
        shapes |= {f"{name}.{part}": (width, d) for part in ("query", "key", "value")}
        shapes |= {f"{name}.output": (d, width), f"{name}.norm": (d,)}
    shapes |= {f"decoder.quality.{i}": (d if i < 2 else masks, d) for i in range(3)}
    shapes = with_biases(shapes)
    for i in range(3):
        out = d if i < 2 else d // 8
        shapes |= {f"decoder.masks.{i}.weight": (masks, out, d), f"decoder.masks.{i}.bias": (masks, out)}
    return {
        **shapes,
        "decoder.upscale.0.weight": (d, d // 4, 2, 2),
        "decoder.upscale.0.bias": (d // 4,),
        "decoder.upscale.1.weight": (d // 4, d // 8, 2, 2),
        "decoder.upscale.1.bias": (d // 8,),
        "decoder.quality_token": (d,),
        "decoder.mask_tokens": (masks, d),
    }
