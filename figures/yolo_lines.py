"""The lines of Python that reproduce what the page about detection shows."""

from collections.abc import Sequence


def box_lines(file: str, score: float, iou: float) -> str:
    """Python that prints the boxes of a picture's file: class, score, and the corners in pixels."""
    return _lines(
        file,
        ["from attention.networks.detections import candidates, suppress"],
        [
            f"found = candidates(trace.strides, {score:g})",
            f"for step in suppress(found.boxes, found.scores, {iou:g}, classes=found.classes):",
            "    print(trace.labels[found.classes[step.kept]], found.scores[step.kept], found.boxes[step.kept])",
        ],
    )


def score_lines(file: str, grid: int, kind: int, cell: tuple[int, int]) -> str:
    """Python that prints the score of one cell: on which of the grids, for which class, at which row and column."""
    row, column = cell
    return _lines(file, [], [f"print(trace.strides[{grid}].scores[{kind}, {row}, {column}])"])


def _lines(file: str, imports: Sequence[str], computed: Sequence[str]) -> str:
    return "\n".join(
        [
            "from pathlib import Path",
            "",
            *imports,
            "from attention.networks.detector import load_detector",
            "from attention.sources.images import read_image",
            "",
            f"picture = read_image(Path({file!r}).read_bytes())",
            'trace = load_detector("assets/models/picodet")(picture.rgb)',
            *computed,
        ]
    )
