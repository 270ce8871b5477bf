"""Hard attention: each query takes one value whole, instead of a mixture of all."""

from dataclasses import replace

import numpy as np

from attention.arrays import share_heads
from attention.dot_product import attend
from attention.trace import AttentionTrace


def hard_attention(
    Q, K, V, *, mask=None, causal=False, scale=None, softcap=None, temperature=1.0, sample=None
) -> AttentionTrace:
    """Attention in which each query looks at exactly one key.

    Parameters
    ----------
    Q, K, V, mask, causal, scale, softcap, temperature
        As for `attend`, which computes the scores.
    sample : int or numpy.random.Generator, optional
        None: the key with the largest score, the first of several. Otherwise a key drawn with the
        probabilities of the soft weights, the same ones for the same seed.

    Returns
    -------
    AttentionTrace
        Its weights are 0 and 1: one 1 in each row, none where everything is masked. The soft weights are
        those of `attend`.

    Raises
    ------
    As `attend`.

    References
    ----------
    Xu et al., 2015, "Show, Attend and Tell" (arXiv:1502.03044), section 4.1. Drawn by the Gumbel-max trick:
    Maddison, Tarlow and Minka, 2014 (arXiv:1411.0030), section 2.
    """
    soft = attend(Q, K, V, mask=mask, causal=causal, scale=scale, softcap=softcap, temperature=temperature)
    preference = soft.masked
    if sample is not None:
        noise = np.random.default_rng(sample).gumbel(size=preference.shape)
        preference = preference / soft.temperature + noise
    weights = np.zeros_like(soft.weights)
    if weights.shape[-1]:
        chosen = preference.argmax(axis=-1)[..., None]  # (..., n_q, 1)
        seen = soft.masked.max(axis=-1, keepdims=True) > -np.inf
        np.put_along_axis(weights, chosen, seen.astype(weights.dtype), axis=-1)
    return replace(soft, weights=weights, output=weights @ share_heads(soft.V, soft.Q))
