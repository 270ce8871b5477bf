"""MobileSAM reading a picture and answering a click, against the same operations in torch, eager.

Both keep what the pages show: of the encoder what enters each block, of the decoder all its attention weights.
"""

from functools import partial
from pathlib import Path

import numpy as np

from attention.networks.promptable import load_promptable
from attention.networks.prompts import embed_prompts, grid_positions
from attention.sources.images import read_image
from benchmarks.networks import GOAL, in_onnxruntime
from benchmarks.timing import Row, compare, load_torch

ROOT = Path(__file__).parents[1]
CLICK = (150, 250)


def run() -> list[Row]:
    torch = load_torch()
    sam = load_promptable(ROOT / "assets/models/mobile-sam")
    rgb = read_image((ROOT / "assets/images/coffee.jpg").read_bytes()).rgb
    theirs = None if torch is None else _Torch(torch, sam.weights)
    rows = []
    for size in (512, 1024):
        read = partial(sam.read, rgb, size)
        picture = read()
        click = partial(picture.attend, [CLICK], [1])
        peer_read = peer_click = None
        if theirs is not None:
            peer_read = partial(theirs.read, rgb, size)
            peer_click = partial(theirs.attend, picture)
            np.testing.assert_allclose(picture.embedding, peer_read().numpy(), atol=1e-2)
            masks, _, weights = peer_click()
            trace = click()
            np.testing.assert_allclose(trace.masks, masks.numpy(), atol=1e-2)
            np.testing.assert_allclose(trace.decoded.token_to_image[2].weights, weights[-1].numpy(), atol=1e-4)
        rows.append(compare(f"MobileSAM, reading at {size}", read, peer_read, goal=GOAL))
        if theirs is not None and (peer := theirs.in_onnxruntime(rgb, size)) is not None:
            np.testing.assert_allclose(picture.embedding, peer()[0][0], atol=1e-2)
            rows.append(compare(f"MobileSAM, reading at {size}, onnxruntime", read, peer))
        rows.append(compare(f"MobileSAM, a click at {size}", click, peer_click, goal=GOAL))
    return rows


class _Torch:
    """MobileSAM in torch's functions, its weights in torch's order; maps are (1, C, H, W), rows (n, C)."""

    def __init__(self, torch, weights):
        self.torch, self.F = torch, torch.nn.functional
        self.weights, self.arranged = weights, {}

    def _of(self, array, arrange=lambda tensor: tensor):
        """An array of the weights as a tensor, arranged once."""
        if id(array) not in self.arranged:
            tensor = self.torch.from_numpy(array.copy())
            self.arranged[id(array)] = arrange(tensor).contiguous()
        return self.arranged[id(array)]

    def _convolve(self, X, W, bias=None, stride=1, side=3):
        W = self._of(W, lambda W: W.reshape(side, side, -1, W.shape[1]).permute(3, 2, 0, 1))
        return self.F.conv2d(X, W, None if bias is None else self._of(bias), stride, side // 2)

    def _depthwise(self, X, W, bias, stride=1):
        W = self._of(W, lambda W: W.T.reshape(-1, 1, 3, 3))
        return self.F.conv2d(X, W, self._of(bias), stride, 1, groups=len(W))

    def _linear(self, X, W, bias):
        return self.F.linear(X, self._of(W, lambda W: W.T), self._of(bias))

    def _norm(self, X, gain, bias, epsilon=1e-5):
        return self.F.layer_norm(X, X.shape[-1:], self._of(gain), self._of(bias), epsilon)

    def _norm_maps(self, X, pair):
        return self._norm(X.permute(0, 2, 3, 1), *pair, 1e-6).permute(0, 3, 1, 2)

    def _steps(self, steps, X, stride=1):
        X = self.F.gelu(self._convolve(X, *steps.widen, side=1))
        X = self.F.gelu(self._depthwise(X, *steps.depthwise, stride))
        return self._convolve(X, *steps.mix, side=1)

    def in_onnxruntime(self, rgb, size):
        """The encoder there, its picture resized beforehand; None where it is not installed."""
        module = self.torch.nn.Module()
        module.forward = self.encode
        return in_onnxruntime(self.torch, module, self.resized(rgb, size))

    def read(self, rgb, size):
        return self.encode(self.resized(rgb, size))[0]

    def resized(self, rgb, size):
        F = self.F
        height, width = (int(side * size / max(rgb.shape) + 0.5) for side in rgb.shape[:2])
        X = self.torch.from_numpy(rgb.copy()).permute(2, 0, 1)[None].float()
        X = F.interpolate(X, (height, width), mode="bilinear", antialias=True)
        mean, deviation = (
            self._of(part)[:, None, None] for part in (self.weights.pixel_mean, self.weights.pixel_deviation)
        )
        return F.pad((X - mean) / deviation, (0, size - width, 0, size - height))

    def encode(self, X):
        F, weights = self.F, self.weights.encoder
        X = self._convolve(F.gelu(self._convolve(X, *weights.stem[0], 2)), *weights.stem[1], 2)
        for block in weights.blocks:
            X = F.gelu(X + self._steps(block, X))
        entered = []
        for i, (merge, blocks) in enumerate(weights.stages):
            X = self._steps(merge, X, 1 if i == len(weights.stages) - 1 else 2)
            for block in blocks:
                entered.append(X)
                X = self._block(block, X)
        project, project_norm, mix, mix_norm = weights.neck
        X = self._norm_maps(self._convolve(X, project, side=1), project_norm)
        return self._norm_maps(self._convolve(X, mix), mix_norm)

    def _block(self, block, X):
        C, rows, columns = map(int, X.shape[1:])  # numbers also while it is exported
        w, heads = block.window, block.heads
        i, j = -(-rows // w), -(-columns // w)
        windows = self.F.pad(X.permute(0, 2, 3, 1), (0, 0, 0, j * w - columns, 0, i * w - rows))
        windows = windows.view(i, w, j, w, C).transpose(1, 2).reshape(i * j, w * w, C)
        projected = self._linear(self._norm(windows, *block.norm), *block.query_key_value)
        Q, K, V = projected.view(i * j, w * w, 3, heads, -1).permute(2, 0, 3, 1, 4)
        scores = Q @ K.transpose(-1, -2) * Q.shape[-1] ** -0.5 + self._of(block.bias)
        found = (self.torch.softmax(scores, dim=-1) @ V).transpose(1, 2).reshape(i * j, w * w, C)
        found = self._linear(found, *block.output).view(i, j, w, w, C).transpose(1, 2)
        found = found.reshape(i * w, j * w, C)[:rows, :columns].permute(2, 0, 1)
        X = self._depthwise(X + found, *block.local)
        rows_of = X.permute(0, 2, 3, 1)
        inner = self.F.gelu(self._linear(self._norm(rows_of, *block.mlp_norm), *block.inner))
        return X + self._linear(inner, *block.outer).permute(0, 3, 1, 2)

    def attend(self, picture):
        """A click; its tokens come from our own prompt encoder, which is a few sines."""
        weights, kept = self.weights.decoder, []
        prompts, _ = embed_prompts(self.weights.prompts, picture.frame.shares([CLICK]), [1], None)
        embedding = self.torch.from_numpy(np.ascontiguousarray(picture.embedding))
        positions = self.torch.from_numpy(grid_positions(self.weights.prompts, embedding.shape[-1]))
        X = embedding.flatten(1).T + self._of(self.weights.prompts.no_mask)
        asked = self.torch.cat([self._of(weights.own_tokens), self.torch.from_numpy(prompts)])

        def attention(part, queries, keys, values):
            pairs = ((queries, part.query), (keys, part.key), (values, part.value))
            Q, K, V = (self._linear(X, *pair).view(len(X), weights.heads, -1).transpose(0, 1) for X, pair in pairs)
            kept.append(self.torch.softmax(Q @ K.transpose(-1, -2) / Q.shape[-1] ** 0.5, dim=-1))
            return self._linear((kept[-1] @ V).transpose(0, 1).reshape(len(queries), -1), *part.output)

        tokens = asked
        for i, layer in enumerate(weights.layers):
            own, there, back = layer.token_to_token, layer.token_to_image, layer.image_to_token
            added, before = (asked, tokens) if i else (0, 0)
            found = attention(own, tokens + added, tokens + added, tokens)
            tokens = self._norm(before + found, *own.norm)
            tokens = self._norm(tokens + attention(there, tokens + asked, X + positions, X), *there.norm)
            inner = self.F.relu(self._linear(tokens, *layer.inner))
            tokens = self._norm(tokens + self._linear(inner, *layer.outer), *layer.mlp_norm)
            X = self._norm(X + attention(back, X + positions, tokens + asked, tokens), *back.norm)
        final = weights.final
        tokens = self._norm(tokens + attention(final, tokens + asked, X + positions, X), *final.norm)

        def perceptron(layers, X):
            for i, (W, bias) in enumerate(layers):
                X = X @ self._of(W) + self._of(bias)
                X = self.F.relu(X) if i < 2 else X
            return X

        def enlarged(X, W, bias):
            W = self._of(W, lambda W: W.reshape(len(W), 2, 2, -1).permute(0, 3, 1, 2))
            return self.F.conv_transpose2d(X, W, self._of(bias), 2)

        g = embedding.shape[-1]
        first, norm, second = weights.upscale
        X = self.F.gelu(self._norm_maps(enlarged(X.T.reshape(1, -1, g, g), *first), norm))
        X = self.F.gelu(enlarged(X, *second))[0]
        vectors = perceptron(weights.masks, tokens[1:5, None])[:, 0]
        masks = (vectors @ X.flatten(1)).view(-1, 4 * g, 4 * g)
        return masks, perceptron(weights.quality, tokens[0]), kept
