"""TinyViT: convolutions, then blocks of self-attention in windows. A picture in, the embedding of its patches out."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from attention.dot_product import attend
from attention.networks.channels_last import convolve, depthwise
from attention.networks.layers import gelu, layer_norm, linear
from attention.networks.promptable_weights import ConvolutionSteps, TinyViTWeights, WindowBlock
from attention.trace import AttentionTrace

EPSILON = 1e-5  # of TinyViT's norms
NECK_EPSILON = 1e-6

Progress = Callable[[float], object]


@dataclass(frozen=True, eq=False)
class WindowTrace:
    """What one block's attention computed, in all windows. What is there from the start is read-only.

    Attributes
    ----------
    block : int
        Counted from 1, over all stages.
    window : int
        Patches along a window's side; n = window².
    shape : (rows, columns)
        Patches of the map, the picture and the padding that makes it square together.
    grid : (rows, columns)
        Windows. Where the last ones reach beyond the map, zeros stand there, and they are attended to as well.
    attention : AttentionTrace
        Q, K, V (windows, heads, n, d_k), the scores, the bias as its mask, and the weights; windows and the patches
        of a window row by row.
    distance_bias : (heads, window, window) ndarray
        What is added to the scaled score of two patches so many rows and columns apart.
    """

    block: int
    window: int
    shape: tuple[int, int]
    grid: tuple[int, int]
    attention: AttentionTrace = field(repr=False)
    distance_bias: np.ndarray = field(repr=False)

    @property
    def weights(self) -> np.ndarray:
        """(windows, heads, n, n) ndarray. Row: the patch that asks; column: the patch it looks at."""
        return self.attention.weights

    @property
    def heads(self) -> int:
        return len(self.distance_bias)

    def find(self, row: int, column: int) -> tuple[int, int]:
        """Which window a patch of the map is in, and its place there; all counted from 0.

        Raises
        ------
        ValueError
            If the map has no such patch.
        """
        if not (0 <= row < self.shape[0] and 0 <= column < self.shape[1]):
            raise ValueError(f"no patch ({row}, {column}): the map is {self.shape[0]} x {self.shape[1]}")
        (i, row), (j, column) = divmod(row, self.window), divmod(column, self.window)
        return i * self.grid[1] + j, row * self.window + column


def encode(weights: TinyViTWeights, pixels: np.ndarray, progress: Progress) -> tuple[np.ndarray, list[np.ndarray]]:
    """Read a picture.

    Parameters
    ----------
    weights : TinyViTWeights
    pixels : (H, W, 3) float32 ndarray
        Normalised; H and W multiples of 16.
    progress : callable
        Called with the share that is done, between blocks. What it raises ends the reading.

    Returns
    -------
    embedding : (H / 16, W / 16, d) ndarray
    entered : list of (rows, columns, C) ndarray
        What entered each block that attends, in their order.

    References
    ----------
    Wu et al., 2022, "TinyViT" (arXiv:2207.10666), section 3; numbers as in MobileSAM's tiny_vit_sam.py, whose last
    stage does not merge patches.
    """
    steps = 2 + len(weights.blocks) + sum(1 + len(blocks) for _, blocks in weights.stages)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done / steps)

    first, second = weights.stem
    X = convolve(pixels, *first, stride=2)
    X = convolve(gelu(X, out=X), *second, stride=2)
    step()
    for block in weights.blocks:
        X += _convolutions(block, X)
        gelu(X, out=X)
        step()
    entered = []
    for i, (merge, blocks) in enumerate(weights.stages):
        # The last stage is as fine as the one before it: a mask needs the detail.
        X = _convolutions(merge, X, stride=1 if i == len(weights.stages) - 1 else 2)
        step()
        for block in blocks:
            entered.append(X)
            X = _block(block, X)
            step()
    project, project_norm, mix, mix_norm = weights.neck
    X = layer_norm(X @ project, *project_norm, NECK_EPSILON)
    X = convolve(X, mix)
    layer_norm(X, *mix_norm, NECK_EPSILON, out=X)
    step()
    return X, entered


def attend_in_windows(block: WindowBlock, X: np.ndarray) -> AttentionTrace:
    """A block's attention: X (rows, columns, C) -> Q, K, V (windows, heads, n, d_k) and all that follows."""
    rows, columns, C = X.shape
    w = block.window
    i, j = window_grid(X.shape[:2], w)
    padded = np.zeros((i * w, j * w, C), X.dtype)
    padded[:rows, :columns] = X
    windows = padded.reshape(i, w, j, w, C).transpose(0, 2, 1, 3, 4).reshape(-1, C)  # (windows · n, C)
    # Zeros of the padding are normalised as well, and become the norm's bias: patches that can be looked at.
    layer_norm(windows, *block.norm, EPSILON, out=windows)
    Q, K, V = (
        linear(windows, *block.query_key_value)
        .reshape(i * j, w * w, 3, block.heads, C // block.heads)
        .transpose(2, 0, 3, 1, 4)
    )
    return attend(Q, K, V, mask=block.bias)


def window_grid(shape: tuple[int, int], window: int) -> tuple[int, int]:
    """How many windows cover a map: (rows, columns)."""
    return -(-shape[0] // window), -(-shape[1] // window)


def _block(block: WindowBlock, X: np.ndarray) -> np.ndarray:
    """Attention in windows, a convolution of each channel, a perceptron: (rows, columns, C) to the same."""
    rows, columns, C = X.shape
    i, j = window_grid(X.shape[:2], block.window)
    found = attend_in_windows(block, X).output.transpose(0, 2, 1, 3).reshape(-1, C)  # (windows · n, C)
    found = linear(found, *block.output).reshape(i, j, block.window, block.window, C)
    found = found.transpose(0, 2, 1, 3, 4).reshape(i * block.window, j * block.window, C)
    X = depthwise(X + found[:rows, :columns], *block.local)
    inner = linear(layer_norm(X, *block.mlp_norm, EPSILON), *block.inner)
    X += linear(gelu(inner, out=inner), *block.outer)
    return X


def _convolutions(steps: ConvolutionSteps, X: np.ndarray, stride: int = 1) -> np.ndarray:
    X = linear(X, *steps.widen)
    X = depthwise(gelu(X, out=X), *steps.depthwise, stride=stride)
    return linear(gelu(X, out=X), *steps.mix)
