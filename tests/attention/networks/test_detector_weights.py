"""A detector's folder that is damaged, incomplete or of another network is refused with the file's name."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from attention.networks.detector import load_detector
from attention.networks.detector_weights import BACKBONE, read_detector_weights
from attention.sources import SourceError

TRAINED = Path(__file__).parents[3] / "assets/models/picodet"
DISTANCES = "head.32.distances.weight"


@pytest.fixture
def folder(tmp_path):
    """A copy of the network's folder, to be damaged."""
    return Path(shutil.copytree(TRAINED, tmp_path / "network"))


def change_settings(folder, **settings):
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | settings))


def refused(folder, reason, *words):
    with pytest.raises(SourceError) as caught:
        load_detector(folder)
    assert caught.value.reason == reason
    for word in words:
        assert word in str(caught.value)


def test_has_the_gates_where_the_backbone_says():
    weights = read_detector_weights(TRAINED)
    assert [block.gate is not None for block in weights.backbone] == [hidden > 0 for *_, hidden in BACKBONE]
    assert np.prod([block.stride for block in weights.backbone]) == 16  # and 2 of the stem: stride 32
    assert not weights.stem[0].flags.writeable


@pytest.mark.parametrize("file", ["config.json", "model.safetensors"])
def test_missing_file(folder, file):
    (folder / file).unlink()
    refused(folder, "missing_file", file)


@pytest.mark.parametrize("file", ["config.json", "model.safetensors"])
def test_damaged_file(folder, file):
    path = folder / file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    refused(folder, "damaged_file", file)


def test_missing_tensor(folder):
    path = folder / "model.safetensors"
    tensors = safetensors.numpy.load_file(path)
    del tensors[DISTANCES]
    safetensors.numpy.save_file(tensors, path)
    refused(folder, "missing_tensor", DISTANCES)


def test_settings_of_another_network_do_not_fit(folder):
    change_settings(folder, bins=16)
    refused(folder, "wrong_shape", "distances")


@pytest.mark.parametrize(
    "settings", [{"input_size": 400}, {"labels": []}, {"labels": ["cat", 3]}, {"bins": "8"}, {"iou_threshold": 0.0}]
)
def test_settings_that_make_no_sense(folder, settings):
    change_settings(folder, **settings)
    refused(folder, "wrong_setting", "config.json")
