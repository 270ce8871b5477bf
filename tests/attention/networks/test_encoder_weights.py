"""A folder that is damaged, incomplete or of another network is refused with the file's name."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from attention.networks.encoder import load_encoder
from attention.networks.encoder_weights import read_encoder_weights
from attention.sources import SourceError

TRAINED = Path(__file__).parents[3] / "assets/models/simbert-tiny-zh"
PROJECTION = "embeddings_project.weight"
QUERY = "encoder.layer.1.attention.self.query.weight"


@pytest.fixture
def folder(tmp_path):
    """A copy of the Chinese network's folder, to be damaged."""
    return Path(shutil.copytree(TRAINED, tmp_path / "network"))


def change_tensor(folder, name, change):
    path = folder / "model.safetensors"
    tensors = safetensors.numpy.load_file(path)
    tensors[name] = change(tensors[name])
    safetensors.numpy.save_file({key: t for key, t in tensors.items() if t is not None}, path)


def change_settings(folder, **settings):
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | settings))


def refused(folder, reason, file, *words):
    with pytest.raises(SourceError) as caught:
        load_encoder(folder)
    assert caught.value.reason == reason
    assert caught.value.details["file"] == str(folder / file)
    for word in (file, *words):
        assert word in str(caught.value)


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
def test_missing_file(folder, file):
    (folder / file).unlink()
    refused(folder, "missing_file", file)


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"\xff" + data[1:]]
)
def test_damaged_file(folder, file, damage):
    path = folder / file
    path.write_bytes(damage(path.read_bytes()))
    refused(folder, "damaged_file", file)


@pytest.mark.parametrize("name", [PROJECTION, QUERY, "embeddings.LayerNorm.bias"])
def test_missing_tensor(folder, name):
    change_tensor(folder, name, lambda tensor: None)
    refused(folder, "missing_tensor", "model.safetensors", name)


@pytest.mark.parametrize("dtype", [np.float64, np.int8])
def test_wrong_dtype(folder, dtype):
    change_tensor(folder, QUERY, lambda tensor: tensor.astype(dtype))
    refused(folder, "wrong_dtype", "model.safetensors", QUERY)


@pytest.mark.parametrize("change", [lambda t: t[1:].copy(), lambda t: t[None].copy(), lambda t: t.ravel()])
def test_wrong_shape(folder, change):
    change_tensor(folder, QUERY, change)
    refused(folder, "wrong_shape", "model.safetensors", QUERY, "(312, 312)")


@pytest.mark.parametrize(
    "settings",
    [
        {"hidden_size": "312"},
        {"num_hidden_layers": None},
        {"hidden_act": "gelu_new"},
        {"num_attention_heads": 7},
        {"num_attention_heads": 0},
        {"num_hidden_layers": -1},
        {"type_vocab_size": 1},
    ],
)
def test_wrong_setting(folder, settings):
    change_settings(folder, **settings)
    refused(folder, "wrong_setting", "config.json", next(iter(settings)))


def test_tokenizer_of_another_network(folder):
    shutil.copy(TRAINED.parent / "all-minilm-l6-v2/tokenizer.json", folder)
    refused(folder, "wrong_shape", "tokenizer.json", "30522", "13685")


@pytest.mark.parametrize("name", ["all-minilm-l6-v2", "simbert-tiny-zh"])
def test_a_shipped_folder_has_what_the_network_needs_and_no_more(name):
    folder = TRAINED.parent / name
    files = {path.name for path in folder.iterdir()}
    assert files == {"config.json", "tokenizer.json", "model.safetensors", "LICENSE", "NOTICE"}
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert "Changed" in (folder / "NOTICE").read_text()
    tensors = safetensors.numpy.load_file(folder / "model.safetensors")
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float16)}
    weights = read_encoder_weights(folder)
    pairs = [weights.embedding_norm, *(pair for layer in weights.layers for pair in vars(layer).values())]
    pairs += [weights.projection] if weights.projection else []
    arrays = [weights.word_vectors, weights.position_vectors, weights.second_segment]
    arrays += [array for pair in pairs for array in pair]
    first_segment = weights.second_segment.size
    assert sum(array.size for array in arrays) + first_segment == sum(t.size for t in tensors.values())


def test_segments_are_added_to_the_positions():
    weights = read_encoder_weights(TRAINED)
    tensors = safetensors.numpy.load_file(TRAINED / "model.safetensors")
    positions = tensors["embeddings.position_embeddings.weight"].astype(np.float32)
    segments = tensors["embeddings.token_type_embeddings.weight"].astype(np.float32)
    np.testing.assert_allclose(weights.position_vectors, positions + segments[0], atol=1e-7)
    np.testing.assert_allclose(weights.position_vectors + weights.second_segment, positions + segments[1], atol=1e-6)


def test_matrices_are_d_in_by_d_out():
    weights = read_encoder_weights(TRAINED)
    tensors = safetensors.numpy.load_file(TRAINED / "model.safetensors")
    W, bias = weights.layers[1].query_key_value
    assert W.shape == (312, 3 * 312)
    np.testing.assert_array_equal(W[:, :312], tensors[QUERY].T)
    np.testing.assert_array_equal(bias[:312], tensors[QUERY.replace("weight", "bias")])
    assert weights.projection[0].shape == (128, 312)
    assert [layer.inner[0].shape for layer in weights.layers] == [(312, 1248)] * 4
