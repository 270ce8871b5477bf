"""What is taken home from the page of clicks: every attention, and the lines that print the opened number."""

import numpy as np

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
    return "\n".join(
        [
            "from pathlib import Path",
            "",
            "from attention.networks.promptable import load_promptable",
            "from attention.sources.images import read_image",
            "",
            f"picture = read_image(Path({view.picture.file!r}).read_bytes())",
            'network = load_promptable("assets/models/mobile-sam")',
            f"read = network.read(picture.rgb, size={view.trace.frame.size})",
            f"trace = read.attend({points}, {labels}{box})  # row, column; 1 = this, 0 = not this",
            f"# What the token {token!r} looks at, all heads:",
            f"heads = trace.to_picture[{view.settings.look}, :, {view.token}]",
            f"print(heads{head}[{patch[0]}, {patch[1]}])",
        ]
    )


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
