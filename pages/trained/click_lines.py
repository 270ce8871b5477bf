"""What is taken home from the page of clicks: every attention, and the lines that print the opened number."""

from collections.abc import Sequence

import numpy as np

from figures.reproduce import network_lines
from pages.trained.click_view import ClickView


def python_lines(view: ClickView, patch: tuple[int, int]) -> str:
    """Python that prints the opened number."""
    points = [(y, x) for x, y, _ in view.clicks.points]
    labels = [wanted for _, _, wanted in view.clicks.points]
    box = ""
    if view.clicks.box:
        left, top, right, bottom = view.clicks.box
        box = f", box=({top}, {left}, {bottom}, {right})"
    head = ".mean(axis=0)" if view.settings.head is None else f"[{view.settings.head}]"
    token = view.trace.tokens[view.token]
    return reading_lines(
        view.picture.file,
        view.trace.frame.size,
        [
            f"trace = read.attend({points}, {labels}{box})  # row, column; 1 = this, 0 = not this",
            f"# What the token {token!r} looks at, all heads:",
            f"heads = trace.to_picture[{view.settings.look}, :, {view.token}]",
            f"print(heads{head}[{patch[0]}, {patch[1]}])",
        ],
    )


def reading_lines(file: str, size: int, computed: Sequence[str]) -> str:
    """Python that reads a picture's file, its longer side as `size` pixels, and goes on with `read`."""
    read = f"read = network.read(picture.rgb, size={size})"
    return network_lines(file, "promptable", "mobile-sam", [read, *computed])


def arrays(view: ClickView) -> dict[str, np.ndarray]:
    """All that was answered, by name."""
    trace = view.trace
    return {
        "rgb": view.picture.rgb,
        "points": trace.points,
        "labels": trace.labels,
        **({} if trace.box is None else {"box": trace.box}),
        "tokens": np.array(trace.tokens),
        "to_picture": trace.to_picture,
        "from_picture": trace.from_picture,
        "logits": trace.masks,
        "qualities": trace.qualities,
        "mask": view.mask,
    }
