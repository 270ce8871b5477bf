"""The weights of a BERT-family encoder: which tensors there must be, and how the forward pass wants them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attention.networks.named_tensors import frozen
from attention.sources import SourceError
from attention.sources.weights import read_settings, read_weights

_SETTINGS = {
    "hidden_size": int,
    "intermediate_size": int,
    "num_hidden_layers": int,
    "num_attention_heads": int,
    "max_position_embeddings": int,
    "vocab_size": int,
    "type_vocab_size": int,
    "layer_norm_eps": float,
    "hidden_act": str,
}


Pair = tuple[np.ndarray, np.ndarray]  # a linear layer's W (d_in, d_out) and bias, or a norm's gain and bias


@dataclass(frozen=True, eq=False)
class EncoderLayer:
    """Weights of one layer."""

    query_key_value: Pair  # d_model to 3 d_model: side by side, each of them head after head
    output: Pair  # d_model to d_model
    output_norm: Pair
    inner: Pair  # d_model to d_inner
    outer: Pair  # d_inner to d_model
    outer_norm: Pair


@dataclass(frozen=True, eq=False)
class EncoderWeights:
    """Everything a network has learned: float32, contiguous, read-only."""

    heads: int
    d_model: int
    epsilon: float  # of the layer norms
    word_vectors: np.ndarray  # (vocabulary, d_embedding)
    position_vectors: np.ndarray  # (longest text in pieces, d_embedding); that of the first segment added
    second_segment: np.ndarray  # (d_embedding,); what pieces of a second text have instead, less that
    embedding_norm: Pair
    projection: Pair | None  # from d_embedding to d_model, where they differ
    layers: tuple[EncoderLayer, ...]


def read_encoder_weights(folder: str | Path) -> EncoderWeights:
    """Read config.json and model.safetensors of a folder in Hugging Face's layout (BertModel, ElectraModel).

    Raises
    ------
    SourceError
        If a file is missing or damaged, or a setting or tensor is not as it must be; the message names it.
    """
    settings = read_settings(folder, _SETTINGS)
    uneven = settings["hidden_size"] % settings["num_attention_heads"]
    if settings["hidden_act"] != "gelu" or uneven or settings["type_vocab_size"] < 2:
        path = Path(folder) / "config.json"
        needed = "hidden_act must be gelu, hidden_size a multiple of num_attention_heads, type_vocab_size at least 2"
        message = f"{path}: {needed}"
        raise SourceError("wrong_setting", message, file=str(path))
    tensors = read_weights(folder, _shapes(settings))
    positions = tensors["embeddings.position_embeddings.weight"]
    segments = tensors["embeddings.token_type_embeddings.weight"]
    projected = "embeddings_project.weight" in tensors
    return EncoderWeights(
        heads=settings["num_attention_heads"],
        d_model=settings["hidden_size"],
        epsilon=settings["layer_norm_eps"],
        word_vectors=tensors["embeddings.word_embeddings.weight"],
        position_vectors=frozen(positions + segments[0]),
        second_segment=frozen(segments[1] - segments[0]),
        embedding_norm=_norm(tensors, "embeddings.LayerNorm"),
        projection=_linear(tensors, "embeddings_project") if projected else None,
        layers=tuple(_layer(tensors, f"encoder.layer.{i}") for i in range(settings["num_hidden_layers"])),
    )


def _shapes(settings: dict) -> dict[str, tuple[int, ...]]:
    """Every tensor of such a network, with its shape; matrices are (d_out, d_in) as in torch."""
    d_model, d_inner = settings["hidden_size"], settings["intermediate_size"]
    d_embedding = settings.get("embedding_size", d_model)
    shapes = {
        "embeddings.word_embeddings.weight": (settings["vocab_size"], d_embedding),
        "embeddings.position_embeddings.weight": (settings["max_position_embeddings"], d_embedding),
        "embeddings.token_type_embeddings.weight": (settings["type_vocab_size"], d_embedding),
        "embeddings.LayerNorm.weight": (d_embedding,),
    }
    if d_embedding != d_model:
        shapes["embeddings_project.weight"] = (d_model, d_embedding)
    for i in range(settings["num_hidden_layers"]):
        for name, shape in (
            ("attention.self.query", (d_model, d_model)),
            ("attention.self.key", (d_model, d_model)),
            ("attention.self.value", (d_model, d_model)),
            ("attention.output.dense", (d_model, d_model)),
            ("attention.output.LayerNorm", (d_model,)),
            ("intermediate.dense", (d_inner, d_model)),
            ("output.dense", (d_model, d_inner)),
            ("output.LayerNorm", (d_model,)),
        ):
            shapes[f"encoder.layer.{i}.{name}.weight"] = shape
    biases = {
        name.removesuffix("weight") + "bias": shape[:1]
        for name, shape in shapes.items()
        if not name.endswith("_embeddings.weight")
    }
    return shapes | biases


def _layer(tensors: dict[str, np.ndarray], name: str) -> EncoderLayer:
    return EncoderLayer(
        query_key_value=_linear(tensors, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value"))),
        output=_linear(tensors, f"{name}.attention.output.dense"),
        output_norm=_norm(tensors, f"{name}.attention.output.LayerNorm"),
        inner=_linear(tensors, f"{name}.intermediate.dense"),
        outer=_linear(tensors, f"{name}.output.dense"),
        outer_norm=_norm(tensors, f"{name}.output.LayerNorm"),
    )


def _linear(tensors: dict[str, np.ndarray], *names: str) -> Pair:
    """Linear layers side by side as one. W is contiguous as (d_in, d_out): BLAS reads it fastest so."""
    W = np.concatenate([tensors[f"{name}.weight"] for name in names]).T
    bias = np.concatenate([tensors[f"{name}.bias"] for name in names])
    return frozen(W), frozen(bias)


def _norm(tensors: dict[str, np.ndarray], name: str) -> Pair:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]
