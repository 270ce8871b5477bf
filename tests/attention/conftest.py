"""What the tests of the engine share."""

import numpy as np
import pytest
from hypothesis import strategies as st


@pytest.fixture(scope="session")
def random_qkv():
    """A function that gives Q, K and V, all sizes different unless told otherwise."""

    def draw(seed, *, leading=(), n_q=5, n_k=11, d_k=7, d_v=13, dtype=np.float64):
        rng = np.random.default_rng(seed)
        sizes = ((n_q, d_k), (n_k, d_k), (n_k, d_v))
        return tuple(rng.standard_normal((*leading, *size)).astype(dtype) for size in sizes)

    return draw


@pytest.fixture(scope="session")
def options():
    """A strategy of everything `attend` can be told beside Q, K and V."""

    @st.composite
    def draw_options(draw, n_q, n_k):
        rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        mask = draw(st.sampled_from([None, "boolean", "float"]))
        return {
            "mask": {"boolean": rng.random((n_q, n_k)) < 0.6, "float": rng.normal(size=(n_q, n_k))}.get(mask),
            "causal": draw(st.booleans()),
            "scale": draw(st.sampled_from([None, 0.3, -2.0, 0.0])),
            "softcap": draw(st.sampled_from([None, 0.5, 20.0])),
            "temperature": draw(st.sampled_from([1.0, 0.25, 4.0])),
        }

    return draw_options
