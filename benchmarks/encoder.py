"""The English network reading 32 and 128 pieces, against the same network in torch, eager, layer by layer.

Both return the weights, Q, K and V of all layers and all hidden states, and both include cutting the text.
"""

from functools import partial
from pathlib import Path

import numpy as np
import safetensors.numpy

from attention.networks.encoder import load_encoder
from benchmarks.timing import Row, compare, load_torch

FOLDER = Path(__file__).parents[1] / "assets/models/all-minilm-l6-v2"
SENTENCE = "the law will never be perfect but its application should be just "
GOAL = 1.5


def run() -> list[Row]:
    torch = load_torch()
    encoder = load_encoder(FOLDER)
    theirs = None if torch is None else _torch_encoder(torch, encoder)
    rows = []
    for n in (32, 128):
        text = " ".join((SENTENCE * n).split()[: n - 2])  # every word is one piece; [CLS] and [SEP] are two
        trace = encoder(text)
        assert len(trace.tokens) == n
        peer = None
        if theirs is not None:
            peer = partial(theirs, text)
            weights, _, hidden = peer()
            np.testing.assert_allclose(trace.weights, torch.cat(weights), atol=1e-4)
            np.testing.assert_allclose(trace.hidden_states, torch.cat(hidden), atol=1e-4)
        rows.append(compare(f"encoder, {n} pieces", partial(encoder, text), peer, goal=GOAL))
    return rows


def _torch_encoder(torch, encoder):
    """BERT of nn.Linear, nn.LayerNorm and an explicit softmax that keeps its weights."""
    nn, heads = torch.nn, encoder.weights.heads
    arrays = safetensors.numpy.load_file(FOLDER / "model.safetensors")
    tensors = {name: torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()}

    def module(kind, name):
        weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
        made = nn.LayerNorm(len(weight), eps=1e-12) if kind is nn.LayerNorm else kind(*weight.shape[::-1])
        made.load_state_dict({"weight": weight, "bias": bias})
        return made

    words, positions, segments = (
        tensors[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
    )
    embedding_norm = module(nn.LayerNorm, "embeddings.LayerNorm")
    layers = [
        (
            [module(nn.Linear, f"{layer}.attention.self.{part}") for part in ("query", "key", "value")],
            module(nn.Linear, f"{layer}.attention.output.dense"),
            module(nn.LayerNorm, f"{layer}.attention.output.LayerNorm"),
            module(nn.Linear, f"{layer}.intermediate.dense"),
            module(nn.Linear, f"{layer}.output.dense"),
            module(nn.LayerNorm, f"{layer}.output.LayerNorm"),
        )
        for layer in (f"encoder.layer.{i}" for i in range(len(encoder.weights.layers)))
    ]
    gelu = nn.GELU()

    def forward(text):
        ids = torch.tensor(encoder.tokenizer(text).ids[None])
        n = ids.shape[1]
        hidden = [embedding_norm(words[ids] + positions[:n] + segments[0])]
        weights, projections = [], []
        for parts, output, output_norm, inner, outer, outer_norm in layers:
            # (1, n, d_model) to (1, heads, n, d_k)
            Q, K, V = (part(hidden[-1]).view(1, n, heads, -1).transpose(1, 2) for part in parts)
            scores = torch.matmul(Q, K.transpose(-1, -2)) * Q.shape[-1] ** -0.5
            weights.append(torch.softmax(scores, dim=-1))
            projections.append((Q, K, V))
            found = torch.matmul(weights[-1], V).transpose(1, 2).reshape(1, n, -1)
            attended = output_norm(output(found) + hidden[-1])
            hidden.append(outer_norm(outer(gelu(inner(attended))) + attended))
        return weights, projections, hidden

    return forward
