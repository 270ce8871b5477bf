"""What a reader takes home from the page about detection besides the picture: all numbers, and the Python."""

from functools import partial

import numpy as np

from figures.yolo_lines import box_lines
from pages.shared.networks import OWN, GateChange, detector, read_with
from pages.shared.picture_source import OpenPicture
from pages.shared.take_home import take_home
from pages.trained.yolo_choice import Thresholds
from pages.trained.yolo_view import View, view_of


def take_boxes_home(view: View, change: GateChange = OWN) -> None:
    """All numbers of all cells, and the lines that print the boxes; `change` is what was done to the gates."""
    chosen = view.thresholds
    lines = box_lines(view.picture.file, chosen.score / 100, chosen.iou / 100, change.blocks, change.instead)
    take_home("boxes", partial(_with_boxes, view.picture, chosen, change), lines, key="boxes_npz")


def take_cells_home(picture: OpenPicture, name: str, lines: str) -> None:
    """All numbers of all cells, and the lines that print one of them."""
    take_home(name, partial(network_arrays, picture), lines, key="boxes_npz")


def network_arrays(picture: OpenPicture, change: GateChange = OWN) -> dict[str, np.ndarray]:
    """Every number of every cell, by name."""
    trace = read_with(detector, picture, change)
    arrays = {"rgb": picture.rgb, "labels": np.array(trace.labels)}
    for grid in trace.strides:
        for name in ("classes", "alignment", "scores", "logits", "bins", "distances", "boxes"):
            arrays[f"{name}_{grid.stride}"] = getattr(grid, name)
    return arrays | {f"gates_{number}": block.gates for number, block in enumerate(trace.blocks, 1)}


def _with_boxes(picture: OpenPicture, chosen: Thresholds, change: GateChange) -> dict[str, np.ndarray]:
    found = view_of(picture, chosen, change).found
    parts = ("boxes", "scores", "classes", "strides", "cells")
    return network_arrays(picture, change) | {f"found_{part}": getattr(found, part) for part in parts}
