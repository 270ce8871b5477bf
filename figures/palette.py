"""The house's colours: the same meaning on every page, safe for colour-blind readers, in both themes.

Q, K and V are Okabe and Ito's blue, vermillion and bluish green ("Color Universal Design", 2008), darkened for small
letters on white and lighter in the dark theme. The diverging scale is ColorBrewer's RdBu, white at zero. The canvas map
draws with the same stops (assets/components/common/scales.js); a test holds the two to each other.
"""

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


def colorscale(stops: list[str]) -> list[list[float | str]]:
    """Evenly spaced stops as Plotly writes a colour scale: ``[[0.0, "#..."], ..., [1.0, "#..."]]``."""
    last = len(stops) - 1
    return [[i / last, color] for i, color in enumerate(stops)]
