"""The house's colours: the same meaning on every page, safe for colour-blind readers, in both themes.

Q, K and V are Okabe and Ito's blue, vermillion and bluish green ("Color Universal Design", 2008), darkened for small
letters on white and lighter in the dark theme. The diverging scale is ColorBrewer's RdBu, white at zero. The canvas map
draws with the same stops (assets/components/common/scales.js); a test holds the two to each other.

Over a picture a reader may choose another scale. Viridis and magma are those of matplotlib (Smith and van der Walt,
2015), perceptually even and safe for colour-blind readers, in ten stops. Of the signed ones, the second is dark at
zero: nothing shines where nothing happens.
"""

import numpy as np

MATRIX = {
    "light": {"Q": "#0072b2", "K": "#c25400", "V": "#00795c", "X": "#5b5868", "Z": "#6a3fb5"},
    "dark": {"Q": "#56b4e9", "K": "#f0913f", "V": "#2fc39a", "X": "#a9a4b8", "Z": "#b795f2"},
}

# One hue a head, where several heads are drawn together. Twelve hues are many: these keep as far apart as twelve can in
# OKLab, also as seen without red, green or blue cones, with a contrast of 3 to the page's paper; neighbours in number
# differ most. A head is always named beside its hue.
HEADS = {
    "light": [
        "#3c88ec",
        "#642214",
        "#ec4a7c",
        "#4c40ff",
        "#023a5c",
        "#866704",
        "#385c2c",
        "#388458",
        "#c04cb8",
        "#5320ac",
        "#8c9531",
        "#a50381",
    ],
    "dark": [
        "#1680fa",
        "#fb9f8a",
        "#fe1e78",
        "#bbc6f8",
        "#54b1f6",
        "#f1c553",
        "#529339",
        "#91f4b7",
        "#cd94c7",
        "#9081d4",
        "#9fa84c",
        "#d25bad",
    ],
}

# Attention weights, 0 to 1: from the page's paper to deep violet, or to pale violet on a dark page.
SEQUENTIAL = {
    "light": ["#faf8fd", "#e3d8f3", "#c4aee6", "#9d7ad3", "#7448b5", "#4c2288", "#280a52"],
    "dark": ["#1d1b24", "#33274f", "#523a85", "#7753ba", "#9f7de0", "#c9b1f6", "#f6f0ff"],
}

# Signed numbers, symmetric around zero.
DIVERGING = ["#2166ac", "#67a9cf", "#d1e5f0", "#ffffff", "#fddbc7", "#ef8a62", "#b2182b"]

# Over a picture low is dark and high is light, in both themes: what is attended to stands in the light.
OVER_PICTURES = {
    "violet": SEQUENTIAL["dark"],
    "viridis": [
        *("#440154", "#482878", "#3e4989", "#31688e", "#26828e"),
        *("#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"),
    ],
    "magma": [
        *("#000004", "#180f3d", "#440f76", "#721f81", "#9e2f7f"),
        *("#cd4071", "#f1605d", "#fd9668", "#feca8d", "#fcfdbf"),
    ],
    "grey": ["#000000", "#ffffff"],
    "blue_red": DIVERGING,
    "ice_fire": ["#9fe6f5", "#3f97d9", "#243f78", "#0b0b0f", "#752a16", "#d96f2b", "#ffd79a"],
}


def lookup_table(stops: list[str]) -> np.ndarray:
    """The 256 colours of a scale, as the canvas reads them: (256, 3) uint8."""
    colors = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops], np.float64)
    at = np.arange(256) / 255 * (len(stops) - 1)
    left = np.minimum(at.astype(int), len(stops) - 2)
    mixed = colors[left] + (at - left)[:, None] * (colors[left + 1] - colors[left])
    return np.floor(mixed + 0.5).astype(np.uint8)  # as JavaScript rounds


def colored(values: np.ndarray, value_range: tuple[float, float], stops: list[str]) -> np.ndarray:
    """Numbers as the canvas colours them: (...) ndarray -> (..., 3) uint8.

    The ends of the range get the ends of the scale, and so does what lies beyond; an empty range is the low end.
    """
    low, high = value_range
    shares = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
    return lookup_table(stops)[np.floor(shares * 255 + 0.5).astype(np.uint8)]
