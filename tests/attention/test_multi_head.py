"""Multi-head attention against heads taken one by one."""

import numpy as np
import pytest

from attention import ShapeError, attend, merge_heads, multi_head_attention, split_heads

N_Q, N_K, D_MODEL, D_K, D_V, D_OUT = 5, 11, 8, 3, 4, 6


def weights_of(heads, *, h_kv=None, d_in_k=D_MODEL, d_in_v=D_MODEL, seed=0):
    rng = np.random.default_rng(seed)
    h_kv = heads if h_kv is None else h_kv
    widths = {
        "Q": (D_MODEL, heads * D_K),
        "K": (d_in_k, h_kv * D_K),
        "V": (d_in_v, h_kv * D_V),
        "O": (heads * D_V, D_OUT),
    }
    matrices = {f"W_{name}": rng.normal(size=size) for name, size in widths.items()}
    return matrices | {f"b_{name}": rng.normal(size=size[1]) for name, size in widths.items()}


def one_by_one(X_q, X_k, X_v, parameters, heads, h_kv, **options):
    Q, K, V = (
        X @ parameters[f"W_{name}"] + parameters[f"b_{name}"] for name, X in (("Q", X_q), ("K", X_k), ("V", X_v))
    )
    outputs = []
    for head in range(heads):
        shared = head // (heads // h_kv)
        q = Q[..., head * D_K : (head + 1) * D_K]
        k = K[..., shared * D_K : (shared + 1) * D_K]
        v = V[..., shared * D_V : (shared + 1) * D_V]
        outputs.append(attend(q, k, v, **options).output)
    return np.concatenate(outputs, axis=-1) @ parameters["W_O"] + parameters["b_O"]


@pytest.mark.parametrize(("heads", "h_kv"), [(1, 1), (2, 2), (7, 7), (6, 2), (6, 1)])
@pytest.mark.parametrize("options", [{}, {"causal": True}, {"scale": 0.1, "softcap": 2.0, "temperature": 0.5}])
def test_equals_heads_taken_one_by_one(heads, h_kv, options):
    rng = np.random.default_rng(heads)
    X_q, X_k, X_v = (rng.normal(size=(2, n, d)) for n, d in ((N_Q, D_MODEL), (N_K, 9), (N_K, 10)))
    parameters = weights_of(heads, h_kv=h_kv, d_in_k=9, d_in_v=10)
    trace = multi_head_attention(X_q, X_k, X_v, **parameters, heads=heads, **options)
    expected = one_by_one(X_q, X_k, X_v, parameters, heads, h_kv, **options)
    np.testing.assert_allclose(trace.output, expected, atol=1e-12)


def test_the_trace_names_every_stage():
    X = np.random.default_rng(1).normal(size=(2, N_Q, D_MODEL))
    parameters = weights_of(4)
    trace = multi_head_attention(X, **parameters, heads=4)
    np.testing.assert_allclose(trace.Q, X @ parameters["W_Q"] + parameters["b_Q"], atol=1e-12)
    np.testing.assert_array_equal(trace.attention.Q, split_heads(trace.Q, 4))
    assert trace.weights is trace.attention.weights
    assert trace.weights.shape == trace.attention.scores.shape == (2, 4, N_Q, N_Q)
    np.testing.assert_array_equal(trace.concatenated, merge_heads(trace.attention.output))
    np.testing.assert_allclose(trace.output, trace.concatenated @ parameters["W_O"] + parameters["b_O"], atol=1e-12)


def test_keys_and_values_default_to_the_queries_and_to_the_keys():
    rng = np.random.default_rng(2)
    X, Y = rng.normal(size=(N_Q, D_MODEL)), rng.normal(size=(N_K, D_MODEL))
    parameters = weights_of(2)
    itself = multi_head_attention(X, **parameters, heads=2)
    np.testing.assert_array_equal(itself.output, multi_head_attention(X, X, X, **parameters, heads=2).output)
    across = multi_head_attention(X, Y, **parameters, heads=2)
    np.testing.assert_array_equal(across.output, multi_head_attention(X, Y, Y, **parameters, heads=2).output)


def test_without_output_projection_the_heads_stay_side_by_side():
    X = np.random.default_rng(3).normal(size=(N_Q, D_MODEL))
    parameters = weights_of(2)
    kept = {name: parameters[name] for name in ("W_Q", "W_K", "W_V")}
    trace = multi_head_attention(X, **kept, heads=2)
    assert trace.output is trace.concatenated
    assert trace.output.shape == (N_Q, 2 * D_V)


def test_a_mask_for_each_head():
    X = np.random.default_rng(4).normal(size=(3, N_Q, D_MODEL))
    mask = np.random.default_rng(4).random((2, N_Q, N_Q)) < 0.7
    trace = multi_head_attention(X, **weights_of(2), heads=2, mask=mask)
    assert (trace.weights[:, ~mask] == 0).all()
    np.testing.assert_allclose(trace.weights.sum(axis=-1), np.tile(mask.any(axis=-1), (3, 1, 1)), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype(dtype):
    X = np.ones((N_Q, D_MODEL), dtype)
    parameters = {name: p.astype(dtype) for name, p in weights_of(2).items()}
    assert multi_head_attention(X, **parameters, heads=2).output.dtype == dtype


def test_split_and_merge_are_inverse():
    X = np.random.default_rng(5).normal(size=(2, N_Q, 12))
    split = split_heads(X, 3)
    assert split.shape == (2, 3, N_Q, 4)
    np.testing.assert_array_equal(split[:, 1], X[..., 4:8])
    np.testing.assert_array_equal(merge_heads(split), X)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"W_Q": np.ones((9, 6))}, ["W_Q", "(9, 6)", "(5, 8)"]),
        ({"W_V": np.ones((8, 7)), "b_V": None}, ["7", "2 heads"]),
        ({"b_K": np.ones(5)}, ["b_K", "(5,)", "6"]),
        ({"W_K": np.ones((8, 5)), "b_K": None}, ["Q is 6 wide", "K 5", "2 heads"]),
        ({"W_O": np.ones((7, 6))}, ["W_O", "(7, 6)", "(5, 8)"]),
        ({"heads": 4}, ["Q is 6 wide", "4 heads"]),
        ({"heads": 0}, ["0 heads"]),
    ],
)
def test_sizes_that_do_not_fit_are_named(changes, words):
    arguments = weights_of(2) | {"heads": 2} | changes
    with pytest.raises(ShapeError) as raised:
        multi_head_attention(np.ones((N_Q, D_MODEL)), **arguments)
    for word in words:
        assert word in str(raised.value)


def test_a_width_that_heads_cannot_share():
    with pytest.raises(ShapeError, match="a width of 7 cannot be shared out among 2 heads"):
        split_heads(np.ones((N_Q, 7)), 2)
