"""The mechanisms over pictures in torch, eager, as the papers' codes write them: (1, C, H, W) in and out.

Weights are those of `attention.images`, with tensors in the place of arrays.
"""

from collections.abc import Callable
from types import ModuleType


def modules(torch: ModuleType) -> dict[str, Callable]:
    """The module of every row of benchmarks/images.py, by the row's name."""
    F = torch.nn.functional

    def two_layers(w, pooled):
        return F.linear(F.relu(F.linear(pooled, w.W1, w.b1)), w.W2, w.b2)

    def gated(x, logits):
        return x * torch.sigmoid(logits)[:, :, None, None]

    def point(x, W, b):
        return F.conv2d(x, W[:, :, None, None], b)

    def se(x, w):
        return gated(x, two_layers(w, F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0]))

    def eca(x, kernel):
        pooled = F.adaptive_avg_pool2d(x, 1)[:, None, :, 0, 0]
        return gated(x, F.conv1d(pooled, kernel[None, None], padding=len(kernel) // 2)[:, 0])

    def channel(x, w):
        average, highest = F.adaptive_avg_pool2d(x, 1), F.adaptive_max_pool2d(x, 1)
        return gated(x, two_layers(w, average[:, :, 0, 0]) + two_layers(w, highest[:, :, 0, 0]))

    def spatial(x, w):
        pooled = torch.cat([x.max(1, keepdim=True).values, x.mean(1, keepdim=True)], dim=1)
        logits = F.conv2d(pooled, w.kernel, padding=w.kernel.shape[-1] // 2) * w.scale + w.bias
        return x * torch.sigmoid(logits)

    def bam(x, w):
        channels = two_layers(w.channel, F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0])
        places = F.relu(point(x, w.W_reduce, w.b_reduce))
        for kernel, bias in w.dilated:
            places = F.relu(F.conv2d(places, kernel, bias, padding=w.dilation, dilation=w.dilation))
        return x * (1 + torch.sigmoid(channels[:, :, None, None] * point(places, w.W_final, w.b_final)))

    def gather_excite(x, extent):
        if extent == 0:
            return x * torch.sigmoid(x.mean(dim=(2, 3), keepdim=True))
        gathered = F.avg_pool2d(x, 2 * extent - 1, extent, extent - 1, count_include_pad=False)
        return x * torch.sigmoid(F.interpolate(gathered, size=x.shape[-2:]))

    def simam(x):
        distances = (x - x.mean(dim=(2, 3), keepdim=True)).pow(2)
        variance = distances.sum(dim=(2, 3), keepdim=True) / (x.shape[2] * x.shape[3] - 1)
        return x * torch.sigmoid(distances / (4 * (variance + 1e-4)) + 0.5)

    def coordinate(x, w):
        height = x.shape[2]
        pooled = torch.cat([x.mean(3, keepdim=True), x.mean(2, keepdim=True).transpose(2, 3)], dim=2)
        hidden = F.hardswish(point(pooled, w.W1, w.b1))
        rows = torch.sigmoid(point(hidden[:, :, :height], w.W_rows, w.b_rows))
        columns = torch.sigmoid(point(hidden[:, :, height:].transpose(2, 3), w.W_columns, w.b_columns))
        return x * columns * rows

    def global_context(x, w):
        places = x.flatten(2)
        weights = torch.softmax(point(x, w.W_k[None], None).flatten(2), dim=-1)
        context = torch.matmul(places, weights.transpose(1, 2))[:, :, 0]
        normed = F.layer_norm(F.linear(context, w.W1, w.b1), (len(w.W1),), w.norm_weight, w.norm_bias, w.eps)
        return x + F.linear(F.relu(normed), w.W2, w.b2)[:, :, None, None]

    def non_local(x, w):
        theta, phi, g = (
            point(x, W, b).flatten(2) for W, b in ((w.W_theta, w.b_theta), (w.W_phi, w.b_phi), (w.W_g, w.b_g))
        )
        weights = torch.softmax(torch.matmul(theta.transpose(1, 2), phi), dim=-1)
        collected = torch.matmul(weights, g.transpose(1, 2)).transpose(1, 2).reshape(1, -1, *x.shape[2:])
        return x + point(collected, w.W_z, w.b_z)

    def patches(x, across):
        return F.avg_pool2d(x, x.shape[3] // across).flatten(2).transpose(1, 2)

    return {
        "SE": se,
        "ECA": eca,
        "CBAM, channel half": channel,
        "CBAM, spatial half": spatial,
        "CBAM": lambda x, w, places: spatial(channel(x, w), places),
        "BAM": bam,
        "GE, all pixels": gather_excite,
        "GE, extent 2": gather_excite,
        "SimAM": simam,
        "coordinate": coordinate,
        "global context": global_context,
        "non-local, 24 x 18": non_local,
        "patches, 32 x 24": patches,
    }
