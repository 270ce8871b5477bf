"""The engine against figures that others published: see tests/vectors/README.md."""

import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from attention import (
    additive_attention,
    alibi_bias,
    attend,
    multi_head_attention,
    rotary,
    sinusoidal_positions,
    softmax,
)

VECTORS = Path(__file__).parents[1] / "vectors"
LITERAL = json.loads((VECTORS / "literal_cases.json").read_text(encoding="utf-8"))["cases"]
EXACT = 1e-10

# The networks have their own GELU and its own test; the engine has no sparsemax.
NOT_HERE = {"gelu_tanh", "sparsemax"}


def torch_cases():
    cases: dict[str, dict] = {}
    with np.load(VECTORS / "torch_vectors.npz") as arrays:
        for name in arrays.files:
            case, _, rest = name.partition("|")
            cases.setdefault(case, {})[rest] = arrays[name]
    return cases


TORCH = torch_cases()


def cases_of(prefix):
    return [pytest.param(case, id=name) for name, case in TORCH.items() if name.startswith(prefix)]


def test_no_case_is_dropped():
    kinds = Counter(case["kind"] for case in LITERAL)
    assert sum(kinds.values()) == 54
    assert set(kinds) == set(BY_KIND) | NOT_HERE
    assert sum(kinds[kind] for kind in BY_KIND) == 52
    assert Counter(name.rstrip("0123456789") for name in TORCH) == {"sdpa": 16, "mha": 19, "enc": 8}
    assert sum(len(case) for case in TORCH.values()) == 480


# The literal cases


def zero_masked_queries(output, inputs):
    """Keras sets the output of masked queries to 0 after attention, and leaves their weights."""
    return output * inputs.get("query_mask", np.ones(len(output)))[:, None]


def from_scores(inputs, params):
    scores, V = inputs["scores"], inputs["v"]
    weights = softmax(scores, mask=inputs.get("key_mask"))
    through_attend = attend(scores, np.eye(scores.shape[-1]), V, mask=inputs.get("key_mask"), scale=1)
    np.testing.assert_allclose(through_attend.weights, weights, atol=EXACT)
    return {"weights": weights, "output": weights @ V}


def dot(inputs, params):
    V = inputs.get("v", inputs["k"])
    causal, scale = params.get("causal", False), params.get("scale", 1)
    trace = attend(inputs["q"], inputs["k"], V, mask=inputs.get("key_mask"), causal=causal, scale=scale)
    output = zero_masked_queries(trace.output, inputs)
    return {"scores": trace.scaled, "weights": trace.weights, "output": output}


def additive(inputs, params):
    V = inputs.get("v", inputs["k"])
    trace = additive_attention(inputs["q"], inputs["k"], V, v=np.array(params["vscale"]), mask=inputs.get("key_mask"))
    output = zero_masked_queries(trace.output, inputs)
    return {"scores": trace.scores, "weights": trace.weights, "output": output}


def soft(inputs, params):
    return {"y": softmax(inputs["x"], axis=params["axis"])}


def sinusoidal(inputs, params):
    return {"y": sinusoidal_positions(inputs["positions"], params["d"], base=params["base"])}


def rope_half(inputs, params):
    positions = inputs["positions"] / params["position_divisor"]
    return {"y": rotary(inputs["x"], positions, base=params["base"])}


def alibi(inputs, params):
    keys = params["keys"]
    bias = alibi_bias(params["heads"], 1, keys, offset=keys - 1, bias_max=params["bias_max"])
    return {"y": bias[:, 0]}


def encoder_layer(inputs, params):
    x = inputs["x"].swapaxes(0, 1)  # (batch, n, d)
    layer = cosine_parameters(ENCODER_PARAMETERS)
    y = encoder(x, layer, params["heads"], ACTIVATIONS[params["act"]], ignored=inputs.get("key_padding_mask"))
    return {"y": y.swapaxes(0, 1)}


def decoder_layer(inputs, params):
    x, memory = inputs["x"].swapaxes(0, 1), inputs["memory"].swapaxes(0, 1)
    layer = cosine_parameters(DECODER_PARAMETERS)
    heads, activation = params["heads"], ACTIVATIONS[params["act"]]
    attended = torch_attention(x, x, x, prefixed(layer, "self_attn."), heads, ignored=inputs.get("key_padding_mask"))
    x = layer_norm(x + attended.output, layer, "norm1")
    looked_up = torch_attention(
        x,
        memory,
        memory,
        prefixed(layer, "multihead_attn."),
        heads,
        ignored=inputs.get("memory_key_padding_mask"),
    )
    x = layer_norm(x + looked_up.output, layer, "norm2")
    y = layer_norm(x + feed_forward(x, layer, activation), layer, "norm3")
    return {"y": y.swapaxes(0, 1)}


BY_KIND = {
    "weights_from_scores": from_scores,
    "dot": dot,
    "additive": additive,
    "softmax": soft,
    "sinusoidal": sinusoidal,
    "rope_half": rope_half,
    "alibi": alibi,
    "encoder_layer": encoder_layer,
    "decoder_layer": decoder_layer,
}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in LITERAL if c["kind"] in BY_KIND])
def test_literal_case(case):
    inputs = {name: np.array(value) for name, value in case["inputs"].items()}
    found = BY_KIND[case["kind"]](inputs, case["params"])
    assert case["expected"]
    for name, expected in case["expected"].items():
        np.testing.assert_allclose(found[name], expected, rtol=0, atol=case["tol"], err_msg=name)


# PyTorch's layers, composed from the engine

ENCODER_PARAMETERS = {
    "self_attn.in_proj_weight": (12, 4),
    "self_attn.in_proj_bias": (12,),
    "self_attn.out_proj.weight": (4, 4),
    "self_attn.out_proj.bias": (4,),
    "linear1.weight": (16, 4),
    "linear1.bias": (16,),
    "linear2.weight": (4, 16),
    "linear2.bias": (4,),
    "norm1.weight": (4,),
    "norm1.bias": (4,),
    "norm2.weight": (4,),
    "norm2.bias": (4,),
}
DECODER_PARAMETERS = ENCODER_PARAMETERS | {
    "multihead_attn.in_proj_weight": (12, 4),
    "multihead_attn.in_proj_bias": (12,),
    "multihead_attn.out_proj.weight": (4, 4),
    "multihead_attn.out_proj.bias": (4,),
    "norm3.weight": (4,),
    "norm3.bias": (4,),
}
ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "gelu": lambda x: x * 0.5 * (1 + np.array([math.erf(t) for t in (x / math.sqrt(2)).flat]).reshape(x.shape)),
}
ACTIVATIONS["gelu_erf"] = ACTIVATIONS["gelu"]


def cosine_parameters(shapes):
    return {name: np.cos(np.arange(math.prod(shape))).reshape(shape) for name, shape in shapes.items()}


def prefixed(parameters, prefix):
    return {name.removeprefix(prefix): p for name, p in parameters.items() if name.startswith(prefix)}


def torch_attention(q, k, v, parameters, heads, *, ignored=None, causal=False):
    """torch.nn.MultiheadAttention, its weights transposed into this package's X @ W."""
    if "in_proj_weight" in parameters:
        W_Q, W_K, W_V = np.split(parameters["in_proj_weight"], 3)
    else:
        W_Q, W_K, W_V = (parameters[f"{x}_proj_weight"] for x in "qkv")
    bias = parameters.get("in_proj_bias")
    b_Q, b_K, b_V = (None, None, None) if bias is None else np.split(bias, 3)
    return multi_head_attention(
        *(q, k, v),
        **{"W_Q": W_Q.T, "W_K": W_K.T, "W_V": W_V.T, "W_O": parameters["out_proj.weight"].T},
        **{"b_Q": b_Q, "b_K": b_K, "b_V": b_V, "b_O": parameters.get("out_proj.bias")},
        heads=heads,
        mask=None if ignored is None else ~ignored[:, None, None, :],
        causal=causal,
    )


def layer_norm(x, layer, name):
    centred = x - x.mean(-1, keepdims=True)
    variance = np.square(centred).mean(-1, keepdims=True)
    return centred / np.sqrt(variance + 1e-5) * layer[f"{name}.weight"] + layer[f"{name}.bias"]


def feed_forward(x, layer, activation):
    hidden = activation(x @ layer["linear1.weight"].T + layer["linear1.bias"])
    return hidden @ layer["linear2.weight"].T + layer["linear2.bias"]


def encoder(x, layer, heads, activation, *, ignored=None, norm_first=False):
    def attended(x):
        return torch_attention(x, x, x, prefixed(layer, "self_attn."), heads, ignored=ignored).output

    if norm_first:
        x = x + attended(layer_norm(x, layer, "norm1"))
        return x + feed_forward(layer_norm(x, layer, "norm2"), layer, activation)
    x = layer_norm(x + attended(x), layer, "norm1")
    return layer_norm(x + feed_forward(x, layer, activation), layer, "norm2")


@pytest.mark.parametrize("case", cases_of("sdpa"))
def test_scaled_dot_product_attention_of_torch(case):
    trace = attend(
        *(case["Q"], case["K"], case["V"]),
        mask=case.get("attn_mask"),
        causal=bool(case.get("is_causal", False)),
        scale=float(case["scale"]),
    )
    np.testing.assert_allclose(trace.output, case["Y"], rtol=0, atol=EXACT)


@pytest.mark.parametrize("case", cases_of("mha"))
def test_multi_head_attention_of_torch(case):
    trace = torch_attention(
        *(case["q"], case["k"], case["v"]),
        prefixed(case, "p|"),
        int(case["heads"]),
        ignored=case["kp"],
        causal=bool(case["causal"]),
    )
    np.testing.assert_allclose(trace.output, case["y"], rtol=0, atol=EXACT)
    np.testing.assert_allclose(trace.weights, case["w"], rtol=0, atol=EXACT)


@pytest.mark.parametrize("case", cases_of("enc"))
def test_encoder_layer_of_torch(case):
    y = encoder(
        case["x"],
        prefixed(case, "p|"),
        int(case["heads"]),
        ACTIVATIONS[str(case["act"])],
        ignored=case["kp"],
        norm_first=bool(case["norm_first"]),
    )
    np.testing.assert_allclose(y, case["y"], rtol=0, atol=EXACT)
