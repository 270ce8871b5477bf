"""The mask decoder against a plain float64 one with torch's layout of the tensors."""

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from attention.networks.layers import gelu
from attention.networks.mask_decoder import decode
from attention.networks.promptable_shapes import promptable_shapes
from attention.networks.promptable_weights import read_promptable_weights
from attention.sources import SourceError

MODEL = Path(__file__).parents[3] / "assets/models/mobile-sam"
RNG = np.random.default_rng(11)
G, D, HEADS = 3, 256, 8


@pytest.fixture(scope="module")
def tensors():
    found = safetensors.numpy.load_file(MODEL / "model.safetensors")
    return {name: tensor.astype(np.float64) for name, tensor in found.items()}


def plain(tensors, picture, positions, prompts):
    """Masks, qualities and the weights of all attentions, head by head."""
    weights = []

    def linear(X, name, of=...):
        return X @ tensors[f"decoder.{name}.weight"][of].T + tensors[f"decoder.{name}.bias"][of]

    def norm(X, name, epsilon=1e-5):
        X = (X - X.mean(-1, keepdims=True)) / np.sqrt(X.var(-1, keepdims=True) + epsilon)
        return X * tensors[f"decoder.{name}.weight"] + tensors[f"decoder.{name}.bias"]

    def attention(asking, answering, values, name):
        Q, K, V = linear(asking, f"{name}.query"), linear(answering, f"{name}.key"), linear(values, f"{name}.value")
        found = []
        for q, k, v in zip(*(np.split(X, HEADS, axis=1) for X in (Q, K, V)), strict=True):
            shares = np.exp(q @ k.T / np.sqrt(k.shape[1]))
            weights.append(shares / shares.sum(axis=1, keepdims=True))
            found.append(weights[-1] @ v)
        return linear(np.hstack(found), f"{name}.output")

    asked = np.vstack([tensors["decoder.quality_token"], tensors["decoder.mask_tokens"], prompts])
    tokens = asked
    for i in range(2):
        layer = f"layers.{i}"
        added = asked if i else 0
        own = attention(tokens + added, tokens + added, tokens, f"{layer}.token_to_token")
        tokens = norm(own + tokens if i else own, f"{layer}.token_to_token.norm")
        there = attention(tokens + asked, picture + positions, picture, f"{layer}.token_to_image")
        tokens = norm(tokens + there, f"{layer}.token_to_image.norm")
        inner = linear(np.maximum(linear(tokens, f"{layer}.mlp.inner"), 0), f"{layer}.mlp.outer")
        tokens = norm(tokens + inner, f"{layer}.mlp.norm")
        back = attention(picture + positions, tokens + asked, tokens, f"{layer}.image_to_token")
        picture = norm(picture + back, f"{layer}.image_to_token.norm")
    final = attention(tokens + asked, picture + positions, picture, "final.token_to_image")
    tokens = norm(tokens + final, "final.token_to_image.norm")

    def perceptron(X, name, of=...):
        for i in range(2):
            X = np.maximum(linear(X, f"{name}.{i}", of), 0)
        return linear(X, f"{name}.2", of)

    def enlarged(X, name):
        W, side = tensors[f"decoder.{name}.weight"], X.shape[0]
        Y = np.empty((2 * side, 2 * side, W.shape[1]))
        for i in range(2):
            for j in range(2):
                Y[i::2, j::2] = X @ W[:, :, i, j] + tensors[f"decoder.{name}.bias"]
        return Y

    X = gelu(norm(enlarged(picture.reshape(G, G, D), "upscale.0"), "upscale.norm", 1e-6))
    X = gelu(enlarged(X, "upscale.1"))
    vectors = [perceptron(token, "masks", i) for i, token in enumerate(tokens[1:5])]
    return np.einsum("md,ijd->mij", vectors, X), perceptron(tokens[0], "quality"), weights


@pytest.mark.parametrize("n_prompts", [2, 5])
def test_it_is_a_plain_loop(tensors, n_prompts):
    picture, positions, prompts = (RNG.normal(size=(n, D)) for n in (G * G, G * G, n_prompts))
    masks, qualities, weights = plain(tensors, picture, positions, prompts)
    single = (X.astype(np.float32) for X in (picture, positions, prompts))
    decoded = decode(read_promptable_weights(MODEL).decoder, *single)
    np.testing.assert_allclose(decoded.masks, masks, atol=1e-3 * np.abs(masks).max())
    np.testing.assert_allclose(decoded.qualities, qualities, atol=1e-3)
    traces = (
        decoded.token_to_token[0],
        decoded.token_to_image[0],
        decoded.image_to_token[0],
        decoded.token_to_token[1],
        decoded.token_to_image[1],
        decoded.image_to_token[1],
        decoded.token_to_image[2],
    )
    ours = [head for trace in traces for head in trace.weights]
    for found, expected in zip(ours, weights, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-4)


def test_the_file_holds_what_is_read_and_no_more(tensors):
    settings = json.loads((MODEL / "config.json").read_text())
    assert {name: tensor.shape for name, tensor in tensors.items()} == promptable_shapes(settings)


def test_settings_that_do_not_fit_each_other_are_refused(tmp_path):
    settings = json.loads((MODEL / "config.json").read_text()) | {"stage_heads": [4, 5]}
    (tmp_path / "config.json").write_text(json.dumps(settings))
    with pytest.raises(SourceError) as refused:
        read_promptable_weights(tmp_path)
    assert refused.value.reason == "wrong_setting"
