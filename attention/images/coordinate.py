"""Coordinate attention: every channel gets a gate for each row and one for each column."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.images.maps import as_maps, by_planes, check_weights, sigmoid, sum_rows


@dataclass(frozen=True, eq=False)
class CoordinateWeights:
    """The layer that rows and columns share, C -> R, and the two that tell them apart, R -> C.

    W1 : (R, C) ndarray; b1 : (R,) ndarray
        With its batch normalisation folded in (`fold_batch_norm`).
    W_rows : (C, R) ndarray; b_rows : (C,) ndarray
    W_columns : (C, R) ndarray; b_columns : (C,) ndarray
    """

    W1: np.ndarray
    b1: np.ndarray
    W_rows: np.ndarray
    b_rows: np.ndarray
    W_columns: np.ndarray
    b_columns: np.ndarray

    def check(self, X: np.ndarray) -> None:
        """Raise ShapeError unless the layers fit each other and the channels of X : (..., C, H, W)."""
        C, R = X.shape[-3], len(self.W1)
        out = {f"{name}_{part}": (C, R) if name == "W" else (C,) for name in "Wb" for part in ("rows", "columns")}
        check_weights(self, X, W1=(R, C), b1=(R,), **out)


@dataclass(frozen=True, eq=False)
class CoordinateTrace:
    """Every stage of `coordinate_attention`.

    X : (..., C, H, W)
    pooled_rows : (..., C, H); pooled_columns : (..., C, W), the averages along each row and each column
    hidden_rows : (..., R, H); hidden_columns : (..., R, W)
    gates_rows : (..., C, H); gates_columns : (..., C, W), in 0..1
    """

    X: np.ndarray
    pooled_rows: np.ndarray
    pooled_columns: np.ndarray
    hidden_rows: np.ndarray
    hidden_columns: np.ndarray
    gates_rows: np.ndarray
    gates_columns: np.ndarray

    @cached_property
    def mask(self) -> np.ndarray:
        """(..., C, H, W), in 0..1: the gate of the row times that of the column"""
        return self.gates_rows[..., :, None] * self.gates_columns[..., None, :]

    @cached_property
    def output(self) -> np.ndarray:
        """(..., C, H, W), the maps times their mask"""
        return by_planes(_gate, self.X, self.gates_rows, self.gates_columns)


def coordinate_attention(X: np.ndarray, weights: CoordinateWeights) -> CoordinateTrace:
    """Average along rows and along columns, and gate every row and every column of every channel.

    ``output = X · sigmoid(W_rows · hidden_rows) · sigmoid(W_columns · hidden_columns)`` with
    ``hidden = hswish(W1 · pooled)``: Hou, Zhou and Feng, "Coordinate Attention for Efficient Mobile Network
    Design" (CVPR 2021, arXiv 2103.02907), equations 4 to 9; the code is ``coordatt.py`` of
    github.com/houqb/CoordAttention, which has h-swish for the paper's unnamed non-linearity.

    Parameters
    ----------
    X : (..., C, H, W) ndarray
    weights : CoordinateWeights

    Raises
    ------
    ShapeError
        When the weights do not fit each other or the channels of X.
    """
    X = as_maps(X)
    weights.check(X)
    H, W = X.shape[-2:]
    pooled = np.concatenate([sum_rows(X) / W, X.mean(axis=-2)], axis=-1)  # (..., C, H + W)
    hidden = _hard_swish(_mix(pooled, weights.W1, weights.b1))  # (..., R, H + W)
    gates_rows = sigmoid(_mix(hidden[..., :H], weights.W_rows, weights.b_rows))  # (..., C, H)
    gates_columns = sigmoid(_mix(hidden[..., H:], weights.W_columns, weights.b_columns))  # (..., C, W)
    return CoordinateTrace(
        X, pooled[..., :H], pooled[..., H:], hidden[..., :H], hidden[..., H:], gates_rows, gates_columns
    )


def _gate(plane: np.ndarray, rows: np.ndarray, columns: np.ndarray, out: np.ndarray) -> None:
    np.multiply(plane, columns, out=out)
    out *= rows[:, None]


def _mix(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """W·x + b for every column of x: (..., d_in, n) -> (..., d_out, n)."""
    return W.astype(x.dtype, copy=False) @ x + b.astype(x.dtype, copy=False)[:, None]


def _hard_swish(x: np.ndarray) -> np.ndarray:
    """x · min(max(x + 3, 0), 6) / 6: Howard et al., MobileNetV3 (arXiv 1905.02244), section 5.2."""
    return x * (np.clip(x + 3, 0, 6) / 6)
