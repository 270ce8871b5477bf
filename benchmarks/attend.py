"""`attend` returning its weights, against torch doing the same: 12 heads, d = 64, float32."""

from functools import partial

import numpy as np

from attention import attend
from benchmarks.timing import Row, compare, load_torch

HEADS, D = 12, 64
GOALS = {16: 1.2, 64: 1.2, 256: 1.2, 1024: 0.8}


def run() -> list[Row]:
    torch = load_torch()
    rows = []
    for n, goal in GOALS.items():
        rng = np.random.default_rng(n)
        Q, K, V = (rng.standard_normal((HEADS, n, D), dtype=np.float32) for _ in range(3))
        peer = None
        if torch is not None:
            theirs = tuple(map(torch.from_numpy, (Q, K, V)))
            peer = partial(_attend_in_torch, torch, *theirs)
            np.testing.assert_allclose(attend(Q, K, V).weights, peer()[0], atol=1e-6)
        rows.append(compare(f"attend with weights, n = {n}", partial(attend, Q, K, V), peer, goal=goal))
    return rows


def _attend_in_torch(torch, Q, K, V):
    """softmax(Q Kᵀ / sqrt(d)) V and the weights: of torch's ways to have both, the fastest at small n.

    Scale and product are one call. (scaled_dot_product_attention does not return the weights.)
    """
    nothing = torch.empty(1, 1, 1).expand(HEADS, Q.shape[1], K.shape[1])
    scores = torch.baddbmm(nothing, Q, K.transpose(-1, -2), beta=0, alpha=D**-0.5)
    weights = torch.softmax(scores, dim=-1)
    return weights, torch.bmm(weights, V)
