"""What is taken home from the page of patches: every stage, and the lines that print the opened number."""

import numpy as np

from attention.images import CHANNELS
from figures.reproduce import picture_lines
from pages.pictures.patches_view import POSITIONS, PatchView

FOLDER = "assets/models/pp-lcnetv2"


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
    if settings.block:
        cut = [
            f"maps = load_classifier({FOLDER!r})(picture.rgb).blocks[{settings.block - 1}].output",
            "patches = cell_patches(maps, picture.rgb.shape[:2])",
        ]
        network = {"attention.networks": ["load_classifier"], "attention.images.patches": ["cell_patches"]}
    else:
        cut, network = [f"patches = picture_patches(channels.maps, across={settings.across})"], {}
    return picture_lines(
        view.picture.file,
        [*([] if network else ["picture_patches"]), *(["grid_positions"] if position else [])],
        [
            *cut,
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
            **network,
        },
        bank=not settings.block,
    )


def arrays(view: PatchView) -> dict[str, np.ndarray]:
    """Every stage, by name."""
    down, along = view.patches.edges
    return {
        "rgb": view.picture.rgb,
        "channels": np.array(_codes(view)),
        "row_edges": down,
        "column_edges": along,
        "patches": view.patches.vectors,
        "X": view.X,
        "asking": np.array(view.asking),
        "looked": np.array(view.looked),
        **{f"asking_{name}": getattr(view.trace, name) for name in ("Q", "scores", "scaled", "weights", "output")},
        **{name: getattr(view.all, name) for name in ("K", "V", "scores", "scaled", "weights", "output")},
    }


def _codes(view: PatchView) -> list[str]:
    """The channels by the names that every language reads: those made by hand have one, the trained have numbers."""
    if view.settings.block:
        return [str(i + 1) for i in range(view.patches.vectors.shape[1])]
    return list(CHANNELS)
