"""Colours can be told apart, whatever cones a reader has: the heads' hues on both papers, and the scales of numbers."""

import tomllib

import numpy as np
import pytest
from plotly import colors

from figures.palette import HEADS, OVER_PICTURES, lookup_table

with open(".streamlit/config.toml", "rb") as config:
    PAPER = {
        theme: colors["backgroundColor"] for theme, colors in tomllib.load(config)["theme"].items() if theme in HEADS
    }

# Linear light as seen without one kind of cone: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
# Simulation of Color Vision Deficiency" (2009), severity 1.
SEEN = {
    "all cones": np.eye(3),
    "no red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# Ottosson, "A perceptual color space for image processing" (2020): OKLab from linear sRGB.
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
JUST_SEEN = 0.02  # the smallest difference that is noticed side by side, in OKLab


def linear(colors):
    """(n, 3) linear sRGB of colours written in hexadecimal."""
    encoded = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in colors]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(colors, seen):
    """(n, 3) OKLab of colours as some eyes see them."""
    light = np.clip(linear(colors) @ np.transpose(SEEN[seen]), 0, 1)
    return np.cbrt(light @ CONES.T) @ OKLAB.T


def lightness(name, seen="all cones"):
    """(256,) of a scale."""
    written = ["#" + "".join(f"{part:02x}" for part in color) for color in lookup_table(OVER_PICTURES[name])]
    return lab(written, seen)[:, 0]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("seen", SEEN)
def test_any_two_heads_differ_by_more_than_three_noticeable_steps(theme, seen):
    hues = lab(HEADS[theme], seen)
    distances = np.linalg.norm(hues[:, None] - hues[None], axis=-1)[np.triu_indices(len(hues), 1)]
    assert len(hues) == 12
    assert distances.min() > (5 if seen == "all cones" else 3) * JUST_SEEN


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_line_in_any_hue_stands_out_from_the_paper(theme):
    luminance = linear([PAPER[theme], *HEADS[theme]]) @ [0.2126, 0.7152, 0.0722]
    paper, hues = luminance[0], luminance[1:]
    contrast = (np.maximum(paper, hues) + 0.05) / (np.minimum(paper, hues) + 0.05)
    assert contrast.min() >= 3


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("name", ["violet", "viridis", "magma", "grey"])
def test_over_a_picture_more_is_lighter_to_all_eyes(name, seen):
    lights = lightness(name, seen)
    assert np.diff(lights).min() > -0.004  # as far as colours in whole steps allow
    assert lights[-1] - lights[0] > 0.5


def test_a_signed_scale_that_is_dark_at_zero_weighs_both_signs_alike():
    lights = lightness("ice_fire")
    assert np.diff(lights[128:]).min() >= 0
    np.testing.assert_allclose(lights[::-1], lights, atol=0.05)


@pytest.mark.parametrize(("name", "published"), [("viridis", "Viridis"), ("magma", "Magma")])
def test_well_known_scales_are_the_published_ones(name, published):
    assert OVER_PICTURES[name] == getattr(colors.sequential, published)


def test_a_table_of_colours_goes_evenly_from_stop_to_stop():
    table = lookup_table(["#000000", "#ffffff"])
    np.testing.assert_array_equal(table, np.arange(256)[:, None].repeat(3, 1))
    np.testing.assert_array_equal(lookup_table(["#000000", "#ff0000", "#ffffff"])[[0, 255]], [[0, 0, 0], [255] * 3])
