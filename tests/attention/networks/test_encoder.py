"""The encoder against transformers, against a plain reference, and against itself."""

import math
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from attention.networks.encoder import load_encoder

ROOT = Path(__file__).parents[3]
MODELS = ROOT / "assets/models"
SENTENCE = "The animal didn't cross the street because it was too tired."
CHINESE = "小猫没有过街，因为它太累了。"
ARRAYS = ("Q", "K", "V", "weights", "hidden_states")


def reference(name, heads, ids, segments, without=(), keys_ask=(), masked=(), temperature=1.0, scale=None):
    """The forward pass in float64, head by head; a head is removed by zeros in the output projection."""
    tensors = safetensors.numpy.load_file(MODELS / name / "model.safetensors")
    tensors = {key: tensor.astype(np.float64) for key, tensor in tensors.items()}

    def linear(X, key):
        return X @ tensors[f"{key}.weight"].T + tensors[f"{key}.bias"]

    def norm(X, key):
        X = (X - X.mean(-1, keepdims=True)) / np.sqrt(X.var(-1, keepdims=True) + 1e-12)
        return X * tensors[f"{key}.weight"] + tensors[f"{key}.bias"]

    X = tensors["embeddings.word_embeddings.weight"][ids]
    X = X + tensors["embeddings.position_embeddings.weight"][: len(ids)]
    X = norm(X + tensors["embeddings.token_type_embeddings.weight"][segments], "embeddings.LayerNorm")
    if "embeddings_project.weight" in tensors:
        X = linear(X, "embeddings_project")
    d_k = X.shape[1] // heads
    scale = 1 / math.sqrt(d_k) if scale is None else scale
    slices = [slice(h * d_k, (h + 1) * d_k) for h in range(heads)]
    states, weights = [X], []
    layers = sum(key.endswith("query.weight") for key in tensors)
    for i in range(layers):
        layer = f"encoder.layer.{i}"
        Q, K, V = (linear(X, f"{layer}.attention.self.{part}") for part in ("query", "key", "value"))
        found = np.empty_like(X)
        for number, head in keys_ask:
            if number == i + 1:
                Q[:, slices[head - 1]] = K[:, slices[head - 1]]
        for part in slices:
            scores = Q[:, part] @ K[:, part].T * scale / temperature
            scores[:, list(masked)] = -np.inf
            exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
            weights.append(exponentials / exponentials.sum(axis=1, keepdims=True))
            found[:, part] = weights[-1] @ V[:, part]
        for number, head in without:
            if number == i + 1:
                tensors[f"{layer}.attention.output.dense.weight"][:, slices[head - 1]] = 0
        X = norm(X + linear(found, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        inner = linear(X, f"{layer}.intermediate.dense")
        inner *= 0.5 * np.vectorize(math.erfc)(-inner / math.sqrt(2))
        X = norm(X + linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        states.append(X)
    return np.reshape(weights, (layers, heads, len(ids), len(ids))), np.array(states)


@pytest.mark.parametrize("name", ["all-minilm-l6-v2", "simbert-tiny-zh"])
def test_numbers_are_those_of_transformers(name, english, chinese):
    encoder = {"all-minilm-l6-v2": english, "simbert-tiny-zh": chinese}[name]
    with np.load(ROOT / f"tests/vectors/encoder-{name}.npz") as vectors:
        texts = sorted(key for key in vectors if key.endswith("/text"))
        assert len(texts) >= 10
        for number in (key.removesuffix("/text") for key in texts):
            pair = str(vectors[f"{number}/pair"]) if f"{number}/pair" in vectors else None
            without = [tuple(head) for head in vectors[f"{number}/without"].tolist()]
            trace = encoder(str(vectors[f"{number}/text"]), pair, without=without)
            rows, heads = vectors[f"{number}/rows"], vectors[f"{number}/heads"]
            np.testing.assert_array_equal(trace.ids, vectors[f"{number}/ids"])
            weights = np.stack([trace.weights[layer - 1, head - 1, rows] for layer, head in heads])
            np.testing.assert_allclose(weights, vectors[f"{number}/weights"], atol=5e-5, rtol=0)
            hidden = vectors[f"{number}/hidden"]
            np.testing.assert_allclose(trace.hidden_states[-1, rows], hidden, atol=2e-4, rtol=0)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"without": [(4, 2)]},
        {"without": [(1, 1), (1, 12), (3, 5)]},
        {"keys_ask": [(1, 3), (2, 1), (2, 12)]},
        {"mask_tokens": [2]},
        {"temperature": 0.6},
        {"scale": 1.0},
        {"pair": "She didn't 等"},
        {"pair": "", "without": [(2, 7)], "mask_tokens": [0, 3], "temperature": 1.7, "scale": -0.1},
        {"pair": "It is", "without": [(2, 7)], "keys_ask": [(1, 2)], "mask_tokens": [3], "scale": 0.1},
    ],
)
@pytest.mark.parametrize("name", ["all-minilm-l6-v2", "simbert-tiny-zh"])
def test_every_change_runs_through_the_whole_network(name, changes, english, chinese):
    encoder, text = {"all-minilm-l6-v2": (english, SENTENCE), "simbert-tiny-zh": (chinese, CHINESE)}[name]
    trace = encoder(text, **changes)
    renamed = {("masked" if key == "mask_tokens" else key): changes[key] for key in changes if key != "pair"}
    weights, states = reference(name, 12, trace.ids, trace.tokens.segments, **renamed)
    np.testing.assert_allclose(trace.weights, weights, atol=5e-5, rtol=0)
    np.testing.assert_allclose(trace.hidden_states, states, atol=2e-4, rtol=0)


def test_shapes(english, chinese):
    trace, n = english(SENTENCE), 16
    assert (trace.layers, trace.heads, len(trace.tokens)) == (6, 12, n)
    assert trace.Q.shape == trace.K.shape == trace.V.shape == (6, 12, n, 32)
    assert trace.weights.shape == (6, 12, n, n)
    assert trace.hidden_states.shape == (7, n, 384)
    trace, n = chinese(CHINESE), 16
    assert trace.Q.shape == (4, 12, n, 26)
    assert trace.weights.shape == (4, 12, n, n)
    assert trace.hidden_states.shape == (5, n, 312)
    assert trace.text == CHINESE
    assert trace.offsets == trace.tokens.offsets


def test_rows_sum_to_one(english):
    np.testing.assert_allclose(english(SENTENCE).weights.sum(axis=-1), 1, atol=1e-5)


def test_arrays_are_float32_and_read_only(english):
    trace = english("Thinking Machines")
    for name in ARRAYS:
        array = getattr(trace, name)
        assert array.dtype == np.float32
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    learned = english.weights
    for array in (learned.word_vectors, learned.second_segment, *learned.layers[0].query_key_value):
        assert not array.flags.writeable


def test_one_head_in_every_stage(english):
    changes = {"mask_tokens": [2], "temperature": 2.0, "without": [(4, 2)]}
    trace = english(SENTENCE, **changes)
    head = trace.head(4, 2)
    np.testing.assert_array_equal(head.Q, trace.Q[3, 1])
    np.testing.assert_allclose(head.weights, trace.weights[3, 1], atol=1e-6)
    np.testing.assert_allclose(head.scores, trace.Q[3, 1] @ trace.K[3, 1].T, atol=1e-5)
    np.testing.assert_allclose(head.scaled, head.scores / math.sqrt(32), rtol=1e-6)
    assert (head.masked[:, 2] == -np.inf).all()
    exponentials = np.exp(head.masked.astype(np.float64) / 2)
    np.testing.assert_allclose(head.weights, exponentials / exponentials.sum(1, keepdims=True), atol=1e-6)


def test_one_head_with_another_scale(english):
    trace = english(SENTENCE, scale=1.0)
    head = trace.head(4, 2)
    assert trace.scale == head.scale == 1
    np.testing.assert_array_equal(head.scaled, head.scores)
    np.testing.assert_allclose(head.weights, trace.weights[3, 1], atol=1e-6)


def test_the_usual_scale(english, chinese):
    assert english(SENTENCE).scale == 1 / math.sqrt(32)
    assert chinese(CHINESE).scale == 1 / math.sqrt(26)
    np.testing.assert_array_equal(english(SENTENCE, scale=1 / math.sqrt(32)).weights, english(SENTENCE).weights)


def test_a_second_text_is_read_as_one(english):
    """Not as the same pieces in one text: the vectors of the segments tell the two apart."""
    pair = english("Thinking", "Machines")
    assert (pair.text, pair.pair) == ("Thinking", "Machines")
    assert english("Thinking").pair is None
    assert pair.tokens.segments.tolist() == [0, 0, 0, 1, 1]
    first = english("Thinking")
    np.testing.assert_array_equal(pair.hidden_states[0, :3], first.hidden_states[0])
    as_one = english.weights.word_vectors[pair.ids] + english.weights.position_vectors[:5]
    as_one[3:] += english.weights.second_segment
    gain, bias = english.weights.embedding_norm
    expected = (as_one - as_one.mean(-1, keepdims=True)) / as_one.std(-1, keepdims=True) * gain + bias
    np.testing.assert_allclose(pair.hidden_states[0], expected, atol=1e-4)


def test_masked_words_get_nothing_and_still_ask(english):
    weights = english(SENTENCE, mask_tokens=[2, 5]).weights
    assert (weights[..., [2, 5]] == 0).all()
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-5)


def test_everything_masked_gives_zeros_not_nan(english):
    trace = english("Thinking Machines", mask_tokens=range(4))
    assert (trace.weights == 0).all()
    assert np.isfinite(trace.hidden_states).all()


def test_a_removed_head_changes_later_layers_only(english):
    with_all, trace = english(SENTENCE), english(SENTENCE, without=[(4, 2)])
    np.testing.assert_array_equal(trace.weights[:4], with_all.weights[:4])
    np.testing.assert_array_equal(trace.hidden_states[:4], with_all.hidden_states[:4])
    assert np.abs(trace.hidden_states[4] - with_all.hidden_states[4]).max() > 0.1
    assert np.abs(trace.weights[4:] - with_all.weights[4:]).max() > 0.01


def test_where_keys_ask_the_scores_are_a_mirror_and_earlier_layers_stay(english):
    own, trace = english(SENTENCE), english(SENTENCE, keys_ask=[(4, 2)])
    mirror = trace.head(4, 2).scores
    np.testing.assert_array_equal(trace.Q[3, 1], trace.K[3, 1])
    np.testing.assert_allclose(mirror, mirror.T, atol=1e-4)
    assert np.abs(own.head(4, 2).scores - own.head(4, 2).scores.T).max() > 1
    np.testing.assert_array_equal(trace.hidden_states[:4], own.hidden_states[:4])
    assert np.abs(trace.hidden_states[4] - own.hidden_states[4]).max() > 0.1


@pytest.mark.parametrize("change", ["without", "keys_ask"])
@pytest.mark.parametrize("heads", [[(0, 1)], [(7, 1)], [(1, 0)], [(1, 13)], [(-1, 2)]])
def test_unknown_heads_are_refused(english, change, heads):
    with pytest.raises(ValueError, match="layers are 1 to 6, heads 1 to 12"):
        english(SENTENCE, **{change: heads})
    with pytest.raises(ValueError, match="layers are 1 to 6, heads 1 to 12"):
        english(SENTENCE).head(*heads[0])


@pytest.mark.parametrize("position", [-1, 16])
def test_unknown_positions_are_refused(english, position):
    with pytest.raises(ValueError, match="16 tokens"):
        english(SENTENCE, mask_tokens=[position])


@pytest.mark.parametrize("scale", [math.inf, math.nan])
def test_the_scale_must_be_finite(english, scale):
    with pytest.raises(ValueError, match="scale"):
        english(SENTENCE, scale=scale)


def test_temperature_must_be_above_zero(english):
    with pytest.raises(ValueError, match="temperature"):
        english(SENTENCE, temperature=0)


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\u200b"])
def test_nothing_to_read_is_two_special_pieces(english, text):
    trace = english(text)
    assert trace.tokens.pieces == ("[CLS]", "[SEP]")
    np.testing.assert_allclose(trace.weights.sum(axis=-1), 1, atol=1e-6)


def test_100_000_characters_are_cut_and_stay_small(english):
    text = "The quick brown fox jumps over it. " * 2858
    tracemalloc.start()
    try:
        trace = english(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(trace.tokens) == 512
    assert trace.tokens.characters_cut > 97_000
    assert sum(getattr(trace, name).nbytes for name in ARRAYS) < 100e6
    assert peak < 200e6


def test_two_threads_compute_the_same(english):
    texts = [SENTENCE, "Thinking Machines", "", "I ❤️ pizza 🍕"] * 4
    alone = [english(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(english, texts))
    for a, b in zip(alone, together, strict=True):
        assert a.tokens.pieces == b.tokens.pieces
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


def test_loading_twice_gives_the_same_network(english):
    again = load_encoder(MODELS / "all-minilm-l6-v2")
    np.testing.assert_array_equal(again(SENTENCE).weights, english(SENTENCE).weights)
