"""What a mechanism costs: the numbers it has to learn, and the multiplications it takes on one picture.

The rules, here and nowhere else:

- Parameters are those of the module in the paper's own code: biases where its layers have them, two numbers a
  channel for each batch or layer normalisation, learned numbers only (no running means and variances).
- A multiply-add is one product, whether it is summed with others or stands alone. A layer R -> C takes R·C of them
  at each place, a k x k kernel k² a plane and pixel, zeros around the picture included; a mask that multiplies
  the maps takes one for each number of the maps.
- Not counted: additions and comparisons without a product (pooling, ReLU, residual sums), a division or a
  normalisation that folds into the layer before it, biases, and the functions applied to each number (sigmoid,
  softmax, h-swish).

Letters are those of `attention.images`: C channels, H rows, W columns, R hidden units, k side of a kernel.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """parameters : numbers to learn; multiply_adds : products on one picture. Costs of parts add up."""

    parameters: int
    multiply_adds: int

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.parameters + other.parameters, self.multiply_adds + other.multiply_adds)


def squeeze_excitation_cost(C: int, H: int, W: int, *, R: int, biases: bool = True) -> Cost:
    """Two layers C -> R -> C once a picture. The paper's equation has no biases, timm's SEModule has."""
    return Cost(_bottleneck_parameters(C, R, biases), 2 * C * R + C * H * W)


def eca_cost(C: int, H: int, W: int, *, k: int) -> Cost:
    """One kernel of k numbers without a bias, slid along C averages."""
    return Cost(k, k * C + C * H * W)


def gather_excite_cost(C: int, H: int, W: int) -> Cost:
    """GE-theta-minus learns nothing: averages, and a gate for each number."""
    return Cost(0, C * H * W)


def channel_attention_cost(C: int, H: int, W: int, *, R: int, paths: int = 2) -> Cost:
    """CBAM's channel half: the layers of squeeze-and-excitation with biases, once for each pool."""
    return Cost(_bottleneck_parameters(C, R), paths * 2 * C * R + C * H * W)


def spatial_attention_cost(C: int, H: int, W: int, *, k: int = 7, planes: int = 2) -> Cost:
    """CBAM's spatial half: one kernel over the pooled planes without a bias, and a batch normalisation."""
    return Cost(planes * k * k + 2, planes * k * k * H * W + C * H * W)


def cbam_cost(C: int, H: int, W: int, *, R: int, k: int = 7) -> Cost:
    """Both halves, in whatever order."""
    return channel_attention_cost(C, H, W, R=R) + spatial_attention_cost(C, H, W, k=k)


def bam_cost(C: int, H: int, W: int, *, R: int, S: int | None = None, k: int = 3, layers: int = 2) -> Cost:
    """Channel branch C -> R -> C; spatial branch C -> S, `layers` dilated S -> S, S -> 1; S is R in the paper.

    All layers have biases; the hidden one of the channel branch and all but the last of the spatial branch have a
    batch normalisation. Two products for each number of the maps: branch by branch, and attention by maps.
    """
    S = R if S is None else S
    reduce, dilated, final = C * S, k * k * S * S, S
    channel = Cost(_bottleneck_parameters(C, R) + 2 * R, 2 * C * R)
    spatial = Cost(
        (reduce + S + 2 * S) + layers * (dilated + S + 2 * S) + (final + 1),
        (reduce + layers * dilated + final) * H * W,
    )
    return channel + spatial + Cost(0, 2 * C * H * W)


def simam_cost(C: int, H: int, W: int) -> Cost:
    """Nothing to learn: a square, a scaling by the channel's variance, and the mask, for each number of the maps."""
    return Cost(0, 3 * C * H * W)


def coordinate_cost(C: int, H: int, W: int, *, R: int) -> Cost:
    """C -> R shared by H rows and W columns, with a batch normalisation, and R -> C for either; all with biases.

    Two products for each number of the maps: by the gate of its row and by that of its column.
    """
    parameters = (C * R + R + 2 * R) + 2 * (R * C + C)
    return Cost(parameters, 2 * C * R * (H + W) + 2 * C * H * W)


def non_local_cost(C: int, n: int, *, D: int) -> Cost:
    """Over n places: theta, phi and g, C -> D, and W_z, D -> C, all with biases, W_z with a batch normalisation.

    Scores and weighted sums take n²·D products each; the sum with the maps takes none.
    """
    parameters = 3 * (C * D + D) + (D * C + C + 2 * C)
    return Cost(parameters, 4 * C * D * n + 2 * n * n * D)


def patches_cost(C: int, n: int) -> Cost:
    """softmax(QKᵀ/√d)V of n patches whose vectors are Q, K and V themselves: nothing to learn."""
    return Cost(0, 2 * n * n * C)


def _bottleneck_parameters(C: int, R: int, biases: bool = True) -> int:
    return 2 * C * R + (R + C if biases else 0)
