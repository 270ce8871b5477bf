"""What is taken home from the page of patches: every stage, and the lines that print the opened number."""

import numpy as np

from figures.reproduce import picture_lines
from pages.pictures.patches_view import POSITIONS, PatchView
from pages.shared.compute import picture_channels


def python_lines(view: PatchView) -> str:
    """Python that prints the opened number."""
    settings = view.settings
    hard = settings.temperature == 0
    attend = "hard_attention" if hard else "attend"
    warmth = "" if hard else f", temperature={settings.temperature:g}"
    lengths = "" if settings.equal_lengths else ", equal_lengths=False"
    over_channels, position = view.over_channels, settings.position
    keys, values, number = ("eye(X.shape[1])", "X.T", "output") if over_channels else ("X", "X", "weights")
    moved = [f"X = with_positions(X, grid_positions(*patches.shape, {POSITIONS}), {position!r})"]
    return picture_lines(
        view.picture.file,
        ["picture_patches", *(["grid_positions"] if position else [])],
        [
            f"patches = picture_patches(channels.maps, across={settings.across})",
            f"X = standardise(patches.vectors{lengths})",
            *(moved if position else []),
            f"q = X[{view.asking}].mean(axis=0, keepdims=True)  # patches are counted row by row, from 0",
            f"trace = {attend}(q, {keys}, {values}{warmth})",
            f"print(trace.{number}[0, {view.looked}])",
        ],
        others={
            "attention": [attend],
            "attention.images.patch_attention": ["standardise", *(["with_positions"] if position else [])],
            **({"numpy": ["eye"]} if over_channels else {}),
        },
    )


def arrays(view: PatchView) -> dict[str, np.ndarray]:
    """Every stage, by name."""
    down, along = view.patches.edges
    return {
        "rgb": view.picture.rgb,
        "channels": np.array(picture_channels(view.picture).names),
        "row_edges": down,
        "column_edges": along,
        "patches": view.patches.vectors,
        "X": view.X,
        "asking": np.array(view.asking),
        "looked": np.array(view.looked),
        **{f"asking_{name}": getattr(view.trace, name) for name in ("Q", "scores", "scaled", "weights", "output")},
        **{name: getattr(view.all, name) for name in ("K", "V", "scores", "scaled", "weights", "output")},
    }
