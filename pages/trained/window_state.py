"""One view of the encoder's attention in windows: a block, a head, the patch that asks, and what it looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention import AttentionTrace, attend
from attention.networks.promptable import ReadPicture
from attention.networks.tiny_vit import WindowTrace
from figures.windows import WindowFacts, by_patch, over_patches, window_facts
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t
from pages.trained import window_choice as chosen
from pages.trained.click_choice import read_clicks

Patch = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, eq=False)
class WindowView:
    """One block's windows on a picture, one head of it or the mean of all, and which patch asks."""

    picture: OpenPicture
    read: ReadPicture
    choice: chosen.WindowChoice
    trace: WindowTrace
    asks: Patch
    looked: Patch | None

    @property
    def cell(self) -> int:
        """Pixels of the square that is read, along a patch."""
        return self.read.frame.size // self.trace.shape[0]

    @property
    def patches(self) -> Patch:
        """Rows and columns of patches in which there is something of the picture."""
        return patches_of(self.read, self.trace)

    @property
    def edges(self) -> tuple[np.ndarray, np.ndarray]:
        """Where patches begin, in pixels of the square; the last ones end with the picture."""
        return tuple(
            np.minimum(np.arange(count + 1) * self.cell, side)
            for count, side in zip(self.patches, self.read.frame.fitted, strict=True)
        )

    @property
    def first(self) -> Patch:
        """The first patch of the window of who asks."""
        return tuple(at - at % self.trace.window for at in self.asks)

    @cached_property
    def all(self) -> np.ndarray:
        """(rows · columns, window²) ndarray: what every patch looks at in its window."""
        weights, head = self.trace.weights, self.choice.head
        shown = weights.mean(axis=1) if head is None else weights[:, head]
        return by_patch(shown, self.trace.grid, self.patches)

    def inside(self, head: int | None) -> np.ndarray:
        """(window, window) ndarray: what the patch that asks looks at in a head, or on the mean of all."""
        window, place = self.trace.find(*self.asks)
        heads = self.trace.weights[window, :, place]
        return (heads.mean(axis=0) if head is None else heads[head]).reshape(self.trace.window, -1)

    @cached_property
    def values(self) -> np.ndarray:
        """(rows, columns) ndarray: what the patch that asks looks at, 0 outside its window."""
        return over_patches(self.inside(self.choice.head), self.first, self.patches)

    @cached_property
    def facts(self) -> WindowFacts:
        return window_facts(self.values, self.asks)

    @property
    def looks(self) -> Patch:
        """The patch whose number is opened: what was clicked if it is in the window, else the strongest other."""
        if self.looked and tuple(at - at % self.trace.window for at in self.looked) == self.first:
            return self.looked
        return self.facts.strongest

    @property
    def apart(self) -> Patch:
        """How many rows and columns lie between who asks and who is looked at."""
        return tuple(abs(asks - looks) for asks, looks in zip(self.asks, self.looks, strict=True))

    @property
    def over_picture(self) -> np.ndarray:
        """(H, W) ndarray: `values`, every pixel with that of its patch."""
        whole = np.zeros(self.trace.shape, self.values.dtype)
        whole[: self.patches[0], : self.patches[1]] = self.values
        return self.read.frame.over_picture(whole)

    def index(self, patch: Patch) -> int:
        return patch[0] * self.patches[1] + patch[1]

    @property
    def places(self) -> Callable[[int], chosen.Place]:
        """Where the middle of a patch is, counted row by row, in pixels of the picture. It holds on to no arrays."""
        frame, cell, columns = self.read.frame, self.cell, self.patches[1]

        def place(patch: int) -> chosen.Place:
            sides = zip(divmod(patch, columns), frame.shape, frame.fitted, strict=True)
            return tuple(min((at + 0.5) * cell * side / fitted, side - 1.0) for at, side, fitted in sides)

        return place

    def one_head(self, head: int) -> AttentionTrace:
        """Every stage of one head's attention, in the window of the patch that asks."""
        window, _ = self.trace.find(*self.asks)
        whole = self.trace.attention
        return attend(whole.Q[window, head], whole.K[window, head], whole.V[window, head], mask=whole.mask[head])

    @property
    def head_name(self) -> str:
        head = self.choice.head
        return t("windows.head_mean") if head is None else t("windows.head_one", head=head + 1)


def patches_of(read: ReadPicture, trace: WindowTrace) -> Patch:
    """Rows and columns of a block's patches in which there is something of the picture."""
    cell = read.frame.size // trace.shape[0]
    return tuple(-(-side // cell) for side in read.frame.fitted)


def open_windows(read: ReadPicture, picture: OpenPicture, choice: chosen.WindowChoice) -> WindowView:
    """A block's windows; the patch of the last click asks until another one is chosen."""
    trace = read.windows(choice.block)
    patches = patches_of(read, trace)

    def patch_at(place: chosen.Place | None) -> Patch | None:
        if place is None:
            return None
        row, column = read.frame.shares(place)[0] * trace.shape
        return min(int(row), patches[0] - 1), min(int(column), patches[1] - 1)

    points = read_clicks(picture).points
    middle = tuple(side / 2 for side in picture.rgb.shape[:2])
    clicked = (points[-1][1], points[-1][0]) if points else middle
    asks = patch_at(chosen.asking_place(picture) or clicked)
    return WindowView(picture, read, choice, trace, asks, patch_at(chosen.looked_place(picture)))
