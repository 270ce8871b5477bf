"""Every case of tests/vectors/image_vectors: numbers from timm and from the papers' own code, in float64.

Each case is either computed here or listed under `NOT_HERE` with the mechanism it belongs to; a case that is
in neither list fails.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from attention.images.cbam import (
    ORIGINAL,
    TIMM,
    TIMM_LIGHT,
    SpatialWeights,
    cbam,
    channel_attention,
    spatial_attention,
)
from attention.images.squeeze_excitation import (
    SqueezeExcitationWeights,
    effective_squeeze_excitation,
    squeeze_excitation,
)

VECTORS = Path(__file__).parents[2] / "vectors"
CASES = {case["name"]: case for case in json.loads((VECTORS / "image_vectors.json").read_text())["cases"]}


def layers(w, first, second):
    """Two linear layers, stored as (R, C) or as 1x1 convolutions (R, C, 1, 1), with or without biases."""
    W1, W2 = (w[f"{name}.weight"].reshape(w[f"{name}.weight"].shape[:2]) for name in (first, second))
    return SqueezeExcitationWeights(W1, w.get(f"{first}.bias"), W2, w.get(f"{second}.bias"))


def spatial(w, convolution, norm):
    names = ("weight", "bias", "running_mean", "running_var")
    return SpatialWeights.with_batch_norm(
        w[f"{convolution}.weight"], **{name: w[f"{norm}.{name}"].item() for name in names}
    )


def original_gate(w, prefix=""):
    return layers(w, f"{prefix}mlp.1", f"{prefix}mlp.3")


def squeeze_excitation_case(first, second):
    return lambda x, w: squeeze_excitation(x, layers(w, first, second))


def timm_cbam(**pools):
    return lambda x, w: cbam(
        x,
        layers(w, "channel.fc1", "channel.fc2"),
        spatial(w, "spatial.conv.conv", "spatial.conv.bn"),
        **pools,
    )


COMPUTED = {
    "timm_SEModule_c40_rd8": squeeze_excitation_case("fc1", "fc2"),
    "orig_SE_c64": squeeze_excitation_case("fc.0", "fc.2"),
    "orig_SE_c40_r16": squeeze_excitation_case("fc.0", "fc.2"),
    "timm_EffectiveSE_c32": lambda x, w: effective_squeeze_excitation(x, w["fc.weight"][:, :, 0, 0], w["fc.bias"]),
    "timm_CBAM_c32": timm_cbam(spatial_pools=TIMM),
    "timm_LightCBAM_c32": timm_cbam(channel_pools=("midpoint",), spatial_pools=TIMM_LIGHT),
    "timm_CBAM_SpatialAttn": lambda x, w: spatial_attention(x, spatial(w, "conv.conv", "conv.bn"), pools=TIMM),
    "orig_CBAM_c32": lambda x, w: cbam(
        x,
        original_gate(w, "ChannelGate."),
        spatial(w, "SpatialGate.spatial.conv", "SpatialGate.spatial.bn"),
    ),
    "orig_CBAM_c48_r8_nospatial": lambda x, w: channel_attention(x, original_gate(w, "ChannelGate.")),
    "orig_CBAM_SpatialGate": lambda x, w: spatial_attention(
        x, spatial(w, "spatial.conv", "spatial.bn"), pools=ORIGINAL
    ),
    "orig_CBAM_Channel_lse_lp": lambda x, w: channel_attention(x, original_gate(w), pools=("avg", "max", "lse", "lp")),
}
NOT_HERE = {
    "efficient channel attention": {
        "timm_ECA_c16",
        "timm_ECA_c256",
        "timm_ECA_k3",
        "orig_ECA_k3",
        "orig_ECA_k5",
    },
    "bottleneck attention": {"orig_BAM_c32"},
    "gather-excite": {"timm_GE_minus_e2"},
    "global context": {"timm_GlobalContext_c32"},
    "non-local": {"timm_NonLocal_c64_noscale"},
    "vision transformer": {"timm_ViTAttention_d48_h4", "timm_PatchEmbed_16x16_p4"},
}


def load(name):
    with np.load(VECTORS / "image_vectors.npz") as arrays:
        prefix = f"{name}|w|"
        w = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
        return arrays[f"{name}|x"], w, arrays[f"{name}|y"]


def test_no_case_is_dropped():
    elsewhere = set().union(*NOT_HERE.values())
    assert set(CASES) == set(COMPUTED) | elsewhere
    assert not set(COMPUTED) & elsewhere


@pytest.mark.parametrize("name", COMPUTED)
def test_published_numbers(name):
    x, w, y = load(name)
    assert {key: list(array.shape) for key, array in w.items()} == CASES[name]["weights"]
    output = COMPUTED[name](x, w).output
    assert output.dtype == np.float64
    np.testing.assert_allclose(output, y, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", ["orig_CBAM_SpatialGate", "timm_CBAM_SpatialAttn"])
def test_the_order_of_the_pooled_planes_matters(name):
    """The two conventions are not the same thing: the other order is far from the published numbers."""
    x, w, y = load(name)
    prefix = "spatial." if name.startswith("orig") else "conv."
    other = TIMM if name.startswith("orig") else ORIGINAL
    output = spatial_attention(x, spatial(w, f"{prefix}conv", f"{prefix}bn"), pools=other).output
    assert np.abs(output - y).max() > 0.01
