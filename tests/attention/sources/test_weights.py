"""Reading settings and tensors: what is right comes out as float32, what is wrong is refused by name."""

import numpy as np
import pytest
import safetensors.numpy

from attention.sources import SourceError
from attention.sources.weights import read_settings, read_weights

HALF = np.array([[0.1, -2, 65504], [3, 4, 6e-8]], np.float16)
SINGLE = np.array([0.1, 0.2, 0.3, 0.4], np.float32)


@pytest.fixture
def folder(tmp_path):
    tensors = {"half": HALF, "single": SINGLE, "whole": np.arange(3)}
    safetensors.numpy.save_file(tensors, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text('{"width": 7, "name": "größe", "epsilon": 1e-12, "other": null}')
    return tmp_path


def refused(reason, file, call, *arguments):
    with pytest.raises(SourceError) as caught:
        call(*arguments)
    assert caught.value.reason == reason
    assert caught.value.details["file"].endswith(file)
    assert file in str(caught.value)
    return str(caught.value)


def test_float16_becomes_float32_exactly(folder):
    tensors = read_weights(folder, {"half": (2, 3), "single": (4,)})
    assert tensors.keys() == {"half", "single"}
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(tensors["half"], HALF.astype(np.float32))
    np.testing.assert_array_equal(tensors["single"], SINGLE)


def test_tensors_are_read_only(folder):
    for tensor in read_weights(folder, {"half": (2, 3), "single": (4,)}).values():
        with pytest.raises(ValueError, match="read-only"):
            tensor[0] = 1


def test_tensors_outlive_their_file(folder):
    tensor = read_weights(folder, {"single": (4,)})["single"]
    (folder / "model.safetensors").unlink()
    np.testing.assert_array_equal(tensor, SINGLE)


def test_missing_tensor(folder):
    assert "nothing" in refused("missing_tensor", "model.safetensors", read_weights, folder, {"nothing": (1,)})


def test_wrong_dtype(folder):
    message = refused("wrong_dtype", "model.safetensors", read_weights, folder, {"whole": (3,)})
    assert "whole" in message
    assert "I64" in message


@pytest.mark.parametrize("shape", [(3, 2), (2, 3, 1), (6,), ()])
def test_wrong_shape(folder, shape):
    message = refused("wrong_shape", "model.safetensors", read_weights, folder, {"half": shape})
    assert "half" in message
    assert "(2, 3)" in message
    assert str(shape) in message


@pytest.mark.parametrize("keep", [0, 4, 60, -1])
def test_cut_short(folder, keep):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:keep])
    refused("damaged_file", "model.safetensors", read_weights, folder, {"half": (2, 3)})


def test_a_pointer_instead_of_the_file(folder):
    (folder / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\n")
    refused("damaged_file", "model.safetensors", read_weights, folder, {"half": (2, 3)})


def test_nothing_there(tmp_path):
    refused("missing_file", "model.safetensors", read_weights, tmp_path, {"half": (2, 3)})
    refused("missing_file", "config.json", read_settings, tmp_path, {})
    refused("missing_file", "config.json", read_settings, tmp_path / "nowhere", {})


def test_settings(folder):
    settings = read_settings(folder, {"width": int, "name": str, "epsilon": float})
    assert settings == {"width": 7, "name": "größe", "epsilon": 1e-12, "other": None}


@pytest.mark.parametrize("expected", [{"width": str}, {"name": int}, {"nothing": int}, {"other": float}])
def test_setting_of_the_wrong_kind(folder, expected):
    message = refused("wrong_setting", "config.json", read_settings, folder, expected)
    assert next(iter(expected)) in message


@pytest.mark.parametrize("value", ["0", "-3", "NaN"])
def test_numbers_must_be_above_zero(folder, value):
    (folder / "config.json").write_text(f'{{"width": {value}}}')
    kind = float if value == "NaN" else int
    refused("wrong_setting", "config.json", read_settings, folder, {"width": kind})


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'{"width": }'])
def test_settings_that_are_none(folder, content):
    (folder / "config.json").write_bytes(content)
    refused("damaged_file", "config.json", read_settings, folder, {})
