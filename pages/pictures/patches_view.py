"""One view of the page of patches: what is computed, and what is said about it in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention import AttentionTrace
from attention.images.patch_attention import (
    channel_attention_of_patches,
    patch_attention,
    patch_pixels,
    standardise,
    with_positions,
)
from attention.images.patches import Patches, cell_patches, grid_positions, picture_patches
from figures.numbers import percent, signed
from figures.patches import RowFacts, box_patches, row_facts, telling_patch
from pages.pictures.patches_choice import DEFAULT_TEMPERATURE, Pins, Settings
from pages.shared.compute import picture_channels
from pages.shared.networks import classifier, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

POSITIONS = 20  # numbers that say where a patch is: as many as say what it looks like
TELLING = {  # where the effect is plain on the samples: a share of the width and of the height
    "assets/images/astronaut.jpg": (0.3, 0.65),
    "assets/images/cat.jpg": (0.03, 0.05),
    "assets/images/coffee.jpg": (0.22, 0.32),
    "assets/images/rocket.jpg": (0.72, 0.95),
    "assets/images/shapes.png": (0.88, 0.16),
}


@dataclass(frozen=True, eq=False)
class PatchView:
    """A picture as patches, compared as the reader chose, and what is pinned.

    patches : vectors (n, C)
    X : (n, d) ndarray, the vectors as they are compared
    """

    picture: OpenPicture
    settings: Settings
    patches: Patches
    X: np.ndarray
    pins: Pins

    @property
    def columns(self) -> int:
        return self.patches.shape[1]

    @cached_property
    def names(self) -> list[str]:
        """What the d numbers of a vector are, in the reader's language."""
        if self.settings.block:
            channels = [t("learned.channel", number=i + 1) for i in range(self.patches.vectors.shape[1])]
        else:
            channels = [t(f"picture.channel.{name}") for name in picture_channels(self.picture).names]
        return channels + [t("patches.open.place", number=i + 1) for i in range(self.X.shape[1] - len(channels))]

    @cached_property
    def pixels(self) -> np.ndarray:
        """(n, d_v): the pixels of the patches."""
        return patch_pixels(self.picture.rgb, self.patches)

    @cached_property
    def all(self) -> AttentionTrace:
        """What all patches look at: of each other, or of the channels."""
        if self.over_channels:
            return channel_attention_of_patches(self.X, temperature=self.settings.temperature)
        return patch_attention(self.X, self.X, self.pixels, temperature=self.settings.temperature)

    @property
    def over_channels(self) -> bool:
        return self.settings.over == "channels"

    @property
    def maps(self) -> np.ndarray:
        """(n, n): what is drawn over the picture for each patch that asks."""
        return self.all.output if self.over_channels else self.all.weights

    @cached_property
    def asking(self) -> list[int]:
        """The patches that ask: one, or those of a box."""
        if self.pins.box:
            return box_patches(self.pins.box, self.columns)
        return [self._first if self.pins.patch is None else self.pins.patch]

    @cached_property
    def _first(self) -> int:
        if place := TELLING.get(self.picture.file):
            column, row = (int(share * size) for share, size in zip(place, self.patches.shape[::-1], strict=True))
            return row * self.columns + column
        X = standardise(self.patches.vectors)
        weights = patch_attention(X, X, X, temperature=DEFAULT_TEMPERATURE["places"]).weights
        return telling_patch(weights, self.columns)

    @cached_property
    def trace(self) -> AttentionTrace:
        """The one query that is pinned: the patch's vector, or the mean of the box's."""
        q = self.X[self.asking].mean(axis=0, keepdims=True)
        return patch_attention(q, self.all.K, self.all.V, temperature=self.settings.temperature)

    @property
    def row(self) -> np.ndarray:
        """(n,): the map of what is pinned."""
        return self.trace.output[0] if self.over_channels else self.trace.weights[0]

    @cached_property
    def looked(self) -> int:
        """The patch whose number is opened: at first the one that the finding names."""
        if self.pins.looked is not None:
            return self.pins.looked
        return int(self.row.argmax()) if self.over_channels else self.facts.farthest

    @cached_property
    def facts(self) -> RowFacts:
        """Where the attention of who asks goes."""
        return row_facts(self.row, self.columns, self.asking)

    @cached_property
    def weighed(self) -> int:
        """The channel whose weight is opened: at first the strongest."""
        return int(self.trace.weights[0].argmax()) if self.pins.channel is None else self.pins.channel

    def place(self, patch: int) -> dict[str, int]:
        """Column and row as readers count, from 1."""
        row, column = divmod(patch, self.columns)
        return {"column": column + 1, "row": row + 1}

    def short(self, patch: int) -> str:
        """A patch's name on an axis."""
        return t("patches.patch", **self.place(patch))

    @cached_property
    def who(self) -> str:
        """Who asks, in a sentence."""
        if self.pins.box is None:
            return t("patches.who.patch", **self.place(self.asking[0]))
        left, top, right, bottom = (at + 1 for at in self.pins.box)
        count = len(self.asking)
        return t("patches.who.box", left=left, top=top, right=right, bottom=bottom, count=count)


def open_view(picture: OpenPicture, settings: Settings, pins: Callable[[tuple[int, int], int], Pins]) -> PatchView:
    """Cut the picture and prepare the comparison.

    ``pins(shape, learned)`` is what is pinned on such a grid, with so many trained channels (0: those with names).
    """
    if settings.block:
        block = read_with(classifier, picture).blocks[settings.block - 1]
        patches = cell_patches(block.output, picture.rgb.shape[:2])
    else:
        patches = picture_patches(picture_channels(picture).maps, settings.across)
    X = standardise(patches.vectors, equal_lengths=settings.equal_lengths)
    if settings.position:
        X = with_positions(X, grid_positions(*patches.shape, POSITIONS), settings.position)
    learned = patches.vectors.shape[1] if settings.block else 0
    return PatchView(picture, settings, patches, X, pins(patches.shape, learned))


def finding(view: PatchView) -> str:
    """The pinned map in words."""
    if view.over_channels:
        weights = view.trace.weights[0]
        first, second, third = (int(i) for i in np.argsort(-weights, kind="stable")[:3])
        top = view.place(int(view.row.argmax()))
        named = {
            f"{which}": t("patches.finding.channel", name=view.names[i], share=percent(weights[i]))
            for which, i in (("first", first), ("second", second), ("third", third))
        }
        value = signed(float(view.row.max()), 2)
        return t("patches.finding.channels", who=view.who, value=value, **named, **top)
    facts = view.facts
    itself = "_itself" if view.asking == [facts.farthest] else ""
    if view.settings.temperature == 0:
        return t(f"patches.finding.hard{itself}", who=view.who, **view.place(facts.farthest))
    values = {"who": view.who, "share": percent(facts.share), "all": len(view.row)}
    if len(facts.strongest) == 1:
        return t(f"patches.finding.one{itself}", **values, **view.place(facts.farthest))
    return t("patches.finding.places", count=len(facts.strongest), **values, **view.place(facts.farthest))
