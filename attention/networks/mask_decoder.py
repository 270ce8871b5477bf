"""The mask decoder of Segment Anything: tokens and picture look at each other, and the tokens become masks."""

import math
from dataclasses import dataclass

import numpy as np

from attention.dot_product import attend
from attention.multi_head import merge_heads, split_heads
from attention.networks.layers import gelu, layer_norm, linear
from attention.networks.promptable_weights import CrossAttention, DecoderLayer, DecoderWeights, Pair
from attention.trace import AttentionTrace

EPSILON = 1e-5
UPSCALE_EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Decoded:
    """What the decoder computed. g is the side of the embedding's grid, n the number of tokens.

    Attributes
    ----------
    masks : (masks, 4 g, 4 g) float32 ndarray
        Logits: above 0 is in the mask.
    qualities : (masks,) float32 ndarray
    token_to_token : tuple of AttentionTrace
        A layer each, of (heads, n, d_k).
    token_to_image : tuple of AttentionTrace
        A layer each and the final one: weights (heads, n, g²).
    image_to_token : tuple of AttentionTrace
        A layer each: weights (heads, g², n).
    """

    masks: np.ndarray
    qualities: np.ndarray
    token_to_token: tuple[AttentionTrace, ...]
    token_to_image: tuple[AttentionTrace, ...]
    image_to_token: tuple[AttentionTrace, ...]


def decode(weights: DecoderWeights, picture: np.ndarray, positions: np.ndarray, prompts: np.ndarray) -> Decoded:
    """Masks for prompts.

    Parameters
    ----------
    weights : DecoderWeights
    picture : (g², d) ndarray
        The embedding of the picture's patches, row by row, with the vector for "no mask given" added.
    positions : (g², d) ndarray
        Of the patches.
    prompts : (m, d) ndarray
        The tokens of clicks and box.

    References
    ----------
    Kirillov et al., 2023, "Segment Anything" (arXiv:2304.02643), appendix A, figure 14.
    """
    asked = np.concatenate([weights.own_tokens, prompts])  # (n, d); they are added again wherever tokens ask or answer
    tokens, traces = asked, []
    for i, layer in enumerate(weights.layers):
        tokens, picture, *three = _two_way(layer, tokens, picture, asked, positions, weights.heads, first=i == 0)
        traces.append(three)
    token_to_token, token_to_image, image_to_token = zip(*traces, strict=True)
    final = _attention(weights.final, tokens + asked, picture + positions, picture, weights.heads)
    tokens = _joined(weights.final, tokens, final)

    n_masks = len(weights.own_tokens) - 1
    vectors = _perceptron(weights.masks, tokens[1 : 1 + n_masks, None])[:, 0]  # (masks, d / 8)
    return Decoded(
        masks=_upscaled(weights, picture, vectors),
        qualities=_perceptron(weights.quality, tokens[:1])[0],
        token_to_token=token_to_token,
        token_to_image=(*token_to_image, final),
        image_to_token=image_to_token,
    )


def _two_way(layer: DecoderLayer, tokens, picture, asked, positions, heads, first):
    """Tokens look at each other, then at the picture; then the picture looks at them."""
    if first:  # the tokens are still what was asked
        own = _attention(layer.token_to_token, tokens, tokens, tokens, heads)
        tokens = _joined(layer.token_to_token, 0, own)
    else:
        own = _attention(layer.token_to_token, tokens + asked, tokens + asked, tokens, heads)
        tokens = _joined(layer.token_to_token, tokens, own)
    placed = picture + positions
    there = _attention(layer.token_to_image, tokens + asked, placed, picture, heads)
    tokens = _joined(layer.token_to_image, tokens, there)
    inner = linear(tokens, *layer.inner)
    tokens = tokens + linear(np.maximum(inner, 0, out=inner), *layer.outer)
    tokens = layer_norm(tokens, *layer.mlp_norm, EPSILON)
    back = _attention(layer.image_to_token, placed, tokens + asked, tokens, heads)
    picture = _joined(layer.image_to_token, picture, back)
    return tokens, picture, own, there, back


def _attention(weights: CrossAttention, queries, keys, values, heads) -> AttentionTrace:
    parts = ((queries, weights.query), (keys, weights.key), (values, weights.value))
    return attend(*(split_heads(linear(X, *pair), heads) for X, pair in parts))


def _joined(weights: CrossAttention, X, trace: AttentionTrace) -> np.ndarray:
    """What was found, projected, added to what asked, and normalised."""
    return layer_norm(X + linear(merge_heads(trace.output), *weights.output), *weights.norm, EPSILON)


def _perceptron(layers: tuple[Pair, ...], X: np.ndarray) -> np.ndarray:
    for W, bias in layers[:-1]:
        X = linear(X, W, bias)
        np.maximum(X, 0, out=X)
    return linear(X, *layers[-1])


def _upscaled(weights: DecoderWeights, picture: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Each patch becomes 4 x 4 vectors, whose products with the masks' vectors are the logits: (masks, 4 g, 4 g)."""
    (W, bias), norm, (W_next, bias_next) = weights.upscale
    g = math.isqrt(len(picture))
    X = (picture @ W).reshape(-1, len(bias))  # (g² · 2 2, d / 4)
    X += bias
    layer_norm(X, *norm, UPSCALE_EPSILON, out=X)
    X = (gelu(X, out=X) @ W_next).reshape(-1, len(bias_next))  # (g² · 2 2 · 2 2, d / 8)
    X += bias_next
    masks = (vectors @ gelu(X, out=X).T).reshape(-1, g, g, 2, 2, 2, 2)
    return masks.transpose(0, 1, 3, 5, 2, 4, 6).reshape(-1, 4 * g, 4 * g)
