"""What enters the engine: dtypes, layouts, shapes that do not fit."""

import math

import numpy as np
import pytest

from attention import ShapeError, attend

N_Q, N_K = 5, 11


@pytest.mark.parametrize(
    ("given_dtypes", "expected"),
    [
        ("f4 f4 f4", "f4"),
        ("f8 f8 f8", "f8"),
        ("f2 f2 f2", "f4"),
        ("i4 i4 i4", "f8"),
        ("u1 ? i8", "f8"),
        ("f4 f8 f4", "f8"),
        ("f2 f4 f4", "f4"),
        ("f4 i2 f4", "f8"),
    ],
)
def test_dtype(random_qkv, given_dtypes, expected):
    Q, K, V = (X.astype(d) for X, d in zip(random_qkv(15), given_dtypes.split(), strict=True))
    trace = attend(*(Q, K, V), mask=np.zeros((N_Q, N_K)), scale=np.float64(0.5), softcap=np.float64(9), temperature=2)
    for stage in ("Q", "K", "V", "scores", "scaled", "capped", "masked", "weights", "output"):
        assert getattr(trace, stage).dtype == expected, stage


def test_half_precision_is_computed_in_single(random_qkv):
    Q, K, V = random_qkv(16, dtype=np.float16)
    expected = attend(*(X.astype(np.float32) for X in (Q, K, V)), scale=40.0)
    np.testing.assert_array_equal(attend(Q, K, V, scale=40.0).output, expected.output)


def test_lists_will_do():
    trace = attend([[1, 0]], [[1, 0], [0, 1]], [[1], [0]], scale=math.log(3))
    np.testing.assert_allclose(trace.weights, [[0.75, 0.25]])


def test_any_memory_layout_will_do(random_qkv):
    Q, K, V = random_qkv(17, leading=(4,))
    expected = attend(Q, K, V).output
    fortran = attend(*(np.asfortranarray(X) for X in (Q, K, V))).output
    reverse = attend(*(np.repeat(X, 2, axis=-1)[..., ::2][:, :, :] for X in (Q, K, V))).output
    np.testing.assert_allclose(fortran, expected, atol=1e-12)
    np.testing.assert_allclose(reverse, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (((5, 7), (11, 6), (11, 13)), ["K has d_k = 6", "Q has d_k = 7"]),
        (((5, 7), (11, 7), (10, 13)), ["V has 10 rows", "n_k = 11"]),
        (((7,), (11, 7), (11, 13)), ["two axes", "Q (7,)"]),
        (((2, 5, 7), (3, 11, 7), (3, 11, 13)), ["leading axes of K", "(3,)", "(2,)"]),
        (((4, 5, 7), (3, 11, 7), (3, 11, 13)), ["leading axes of K", "(3,)", "(4,)"]),
        (((4, 5, 7), (4, 11, 7), (3, 11, 13)), ["leading axes of V", "(3,)", "(4,)"]),
    ],
)
def test_shapes_that_do_not_fit_are_named(sizes, words):
    with pytest.raises(ShapeError) as raised:
        attend(*(np.zeros(size) for size in sizes))
    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize("bad", [np.array([["a"]]), np.array([[1j]]), np.array([[None]])])
def test_what_is_not_a_real_number_is_refused(bad):
    with pytest.raises(TypeError, match="K has dtype"):
        attend(np.ones((1, 1)), bad, np.ones((1, 1)))
