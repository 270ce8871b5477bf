"""Every case of tests/vectors/image_vectors: numbers from timm and from the papers' own code, in float64."""

import json
from pathlib import Path

import numpy as np
import pytest

from attention import multi_head_attention
from attention.images.bam import BAMWeights, bam
from attention.images.cbam import (
    ORIGINAL,
    TIMM,
    TIMM_LIGHT,
    SpatialWeights,
    cbam,
    channel_attention,
    spatial_attention,
)
from attention.images.convolution import fold_batch_norm
from attention.images.eca import eca_kernel_size, efficient_channel_attention
from attention.images.gather_excite import gather_excite
from attention.images.global_context import GlobalContextWeights, global_context
from attention.images.non_local import NonLocalWeights, non_local
from attention.images.patches import patch_embed
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


def norm_numbers(w, norm):
    return {name: w[f"{norm}.{name}"] for name in ("weight", "bias", "running_mean", "running_var")}


def spatial(w, convolution, norm):
    numbers = {name: array.item() for name, array in norm_numbers(w, norm).items()}
    return SpatialWeights.with_batch_norm(w[f"{convolution}.weight"], **numbers)


def folded(w, layer, norm):
    """A layer with its normalisation, as (O, C) and (O,), or (O, C, k, k) and (O,) where k > 1."""
    W, b = fold_batch_norm(w[f"{layer}.weight"], w[f"{layer}.bias"], **norm_numbers(w, norm))
    return (W[:, :, 0, 0] if W.shape[2:] == (1, 1) else W), b


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


def eca_case(x, w):
    return efficient_channel_attention(x, w["conv.weight"][0, 0])


def bam_case(x, w):
    c, s = "channel_att.gate_c.gate_c_", "spatial_att.gate_s.gate_s_"
    channel = SqueezeExcitationWeights(
        *folded(w, f"{c}fc_0", f"{c}bn_1"), w[f"{c}fc_final.weight"], w[f"{c}fc_final.bias"]
    )
    dilated = tuple(folded(w, f"{s}conv_di_{i}", f"{s}bn_di_{i}") for i in range(2))
    final = w[f"{s}conv_final.weight"][:, :, 0, 0], w[f"{s}conv_final.bias"]
    return bam(x, BAMWeights(channel, *folded(w, f"{s}conv_reduce0", f"{s}bn_reduce0"), dilated, *final))


def global_context_case(x, w):
    first, second = ((w[f"mlp_scale.{fc}.weight"][:, :, 0, 0], w[f"mlp_scale.{fc}.bias"]) for fc in ("fc1", "fc2"))
    norm = w["mlp_scale.norm.weight"], w["mlp_scale.norm.bias"]
    weights = GlobalContextWeights(w["conv_attn.weight"][0, :, 0, 0], *first, *norm, *second, eps=1e-6)
    return global_context(x, weights, fusion="scale")


def non_local_case(x, w):
    inner = (w[f"{name}.{part}"].reshape(8, -1).squeeze() for name in "tpg" for part in ("weight", "bias"))
    return non_local(x, NonLocalWeights(*inner, *folded(w, "z", "norm")))


def vision_transformer_case(x, w):
    (W_Q, W_K, W_V), (b_Q, b_K, b_V) = np.split(w["qkv.weight"], 3), np.split(w["qkv.bias"], 3)
    matrices = {"W_Q": W_Q.T, "W_K": W_K.T, "W_V": W_V.T, "W_O": w["proj.weight"].T}
    return multi_head_attention(x, **matrices, b_Q=b_Q, b_K=b_K, b_V=b_V, b_O=w["proj.bias"], heads=4)


# What gives the output of each case, or a trace that has it.
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
    "timm_ECA_c16": eca_case,
    "timm_ECA_c256": eca_case,
    "timm_ECA_k3": eca_case,
    "orig_ECA_k3": eca_case,
    "orig_ECA_k5": eca_case,
    "orig_BAM_c32": bam_case,
    "timm_GE_minus_e2": lambda x, w: gather_excite(x, 2),
    "timm_GlobalContext_c32": global_context_case,
    "timm_NonLocal_c64_noscale": non_local_case,
    "timm_ViTAttention_d48_h4": vision_transformer_case,
    "timm_PatchEmbed_16x16_p4": lambda x, w: patch_embed(x, w["proj.weight"], w["proj.bias"]),
}


def load(name):
    with np.load(VECTORS / "image_vectors.npz") as arrays:
        prefix = f"{name}|w|"
        w = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
        return arrays[f"{name}|x"], w, arrays[f"{name}|y"]


def computed(name, dtype=np.float64):
    x, w, y = load(name)
    assert {key: list(array.shape) for key, array in w.items()} == CASES[name]["weights"]
    found = COMPUTED[name](x.astype(dtype), {key: array.astype(dtype) for key, array in w.items()})
    return getattr(found, "output", found), y


def test_no_case_is_dropped():
    assert set(CASES) == set(COMPUTED)


@pytest.mark.parametrize("name", COMPUTED)
def test_published_numbers(name):
    output, y = computed(name)
    assert output.dtype == np.float64
    np.testing.assert_allclose(output, y, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", COMPUTED)
def test_published_numbers_in_float32(name):
    output, y = computed(name, np.float32)
    assert output.dtype == np.float32
    np.testing.assert_allclose(output, y, rtol=0, atol=1e-4)


@pytest.mark.parametrize("name", ["timm_ECA_c16", "timm_ECA_c256"])
def test_timm_chose_these_kernel_sizes_by_the_formula(name):
    x, w, _ = load(name)
    assert w["conv.weight"].size == eca_kernel_size(x.shape[1])


@pytest.mark.parametrize("name", ["orig_CBAM_SpatialGate", "timm_CBAM_SpatialAttn"])
def test_the_order_of_the_pooled_planes_matters(name):
    """The two conventions are not the same thing: the other order is far from the published numbers."""
    x, w, y = load(name)
    prefix = "spatial." if name.startswith("orig") else "conv."
    other = TIMM if name.startswith("orig") else ORIGINAL
    output = spatial_attention(x, spatial(w, f"{prefix}conv", f"{prefix}bn"), pools=other).output
    assert np.abs(output - y).max() > 0.01
