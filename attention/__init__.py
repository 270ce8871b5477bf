"""Attention, every number of it: scaled dot-product, multi-head, additive and hard attention in NumPy.

    >>> from attention import attend
    >>> trace = attend(Q, K, V)
    >>> trace.weights, trace.output, trace.scores

THE DIMENSION KEY, for all shapes in this package
    ...      leading axes: batches, heads; they broadcast
    h        heads (in K and V there may be fewer, h_kv)
    n_q      queries: the words or patches that ask
    n_k      keys, and as many values: the words or patches that are looked at
    d_model  width of a word's or patch's vector
    d_k      width of a query and of a key, in one head
    d_v      width of a value, in one head
    C, H, W  channels, height and width of a picture's feature maps

A row is a query and a column is a key: weights[..., i, j] says how much of its attention query i gives to
key j. Projections are written X @ W with W of shape (d_in, d_out), so W_Q is (d_model, h · d_k).
(`torch.nn.Linear.weight` is the transpose.)
"""

from attention.dot_product import attend
from attention.errors import ShapeError
from attention.softmax import softmax
from attention.trace import AttentionTrace

__all__ = ["AttentionTrace", "ShapeError", "attend", "softmax"]
