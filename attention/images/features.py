"""The channel bank: an RGB picture as named feature maps that a reader can understand.

A trained network learns its channels. These are instead the ones that the early stages of vision are modelled
with (Itti, Koch and Niebur, "A model of saliency-based visual attention", PAMI 1998): colours, opponent
colours, light, oriented edges, contrast at several scales. Every map is in 0..1, and 0 means absent.
"""

from dataclasses import dataclass

import numpy as np

from attention.errors import ShapeError
from attention.images.smoothing import smooth_coarse, smooth_fine

# Stable names, in groups of four: amounts of colour, opponent colours, light, edges, contrast and place.
CHANNELS = (
    *("red", "green", "blue", "skin"),
    *("red_green", "green_red", "blue_yellow", "yellow_blue"),
    *("luminance", "darkness", "saturation", "global_contrast"),
    *("edge_0", "edge_45", "edge_90", "edge_135"),
    *("fine_contrast", "texture", "coarse_contrast", "center"),
)

LUMA = (0.2126, 0.7152, 0.0722)  # of red, green, blue: ITU-R BT.709, on the stored (gamma-coded) values
LUMA_601 = (
    0.299,
    0.587,
    0.114,
)  # the same in the older ITU-R BT.601, in which the range of skin was measured
# Middle and half width of that range, Cb 77 to 127 and Cr 133 to 173 of 255: Chai and Ngan, "Face segmentation
# using skin-color map in videophone applications" (1999).
SKIN_CB, SKIN_CR = (102, 25), (153, 20)
EDGE_HALF = 0.1  # the change per pixel, as a share of black to white, at which an edge channel reads 1/2
FINE_HALF = 0.05  # the difference from the nearest surroundings at which `fine_contrast` reads 1/2
COLOUR_WEIGHTS = (0.25, 1.0, 1.0)  # of luminance, red-green and blue-yellow in a difference of colours
CENTER_SPREAD = 0.3  # standard deviation of `center`, as a share of height and of width


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """The channel bank of one picture.

    names : tuple of C str
        Keys into `maps`, stable and ASCII; sentences for readers are looked up under them.
    maps : (C, H, W) float32 ndarray, in 0..1, read-only
    """

    names: tuple[str, ...]
    maps: np.ndarray

    def __getitem__(self, name: str) -> np.ndarray:
        """The map called `name`: (H, W)."""
        return self.maps[self.names.index(name)]


def feature_maps(rgb: np.ndarray) -> FeatureMaps:
    """The 20 channels of a picture.

    - ``red``, ``green``, ``blue``: the stored values.
    - ``skin``: how near the colour is to the middle of the range of human skin in (Cb, Cr), a range that is
      much the same for all skin tones (Chai and Ngan 1999); wood and fur can have it too.
    - ``red_green``: how much more red than green; ``green_red`` the opposite; ``blue_yellow``: how much more
      blue than the mean of red and green; ``yellow_blue`` the opposite (opponent colours, cut at zero as in
      Itti, Koch and Niebur 1998).
    - ``luminance`` (BT.709 luma) and ``darkness``, 1 minus it.
    - ``saturation``: the largest minus the smallest of red, green, blue: the chroma of the hexcone (Smith
      1978), and not its ratio to the largest, which is mostly noise where a picture is dark.
    - ``global_contrast``: how far the colour around a pixel is from the mean colour of the picture (after
      Achanta, Hemami, Estrada and Süsstrunk, "Frequency-tuned salient region detection", CVPR 2009).
    - ``edge_0``, ``edge_45``, ``edge_90``, ``edge_135``: steepness of luminance across lines that run
      horizontally, rising to the right, vertically, falling to the right. The four are the halves of the
      doubled-angle orientation (Bigün and Granlund 1987), so a line lies in one of them, or between two.
    - ``fine_contrast``: difference from the immediate surroundings, a few pixels.
    - ``texture``: how much fine contrast there is in the neighbourhood.
    - ``coarse_contrast``: difference of a region from its wide surroundings, in luminance and opponent
      colours (the centre-surround differences of Itti, Koch and Niebur 1998).
    - ``center``: nearness to the middle, where photographers place things (Judd et al., ICCV 2009).

    Edges and contrasts are compressed by ``x² / (x² + half²)``, as neurons do (Albrecht and Hamilton 1982).
    For ``global_contrast``, ``texture`` and ``coarse_contrast`` half is 1.5 times the root mean square of the
    picture's own values (divisive normalisation, Heeger 1992): they tell what stands out in this picture.

    Parameters
    ----------
    rgb : (H, W, 3) ndarray
        uint8 in 0..255, or float in 0..1.

    Raises
    ------
    ShapeError
        When rgb is not (H, W, 3) or is empty.
    ValueError
        When rgb is neither uint8 nor float in 0..1.
    """
    red, green, blue = _planes(rgb)
    luminance = _luma(LUMA, red, green, blue)
    red_green = red - green
    blue_yellow = blue - 0.5 * (red + green)
    opponents = (luminance, red_green, blue_yellow)
    side = max(luminance.shape)

    fine = np.abs(luminance - smooth_fine(luminance))
    near = [smooth_coarse(plane, side / 64) for plane in opponents]
    wide = [smooth_coarse(plane, side / 8) for plane in opponents]
    maps = {
        "red": red,
        "green": green,
        "blue": blue,
        "skin": _skin(red, green, blue),
        "red_green": np.maximum(red_green, 0),
        "green_red": np.maximum(-red_green, 0),
        "blue_yellow": np.maximum(blue_yellow, 0),
        "yellow_blue": np.maximum(-blue_yellow, 0),
        "luminance": luminance,
        "darkness": 1 - luminance,
        "saturation": np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue),
        "global_contrast": _stand_out(_difference(near, [plane.mean() for plane in opponents])),
        **_edges(smooth_fine(luminance)),
        "fine_contrast": _compress(fine, FINE_HALF),
        "texture": _stand_out(smooth_coarse(fine, side / 64)),
        "coarse_contrast": _stand_out(_difference(near, wide)),
        "center": _center(*luminance.shape),
    }
    stacked = np.stack([maps[name] for name in CHANNELS])  # (C, H, W)
    np.clip(stacked, 0, 1, out=stacked)  # rounding: luminance of white is 1 + 1e-7
    stacked.flags.writeable = False
    return FeatureMaps(CHANNELS, stacked)


def _planes(rgb: np.ndarray) -> np.ndarray:
    """(H, W, 3) -> (3, H, W) float32 in 0..1."""
    rgb = np.asarray(rgb)
    if rgb.ndim != 3 or rgb.shape[-1] != 3 or 0 in rgb.shape:
        raise ShapeError(f"rgb must be (H, W, 3) and not empty, got {rgb.shape}")
    if rgb.dtype == np.uint8:
        return np.stack([rgb[..., c] for c in range(3)]).astype(np.float32) / np.float32(255)
    if not np.issubdtype(rgb.dtype, np.floating):
        raise ValueError(f"rgb must be uint8 in 0..255 or float in 0..1, got {rgb.dtype}")
    if not (rgb.min() >= 0 and rgb.max() <= 1):  # also true of NaN
        raise ValueError(f"float rgb must be in 0..1, got {rgb.min()} to {rgb.max()}")
    return np.stack([rgb[..., c] for c in range(3)]).astype(np.float32)


def _compress(x: np.ndarray, half: float) -> np.ndarray:
    """0..infinity to 0..1, with 1/2 at `half`: x² / (x² + half²)."""
    squared = np.square(x)
    return squared / (squared + half * half)


def _stand_out(x: np.ndarray) -> np.ndarray:
    """0..infinity to 0..1, with 1/2 at 1.5 times the root mean square of x itself; 0 where all is even."""
    return _compress(x, max(1.5 * float(np.sqrt(np.square(x).mean())), 0.01))


def _difference(colours: list, others: list) -> np.ndarray:
    """Distance between two colours given as (luminance, red-green, blue-yellow), luminance counting less."""
    pairs = zip(COLOUR_WEIGHTS, colours, others, strict=True)
    return np.sqrt(sum(weight * np.square(a - b) for weight, a, b in pairs))


def _luma(weights: tuple, red: np.ndarray, green: np.ndarray, blue: np.ndarray) -> np.ndarray:
    return weights[0] * red + weights[1] * green + weights[2] * blue


def _skin(red: np.ndarray, green: np.ndarray, blue: np.ndarray) -> np.ndarray:
    """A Gaussian in (Cb, Cr) that has two standard deviations within the range of skin."""
    luma = _luma(LUMA_601, red, green, blue)
    cb = 128 + 112 / (1 - LUMA_601[2]) * (blue - luma)
    cr = 128 + 112 / (1 - LUMA_601[0]) * (red - luma)
    away = sum(np.square((x - middle) * (2 / half)) for x, (middle, half) in ((cb, SKIN_CB), (cr, SKIN_CR)))
    # Beyond six standard deviations it is nothing, and numbers too small for float32 would be slow.
    return np.exp(-0.5 * np.minimum(away, 36))


def _edges(plane: np.ndarray) -> dict[str, np.ndarray]:
    """Central differences with their angle doubled: two signed numbers, cut at zero into four channels."""
    padded = np.pad(plane, 1, mode="edge")
    dx = (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2
    dy = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2  # downwards
    xx, yy = dx * dx, dy * dy
    length = np.sqrt(xx + yy)
    share = _compress(length, EDGE_HALF) / np.maximum(xx + yy, np.float32(1e-12))
    upright, falling = (xx - yy) * share, -2 * dx * dy * share
    return {
        "edge_0": np.maximum(-upright, 0),
        "edge_45": np.maximum(-falling, 0),
        "edge_90": np.maximum(upright, 0),
        "edge_135": np.maximum(falling, 0),
    }


def _center(H: int, W: int) -> np.ndarray:
    def along(n: int) -> np.ndarray:
        place = (np.arange(n, dtype=np.float32) + 0.5) / n - 0.5
        return np.exp(-np.square(place) / (2 * CENTER_SPREAD**2))

    return np.outer(along(H), along(W)).astype(np.float32)
