"""The picture of the lesson on soft and hard attention: its patches, the one that asks, and what comes back."""

import math
from dataclasses import dataclass, field

import numpy as np

from attention.images.patch_attention import standardise
from attention.images.patches import Patches, picture_patches
from attention.teaching.glimpses import ask
from pages.shared.compute import of_picture, picture_channels, sample_picture
from pages.shared.picture_source import OpenPicture

ASKS = {  # a share of the width and of the height of each picture: the patch that asks
    "coffee": (0.22, 0.32),
    "cat": (0.5, 0.6),
    "astronaut": (0.3, 0.65),
    "shapes": (0.88, 0.16),
}
ACROSS = 10  # patches
TEMPERATURES = ("∞", "30", "10", "3", "1", "0.3", "0.1", "0.03", "0")
RIVAL_WITHIN = 3.0  # how far behind the best score a rival may be, so that a slider can lift it over


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture's patches as keys and values.

    X : (n, d) ndarray, what they look like: keys, and the query where a patch asks
    V : (n, 3) ndarray, their mean colours, 0 to 1
    asks : the patch that asks
    """

    picture: OpenPicture
    patches: Patches = field(repr=False)
    X: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    asks: int

    @property
    def q(self) -> np.ndarray:
        return self.X[self.asks]

    @property
    def scores(self) -> np.ndarray:
        """(n,) ndarray: q · k / √d."""
        return ask(self.q, self.X, self.V).scaled[0]

    @property
    def rival(self) -> int:
        """The patch that differs most in colour from the best, of those that could overtake it."""
        scores = self.scores
        away = np.abs(self.V - self.V[scores.argmax()]).max(axis=1)
        return int(np.where(scores > scores.max() - RIVAL_WITHIN, away, 0).argmax())

    def weights(self, temperature: float, lift: float = 0.0) -> np.ndarray:
        """(n,) ndarray: the soft weights, with so much added to the rival's score."""
        lifted = self.scores
        lifted[self.rival] += lift
        return ask(np.ones(1), lifted[:, None], self.V, temperature).weights[0]  # a key of one number is its score


def scene(code: str) -> Scene:
    """A sample picture, cut up once."""
    picture = sample_picture(code)
    return of_picture(picture, "lesson_hard", lambda: _cut(picture, ASKS[code]))


def _cut(picture: OpenPicture, asks: tuple[float, float]) -> Scene:
    patches = picture_patches(picture_channels(picture).maps, ACROSS)
    rows, columns = patches.shape
    colours = picture_patches(np.moveaxis(picture.rgb, -1, 0) / 255.0, ACROSS).vectors
    X = standardise(patches.vectors.astype(np.float64))
    return Scene(picture, patches, X, colours, int(asks[1] * rows) * columns + int(asks[0] * columns))


def heat(code: str) -> float:
    """A temperature from its code on the slider."""
    return math.inf if code == "∞" else float(code)
