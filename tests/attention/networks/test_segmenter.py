"""The person segmenter against torch running the published file, and what becomes of its masks without attention."""

from pathlib import Path

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.networks.segmenter import BLOCKS, load_segmenter

ROOT = Path(__file__).parents[3]
REFERENCE = np.load(ROOT / "tests/vectors/selfie-segmenter/pictures.npz")
ONES = dict.fromkeys(range(1, BLOCKS + 1), 1.0)


@pytest.fixture(scope="module")
def segmenter():
    return load_segmenter(ROOT / "assets/models/selfie-segmenter")


def overlap(mask, other):
    """Intersection over union of what two masks hold for a person."""
    return ((mask > 0.5) & (other > 0.5)).sum() / ((mask > 0.5) | (other > 0.5)).sum()


@pytest.mark.parametrize("i", range(5), ids=REFERENCE["pictures"])
def test_it_masks_and_gates_as_the_published_network(segmenter, i, picture):
    trace = segmenter(picture(REFERENCE["pictures"][i]))
    np.testing.assert_allclose(trace.mask, REFERENCE["masks"][i], atol=2e-3)
    for number, block in enumerate(trace.blocks, 1):
        np.testing.assert_allclose(block.own, REFERENCE[f"gates{number}"][i], atol=2e-3)


@pytest.mark.parametrize("i", range(5), ids=REFERENCE["pictures"])
def test_gates_of_one_are_the_network_without_its_multiplications(segmenter, i, picture):
    trace = segmenter(picture(REFERENCE["pictures"][i]), ONES)
    np.testing.assert_allclose(trace.mask, REFERENCE["ungated"][i], atol=2e-3)


def test_the_trace_names_every_stage(segmenter, picture):
    trace = segmenter(picture("astronaut.jpg"))
    assert trace.mask.shape == (256, 256)
    assert trace.mask.dtype == np.float32
    widths = [16, 96, 128, 128, 96, 96, 128, 24, 16, 16]
    assert [len(block.own) for block in trace.blocks] == widths
    assert [block.X.shape[-1] for block in trace.blocks] == [64, 16, 16, 16, 16, 16, 16, 32, 64, 128]
    assert all(block.own.min() >= 0 and block.own.max() <= 1 for block in trace.blocks)


def test_without_attention_the_mask_floods_the_picture(segmenter, picture):
    rgb = picture("astronaut.jpg")
    own = segmenter(rgb)
    means = {number: float(block.own.mean()) for number, block in enumerate(own.blocks, 1)}
    coffee = {number: block.own for number, block in enumerate(segmenter(picture("coffee.jpg")).blocks, 1)}
    assert (own.mask > 0.5).mean() == pytest.approx(0.55, abs=0.01)
    assert (segmenter(rgb, ONES).mask > 0.5).mean() == pytest.approx(0.97, abs=0.01)
    assert overlap(segmenter(rgb, ONES).mask, own.mask) == pytest.approx(0.56, abs=0.01)
    assert overlap(segmenter(rgb, means).mask, own.mask) == pytest.approx(0.88, abs=0.01)
    assert overlap(segmenter(rgb, coffee).mask, own.mask) == pytest.approx(0.66, abs=0.01)


def test_its_own_gates_set_from_outside_change_nothing(segmenter, picture):
    rgb = picture("astronaut.jpg")
    own = segmenter(rgb)
    again = segmenter(rgb, {number: block.own for number, block in enumerate(own.blocks, 1)})
    np.testing.assert_array_equal(again.mask, own.mask)


def test_any_shape_of_picture_is_read(segmenter):
    for shape in ((1, 1, 3), (3, 700, 3), (900, 2, 3)):
        assert np.isfinite(segmenter(np.full(shape, 200, np.uint8)).mask).all()


def test_wrong_arguments_are_refused(segmenter, picture):
    rgb = picture("shapes.png")
    with pytest.raises(ShapeError, match="picture"):
        segmenter(rgb[..., :2])
    with pytest.raises(ShapeError, match="block 7"):
        segmenter(rgb, {7: np.ones(32)})
    with pytest.raises(ValueError, match="1 to 10"):
        segmenter(rgb, {0: 1.0})
