"""MobileSAM against its own source in torch (tests/vectors/mobile-sam), and against itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.networks.promptable import load_promptable
from attention.networks.promptable_trace import Frame
from attention.sources import SourceError
from attention.sources.images import read_image

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests/vectors/mobile-sam").glob("*.npz"))


@pytest.fixture(scope="module")
def sam():
    return load_promptable(ROOT / "assets/models/mobile-sam")


@pytest.fixture(scope="module")
def cat():
    return read_image((ROOT / "assets/images/cat.jpg").read_bytes()).rgb


@pytest.fixture(scope="module")
def read(sam, cat):
    return sam.read(cat, 256)


def overlap(a, b):
    return (a & b).sum() / (a | b).sum()


def unpacked(bits, shape):
    return np.unpackbits(bits, count=np.prod(shape)).reshape(shape).astype(bool)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_the_original_computes(sam, path):
    case = np.load(path)
    rgb = read_image((ROOT / "assets/images" / str(case["picture"])).read_bytes()).rgb
    picture = sam.read(rgb, int(case["size"]))
    np.testing.assert_allclose(picture.embedding[::8], case["embedding"], atol=5e-3)
    for name in (name for name in case.files if name.endswith("/weights")):
        block = int(name.split("/")[1])
        windows, rows = (case[f"windows/{block}/{part}"] for part in ("windows", "rows"))
        weights = picture.windows(block).weights[windows][:, :, rows]
        np.testing.assert_allclose(weights, case[name], atol=5e-3)

    trace = picture.attend(case["points"], case["labels"], case.get("box"))
    np.testing.assert_allclose(trace.qualities, case["qualities"], atol=2e-3)
    assert trace.best == case["best"]
    for mask, theirs in zip(trace.masks > 0, unpacked(case["masks"], trace.masks.shape), strict=True):
        assert overlap(mask, theirs) >= 0.98
    chosen = trace.logits(trace.best) > 0
    assert chosen.shape == rgb.shape[:2]
    assert overlap(chosen, unpacked(case["chosen"], chosen.shape)) >= 0.98

    layers, heads, _, g, _ = trace.to_picture.shape
    looked = trace.to_picture[:, :, case["asking"]].reshape(layers, heads, -1, g * g)
    np.testing.assert_allclose(looked, case["to_picture"], atol=5e-3)
    answered = trace.from_picture.reshape(layers - 1, heads, g * g, -1)[:, :, ::16]
    np.testing.assert_allclose(answered, case["from_picture"], atol=5e-3)


def test_a_click_on_the_cat_finds_the_cat(read, cat):
    trace = read.attend([(150, 190)], [1])
    assert trace.tokens == ("quality", "mask_0", "mask_1", "mask_2", "mask_3", "this", "no_point")
    inside = trace.logits(trace.best) > 0
    assert inside[150, 190]
    assert not inside[20, 20]
    assert trace.masks.shape == (4, 64, 64)
    assert trace.to_picture.shape == (3, 8, 7, 16, 16)
    assert trace.from_picture.shape == (2, 8, 16, 16, 7)
    np.testing.assert_allclose(trace.to_picture.sum(axis=(-2, -1)), 1, atol=1e-5)
    np.testing.assert_allclose(trace.from_picture.sum(axis=-1), 1, atol=1e-5)
    assert trace.logits(0, (30, 45)).shape == (30, 45)


def test_of_a_single_click_the_best_of_three_is_shown_else_mask_0(read):
    one = read.attend([(150, 190)], [1])
    assert one.best == 1 + one.qualities[1:].argmax()
    two = read.attend([(150, 190), (20, 20)], [1, 0])
    assert two.best == 0
    assert two.tokens[5:] == ("this", "not_this", "no_point")
    boxed = read.attend([], [], [10, 20, 280, 400])
    assert boxed.best == 0
    assert boxed.tokens[5:] == ("top_left", "bottom_right")


def test_a_click_that_says_not_this_takes_away(read):
    before = read.attend([(150, 190)], [1])
    after = read.attend([(150, 190), (60, 120)], [1, 0])
    assert before.logits(before.best)[60, 120] > after.logits(after.best)[60, 120]


def test_progress_is_told_between_blocks_and_can_end_the_reading(sam, cat):
    told = []
    sam.read(cat, 64, told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 10

    class LeftError(Exception):
        pass

    def leave(share):
        if share > 0.4:
            raise LeftError

    with pytest.raises(LeftError):
        sam.read(cat, 64, leave)


def test_nothing_that_is_kept_can_be_changed_and_threads_agree(sam, cat):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: sam.read(cat, 64), range(2))
    np.testing.assert_array_equal(first.embedding, second.embedding)
    windows = first.windows(1)
    for X in (first.embedding, *first.entered, windows.weights, windows.attention.Q, windows.distance_bias):
        with pytest.raises(ValueError, match="read-only"):
            X[...] = 0


def test_it_tells_the_bytes_it_holds(read):
    assert read.nbytes == sum(X.nbytes for X in read.entered) + 2 * read.embedding.nbytes
    assert read.blocks == 10


def test_pictures_of_any_shape_are_read(sam):
    for shape in ((1, 1), (3, 500), (500, 3)):
        picture = sam.read(np.full((*shape, 3), 99, np.uint8), 64)
        trace = picture.attend([(0, 0)], [1])
        assert trace.logits(trace.best).shape == shape
        assert picture.frame.over_picture(trace.to_picture).shape == (3, 8, 7, *shape)


def test_the_picture_lies_at_the_top_left_of_the_square():
    frame = Frame((300, 600), 512)
    assert frame.fitted == (256, 512)
    assert frame.patches == (16, 32)
    np.testing.assert_allclose(frame.shares([(0, 0), (150, 300)]) * 512 - 0.5, [(0, 0), (128, 256)])
    cells = np.arange(32)[:, None] * 100 + np.arange(32)
    over = frame.over_picture(cells)
    assert over.shape == (300, 600)
    assert over[0, 0] == 0
    assert over[299, 599] == 1531
    assert over[150, 300] == 816
    np.testing.assert_array_equal(frame.over_picture(cells, (16, 32)), cells[:16])


@pytest.mark.parametrize(
    ("points", "labels", "box", "message"),
    [
        ([], [], None, "neither a point nor a box"),
        ([(1, 2)], [2], None, "labels"),
        ([(1, 2)], [1, 0], None, "points"),
        ([(1, 2, 3)], [1], None, "points"),
        ([(1, np.nan)], [1], None, "finite"),
        ([], [], [1, 2, 3], "box"),
        ([], [], [1, 2, 3, np.inf], "finite"),
    ],
)
def test_what_cannot_be_asked_is_refused(read, points, labels, box, message):
    with pytest.raises(ValueError, match=message):
        read.attend(points, labels, box)


def test_what_cannot_be_read_is_refused(sam, cat, read, tmp_path):
    with pytest.raises(ValueError, match="multiple of 16"):
        sam.read(cat, 500)
    with pytest.raises(ShapeError, match="picture"):
        sam.read(cat[..., 0])
    for block in (0, 11):
        with pytest.raises(ValueError, match="1 to 10"):
            read.windows(block)
    with pytest.raises(SourceError) as refused:
        load_promptable(tmp_path)
    assert refused.value.reason == "missing_file"
