"""The 7x7 convolution of spatial attention (2 planes -> 1) on a photograph of 12 megapixels."""

import numpy as np

from attention.images.convolution import convolve
from benchmarks.timing import Row, compare, load_torch

HEIGHT, WIDTH, PLANES, SIDE = 3000, 4000, 2, 7


def run() -> list[Row]:
    chance = np.random.default_rng(0)
    X = chance.standard_normal((PLANES, HEIGHT, WIDTH), dtype=np.float32)
    kernel = chance.standard_normal((1, PLANES, SIDE, SIDE), dtype=np.float32)

    def ours() -> np.ndarray:
        return convolve(X, kernel)

    peer = None
    if torch := load_torch():
        planes, weight = torch.from_numpy(X)[None], torch.from_numpy(kernel)

        def peer() -> object:
            return torch.nn.functional.conv2d(planes, weight, padding=SIDE // 2)

        np.testing.assert_allclose(ours(), peer()[0, 0].numpy(), atol=1e-4)
    return [compare("7x7 convolution, 12 megapixels, 2 -> 1 planes, float32", ours, peer, goal=0.4)]
