"""What is taken home from the page of patches: every stage, and the lines that print the opened number."""

import numpy as np

from pages.pictures.patches_view import POSITIONS, PatchView
from pages.shared.compute import picture_channels


def python_lines(view: PatchView) -> str:
    """Python that prints the opened number."""
    settings = view.settings
    hard = settings.temperature == 0
    attend = "hard_attention" if hard else "attend"
    warmth = "" if hard else f", temperature={settings.temperature:g}"
    lengths = "" if settings.equal_lengths else ", equal_lengths=False"
    ours = ["standardise", *(["with_positions"] if settings.position else [])]
    theirs = [*(["grid_positions"] if settings.position else []), "picture_patches"]
    lines = ["from pathlib import Path", ""]
    if view.over_channels:
        lines += ["import numpy as np", ""]
    lines += [
        f"from attention import {attend}",
        "from attention.images import feature_maps",
        f"from attention.images.patch_attention import {', '.join(ours)}",
        f"from attention.images.patches import {', '.join(theirs)}",
        "from attention.sources.images import read_image",
        "",
        f"picture = read_image(Path({view.picture.file!r}).read_bytes())",
        f"patches = picture_patches(feature_maps(picture.rgb).maps, across={settings.across})",
        f"X = standardise(patches.vectors{lengths})",
    ]
    if settings.position:
        lines.append(f"X = with_positions(X, grid_positions(*patches.shape, {POSITIONS}), {settings.position!r})")
    lines.append(f"q = X[{view.asking}].mean(axis=0, keepdims=True)  # patches are counted row by row, from 0")
    if view.over_channels:
        lines += [f"trace = {attend}(q, np.eye(X.shape[1]), X.T{warmth})", f"print(trace.output[0, {view.looked}])"]
    else:
        lines += [f"trace = {attend}(q, X, X{warmth})", f"print(trace.weights[0, {view.looked}])"]
    return "\n".join(lines)


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
