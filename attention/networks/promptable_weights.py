"""The weights of MobileSAM: which tensors there must be, and how the forward pass wants them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attention.networks.named_tensors import frozen
from attention.networks.promptable_shapes import promptable_shapes
from attention.sources import SourceError
from attention.sources.weights import read_settings, read_weights

_SETTINGS = {
    "stage_widths": list,
    "stage_depths": list,
    "stage_heads": list,
    "stage_windows": list,
    "expansion": int,
    "prompt_width": int,
    "decoder_layers": int,
    "decoder_heads": int,
    "decoder_inner_width": int,
    "mask_tokens": int,
    "pixel_mean": list,
    "pixel_deviation": list,
}

# A linear layer's W (d_in, d_out) and bias, a norm's gain and bias, or a convolution's: (9 C, O) or depthwise (9, C).
Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class ConvolutionSteps:
    """A 1x1 convolution, a 3x3 one of each channel by itself, another 1x1: a block, or what merges patches."""

    widen: Pair
    depthwise: Pair
    mix: Pair


@dataclass(frozen=True, eq=False)
class WindowBlock:
    """A block of TinyViT that attends in windows."""

    heads: int
    window: int
    norm: Pair
    query_key_value: Pair  # C to 3 C: side by side, each of them head after head
    distance_bias: np.ndarray  # (heads, window, window): added to the scores at this distance in rows and columns
    bias: np.ndarray  # (heads, n, n) with n = window²: the same for each pair of patches of a window
    output: Pair
    local: Pair  # depthwise
    mlp_norm: Pair
    inner: Pair
    outer: Pair


@dataclass(frozen=True, eq=False)
class TinyViTWeights:
    """The encoder."""

    stem: tuple[Pair, Pair]
    blocks: tuple[ConvolutionSteps, ...]  # of the first stage
    stages: tuple[tuple[ConvolutionSteps, tuple[WindowBlock, ...]], ...]  # of the others: what merges, then blocks
    neck: tuple[np.ndarray, Pair, np.ndarray, Pair]  # 1x1 (C, d), norm, 3x3 (9 d, d), norm


@dataclass(frozen=True, eq=False)
class PromptWeights:
    """The prompt encoder. d is the width of all tokens."""

    frequencies: np.ndarray  # (2, d / 2), of x and y
    kinds: np.ndarray  # (4, d): not this, this, top left corner, bottom right corner
    no_point: np.ndarray  # (d,)
    no_mask: np.ndarray  # (d,)


@dataclass(frozen=True, eq=False)
class CrossAttention:
    """Attention of one kind of tokens to another, and the norm after it."""

    query: Pair
    key: Pair
    value: Pair
    output: Pair
    norm: Pair


@dataclass(frozen=True, eq=False)
class DecoderLayer:
    """A two-way layer."""

    token_to_token: CrossAttention
    token_to_image: CrossAttention
    inner: Pair
    outer: Pair
    mlp_norm: Pair
    image_to_token: CrossAttention


@dataclass(frozen=True, eq=False)
class DecoderWeights:
    """The mask decoder."""

    heads: int
    own_tokens: np.ndarray  # (1 + masks, d): that of the qualities, then one a mask
    layers: tuple[DecoderLayer, ...]
    final: CrossAttention  # token to image
    upscale: tuple[Pair, Pair, Pair]  # 2x2 (d, 4 · d / 4), norm, 2x2 (d / 4, 4 · d / 8); biases (d / 4,) and (d / 8,)
    masks: tuple[Pair, ...]  # three layers, W (masks, d_in, d_out), bias (masks, 1, d_out)
    quality: tuple[Pair, ...]  # three layers


@dataclass(frozen=True, eq=False)
class PromptableWeights:
    """Everything MobileSAM has learned: float32, contiguous, read-only."""

    encoder: TinyViTWeights
    prompts: PromptWeights
    decoder: DecoderWeights
    pixel_mean: np.ndarray  # (3,), of 0 to 255
    pixel_deviation: np.ndarray  # (3,)


def read_promptable_weights(folder: str | Path) -> PromptableWeights:
    """Read config.json and model.safetensors, as `python -m tools.convert_mobilesam` writes them.

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    settings = read_settings(folder, _SETTINGS)
    widths, depths, heads, windows = (settings[f"stage_{name}"] for name in ("widths", "depths", "heads", "windows"))
    if not (len(widths) == len(depths) == len(heads) + 1 == len(windows) + 1):
        path = Path(folder) / "config.json"
        message = (
            f"{path}: stage_widths and stage_depths need one entry a stage, stage_heads and stage_windows one less"
        )
        raise SourceError("wrong_setting", message, file=str(path))
    read = _Tensors(read_weights(folder, promptable_shapes(settings)))
    return PromptableWeights(
        encoder=TinyViTWeights(
            stem=(read.convolution("encoder.stem.0"), read.convolution("encoder.stem.1")),
            blocks=tuple(read.steps(f"encoder.stages.0.blocks.{i}") for i in range(depths[0])),
            stages=tuple(
                (
                    read.steps(f"encoder.stages.{stage}.merge"),
                    tuple(
                        read.window_block(f"encoder.stages.{stage}.blocks.{i}", heads[stage - 1], windows[stage - 1])
                        for i in range(depths[stage])
                    ),
                )
                for stage in range(1, len(depths))
            ),
            neck=(
                read.kernel("encoder.neck.project.weight"),
                read.norm("encoder.neck.project_norm"),
                read.kernel("encoder.neck.mix.weight"),
                read.norm("encoder.neck.mix_norm"),
            ),
        ),
        prompts=PromptWeights(
            **{name: read.tensors[f"prompts.{name}"] for name in ("frequencies", "kinds", "no_point", "no_mask")}
        ),
        decoder=DecoderWeights(
            heads=settings["decoder_heads"],
            own_tokens=frozen(
                np.vstack([read.tensors["decoder.quality_token"][None], read.tensors["decoder.mask_tokens"]])
            ),
            layers=tuple(read.decoder_layer(f"decoder.layers.{i}") for i in range(settings["decoder_layers"])),
            final=read.cross_attention("decoder.final.token_to_image"),
            upscale=(
                read.upscaling("decoder.upscale.0"),
                read.norm("decoder.upscale.norm"),
                read.upscaling("decoder.upscale.1"),
            ),
            masks=tuple(read.stacked(f"decoder.masks.{i}") for i in range(3)),
            quality=tuple(read.linear(f"decoder.quality.{i}") for i in range(3)),
        ),
        pixel_mean=frozen(np.array(settings["pixel_mean"], np.float32)),
        pixel_deviation=frozen(np.array(settings["pixel_deviation"], np.float32)),
    )


class _Tensors:
    """Tensors by name, arranged for maps whose channels are the last axis: every layer is then rows times a matrix."""

    def __init__(self, tensors: dict[str, np.ndarray]) -> None:
        self.tensors = tensors

    def norm(self, name: str) -> Pair:
        return self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]

    def linear(self, *names: str) -> Pair:
        """Linear layers side by side as one."""
        W = np.concatenate([self.tensors[f"{name}.weight"] for name in names]).T
        return frozen(W), frozen(np.concatenate([self.tensors[f"{name}.bias"] for name in names]))

    def stacked(self, name: str) -> Pair:
        W, bias = self.norm(name)
        return frozen(W.swapaxes(-1, -2)), bias[:, None]

    def kernel(self, name: str) -> np.ndarray:
        """(O, C, k, k) to (k k C, O)."""
        W = self.tensors[name]
        return frozen(W.transpose(2, 3, 1, 0).reshape(-1, len(W)))

    def convolution(self, name: str) -> Pair:
        return self.kernel(f"{name}.weight"), self.tensors[f"{name}.bias"]

    def depthwise(self, name: str) -> Pair:
        W, bias = self.norm(name)
        return frozen(W.reshape(len(W), -1).T), bias

    def upscaling(self, name: str) -> Pair:
        """(C, O, 2, 2) to (C, 2 2 O)."""
        W, bias = self.norm(name)
        return frozen(W.transpose(0, 2, 3, 1).reshape(len(W), -1)), bias

    def steps(self, name: str) -> ConvolutionSteps:
        return ConvolutionSteps(
            self.convolution(f"{name}.widen"), self.depthwise(f"{name}.depthwise"), self.convolution(f"{name}.mix")
        )

    def window_block(self, name: str, heads: int, window: int) -> WindowBlock:
        distance_bias = self.tensors[f"{name}.attention.distance_bias"]
        distance = np.abs(np.arange(window)[:, None] - np.arange(window))
        bias = distance_bias[:, distance[:, None, :, None], distance[None, :, None, :]]
        return WindowBlock(
            heads=heads,
            window=window,
            norm=self.norm(f"{name}.attention.norm"),
            query_key_value=self.linear(*(f"{name}.attention.{part}" for part in ("query", "key", "value"))),
            distance_bias=distance_bias,
            bias=frozen(bias.reshape(heads, window**2, window**2)),
            output=self.linear(f"{name}.attention.output"),
            local=self.depthwise(f"{name}.local"),
            mlp_norm=self.norm(f"{name}.mlp.norm"),
            inner=self.linear(f"{name}.mlp.inner"),
            outer=self.linear(f"{name}.mlp.outer"),
        )

    def cross_attention(self, name: str) -> CrossAttention:
        parts = {part: self.linear(f"{name}.{part}") for part in ("query", "key", "value", "output")}
        return CrossAttention(**parts, norm=self.norm(f"{name}.norm"))

    def decoder_layer(self, name: str) -> DecoderLayer:
        return DecoderLayer(
            token_to_token=self.cross_attention(f"{name}.token_to_token"),
            token_to_image=self.cross_attention(f"{name}.token_to_image"),
            inner=self.linear(f"{name}.mlp.inner"),
            outer=self.linear(f"{name}.mlp.outer"),
            mlp_norm=self.norm(f"{name}.mlp.norm"),
            image_to_token=self.cross_attention(f"{name}.image_to_token"),
        )
