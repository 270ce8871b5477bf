"""The channel bank on pictures whose answer is known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from attention.errors import ShapeError
from attention.images.features import CHANNELS, feature_maps
from attention.images.smoothing import smooth_coarse, smooth_fine
from attention.sources.images import read_image

SAMPLES = Path(__file__).parents[3] / "assets" / "images"
EDGES = ("edge_0", "edge_45", "edge_90", "edge_135")


def plain(colour, height=6, width=9):
    return np.full((height, width, 3), colour, np.uint8)


@given(
    arrays.arrays(
        np.uint8,
        st.tuples(st.integers(1, 30), st.integers(1, 30), st.just(3)),
        elements=st.integers(0, 255),
    )
)
def test_always_finite_float32_between_0_and_1(rgb):
    bank = feature_maps(rgb)
    assert bank.names == CHANNELS
    assert bank.maps.shape == (len(CHANNELS), *rgb.shape[:2])
    assert bank.maps.dtype == np.float32
    assert np.isfinite(bank.maps).all()
    assert bank.maps.min() >= 0
    assert bank.maps.max() <= 1


def test_names_are_stable_ascii_keys():
    assert len(CHANNELS) == len(set(CHANNELS)) == 20
    assert all(name.isascii() and name.isidentifier() for name in CHANNELS)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((255, 0, 0), {"red": 1, "green": 0, "red_green": 1, "yellow_blue": 0.5, "green_red": 0}),
        ((0, 255, 0), {"green": 1, "green_red": 1, "yellow_blue": 0.5, "red_green": 0}),
        ((0, 0, 255), {"blue": 1, "blue_yellow": 1, "yellow_blue": 0, "saturation": 1}),
        ((255, 255, 0), {"yellow_blue": 1, "blue_yellow": 0, "red_green": 0, "green_red": 0}),
        ((255, 255, 255), {"luminance": 1, "darkness": 0, "saturation": 0}),
        ((0, 0, 0), {"luminance": 0, "darkness": 1, "saturation": 0}),
        ((204, 102, 51), {"red": 0.8, "red_green": 0.4, "saturation": 0.6, "yellow_blue": 0.4}),
    ],
)
def test_colours(colour, expected):
    bank = feature_maps(plain(colour))
    for name, value in expected.items():
        np.testing.assert_allclose(bank[name], value, atol=2e-3, err_msg=name)


def test_skin_of_all_tones_is_skin_and_grass_is_not():
    for tone in [(244, 208, 177), (224, 177, 132), (198, 134, 66), (141, 85, 36), (92, 56, 41)]:
        assert feature_maps(plain(tone))["skin"].min() > 0.3
    for other in [(60, 140, 40), (40, 90, 200), (128, 128, 128)]:
        assert feature_maps(plain(other))["skin"].max() < 0.05


def test_an_even_picture_has_no_edges_and_no_contrast():
    bank = feature_maps(plain((90, 140, 30), 31, 47))
    for name in (*EDGES, "fine_contrast", "texture", "coarse_contrast", "global_contrast"):
        assert bank[name].max() < 1e-6, name


@pytest.mark.parametrize(
    ("name", "across"),
    [
        ("edge_0", lambda x, y: y),
        ("edge_45", lambda x, y: x + y),  # y counts downwards, so this border rises to the right
        ("edge_90", lambda x, y: x),
        ("edge_135", lambda x, y: x - y),
    ],
)
def test_a_border_shows_in_the_edge_channel_of_its_direction(name, across):
    y, x = np.mgrid[-20:21, -20:21]
    bank = feature_maps(np.repeat((across(x, y) > 0)[..., None], 3, axis=-1) * np.uint8(200))
    middle = np.s_[15:26, 15:26]
    assert bank[name][middle].max() > 0.5
    for other in set(EDGES) - {name}:
        assert bank[other][middle].max() < 0.15, other


def test_turning_the_picture_turns_the_edges():
    chance = np.random.default_rng(5)
    rgb = chance.integers(0, 256, (17, 23, 3), dtype=np.uint8)
    upright, turned = feature_maps(rgb), feature_maps(np.rot90(rgb))
    for name, after in zip(EDGES, (*EDGES[2:], *EDGES[:2]), strict=True):
        np.testing.assert_allclose(np.rot90(upright[name]), turned[after], atol=1e-5)


def test_fine_contrast_marks_a_dot_and_coarse_contrast_an_area():
    rgb = plain(120, 96, 128)
    rgb[20, 20] = 255
    rgb[50:70, 70:95] = 235
    bank = feature_maps(rgb)
    assert np.unravel_index(bank["fine_contrast"].argmax(), (96, 128)) == (20, 20)
    row, column = np.unravel_index(bank["coarse_contrast"].argmax(), (96, 128))
    assert 50 <= row < 70
    assert 70 <= column < 95


def test_global_contrast_marks_the_odd_one_out():
    picture = read_image((SAMPLES / "shapes.png").read_bytes())
    row, column = np.unravel_index(feature_maps(picture.rgb)["global_contrast"].argmax(), picture.rgb.shape[:2])
    r, g, b = picture.rgb[row, column].astype(int)
    assert r > g + 50 > b + 50  # the orange triangle


def test_center_is_highest_in_the_middle_and_even_in_both_directions():
    center = feature_maps(plain(0, 21, 41))["center"]
    assert np.unravel_index(center.argmax(), center.shape) == (10, 20)
    np.testing.assert_allclose(center, center[::-1, ::-1], atol=1e-6)


def test_floats_mean_the_same_as_bytes():
    rgb = np.random.default_rng(6).integers(0, 256, (13, 8, 3), dtype=np.uint8)
    for dtype in (np.float32, np.float64):
        np.testing.assert_allclose(feature_maps((rgb / 255).astype(dtype)).maps, feature_maps(rgb).maps, atol=1e-5)


def test_maps_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        feature_maps(plain(3)).maps[0] = 0


@pytest.mark.parametrize("shape", [(4, 5), (4, 5, 4), (3, 4, 5), (0, 5, 3), (2, 4, 5, 3)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ShapeError, match="rgb must be"):
        feature_maps(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("value", [-0.1, 1.5, np.nan, np.inf])
def test_floats_beyond_0_to_1_are_refused(value):
    rgb = np.zeros((3, 4, 3))
    rgb[1, 2, 0] = value
    with pytest.raises(ValueError, match=r"must be in 0\.\.1"):
        feature_maps(rgb)


def test_other_types_are_refused():
    with pytest.raises(ValueError, match="int64"):
        feature_maps(np.zeros((3, 4, 3), np.int64))


def gaussian(n, sigma):
    place = np.arange(n)
    weights = np.exp(-np.square((place[:, None] - place) / sigma) / 2)
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("sigma", [2.0, 5.5, 12.0])
def test_coarse_smoothing_is_a_gaussian(sigma):
    plane = np.random.default_rng(7).random((57, 83))
    exact = gaussian(57, sigma) @ plane @ gaussian(83, sigma).T
    difference = np.abs(smooth_coarse(plane, sigma) - exact).max()
    assert difference < 0.25 * np.ptp(exact)
    assert np.corrcoef(smooth_coarse(plane, sigma).ravel(), exact.ravel())[0, 1] > 0.97


def test_smoothing_keeps_an_even_plane():
    for shape in [(1, 1), (1, 20), (20, 1), (7, 12)]:
        plane = np.full(shape, 0.3)
        np.testing.assert_allclose(smooth_coarse(plane, 4.0), plane)
        np.testing.assert_allclose(smooth_fine(plane), plane)
