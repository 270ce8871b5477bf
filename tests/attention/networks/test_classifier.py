"""The ImageNet classifier against onnxruntime, and what becomes of its answers without attention."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.networks.classifier import BLOCKS, load_classifier
from attention.sources import SourceError

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "assets/models/pp-lcnetv2"
REFERENCE = np.load(ROOT / "tests/vectors/pp-lcnetv2/pictures.npz")
ONES = dict.fromkeys(range(1, BLOCKS + 1), 1.0)


def first(classifier, trace):
    best = int(trace.probabilities.argmax())
    return classifier.labels[best], round(float(trace.probabilities[best]), 2)


@pytest.mark.parametrize("i", range(5), ids=REFERENCE["pictures"])
def test_it_answers_and_gates_as_the_published_network(classifier, i, picture):
    trace = classifier(picture(REFERENCE["pictures"][i]))
    np.testing.assert_allclose(trace.probabilities, REFERENCE["probabilities"][i], atol=2e-3)
    for number, block in enumerate(trace.blocks, 1):
        np.testing.assert_allclose(block.own, REFERENCE[f"gates{number}"][i], atol=2e-3)


@pytest.mark.parametrize("i", range(5), ids=REFERENCE["pictures"])
def test_gates_of_one_are_the_network_without_its_multiplications(classifier, i, picture):
    trace = classifier(picture(REFERENCE["pictures"][i]), ONES)
    np.testing.assert_allclose(trace.probabilities, REFERENCE["ungated"][i], atol=2e-3)


def test_the_trace_names_every_stage(classifier, picture):
    trace = classifier(picture("coffee.jpg"))
    assert [block.X.shape for block in trace.blocks] == [(256, 14, 14)] + [(512, 14, 14)] * 5
    assert [block.hidden.shape for block in trace.blocks] == [(64,)] + [(128,)] * 5
    assert trace.features.shape == (1024, 7, 7)
    assert trace.hidden.shape == (1280,)
    assert trace.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert len(classifier.labels) == len(trace.logits) == 1000
    assert all(array.dtype == np.float32 for array in (trace.features, trace.logits, trace.probabilities))


def test_without_attention_the_espresso_is_an_ipod_and_the_cat_a_rabbit(classifier, picture):
    coffee, cat = picture("coffee.jpg"), picture("cat.jpg")
    assert first(classifier, classifier(coffee)) == ("espresso", 0.86)
    assert first(classifier, classifier(coffee, ONES)) == ("iPod", 1.0)
    assert first(classifier, classifier(cat)) == ("Egyptian cat", 0.72)
    assert first(classifier, classifier(cat, ONES)) == ("wood rabbit, cottontail, cottontail rabbit", 1.0)


def test_its_own_gates_set_from_outside_change_nothing(classifier, picture):
    rgb = picture("cat.jpg")
    own = classifier(rgb)
    again = classifier(rgb, {number: block.own for number, block in enumerate(own.blocks, 1)})
    np.testing.assert_array_equal(again.logits, own.logits)


def test_one_block_changes_only_what_comes_behind_it(classifier, picture):
    rgb = picture("cat.jpg")
    own, changed = classifier(rgb), classifier(rgb, {3: 1.0})
    for number in (1, 2, 3):
        np.testing.assert_array_equal(changed.blocks[number - 1].own, own.blocks[number - 1].own)
    assert np.abs(changed.blocks[3].own - own.blocks[3].own).max() > 0.01


def test_any_shape_of_picture_is_read(classifier):
    for shape in ((1, 1, 3), (3, 700, 3), (900, 2, 3)):
        assert np.isfinite(classifier(np.full(shape, 200, np.uint8)).logits).all()


def test_wrong_arguments_are_refused(classifier, picture):
    rgb = picture("shapes.png")
    with pytest.raises(ShapeError, match="picture"):
        classifier(rgb[..., 0])
    with pytest.raises(ShapeError, match="block 1"):
        classifier(rgb, {1: np.ones(512)})
    with pytest.raises(ValueError, match="1 to 6"):
        classifier(rgb, {7: 1.0})


def test_a_folder_without_its_labels_is_refused(tmp_path):
    for name in ("config.json", "model.safetensors"):
        shutil.copy(FOLDER / name, tmp_path)
    with pytest.raises(SourceError, match=r"labels\.txt"):
        load_classifier(tmp_path)
    (tmp_path / "labels.txt").write_text("cat\n")
    with pytest.raises(SourceError, match="1 labels, expected 1000"):
        load_classifier(tmp_path)
