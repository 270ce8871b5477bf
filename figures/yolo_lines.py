"""The lines of Python that reproduce what the page about detection shows."""

from collections.abc import Mapping, Sequence

from figures.reproduce import gate_lines, network_lines


def box_lines(file: str, score: float, iou: float, off: Sequence[int] = (), instead: str = "ones") -> str:
    """Python that prints the boxes of a picture's file: class, score, and the corners in pixels.

    Parameters
    ----------
    file : str
    score, iou : float
        The thresholds.
    off : sequence of int
        The blocks that do without their own gates, counted from 1.
    instead : str
        What they use, as `figures.reproduce.gate_lines`: "ones", "mean" or "average".
    """
    return _lines(
        file,
        [
            *(gate_lines(file, off, instead) if off else []),
            f"trace = network(picture.rgb{', gates=gates' if off else ''})",
            f"found = candidates(trace.strides, {score:g})",
            f"for step in suppress(found.boxes, found.scores, {iou:g}, classes=found.classes):",
            "    print(trace.labels[found.classes[step.kept]], found.scores[step.kept], found.boxes[step.kept])",
        ],
        others={"attention.networks.detections": ["candidates", "suppress"]},
    )


def score_lines(file: str, grid: int, kind: int, cell: tuple[int, int]) -> str:
    """Python that prints the score of one cell: on which of the grids, for which class, at which row and column."""
    row, column = cell
    return _lines(
        file, ["trace = network(picture.rgb)", f"print(trace.strides[{grid}].scores[{kind}, {row}, {column}])"]
    )


def side_lines(file: str, grid: int, side: int, cell: tuple[int, int]) -> str:
    """Python that prints how far one side of a cell's box is: in cells, and its weights over the distances."""
    at = f"{side}, :, {cell[0]}, {cell[1]}"
    return _lines(
        file,
        [
            "trace = network(picture.rgb)",
            f"weights = trace.strides[{grid}].bins[{at}]",
            "print(sum(i * weight for i, weight in enumerate(weights)))",
        ],
    )


def _lines(file: str, computed: Sequence[str], others: Mapping[str, Sequence[str]] | None = None) -> str:
    return network_lines(file, "detector", "picodet", computed, others=others)
