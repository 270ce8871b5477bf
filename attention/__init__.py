"""Attention, every number of it: dot-product, multi-head, additive and hard attention in NumPy.

    from attention import attend

    trace = attend(Q, K, V)
    trace.scores, trace.scaled, trace.weights, trace.output

THE DIMENSION KEY, for all shapes in this package

    ...      leading axes, such as batches and heads; they broadcast
    h        heads; h_kv where K and V have fewer than Q
    n_q      queries: the words or patches that ask
    n_k      keys, and as many values: the words or patches that are looked at
    d_model  width of the vector of a word or patch
    d_k      width of a query and of a key, in one head
    d_v      width of a value, in one head
    C, H, W  channels, height and width of a picture's feature maps

A row is a query and a column is a key: weights[..., i, j] is the share of its attention that query i gives to
key j. Vectors are rows, and projections are written X @ W with W of shape (d_in, d_out): W_Q is
(d_model, h · d_k). `torch.nn.Linear.weight` is the transpose of that.
"""

from attention.additive import AdditiveTrace, additive_attention
from attention.dot_product import attend
from attention.errors import ShapeError
from attention.hard import hard_attention
from attention.masks import causal_mask, padding_mask, window_mask
from attention.multi_head import MultiHeadTrace, merge_heads, multi_head_attention, split_heads
from attention.positions import alibi_bias, rotary, sinusoidal_positions
from attention.softmax import softmax
from attention.trace import AttentionTrace

__all__ = [
    "AdditiveTrace",
    "AttentionTrace",
    "MultiHeadTrace",
    "ShapeError",
    "additive_attention",
    "alibi_bias",
    "attend",
    "causal_mask",
    "hard_attention",
    "merge_heads",
    "multi_head_attention",
    "padding_mask",
    "rotary",
    "sinusoidal_positions",
    "softmax",
    "split_heads",
    "window_mask",
]
